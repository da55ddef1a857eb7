"""Figures: what was reported, as numbers that know where they come from.

    observations ──open_book──▶ Book ──resolve──▶ Figure ──write──▶ "693件"

Exact decimals throughout. There is one way to name a figure and one formatter
for it, whether it is printed in a headline, the text, a strip or a template.
Whether figures agree with each other is for `proofreading`.
"""
