"""Leave out of a font the forms that its letters have in other languages than the page's.

face ──at_home──▶ face whose GSUB knows simplified Chinese and no other language

A face of Noto CJK holds each character as Japan, Korea, Taiwan and Hong Kong write it too, and its
rules would bring all of them along: two fifths of what a page loads, for nothing that it shows.
"""

from collections.abc import Iterator

from jianbao.press import harfbuzz

_OURS = b"ZHS "
_RULES = harfbuzz.tag("GSUB")
_RECORD = 6


def at_home(face: int) -> int:
    """Return the face as pages in simplified Chinese see it."""
    return harfbuzz.face_with(_tables(face))


def _tables(face: int) -> Iterator[tuple[int, int]]:
    for name in harfbuzz.tags_of(face):
        table = harfbuzz.table_of(face, name)
        if name == _RULES:
            table = harfbuzz.held(ours_alone(harfbuzz.bytes_of(table)), copied=True)
        yield name, table


def ours_alone(table: bytes) -> bytes:
    """Return a GSUB in which each script is used as our language uses it, whatever is asked for.

    It must not only be listed: where none of its rules is about a page's characters, HarfBuzz
    takes a language out, and what is usual in the script, other digits, would be used instead.
    """
    fresh, scripts = bytearray(table), _two(table, 4)
    if scripts == 0:
        return table
    for at in range(scripts + 2, scripts + 2 + _RECORD * _two(table, scripts), _RECORD):
        script = scripts + _two(table, at + 4)
        first = script + 4
        end = first + _RECORD * _two(table, script + 2)
        for record in range(first, end, _RECORD):
            if table[record : record + len(_OURS)] == _OURS:
                fresh[script : script + 2] = table[record + len(_OURS) : record + _RECORD]
        fresh[script + 2 : first] = bytes(2)  # no other languages
    return bytes(fresh)


def _two(table: bytes, at: int) -> int:
    return int.from_bytes(table[at : at + 2])
