"""Whole numbers in Han numerals, where GB/T 15835-2011 4.2 wants them."""

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
