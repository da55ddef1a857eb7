"""Sealing: what was published stays known, word for word, and is corrected in the open.

Material, made files ──sealed──▶ Seal in sealed.yaml ──verify──▶ what differs
sealed, printed now ──corrected──▶ Correction, a notice people may edit, the old version kept
"""
