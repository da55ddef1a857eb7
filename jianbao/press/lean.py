"""Let the engine draw with fonts without copying them.

For each face at each size the engine takes a copy of its whole file, 26 MB for one of the Song
faces, and keeps it until the font has been cut down, though it looks at its first four bytes only.
Ten of these were most of a worker's memory. Here the file is read when something asks for it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import signature
from typing import Any

from weasyprint.pdf import fonts
from weasyprint.text.ffi import ffi, harfbuzz

_KNOWN = "(self, pango_font, description, font_size)"
_HEAD = 4


@contextmanager
def lean_fonts() -> Iterator[None]:
    """Keep the engine from holding whole fonts while the block runs.

    An engine whose fonts are made in another way is left as it is: that only takes more memory.
    """
    kind: Any = fonts.Font
    begin, type_ = kind.__init__, kind.type
    if str(signature(begin)) != _KNOWN or hasattr(kind, "file_content"):
        yield
        return
    kind.__init__, kind.type = _begun(begin), property(_type)
    kind.file_content = property(_content, _keep)
    try:
        yield
    finally:
        kind.__init__, kind.type = begin, type_
        del kind.file_content


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
    return "otf" if kept[:_HEAD] == b"OTTO" else "ttf"
