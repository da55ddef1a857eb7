"""Numbers spelt in Han characters: 三百六十件, 近百分之八十, 五点八六亿元, 七成多.

    text ──spelt──▶ (Spelt, …)

GB/T 15835-2011 4.1.1 wants digits for all of them but the tenths; words that happen to be
numerals (五部门, 百余人, 千家万户; 4.2.3) are no numbers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from jianbao.figures.hanzi import amount_from_han
from jianbao.model import Amount

TENTHS = "成"
BEFORE = r"(?P<before>(?<![附最将远靠])近|(?<![节预大签履违合公制集])约)?"
_DIGITS = "〇零一二三四五六七八九"
_HAN = _DIGITS + "十百千两"
_PLACES = rf"(?:点[{_DIGITS}]+)"
# Each begins with what it can begin with, or all of it would be tried at each character.
_AMOUNT = re.compile(
    rf"(?=[近约{_HAN}]){BEFORE}(?<![{_HAN}几数第万亿点])(?P<figure>[{_HAN}]+(?:{_PLACES}(?:万亿|[万亿])?"
    rf"|(?:[万亿][{_HAN}]*)*))(?P<after>余|多)?"
)
LONGEST = 24  # a longer row of digits is a code, or a key that stuck, and counts nothing
_PARTS = {"百": "%", "千": "‰"}
_SHARE = re.compile(
    rf"(?=[近约百千]){BEFORE}(?P<of>[百千])分之(?P<nearly>近|约)?"
    rf"(?P<figure>百(?![{_HAN}点])|[{_HAN}]+{_PLACES}?|\d+(?:\.\d+)?)(?P<after>以上|左右|余|多)?"
)
_TENTHS = re.compile(
    r"(?=[将接近约超逾一二三四五六七八九])(?P<before>将近|接近|近|约|超过|逾|超)?(?<![一二三四五六七八九十百千万第])"
    r"(?P<digit>[一二三四五六七八九])成"
    r"(?P<after>以上|左右|多|半)?(?![员立果本为功长效熟都年人就品分交群套])"
)


@dataclass(frozen=True, slots=True)
class Spelt:
    """A number spelt in Han, from `start` up to `end`.

    Attributes:
        unit: %, ‰ or 成 where the words say so; else "", and it stands behind.
    """

    start: int
    end: int
    amount: Amount
    unit: str = ""


def spelt(text: str) -> Iterator[Spelt]:
    """Yield the numbers spelt in Han, none of which touches another.

    >>> [(str(one.amount.value), one.amount.approx, one.unit)
    ...     for one in spelt("近百分之七十八点六，十一万六千余人，近九成")]
    [('78.6', '近', '%'), ('90', '近', '成'), ('116000', '余', '')]
    """
    rest = text
    for pattern, read in ((_SHARE, _share), (_TENTHS, _tenth), (_AMOUNT, _amount)):
        for match in pattern.finditer(rest):
            if len(match.group()) <= LONGEST and (found := read(match)):
                yield found
                rest = rest[: found.start] + "□" * (found.end - found.start) + rest[found.end :]


def _share(match: re.Match[str]) -> Spelt | None:
    """Return 百分之…, with Han numerals or digits behind it; 百分之百 is all of it."""
    figure, of = match["figure"], match["of"]
    if figure[0].isdecimal() and figure.isascii():
        amount = Amount(Decimal(figure), places=len(figure.partition(".")[2]))
    else:
        read = Amount(Decimal(100)) if figure == "百" else amount_from_han(figure)
        if read is None:
            return None
        amount = read
    approx = match["before"] or match["nearly"] or match["after"] or ""
    return Spelt(match.start(), match.end(), replace(amount, approx=approx), _PARTS[of])


def _tenth(match: re.Match[str]) -> Spelt:
    """Return a share written in tenths: 近九成, 七成多."""
    value = Decimal(10 * _DIGITS.index(match["digit"]) - 10)
    approx = match["before"] or match["after"] or ""
    return Spelt(match.start(), match.end(), Amount(value, 10, 0, approx), TENTHS)


def _amount(match: re.Match[str]) -> Spelt | None:
    """Return an amount from eleven up: 一个, 五部门 and 十项 are words as well as numbers."""
    amount = amount_from_han(match["figure"])
    if amount is None or (amount.value <= 10 and not amount.places):
        return None
    approx = match["before"] or match["after"] or ""
    return Spelt(match.start(), match.end(), replace(amount, approx=approx))
