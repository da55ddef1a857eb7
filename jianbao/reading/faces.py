"""Find a face among the machine's fonts, through fontconfig as the press does.

family, weight ──find_face──▶ Face (file, place in it, digest), None where there is none
look: of site.yaml ──faces_missing──▶ a finding for each part that none of its faces can play
"""

import ctypes
from collections.abc import Callable, Iterator, Mapping, Sequence
from ctypes import byref, c_char_p, c_int, c_uint, c_void_p
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from jianbao.diagnostics import Finding, msg, warning
from jianbao.reading.shaping import value_place
from jianbao.reading.tree import Table

STAND_INS: Mapping[str, str] = {
    "title": "思源宋体特粗（Noto Serif CJK SC Black）",
    "song": "思源宋体（Noto Serif CJK SC）",
    "hei": "思源黑体（Noto Sans CJK SC）",
    "kai": "FandolKai",
    "fang": "FandolFang",
}
"""What plays each part where the office names no face: as templates/print.html has it."""
WEIGHTS = {400: 80, 700: 200, 900: 210}
"""CSS weights as fontconfig counts them."""
_ENTRY = 16


@dataclass(frozen=True, slots=True)
class Face:
    """A font's file, and which of the fonts in it.

    Attributes:
        digest: Of its size and of the list of its tables, which holds a sum over each of them.
    """

    path: Path
    number: int
    digest: str


@lru_cache(maxsize=32)
def find_face(family: str, weight: int) -> Face | None:
    """Return the face of exactly this family and about this weight, None where there is none."""
    found = _matched(f"{family}:weight={WEIGHTS[weight]}:slant=0")
    if found is None or family not in found[2]:
        return None
    path, number = Path(found[0]), found[1] & 0xFFFF
    return Face(path, number, _digest(path, number))


def faces_missing(faces: Mapping[str, Sequence[str]], tree: Table) -> Iterator[Finding]:
    """Yield a finding for each part of the look whose faces are all missing on this machine.

    A list names the face that is wanted and those that may stand in for it; the first that is
    there is used, so a list with one that is there is as it should be.
    """
    if _matched("serif") is None:  # nobody can be asked; the press will say more
        return
    for part, names in faces.items():
        if names and not any(map(_is_installed, names)):
            yield warning(
                "face-missing",
                value_place(tree, "look", part, 0),
                msg(
                    "{faces} is not installed on this computer; {other} is used.",
                    faces="、".join(names),
                    other=STAND_INS[part],
                ),
                msg("Have it installed on the computer that makes the PDF, or take it out here."),
            )


def _is_installed(family: str) -> bool:
    escaped = "".join(f"\\{char}" if char in "\\-:," else char for char in family)
    found = _matched(escaped)
    return found is not None and family in found[2]


def _digest(path: Path, number: int) -> str:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(0)
        start = 0
        if file.read(4) == b"ttcf":
            file.seek(12 + 4 * number)
            start = int.from_bytes(file.read(4))
        file.seek(start)
        head = file.read(12)
        tables = file.read(_ENTRY * int.from_bytes(head[4:6]))
    return blake2b(b"%d\0" % size + head + tables, digest_size=16).hexdigest()


def _matched(asked: str) -> tuple[str, int, tuple[str, ...]] | None:
    """Return what `fc-match` would answer, without starting it: file, index, families."""
    try:
        library = ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        return None

    def function(name: str, answer: type | None, *takes: type) -> Callable[..., int]:
        found = library[name]
        found.restype, found.argtypes = answer, takes
        return found

    pattern = function("FcNameParse", c_void_p, c_char_p)(asked.encode())
    function("FcConfigSubstitute", c_int, c_void_p, c_void_p, c_int)(None, pattern, 0)
    function("FcDefaultSubstitute", None, c_void_p)(pattern)
    match = function("FcFontMatch", c_void_p, c_void_p, c_void_p, c_void_p)
    font = match(None, pattern, byref(c_uint()))
    destroy = function("FcPatternDestroy", None, c_void_p)
    destroy(pattern)
    if not font:
        return None
    text = function("FcPatternGetString", c_int, c_void_p, c_char_p, c_int, c_void_p)
    integer = function("FcPatternGetInteger", c_int, c_void_p, c_char_p, c_int, c_void_p)
    value, index, families = c_char_p(), c_int(), list[str]()
    while not text(font, b"family", len(families), byref(value)):
        families.append((value.value or b"").decode("utf-8", "replace"))
    integer(font, b"index", 0, byref(index))
    known = not text(font, b"file", 0, byref(value))
    path = (value.value or b"").decode("utf-8", "surrogateescape")
    destroy(font)
    return (path, index.value, tuple(families)) if known else None
