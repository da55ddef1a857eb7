"""Leave in each font only the letters that the pages use.

The engine empties the letters it does not use but keeps their places, so that a font of 65,000
letters stays a long table of nothing. A font whose letters go by CIDs names them in its charset
(ISO 32000-1, 9.7.4.2): the empty places can go, and pages and widths stay as they are.
"""

from io import BytesIO

from fontTools.cffLib import CFFFontSet, TopDict  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from pikepdf import Dictionary, Name, Object, Pdf

from jianbao.press.variants.files import opened, saved


class _NoTables:
    """What the compiler asks of the font around it: it has none."""

    recalcBBoxes = False  # noqa: N815

    def __contains__(self, _tag: object) -> bool:
        return False


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
    """Return the outlines of these letters alone as bare CFF; None where they have no CIDs."""
    with TTFont(BytesIO(opentype), lazy=True) as whole:
        raw = whole.reader["CFF "]
    fonts = CFFFontSet()
    fonts.decompile(BytesIO(raw), None)
    font = fonts[0]
    if not hasattr(font, "ROS"):
        return None
    names = font.charset
    wanted = {f"cid{cid:05d}" for cid in cids if cid}
    _keep(font, names, [0, *(place for place, name in enumerate(names) if name in wanted)])
    out = BytesIO()
    fonts.compile(out, _NoTables())
    return out.getvalue()


def _keep(font: TopDict, names: list[str], places: list[int]) -> None:
    """Leave only the outlines at these places, and the private data they use."""
    outlines = font.CharStrings.charStringsIndex
    kept = [outlines[place] for place in places]
    privates = [font.FDSelect.gidArray[place] for place in places]
    used = sorted(set(privates))
    font.FDArray.items = [font.FDArray[number] for number in used]
    font.FDSelect.gidArray = [used.index(number) for number in privates]
    font.FDSelect.format = None
    font.charset = [names[place] for place in places]
    font.numGlyphs = len(places)
    font.CIDCount = 1 + max((int(name[3:]) for name in font.charset[1:]), default=0)
    outlines.items = kept
    font.CharStrings.charStrings = {name: place for place, name in enumerate(font.charset)}
