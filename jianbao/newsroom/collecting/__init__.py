"""Collecting: the units' figures, from their spreadsheets into files that only Jianbao writes.

upcoming, expecting   which bulletin is next; who owes what for it until when
forms, filled         the office's own form, out and back
tables, wording       a unit's own table, and what was told once about its columns
receiving             files ──▶ what would be taken, and what stands in the way
keeping               what was taken, into data/<campaign>/collected/, with its original
slips                 a sheet for each unit to verify and sign
"""
