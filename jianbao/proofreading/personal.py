"""Personal data in published words: 身份证 numbers and telephone numbers.

A bulletin is read by thousands, so a number that names one person stands in none
(个人信息保护法 第二十八条; GB 11643-1999 says which 18 digits are such a number).
"""

import re
from collections.abc import Iterator
from datetime import date

from jianbao.diagnostics import Finding, error, msg, warning
from jianbao.model import Story
from jianbao.reading.scalars import half_width

_ID = re.compile(r"(?<![0-9A-Za-z])[1-8](?:[ -]?\d){16}[ -]?[\dXx](?![0-9A-Za-z])")
_DIGIT = re.compile(r"\d")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LAST = "10X98765432"
# A unit behind the digits makes them an amount; a letter, point or slash before them an address.
_NO_AMOUNT = r"(?![\dA-Za-z]|[.,]\d|\s*[万亿元人件个户项吨%])"
_PHONE = re.compile(
    rf"(?<![\dA-Za-z./])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}{_NO_AMOUNT}"
    rf"|(?<![\dA-Za-z./])(?:0\d{{2,3}}[-—–－]{{1,2}}|[(]0\d{{2,3}}[)] ?)\d{{7,8}}{_NO_AMOUNT}"
    rf"|(?<=电话[:： ])\d{{7,8}}{_NO_AMOUNT}"
)


def nothing_names_a_person(story: Story) -> Iterator[Finding]:
    """No line has a 身份证 number, and none a telephone number that nobody has agreed to."""
    for place in story.lines:
        if not _DIGIT.search(place.text):
            continue
        line = half_width(place.text)
        for match in _ID.finditer(line):
            if is_identity(match.group()):
                yield error(
                    "personal-id",
                    place.words(match.start() + 1, match.end() + 1),
                    msg("This is the number of somebody's identity card."),
                    msg("Delete it; where it is needed, show its ends only: 4101**********1234."),
                )
        for match in _PHONE.finditer(line):
            yield warning(
                "personal-phone",
                place.words(match.start() + 1, match.end() + 1),
                msg("This looks like a telephone number."),
                msg("Delete it, or waive this where it is an office's and meant to be called."),
            )


def is_identity(typed: str) -> bool:
    """Say whether 18 digits hold a day of birth and their own check digit (GB 11643-1999 4.2).

    >>> is_identity("110101 19900307 7758"), is_identity("110101199003077757")
    (True, False)
    """
    digits = typed.replace(" ", "").replace("-", "").upper()
    try:
        date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return digits[17] == _LAST[total % 11]
