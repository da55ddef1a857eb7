"""Matching: which figure of the book is meant by a number typed by hand.

    lines ──passages──▶ text ──numbers──▶ Number ──┐
    Book  ──catalogue─▶ Catalogue of figures ──────┴─match_lines─▶ Match

    passages     lines as pasted → running text that knows its places
    numbers      what is a number, and what only looks like one
    wording      how well words beside a number name a figure
    catalogue    the book's figures by value and unit
    writing      how a figure is written so that it prints what was typed
    deciding     one match, several, a near miss, none

A value alone never decides where several figures could be meant: the words
beside the number do. Nothing here changes a text or says anything.
"""
