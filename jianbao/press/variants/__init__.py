"""Variants: one pressed file made into what readers, printers, reviewers and archives want.

    the pressed PDF ──saved──▶ ──bulletin, printing, archive, proof, office──▶ PDFs

Every step takes the bytes of a PDF and returns those of another; nothing looks at
the disk or the clock, so that the same input gives the same bytes. The home of pikepdf.
"""
