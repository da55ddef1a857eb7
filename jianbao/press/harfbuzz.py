"""HarfBuzz by the functions that fonts are cut with: fonts it holds, sets it fills, bytes it gives.

What is held of a file, and of faces made of it, is held as long as the process lives.
"""

import ctypes
import os
from array import array
from collections.abc import Callable, Iterable
from ctypes import c_char_p, c_int, c_uint, c_void_p
from functools import lru_cache
from pathlib import Path
from typing import Any

_COPIED, _READ_ONLY = 0, 1  # of hb.h


def version() -> str:
    """Return HarfBuzz's version."""
    ask = function(libraries()[0], "hb_version_string", c_char_p)
    text: bytes = ask()
    return text.decode()


@lru_cache(maxsize=1)
def libraries() -> tuple[ctypes.CDLL, ctypes.CDLL]:
    """Return the library, and the one that cuts."""
    return ctypes.CDLL("libharfbuzz.so.0"), ctypes.CDLL("libharfbuzz-subset.so.0")


@lru_cache(maxsize=64)
def function(
    library: ctypes.CDLL, name: str, answer: type | None, *takes: type
) -> Callable[..., Any]:
    """Return a function of a library that knows what it takes and gives.

    Taken by index it is our own: the engine's and ours do not share what they say of it.
    """
    found = library[name]
    found.restype, found.argtypes = answer, takes
    return found


def tag(name: str) -> int:
    """Return a table's or a feature's name as HarfBuzz counts it."""
    return int.from_bytes(name.encode("ascii"))


def put(place: int, members: Iterable[int]) -> None:
    """Add numbers to one of HarfBuzz's sets."""
    ordered = array("I", sorted(members))
    add = function(libraries()[0], "hb_set_add_sorted_array", None, c_void_p, c_void_p, c_uint)
    add(place, ordered.buffer_info()[0], len(ordered))


@lru_cache(maxsize=32)
def mapped(font: Path) -> int:
    """Return HarfBuzz's hold on a file, as the system maps it."""
    ask = function(libraries()[0], "hb_blob_create_from_file_or_fail", c_void_p, c_char_p)
    blob: int | None = ask(os.fsencode(font))
    if not blob:
        raise FileNotFoundError(font)
    return blob


def held(data: bytes, copied: bool = False) -> int:
    """Return HarfBuzz's hold on bytes, which have to stay where they are unless they are copied."""
    takes = (c_char_p, c_uint, c_int, c_void_p, c_void_p)
    blob: int = function(libraries()[0], "hb_blob_create", c_void_p, *takes)(
        data, len(data), _COPIED if copied else _READ_ONLY, None, None
    )
    return blob


def face_of(blob: int, number: int) -> int:
    """Return a font of a file."""
    create = function(libraries()[0], "hb_face_create", c_void_p, c_void_p, c_uint)
    face: int = create(blob, number)
    return face


def face_with(tables: Iterable[tuple[int, int]]) -> int:
    """Return a font of tables: their tags, and HarfBuzz's holds on them, which it takes over."""
    plain = libraries()[0]
    face: int = function(plain, "hb_face_builder_create", c_void_p)()
    add = function(plain, "hb_face_builder_add_table", c_int, c_void_p, c_uint, c_void_p)
    for name, blob in tables:
        add(face, name, blob)
        function(plain, "hb_blob_destroy", None, c_void_p)(blob)
    return face


def let_go(face: int) -> None:
    """Let go of a font."""
    function(libraries()[0], "hb_face_destroy", None, c_void_p)(face)


def tags_of(face: int) -> tuple[int, ...]:
    """Return the tags of a font's tables."""
    takes = (c_void_p, c_uint, c_void_p, c_void_p)
    count, tags = c_uint(256), (c_uint * 256)()
    ask = function(libraries()[0], "hb_face_get_table_tags", c_uint, *takes)
    ask(face, 0, ctypes.byref(count), tags)
    return tuple(tags[: count.value])


def table_of(face: int, name: int) -> int:
    """Return HarfBuzz's hold on a table of a font, to be let go; an empty one if it has none."""
    ask = function(libraries()[0], "hb_face_reference_table", c_void_p, c_void_p, c_uint)
    table: int = ask(face, name)
    return table


def whole_of(face: int) -> int:
    """Return HarfBuzz's hold on a font that was made in memory, to be let go."""
    ask = function(libraries()[0], "hb_face_reference_blob", c_void_p, c_void_p)
    font: int = ask(face)
    return font


def bytes_of(blob: int) -> bytes:
    """Return what HarfBuzz holds, and let it go."""
    plain, length = libraries()[0], c_uint()
    ask = function(plain, "hb_blob_get_data", c_void_p, c_void_p, c_void_p)
    place = ask(blob, ctypes.byref(length))
    data = ctypes.string_at(place, length.value) if place else b""
    function(plain, "hb_blob_destroy", None, c_void_p)(blob)
    return data
