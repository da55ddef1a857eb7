"""Leave in each font only the letters that the pages use.

The engine empties the letters it does not use but keeps their places, so that a font of 65,000
letters stays a long table of nothing. A font whose letters go by CIDs names them in its charset
(ISO 32000-1, 9.7.4.2): the empty places can go, and pages and widths stay as they are.
"""

from io import BytesIO

from fontTools.cffLib import CFFFontSet  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from pikepdf import Dictionary, Name, Object, Pdf

from jianbao.press.subsets import only
from jianbao.press.variants.files import opened, saved


def compacted(pdf: bytes) -> bytes:
    """Return the file with no unused places in its fonts; what it shows and says stays the same."""
    with opened(pdf) as file:
        _compact(file)
        return saved(file)


def _compact(pdf: Pdf) -> None:
    for font in pdf.objects:
        if not isinstance(font, Dictionary) or font.get("/Subtype") != Name.CIDFontType0:
            continue
        file = font.FontDescriptor.get("/FontFile3")
        if file is None or file.get("/Subtype") != Name.OpenType or "/W" not in font:
            continue
        cff = _compacted(bytes(file.get_stream_buffer()), _cids(font.W))
        if cff is not None:
            font.FontDescriptor["/FontFile3"] = pdf.make_stream(cff, Subtype=Name.CIDFontType0C)
            if "/CIDToGIDMap" in font:
                del font["/CIDToGIDMap"]


def _cids(widths: Object) -> list[int]:
    """Return the letters that have a width, written as first [w w …] (ISO 32000-1, 9.7.4.3)."""
    items = widths.as_list()
    return [
        cid
        for first, run in zip(items[::2], items[1::2], strict=True)
        for cid in range(int(first), int(first) + len(run.as_list()))
    ]


def _compacted(opentype: bytes, cids: list[int]) -> bytes | None:
    """Return the outlines of these letters alone as bare CFF; None where they have no CIDs.

    The engine writes a letter's number in the font as its CID, so both have to be the same.
    """
    try:
        small = only(opentype, cids)
    except ValueError:
        return None
    with TTFont(BytesIO(small), lazy=True) as font:
        if "CFF " not in font:
            return None
        raw: bytes = font.reader["CFF "]
    fonts = CFFFontSet()
    fonts.decompile(BytesIO(raw), None)
    wanted = {f"cid{cid:05d}" for cid in cids if cid}
    return raw if hasattr(fonts[0], "ROS") and wanted == set(fonts[0].charset[1:]) else None
