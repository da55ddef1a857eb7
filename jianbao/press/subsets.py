"""Cut a font down to the characters a page shows, for the web, or to the letters of a PDF.

    font's file, characters ──subset──▶ WOFF2;  face, glyphs ──outlines──▶ CFF

What it gives follows from the font, the characters and `made_by` alone. HarfBuzz cuts, in a
hundredth of the time of a cutter in Python, from the file as the system maps it, never read whole;
brotli packs.
"""

import ctypes
import os
from array import array
from collections.abc import Callable, Iterable
from ctypes import c_char_p, c_int, c_uint, c_void_p
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jianbao.press.woff2 import packed, packer

FEATURES = ("calt", "ccmp", "chws", "halt", "kern", "locl")
_DROPPED = ("BASE", "DSIG", "VORG", "vhea", "vmtx")
_DRAWN = ("CFF ", "head", "hhea", "hmtx", "maxp")  # what glyphs are drawn from
_NAMES = (1, 2, 4, 6)
_WORTH = 16_000  # characters cut of a font before it is worth while to get it ready for more
# Of hb-subset.h. Outlines that call no subroutines are longer, and shorter once they are packed.
_NO_HINTING, _NO_SUBROUTINES, _NOTDEF_OUTLINE = 0x1, 0x4, 0x40
_READ_ONLY = 1  # of hb.h: the font is ours, and stays as long as it is cut
_DROP_TABLES, _NAME_IDS, _FEATURES = 3, 4, 6


def made_by() -> str:
    """Return what else a cut font is made by: the versions of what cuts and packs."""
    ask = _function(_libraries()[0], "hb_version_string", c_char_p)
    return f"{ask().decode()} {packer()}"


def subset(font: Path, number: int, characters: str) -> bytes:
    """Return as WOFF2 what of a font these characters need.

    `number` is the font's place in a collection, 0 in a file of its own.
    """
    return packed(_whole(font, number).cut(characters))


class _Whole:
    """A font that is cut again and again: first to what most pages need, and pages from that.

    What comes out is the same to the last byte; it takes less than half the time. Cutting to what
    most pages need takes as long as thirty pages of a newspaper, so it is done once that much has
    been cut, with what was wanted beyond it, and seldomer each time.
    """

    def __init__(self, font: Path, number: int) -> None:
        self._font = font
        self._face = _face_of(_mapped(font), number)
        self._small: tuple[int, bytes, frozenset[str]] | None = None
        self._wanted: set[str] = set()
        self._spent, self._worth = 0, _WORTH

    def cut(self, characters: str) -> bytes:
        """Return the font with these characters alone."""
        wanting = partial(_wanting, characters=characters)
        if self._spent >= self._worth:
            self._reduce()
        if self._small and self._small[2].issuperset(characters):
            return _cut(self._small[0], wanting, self._font)
        self._spent += len(characters)
        self._wanted.update(characters)
        return _cut(self._face, wanting, self._font)

    def _reduce(self) -> None:
        self._spent, self._worth = 0, 2 * self._worth
        characters = frozenset(_common()) | self._wanted
        data = _cut(self._face, partial(_wanting, characters=characters), self._font)
        self._small = _ready(_face_of(_held(data), 0)), data, characters


@lru_cache(maxsize=32)
def _whole(font: Path, number: int) -> _Whole:
    return _Whole(font, number)


@lru_cache(maxsize=1)
def _common() -> str:
    """Return what pages are written in: letters, marks and the characters of GB 2312."""
    rows = range(0xB0, 0xF8)
    hanzi = bytes(byte for row in rows for cell in range(0xA1, 0xFF) for byte in (row, cell))
    others = (
        range(0x20, 0x500),
        range(0x2000, 0x3400),
        range(0xFE30, 0xFE50),
        range(0xFF00, 0xFFEF),
    )
    return hanzi.decode("gb2312", "ignore") + "".join(chr(code) for some in others for code in some)


def outlines(face: int, glyphs: Iterable[int]) -> bytes:
    """Return the CFF of these glyphs alone, by number; those of a CID font keep their CIDs.

    `face` is HarfBuzz's hold on a whole font, of which only these glyphs are copied.

    Raises:
        ValueError: The font cannot be cut, or has no CFF.
    """
    plain, cutting = _libraries()
    # Without its characters: HarfBuzz keeps their variants too, which nobody asks for.
    bare = _function(plain, "hb_face_builder_create", c_void_p)()
    add = _function(plain, "hb_face_builder_add_table", c_int, c_void_p, c_uint, c_void_p)
    for name in _DRAWN:
        table = _table(plain, face, name)
        add(bare, _tag(name), table)
        _function(plain, "hb_blob_destroy", None, c_void_p)(table)

    def fill(wish: int) -> None:
        kept = _function(cutting, "hb_subset_input_glyph_set", c_void_p, c_void_p)(wish)
        _put(plain, kept, glyphs)
        flags = _NO_HINTING | _NO_SUBROUTINES
        _function(cutting, "hb_subset_input_set_flags", None, c_void_p, c_uint)(wish, flags)

    def drawn(plain: ctypes.CDLL, cut: int) -> bytes:
        return _bytes_of(plain, _table(plain, cut, _DRAWN[0]))

    try:
        return _cut(bare, fill, "a font", drawn)
    finally:
        _function(plain, "hb_face_destroy", None, c_void_p)(bare)


def _cut(
    face: int,
    fill: Callable[[int], None],
    name: object,
    given: Callable[[ctypes.CDLL, int], bytes] | None = None,
) -> bytes:
    """Return a face cut down to what is wished for; `fill` says what that is.

    `given` says what of it: the whole font, unless something else is asked for.
    """
    plain, cutting = _libraries()
    wish = _function(cutting, "hb_subset_input_create_or_fail", c_void_p)()
    try:
        fill(wish)
        cut = _function(cutting, "hb_subset_or_fail", c_void_p, c_void_p, c_void_p)(face, wish)
        if not cut:
            raise ValueError(f"{name} cannot be cut")
        try:
            return (given or _font)(plain, cut)
        finally:
            _function(plain, "hb_face_destroy", None, c_void_p)(cut)
    finally:
        _function(cutting, "hb_subset_input_destroy", None, c_void_p)(wish)


def _face_of(blob: int, number: int) -> int:
    create = _function(_libraries()[0], "hb_face_create", c_void_p, c_void_p, c_uint)
    face: int = create(blob, number)
    return face


def _held(font: bytes) -> int:
    """Return HarfBuzz's hold on a font in memory, which has to stay there meanwhile."""
    takes = (c_char_p, c_uint, c_int, c_void_p, c_void_p)
    blob: int = _function(_libraries()[0], "hb_blob_create", c_void_p, *takes)(
        font, len(font), _READ_ONLY, None, None
    )
    return blob


def _ready(face: int) -> int:
    """Return the face with what cutting it again and again asks each time; else the face."""
    try:
        prepare = _function(_libraries()[1], "hb_subset_preprocess", c_void_p, c_void_p)
    except AttributeError:  # before HarfBuzz 6
        return face
    ready: int = prepare(face)
    return ready


def _wanting(wish: int, characters: Iterable[str]) -> None:
    """Say what is to be kept of a font for the web, and what is to go."""
    plain, cutting = _libraries()
    kept = _function(cutting, "hb_subset_input_unicode_set", c_void_p, c_void_p)(wish)
    _put(plain, kept, map(ord, characters))
    named = _function(cutting, "hb_subset_input_set", c_void_p, c_void_p, c_int)
    clear = _function(plain, "hb_set_clear", None, c_void_p)
    _put(plain, named(wish, _DROP_TABLES), map(_tag, _DROPPED))
    for which, members in ((_NAME_IDS, _NAMES), (_FEATURES, map(_tag, FEATURES))):
        clear(named(wish, which))
        _put(plain, named(wish, which), members)
    flags = _NO_HINTING | _NO_SUBROUTINES | _NOTDEF_OUTLINE
    _function(cutting, "hb_subset_input_set_flags", None, c_void_p, c_uint)(wish, flags)


def _put(plain: ctypes.CDLL, place: int, members: Iterable[int]) -> None:
    ordered = array("I", sorted(members))
    add = _function(plain, "hb_set_add_sorted_array", None, c_void_p, c_void_p, c_uint)
    add(place, ordered.buffer_info()[0], len(ordered))


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"))


def _table(plain: ctypes.CDLL, face: int, name: str) -> int:
    """Return HarfBuzz's hold on a table of a face, to be given up; an empty one if it has none."""
    ask = _function(plain, "hb_face_reference_table", c_void_p, c_void_p, c_uint)
    table: int = ask(face, _tag(name))
    return table


def _font(plain: ctypes.CDLL, face: int) -> bytes:
    """Return a font that was made in memory."""
    return _bytes_of(plain, _function(plain, "hb_face_reference_blob", c_void_p, c_void_p)(face))


def _bytes_of(plain: ctypes.CDLL, blob: int) -> bytes:
    """Return what HarfBuzz holds, and have it given up."""
    length = c_uint()
    ask = _function(plain, "hb_blob_get_data", c_void_p, c_void_p, c_void_p)
    place = ask(blob, ctypes.byref(length))
    data = ctypes.string_at(place, length.value) if place else b""
    _function(plain, "hb_blob_destroy", None, c_void_p)(blob)
    return data


@lru_cache(maxsize=32)
def _mapped(font: Path) -> int:
    """Return HarfBuzz's hold on a file, kept as long as the process lives."""
    ask = _function(_libraries()[0], "hb_blob_create_from_file_or_fail", c_void_p, c_char_p)
    blob: int | None = ask(os.fsencode(font))
    if not blob:
        raise FileNotFoundError(font)
    return blob


@lru_cache(maxsize=1)
def _libraries() -> tuple[ctypes.CDLL, ctypes.CDLL]:
    return ctypes.CDLL("libharfbuzz.so.0"), ctypes.CDLL("libharfbuzz-subset.so.0")


@lru_cache(maxsize=64)
def _function(
    library: ctypes.CDLL, name: str, answer: type | None, *takes: type
) -> Callable[..., Any]:
    """Return a function of a library that knows what it takes and gives.

    Taken by index it is our own: the engine's and ours do not share what they say of it.
    """
    function = library[name]
    function.restype, function.argtypes = answer, takes
    return function
