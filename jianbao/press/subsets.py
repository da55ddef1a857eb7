"""Cut a font down to the characters a page shows, for the web, or to the letters of a PDF.

    font's file, characters ──subset──▶ WOFF2;  font, glyphs ──only──▶ font

What it gives follows from the font, the characters and `made_by` alone. HarfBuzz cuts, in a
hundredth of the time of a cutter in Python, from the file as the system maps it, never read whole;
brotli packs.
"""

import ctypes
import os
from collections.abc import Callable, Iterable
from ctypes import c_char_p, c_int, c_uint, c_void_p
from functools import lru_cache
from pathlib import Path
from struct import Struct
from typing import Any

FEATURES = ("calt", "ccmp", "chws", "halt", "kern", "locl")
_DROPPED = ("BASE", "DSIG", "VORG", "vhea", "vmtx")
_SHAPING = (
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "VORG",
    "vhea",
    "vmtx",
)  # done: none more is to be drawn
_NAMES = (1, 2, 4, 6)
# Of hb-subset.h. Outlines that call no subroutines are longer, and shorter once they are packed.
_NO_HINTING, _NO_SUBROUTINES, _NOTDEF_OUTLINE = 0x1, 0x4, 0x40
_READ_ONLY = 1  # of hb.h: the font is ours, and stays as long as it is cut
_DROP_TABLES, _NAME_IDS, _FEATURES = 3, 4, 6
# The slowest of brotli's would take two hundred times as long, for files smaller by a tenth.
_QUALITY = 5
# The tags that WOFF2 (5.1) writes as a number; another is written out after 63.
_KNOWN = (
    "cmap head hhea hmtx maxp name OS/2 post cvt  fpgm glyf loca prep CFF  VORG EBDT EBLC gasp "
    "hdmx kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL "
    "SVG  sbix acnt avar bdat bloc bsln cvar fdsc feat fmtx fvar gvar hsty just lcar mort morx "
    "opbd prop trak Zapf Silf Glat Gloc Feat Sill"
)
_TAGS = {_KNOWN[at : at + 4]: at // 5 for at in range(0, len(_KNOWN), 5)}
_HEADER = Struct(">4s4sIHHIIHHIIIII")
_ENTRY = Struct(">4sIII")


def made_by() -> str:
    """Return what else a cut font is made by: the versions of what cuts and packs."""
    import brotli  # type: ignore[import-untyped]

    ask = _function(_libraries()[0], "hb_version_string", c_char_p)
    return f"{ask().decode()} {brotli.__version__} {_QUALITY}"


def subset(font: Path, number: int, characters: str) -> bytes:
    """Return as WOFF2 what of a font these characters need.

    `number` is the font's place in a collection, 0 in a file of its own.
    """
    plain, cutting = _libraries()
    face = _function(plain, "hb_face_create", c_void_p, c_void_p, c_uint)(_mapped(font), number)
    wish = _function(cutting, "hb_subset_input_create_or_fail", c_void_p)()
    try:
        _fill(plain, cutting, wish, characters)
        cut = _function(cutting, "hb_subset_or_fail", c_void_p, c_void_p, c_void_p)(face, wish)
        if not cut:
            raise ValueError(f"{font} cannot be cut")
        try:
            return packed(_bytes_of(plain, cut))
        finally:
            _function(plain, "hb_face_destroy", None, c_void_p)(cut)
    finally:
        _function(cutting, "hb_subset_input_destroy", None, c_void_p)(wish)
        _function(plain, "hb_face_destroy", None, c_void_p)(face)


def only(font: bytes, glyphs: Iterable[int]) -> bytes:
    """Return a font of these glyphs alone, by number; those of a CID font keep their CIDs.

    Raises:
        ValueError: The font cannot be cut.
    """
    plain, cutting = _libraries()
    directory = 12 + 16 * int.from_bytes(font[4:6])
    # Without its characters: HarfBuzz keeps their variants too, which nobody asks for.
    font = font[:directory].replace(b"cmap", b"cmaq") + font[directory:]
    blob = _function(plain, "hb_blob_create", c_void_p, c_char_p, c_uint, c_int, c_void_p, c_void_p)
    held = blob(font, len(font), _READ_ONLY, None, None)
    face = _function(plain, "hb_face_create", c_void_p, c_void_p, c_uint)(held, 0)
    wish = _function(cutting, "hb_subset_input_create_or_fail", c_void_p)()
    try:
        _put(
            plain, _function(cutting, "hb_subset_input_glyph_set", c_void_p, c_void_p)(wish), glyphs
        )
        named = _function(cutting, "hb_subset_input_set", c_void_p, c_void_p, c_int)
        _put(plain, named(wish, _DROP_TABLES), map(_tag, _SHAPING))
        _function(cutting, "hb_subset_input_set_flags", None, c_void_p, c_uint)(wish, _NO_HINTING)
        cut = _function(cutting, "hb_subset_or_fail", c_void_p, c_void_p, c_void_p)(face, wish)
        if not cut:
            raise ValueError("a font cannot be cut")
        try:
            return _bytes_of(plain, cut)
        finally:
            _function(plain, "hb_face_destroy", None, c_void_p)(cut)
    finally:
        _function(cutting, "hb_subset_input_destroy", None, c_void_p)(wish)
        _function(plain, "hb_face_destroy", None, c_void_p)(face)
        _function(plain, "hb_blob_destroy", None, c_void_p)(held)


def packed(font: bytes) -> bytes:
    """Return a font as WOFF2, its tables as they are."""
    import brotli

    number = int.from_bytes(font[4:6])
    entries = [_ENTRY.unpack_from(font, 12 + 16 * index) for index in range(number)]
    tables = b"".join(font[start : start + length] for _, _, start, length in entries)
    directory = b"".join(_entry(tag.decode("ascii"), length) for tag, _, _, length in entries)
    data: bytes = brotli.compress(tables, mode=brotli.MODE_FONT, quality=_QUALITY)
    size = _HEADER.size + len(directory) + len(data)
    header = _HEADER.pack(
        b"wOF2", font[:4], size + -size % 4, number, 0, len(font), len(data), 1, 0, 0, 0, 0, 0, 0
    )
    return header + directory + data + bytes(-size % 4)


def _entry(tag: str, length: int) -> bytes:
    """Return a table's line in the directory; letters' outlines are left as they are too."""
    asis = 0xC0 if tag in ("glyf", "loca") else 0
    known = _TAGS.get(tag)
    kind = bytes([asis | 63]) + tag.encode() if known is None else bytes([asis | known])
    digits = [length & 0x7F]
    while length := length >> 7:
        digits.append(length & 0x7F | 0x80)
    return kind + bytes(reversed(digits))


def _fill(plain: ctypes.CDLL, cutting: ctypes.CDLL, wish: int, characters: str) -> None:
    """Say what is to be kept and what is to go."""
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
    add = _function(plain, "hb_set_add", None, c_void_p, c_uint)
    for member in members:
        add(place, member)


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"))


def _bytes_of(plain: ctypes.CDLL, face: int) -> bytes:
    """Return a font that was made in memory."""
    blob = _function(plain, "hb_face_reference_blob", c_void_p, c_void_p)(face)
    length = c_uint()
    ask = _function(plain, "hb_blob_get_data", c_void_p, c_void_p, c_void_p)
    data = ctypes.string_at(ask(blob, ctypes.byref(length)), length.value)
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
