"""Reviewing: who has read what, and what has changed since.

    Material, Book ──printed──▶ Printed ──sign──▶ review.yaml ──standing──▶ who must act

A signature holds for exactly what was printed when it was given. Changing things
between stages is normal; what changed since is said in words and figures.
"""
