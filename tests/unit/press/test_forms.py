"""A page's font leaves out what its letters look like in other languages, and nothing it shows."""

from ctypes import POINTER, Structure, c_char_p, c_int, c_int32, c_uint, c_uint32, c_void_p
from dataclasses import dataclass
from functools import partial
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from jianbao.pages.typefaces import BLACK, BOLD, HEI, KAI, SONG, Typeface
from jianbao.press import harfbuzz
from jianbao.press.forms import ours_alone
from jianbao.press.subsets import subset
from jianbao.reading.faces import Face, find_face

TEXT = "截至目前，全区“共办结”实事２件·直骨化…—1/2、３．５％〇々“AVToWAf’ßбгпδ（底）"

LATIN = "data/yunxi/2026-11-26.yaml:7"  # with other digits where Chinese is not asked for


class Info(Structure):
    """A glyph, as HarfBuzz tells it."""

    _fields_ = (
        ("glyph", c_uint32), ("mask", c_uint32), ("cluster", c_uint32),
        ("var1", c_uint32), ("var2", c_uint32),
    )  # fmt: skip


class Position(Structure):
    """Where it stands."""

    _fields_ = tuple((name, c_int32) for name in ("x", "y", "right", "up", "var"))


def found(typeface: Typeface) -> Face:
    """Return a face of this machine."""
    face = find_face(typeface.family, typeface.weight)
    assert face
    return face


@dataclass(frozen=True)
class Font:
    """A font as HarfBuzz has it, and the names of its glyphs, which cutting leaves as they are."""

    face: int
    names: list[str]


def whole(face: Face) -> Font:
    """Return one font of a collection, as it is."""
    with TTFont(face.path, fontNumber=face.number, lazy=True) as font:
        return Font(harfbuzz.face_of(harfbuzz.mapped(face.path), face.number), font.getGlyphOrder())


def cut(face: Face, text: str, abroad: bool = False) -> Font:
    """Return what a page gets of a font."""
    packed = subset(face.path, face.number, "".join(sorted(set(text))), abroad)
    with TTFont(BytesIO(packed)) as font:
        font.flavor = None
        font.save(made := BytesIO())
        blob = harfbuzz.held(made.getvalue(), copied=True)
        return Font(harfbuzz.face_of(blob, 0), font.getGlyphOrder())


def shaped(of: Font, text: str, language: str) -> list[tuple[str, int, int, int]]:
    """Return each glyph of a text: its name, how wide it is, and where it stands."""
    ask = partial(harfbuzz.function, harfbuzz.libraries()[0])
    font = ask("hb_font_create", c_void_p, c_void_p)(of.face)
    line = ask("hb_buffer_create", c_void_p)()
    known = text.encode()
    ask("hb_buffer_add_utf8", None, c_void_p, c_char_p, c_int, c_uint, c_int)(
        line, known, len(known), 0, len(known)
    )
    spoken = ask("hb_language_from_string", c_void_p, c_char_p, c_int)(language.encode(), -1)
    ask("hb_buffer_set_language", None, c_void_p, c_void_p)(line, spoken)
    ask("hb_buffer_guess_segment_properties", None, c_void_p)(line)
    ask("hb_shape", None, c_void_p, c_void_p, c_void_p, c_uint)(font, line, None, 0)
    count = c_uint()
    takes = (c_void_p, POINTER(c_uint))
    infos = ask("hb_buffer_get_glyph_infos", POINTER(Info), *takes)(line, count)
    places = ask("hb_buffer_get_glyph_positions", POINTER(Position), *takes)(line, count)
    return [
        (of.names[infos[at].glyph], places[at].right, places[at].x, places[at].y)
        for at in range(count.value)
    ]


@pytest.mark.parametrize("typeface", [SONG, BLACK, HEI, BOLD, KAI], ids=lambda each: each.key)
def test_our_pages_show_what_the_whole_font_shows(typeface: Typeface) -> None:
    """The same forms at the same places, though those of other languages are not there."""
    face = found(typeface)
    before, after, latin = whole(face), cut(face, TEXT), cut(face, LATIN)

    for run in (TEXT, *TEXT.split("，"), "“AVTo”", "２/３", "б1", "δ2"):
        assert shaped(before, run, "zh-CN") == shaped(after, run, "zh-CN")
    assert shaped(before, LATIN, "zh-CN") == shaped(latin, LATIN, "zh-CN")


def test_forms_of_other_languages_are_left_out_unless_they_are_asked_for() -> None:
    """A character is there once for us; abroad also as others write it, and is shaped so."""
    face = found(SONG)
    ours, theirs = (cut(face, "化直骨", abroad) for abroad in (False, True))

    assert 1 + len("化直骨") == len(ours.names) < len(theirs.names)
    assert shaped(whole(face), "化直骨", "ja") == shaped(theirs, "化直骨", "ja")
    assert shaped(theirs, "化直骨", "ja") != shaped(theirs, "化直骨", "zh-CN")
    assert shaped(ours, "化直骨", "ja") == shaped(ours, "化直骨", "zh-CN")


def test_a_table_without_scripts_stays() -> None:
    """Rules of no script have no languages either."""
    table = bytes((0, 1, 0, 0, 0, 0, 0, 10, 0, 12, 0, 0, 0, 0))

    assert table == ours_alone(table)
