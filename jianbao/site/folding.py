"""What search takes for the same: full and half width, capitals, marks of thousands.

    text ──folded──▶ text ──grams──▶ its characters and pairs of characters

`templates/search.js` folds what a reader types in the same way; tests hold the
two together. By code points, so that a rare character is one.
"""

import re
from operator import add

_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FULL_WIDTH = re.compile("[\uff01-\uff5e]")
_THOUSANDS = re.compile(r"[,'\u2009\u202f](?<=[0-9].)(?=[0-9]{3}(?![0-9]))")
_NAMELESS = (
    (0xD7, 0xD7), (0xF7, 0xF7), (0x2000, 0x206F), (0x2190, 0x245F), (0x2500, 0x27BF),
    (0x3000, 0x3004), (0x3008, 0x3020), (0x3030, 0x3030), (0xFE10, 0xFE6F), (0xFF00, 0xFFEF),
)  # fmt: skip


def folded(text: str) -> str:
    """Return a text as search compares it.

    >>> folded("ＡＢ１,２３４.５万；１２，３４５")
    'ab1234.5万;12345'
    """
    half = _FULL_WIDTH.sub(lambda match: _WIDE[match[0]], text)
    return _THOUSANDS.sub("", half.lower())


def is_sought(char: str) -> bool:
    """Return whether a character is kept in the index: letters, Han, digits, points and percent."""
    code = ord(char)
    if code < 0xC0:
        return char.isascii() and (char.isalnum() or char in ".%")
    return not any(first <= code <= last for first, last in _NAMELESS)


# What is_sought leaves out, as one class: two are tried one after the other at each character.
_BREAKS = re.compile(
    "[\x00-$&-\\-/:-`{-\u00bf"
    + "".join(f"{chr(first)}-{chr(last)}" for first, last in _NAMELESS)
    + "]+"
)
_DIGIT = re.compile("[0-9.%]")
_NUMBERED = re.compile(r"(?=([0-9.%]{2}.|[0-9.%].[0-9.%]|.[0-9.%]{2}))")


def grams(text: str) -> set[str]:
    """Return the characters and the pairs of neighbouring characters of a folded text.

    Three neighbours count too where two of them are digits: a bulletin is full of numbers, and
    the pairs of 200件 stand in many that say 200件 nowhere.

    >>> sorted(grams("198项，一"))
    ['1', '19', '198', '8', '8项', '9', '98', '98项', '一', '项']
    """
    runs = _BREAKS.split(text)
    found = set("".join(runs))
    for run in runs:
        found.update(map(add, run, run[1:]))
    found.update(*(_NUMBERED.findall(run) for run in runs if _DIGIT.search(run)))
    return found
