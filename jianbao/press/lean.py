"""Let the engine draw with fonts without copying them, and cut them down in one step.

For each face at each size the engine takes a copy of its whole file, 26 MB for one of the Song
faces, and keeps it until the font has been cut down, though it looks at its first four bytes only.
Ten of these were most of a worker's memory. Here the file is read when something asks for it.

To cut a font down, the engine empties the letters that the pages do not use and keeps their places,
so that a font of 65,000 letters stays a long table of nothing. A font whose letters go by CIDs
names them in its charset (ISO 32000-1, 9.7.4.2): here its outlines alone go into the file, without
empty places; pages and widths are the same. Any other font is cut as the engine cuts it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import signature
from io import BytesIO
from typing import Any

from fontTools.cffLib import CFFFontSet  # type: ignore[import-untyped]
from weasyprint.pdf import fonts
from weasyprint.text.ffi import ffi, harfbuzz

from jianbao.press.subsets import outlines

_KNOWN = "(self, pango_font, description, font_size)"
_SUBSET = "(self, to_unicode, hinting)"
_HEAD = 4
_BARE = b"\x01\x00"  # a CFF begins with its version


@contextmanager
def lean_fonts() -> Iterator[None]:
    """Keep the engine from holding whole fonts while the block runs.

    An engine whose fonts are made in another way is left as it is: that only takes more memory.
    """
    kind: Any = fonts.Font
    begin, type_, subset = kind.__init__, kind.type, kind.subset
    known = str(signature(begin)) == _KNOWN and str(signature(subset)) == _SUBSET
    if not known or hasattr(kind, "file_content"):
        yield
        return
    kind.__init__, kind.type, kind.subset = _begun(begin), property(_type), _cutting(subset)
    kind.file_content = property(_content, _keep)
    try:
        yield
    finally:
        kind.__init__, kind.type, kind.subset = begin, type_, subset
        del kind.file_content


def name_outlines(pdf: Any) -> None:
    """Say of fonts that are outlines alone that they are; called before the engine writes."""
    for font in pdf.objects:
        if not isinstance(font, dict) or font.get("Subtype") != "/CIDFontType0":
            continue
        descriptor = _of(pdf, font["FontDescriptor"])
        file = _of(pdf, descriptor["FontFile3"])
        if file.stream[0].startswith(_BARE):
            file.extra["Subtype"] = "/CIDFontType0C"
            font.pop("CIDToGIDMap", None)


def _of(pdf: Any, reference: bytes) -> Any:
    """Return the object that a reference, "12 0 R", is to."""
    return pdf.objects[int(reference.split()[0])]


def _cutting(subset: Callable[..., None]) -> Callable[..., None]:
    def cut(font: Any, to_unicode: Any, hinting: bool) -> None:
        bare = None if hinting or not to_unicode else _bare(font, to_unicode)
        if bare is None:
            subset(font, to_unicode, hinting)
        else:
            font.file_content = bare

    return cut


def _bare(font: Any, glyphs: Any) -> bytes | None:
    """Return a font's outlines of these glyphs; None where they cannot stand in the file alone.

    The engine writes a glyph's number in the font as its CID, so both have to be the same.
    """
    if "CFF " not in font.tables or "fvar" in font.tables or font.png or font.svg or font.colr:
        return None
    try:
        cff = outlines(int(ffi.cast("uintptr_t", font.hb_face)), glyphs)
    except (AttributeError, ValueError):  # before HarfBuzz 1.9; a font it does not understand
        return None
    fonts = CFFFontSet()
    fonts.decompile(BytesIO(cff), None)
    wanted = {f"cid{glyph:05d}" for glyph in glyphs if glyph}
    return cff if hasattr(fonts[0], "ROS") and wanted == set(fonts[0].charset[1:]) else None


def _begun(begin: Callable[..., None]) -> Callable[..., None]:
    def begun(font: Any, *words: Any) -> None:
        read = fonts.get_hb_object_data
        fonts.get_hb_object_data = _later
        try:
            begin(font, *words)
        finally:
            fonts.get_hb_object_data = read

    return begun


def _later(_face: Any) -> None:
    """Read nothing yet."""


def _content(font: Any) -> Any:
    kept = font.__dict__.get("file_content")
    return fonts.get_hb_object_data(font.hb_face) if kept is None else kept


def _keep(font: Any, data: bytes | None) -> None:
    font.__dict__["file_content"] = data


def _type(font: Any) -> str:
    """Return what the engine says of a font, from its first bytes."""
    kept = font.__dict__.get("file_content")
    if kept is None:
        blob = harfbuzz.hb_face_reference_blob(font.hb_face)
        length = ffi.new("unsigned int *")
        data = harfbuzz.hb_blob_get_data(blob, length)
        kept = ffi.unpack(data, min(_HEAD, int(length[0])))
        harfbuzz.hb_blob_destroy(blob)
    return "otf" if kept.startswith((b"OTTO", _BARE)) else "ttf"
