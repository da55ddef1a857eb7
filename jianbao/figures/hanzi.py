"""Numbers in Han numerals: written where GB/T 15835-2011 4.2 wants them, and read back."""

import re
from decimal import Decimal

from jianbao.model import Amount

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")


def in_han(number: int, measured: bool = False) -> str:
    """Return a number from 0 to 9999 in Han numerals; `measured` writes 两 for a lone 2.

    >>> in_han(12), in_han(20), in_han(105), in_han(2, measured=True), in_han(1010)
    ('十二', '二十', '一百零五', '两', '一千零一十')
    """
    if number == 2 and measured:
        return "两"
    if number < 10:
        return _DIGITS[number]
    text, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return text.removeprefix("一") if 10 <= number < 20 else text


def from_han(text: str) -> int | None:
    """Return the number below 10000 that Han numerals stand for, None where they are none.

    >>> from_han("三百六十"), from_han("一千零一十"), from_han("两百"), from_han("百")
    (360, 1010, 200, None)
    """
    value = digit = 0
    plain = text.replace("两", "二")
    for char in plain:
        if char in _DIGITS:
            digit = _DIGITS.index(char)
        elif char in _PLACES:
            value, digit = value + (digit or 1) * 10 ** _PLACES.index(char), 0
    value += digit
    return value if value < 10_000 and in_han(value) == plain else None


_MYRIADS = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_POINTED = re.compile(rf"(?P<whole>\w+)点(?P<places>[〇{_DIGITS}]+)(?P<scale>万亿|亿|万)?")


def amount_from_han(text: str) -> Amount | None:
    """Return the amount that Han numerals stand for, None where they are none.

    >>> [int(amount_from_han(text).value) for text in ("十一万六千", "五点八六亿", "两亿零三十")]
    [116000, 586000000, 200000030]
    >>> [amount_from_han(text) for text in ("千万", "一万二", "八点三十")]
    [None, None, None]
    """
    pointed = _POINTED.fullmatch(text)
    if not pointed:
        value = _whole(text)
        last = text[-1:] if text[-1:] in _MYRIADS else ""
        return None if value is None else Amount(Decimal(value), _MYRIADS[last])
    whole = from_han(pointed["whole"])
    digits = "".join(str(_DIGITS.find(char) * (char != "〇")) for char in pointed["places"])
    scale = _MYRIADS[pointed["scale"] or ""]
    if whole is None:
        return None
    return Amount(Decimal(f"{whole}.{digits}") * scale, scale, len(digits))


def _whole(text: str) -> int | None:
    """Return a whole number, read 亿 by 亿 and 万 by 万; a place left out needs its 零."""
    total, rest = 0, text
    for mark in ("亿", "万"):
        head, found, tail = rest.partition(mark)
        if not found:
            continue
        part = from_han(head.removeprefix("零")) if total else from_han(head)
        if part is None:
            return None
        total += part * _MYRIADS[mark]
        rest = tail
    if not rest:
        return total
    value = from_han(rest.removeprefix("零")) if total else from_han(rest)
    if value is None or (total and value < 1000 and not rest.startswith("零")):
        return None
    return total + value
