"""What a clerk types for a number or a moment: understood where it can mean one thing.

Pure functions from the typed text to a value, or to the Message that says why
not. 12:30, 010 and 1,22 can mean two things and are refused with what to write.
"""

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal

from jianbao.diagnostics import Message, msg
from jianbao.model import Amount, AsOf, Precision

NAME = re.compile(r"[^\W\d_][^\W_]*")
RESERVED = frozenset({"all", "as_of", "截至", "截止", "文件", "全部"})
SCALES = {"": 1, "万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}

# Full-width forms from a Chinese input method stand for their half-width twins.
_HALF_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " "}
_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")

_NUMBER = re.compile(
    r"(?P<before>近|约|超|逾)?\s*"
    r"(?P<number>-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?)\s*"
    r"(?P<inner>余|多)?(?P<scale>万亿|万|亿)?(?P<after>余|多)?\s*"
    r"(?P<unit>[^\d\s.,:;+*/=<>-]*)"
)
_LIMIT = 18
_LONGEST_UNIT = 8
_LETTERS = "OoIl"
_LIKE_DIGITS = re.compile(r"(?=.*[OoIl])(?=.*\d)[\d.,OoIl]+\S{0,3}")


def half_width(text: str) -> str:
    """Return `text` with full-width letters, digits and marks as half-width ones.

    >>> half_width("１２．５％　")
    '12.5% '
    """
    return _FULL_WIDTH.sub(lambda match: _HALF_WIDTH[match[0]], text)


def read_amount(typed: str, unit: str, scale: int = 1) -> Amount | Message:
    """Return the amount a clerk typed for a measure counted in `unit`, or why not.

    `scale` is 10000 where the measure's own unit is in 万: a number typed
    without 万 or 亿 is then counted in 万.

    >>> read_amount("5.86亿元", "元").value
    Decimal('586000000.00')
    >>> read_amount("11.6万余", "人").approx
    '余'
    """
    text = half_width(typed).strip()
    match = _NUMBER.fullmatch(text)
    if match is None or not match["number"] or match["number"] == "-":
        return _why_not(text)
    plain = match["number"].replace(",", "")
    if re.match(r"-?0\d", plain):
        return msg(
            "A number does not begin with 0: is {short} meant?", short=plain.lstrip("-0") or "0"
        )
    if len(plain) > _LIMIT:
        return msg("The number is longer than any that is counted.")
    wrong_unit = match["unit"] and match["unit"] != unit
    if wrong_unit:
        other = match["unit"]
        if len(other) > _LONGEST_UNIT:
            other = f"{other[:_LONGEST_UNIT]}……"
        return msg("The unit here is {unit}, not {other}.", unit=unit, other=other)
    counted = SCALES[match["scale"]] if match["scale"] else scale
    return Amount(
        value=Decimal(plain) * counted,
        scale=counted,
        places=len(plain.partition(".")[2]),
        approx=_approx(match),
    )


def _approx(match: re.Match[str]) -> str:
    before = {"超": "余", "逾": "余"}.get(match["before"] or "", match["before"] or "")
    return before or match["inner"] or match["after"] or ""


def _why_not(text: str) -> Message:
    if re.fullmatch(r"\d+:\d+(:\d+)?", text):
        return msg("A number with a colon could be a time or a ratio.")
    if re.fullmatch(r"[0-9,]+(\.[0-9]+)?", text):
        return msg(
            "The commas do not stand after every third digit: is {short} meant?",
            short=text.replace(",", ""),
        )
    if re.search(r"[〇零一二两三四五六七八九十百千]", text):
        return msg("Numbers are typed in Arabic digits.")
    if not text:
        return msg("There is no number here.")
    if looks := _LIKE_DIGITS.fullmatch(text):
        at = next(at for at, char in enumerate(text) if char in _LETTERS)
        digit = "0" if looks.string[at] in "Oo" else "1"
        return msg("Character {at} is the letter {letter}, not the digit {digit}.",
                   at=at + 1, letter=text[at], digit=digit)  # fmt: skip
    return msg("This is not a number.")


_MONTH = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})(?:月)?(?:底|末)?")
_DAY = re.compile(
    r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?"
    r"(?:[ T]*([0-9]{1,2})(?::00|时|点))?(?::00)?"
)
_YEARS = range(1900, 2100)


NO_MOMENT = msg("This is no month, day or hour: write 2021-12, 2021-12-21 or 2021-12-21 24:00.")


def no_year(year: int) -> Message:
    """Return why no figure is of this year: a slip, or a number that was made a date."""
    return msg(
        "No figure is of the year {year}: write a year from {first} to {last}.",
        year=year,
        first=_YEARS[0],
        last=_YEARS[-1],
    )


def _no_such_day(year: int, month: int) -> Message:
    if 1 <= month <= 12:
        days = monthrange(year, month)[1]
        return msg("There is no such day: month {month} has {days} days.", month=month, days=days)
    return msg("There is no such day: a year has 12 months.")


def read_as_of(typed: str) -> AsOf | Message:
    """Return the as-of a clerk typed: a month (its end), a day, or a day and full hour.

    >>> read_as_of("2021-10").day
    datetime.date(2021, 10, 31)
    >>> read_as_of("2021-12-21 24:00").hour
    24
    >>> read_as_of("2021年12月21号").day
    datetime.date(2021, 12, 21)
    """
    text = half_width(typed).strip()
    match = _MONTH.fullmatch(text) or _DAY.fullmatch(text)
    if match and int(match[1]) not in _YEARS:
        return no_year(int(match[1]))
    if match := _MONTH.fullmatch(text):
        year, month = int(match[1]), int(match[2])
        if 1 <= month <= 12:
            return AsOf(date(year, month, monthrange(year, month)[1]), None, Precision.MONTH)
    elif match := _DAY.fullmatch(text):
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return _no_such_day(int(match[1]), int(match[2]))
        if match[4] is None:
            return AsOf(day)
        if int(match[4]) <= 24:
            return AsOf(day, int(match[4]), Precision.HOUR)
    return NO_MOMENT


def read_day(typed: str) -> date | Message:
    """Return the day a clerk typed."""
    moment = read_as_of(typed)
    if isinstance(moment, Message) and moment.text != NO_MOMENT.text:
        return moment
    if isinstance(moment, Message) or moment.precision is not Precision.DAY:
        return msg("A day is wanted here, such as 2021-12-23.")
    return moment.day
