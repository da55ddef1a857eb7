"""Names of folders that are not what they look like: they become addresses that people type.

    content/yunxi/2026-47 ──folder_findings──▶ findings

A mark that turns the writing direction, a full-width letter, or a Cyrillic one among
Latin ones makes two folders look alike (Unicode UTS 39, 5.1; UAX 15, NFKC).
"""

import unicodedata
from collections.abc import Iterator

from jianbao.diagnostics import Finding, Place, error, msg
from jianbao.reading.files import is_hidden

_FOREIGN = ("CYRILLIC", "GREEK")
_LATIN_LOOKING = frozenset("аеорсухіјѕһԁАВЕКМНОРСТУХІЈЅοαΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")


def folder_findings(path: str) -> Iterator[Finding]:
    """Yield what is wrong with the name of a folder that is part of an address."""
    place = Place("".join(f"〈U+{ord(char):04X}〉" if is_hidden(char) else char for char in path))
    name = path.rpartition("/")[2]
    hidden = next((char for char in name if is_hidden(char)), "")
    plain = unicodedata.normalize("NFKC", name)
    if hidden:
        yield error(
            "folder-name",
            place,
            msg("The folder's name has a character that cannot be seen (U+{code}).",
                code=f"{ord(hidden):04X}"),
            msg("Type the folder's name again."),
        )  # fmt: skip
    elif plain != name:
        yield error(
            "folder-name",
            place,
            msg("The folder's name looks like {name}, and is another.", name=plain),
            msg("Rename it to {name}.", name=plain),
        )
    elif strange := _mixed(name):
        yield error(
            "folder-name",
            place,
            msg("{char} in the folder's name is no Latin letter, and looks like one.",
                char=strange),
            msg("Type the folder's name again."),
        )  # fmt: skip


def _mixed(name: str) -> str:
    """Return the first letter of another alphabet that may be taken for a Latin one, or nothing.

    It may where Latin letters stand in the name too, or all of the other alphabet look like them.
    """
    foreign = [char for char in name if unicodedata.name(char, "").startswith(_FOREIGN)]
    latin = any(char.isascii() and char.isalpha() for char in name)
    return foreign[0] if foreign and (latin or set(foreign) <= _LATIN_LOOKING) else ""
