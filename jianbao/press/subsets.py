"""Cut a font down to the characters a page shows, for the web, or to the letters of a PDF.

    font's file, characters ──subset──▶ WOFF2;  face, glyphs ──outlines──▶ CFF

What it gives follows from the font, the characters and `made_by` alone. HarfBuzz cuts, in a
hundredth of the time of a cutter in Python, from the file as the system maps it, never read whole;
brotli packs.
"""

from collections.abc import Callable, Iterable
from ctypes import c_int, c_uint, c_void_p
from functools import lru_cache, partial
from pathlib import Path

from jianbao.press.forms import at_home
from jianbao.press.harfbuzz import (
    bytes_of,
    face_of,
    face_with,
    function,
    held,
    let_go,
    libraries,
    mapped,
    put,
    table_of,
    tag,
    version,
    whole_of,
)
from jianbao.press.woff2 import packed, packer

FEATURES = ("calt", "ccmp", "chws", "halt", "kern", "locl")
_DROPPED = ("BASE", "DSIG", "VORG", "vhea", "vmtx")
_DRAWN = ("CFF ", "head", "hhea", "hmtx", "maxp")  # what glyphs are drawn from
_NAMES = (1, 2, 4, 6)
# Characters cut of a font before it is worth while to get it ready for more; looking through the
# whole font takes as long, each time, as cutting so many.
_WORTH, _LOOKING = 16_000, 130
# Of hb-subset.h. Outlines that call no subroutines are longer, and shorter once they are packed.
_NO_HINTING, _NO_SUBROUTINES, _NOTDEF_OUTLINE = 0x1, 0x4, 0x40
_DROP_TABLES, _NAME_IDS, _FEATURES = 3, 4, 6


def made_by() -> str:
    """Return what else a cut font is made by: the versions of what cuts and packs."""
    return f"{version()} {packer()}"


def subset(font: Path, number: int, characters: str, abroad: bool = False) -> bytes:
    """Return as WOFF2 what of a font these characters need.

    `number` is the font's place in a collection, 0 in a file of its own. The forms that
    characters have in other languages than simplified Chinese come along where a page is
    `abroad`.
    """
    return packed(_whole(font, number, abroad).cut(characters))


class _Whole:
    """A font that is cut again and again: first to what most pages need, and pages from that.

    What comes out is the same to the last byte; it takes less than half the time. Cutting to what
    most pages need takes as long as thirty pages of a newspaper, so it is done once that much has
    been cut, with what was wanted beyond it, and seldomer each time; the first time to the common
    half of all characters, which takes a fourth of the time.
    """

    def __init__(self, font: Path, number: int, abroad: bool = False) -> None:
        self._font = font
        face = face_of(mapped(font), number)
        self._face = face if abroad else at_home(face)
        self._small: tuple[int, bytes, frozenset[str]] | None = None
        self._wanted: set[str] = set()
        self._spent, self._worth = 0, _WORTH

    def cut(self, characters: str) -> bytes:
        """Return the font with these characters alone."""
        wanting = partial(_wanting, characters=characters)
        if self._spent >= self._worth:
            self._reduce()
        if self._small and self._small[2].issuperset(characters):
            return _cut(self._small[0], partial(wanting, again=True), self._font)
        self._spent += len(characters) + _LOOKING
        self._wanted.update(characters)
        return _cut(self._face, wanting, self._font)

    def _reduce(self) -> None:
        self._spent, self._worth = 0, 2 * self._worth
        characters = frozenset(_common(rare=self._small is not None)) | self._wanted
        data = _cut(self._face, partial(_wanting, characters=characters), self._font)
        self._small = _ready(face_of(held(data), 0)), data, characters


@lru_cache(maxsize=32)
def _whole(font: Path, number: int, abroad: bool) -> _Whole:
    return _Whole(font, number, abroad)


@lru_cache(maxsize=2)
def _common(rare: bool = True) -> str:
    """Return what pages are written in: letters, marks and the characters of GB 2312.

    Without its `rare` ones, these are the half of them that it orders by their sound.
    """
    rows = range(0xB0, 0xF8 if rare else 0xD8)
    hanzi = bytes(byte for row in rows for cell in range(0xA1, 0xFF) for byte in (row, cell))
    others = (
        range(0x20, 0x500 if rare else 0x180),
        range(0x2000, 0x3400 if rare else 0x2050),
        range(0x3000, 0x3020),
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
    cutting = libraries()[1]
    # Without its characters: HarfBuzz keeps their variants too, which nobody asks for.
    bare = face_with((tag(name), table_of(face, tag(name))) for name in _DRAWN)

    def fill(wish: int) -> None:
        kept = function(cutting, "hb_subset_input_glyph_set", c_void_p, c_void_p)(wish)
        put(kept, glyphs)
        flags = _NO_HINTING | _NO_SUBROUTINES
        function(cutting, "hb_subset_input_set_flags", None, c_void_p, c_uint)(wish, flags)

    try:
        return _cut(bare, fill, "a font", partial(table_of, name=tag(_DRAWN[0])))
    finally:
        let_go(bare)


def _cut(
    face: int,
    fill: Callable[[int], None],
    name: object,
    given: Callable[[int], int] = whole_of,
) -> bytes:
    """Return a face cut down to what is wished for, as `fill` says; `given` is what of it."""
    cutting = libraries()[1]
    wish = function(cutting, "hb_subset_input_create_or_fail", c_void_p)()
    try:
        fill(wish)
        cut = function(cutting, "hb_subset_or_fail", c_void_p, c_void_p, c_void_p)(face, wish)
        if not cut:
            raise ValueError(f"{name} cannot be cut")
        try:
            return bytes_of(given(cut))
        finally:
            let_go(cut)
    finally:
        function(cutting, "hb_subset_input_destroy", None, c_void_p)(wish)


def _ready(face: int) -> int:
    """Return the face with what cutting it again and again asks each time; else the face."""
    try:
        prepare = function(libraries()[1], "hb_subset_preprocess", c_void_p, c_void_p)
    except AttributeError:  # before HarfBuzz 6
        return face
    ready: int = prepare(face)
    return ready


def _wanting(wish: int, characters: Iterable[str], again: bool = False) -> None:
    """Say what is to be kept of a font for the web, and what is to go.

    One that is cut `again` calls no subroutines any more: to look for them takes three quarters of
    the time.
    """
    plain, cutting = libraries()
    kept = function(cutting, "hb_subset_input_unicode_set", c_void_p, c_void_p)(wish)
    put(kept, map(ord, characters))
    named = function(cutting, "hb_subset_input_set", c_void_p, c_void_p, c_int)
    clear = function(plain, "hb_set_clear", None, c_void_p)
    put(named(wish, _DROP_TABLES), map(tag, _DROPPED))
    for which, members in ((_NAME_IDS, _NAMES), (_FEATURES, map(tag, FEATURES))):
        clear(named(wish, which))
        put(named(wish, which), members)
    flags = _NO_HINTING | _NOTDEF_OUTLINE | (0 if again else _NO_SUBROUTINES)
    function(cutting, "hb_subset_input_set_flags", None, c_void_p, c_uint)(wish, flags)
