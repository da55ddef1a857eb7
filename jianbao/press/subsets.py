"""Cut a font down to the characters a page shows, for the web.

    font, characters ──subset──▶ WOFF2

A pure function: whoever remembers what it gave needs the font's digest and the
characters, nothing else. fontTools cuts, brotli packs.
"""

import logging
from io import BytesIO

FEATURES = ("calt", "ccmp", "chws", "halt", "kern", "locl")
_DROPPED = ("BASE", "DSIG", "VORG", "vhea", "vmtx")


def subset(font: bytes, number: int, characters: str) -> bytes:
    """Return as WOFF2 what of a font these characters need.

    `number` is the font's place in a collection, 0 in a file of its own.
    """
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    options = Options()
    options.layout_features = [*FEATURES]
    options.drop_tables += [*_DROPPED]
    options.name_IDs = [1, 2, 4, 6]
    options.hinting = False
    options.notdef_outline = True
    with TTFont(BytesIO(font), fontNumber=number, lazy=True, recalcTimestamp=False) as opened:
        cutter = Subsetter(options)
        cutter.populate(text=characters)
        cutter.subset(opened)
        opened.flavor = "woff2"
        packed = BytesIO()
        opened.save(packed)
    return packed.getvalue()
