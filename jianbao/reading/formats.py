"""What a cell of a workbook shows: a number or a moment in its number format.

    0.786, `0.0%` ──shown──▶ "78.6%"        5.8634, `0.00"亿元"` ──▶ "5.86亿元"

The clerk answers for what can be seen, so what can be seen counts; from there
on it is read like typed text. Pure functions; no workbook is opened here.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from jianbao.model import Precision

# Date formats that Excel in Chinese keeps under numbers of its own, without writing them out.
CHINESE_DATES = {
    **dict.fromkeys((27, 36, 50, 52, 57), "yyyy/m"),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), "m/d"),
    **dict.fromkeys((30, 31), "yyyy/m/d"),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm"),
}
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)[^\]]*\]'
    r"|\[(?P<bracket>[^\]]*)\]|(?P<core>[0#?.,]+)|(?P<percent>%)|(?P<plain>.)",
    re.DOTALL,
)
_PLAIN = ("", "general", "@", "g/通用格式")
_DIGITS = Context(prec=60)


def exact(value: float) -> Decimal:
    """Return a workbook's number as a decimal, with the 15 digits that Excel itself keeps.

    >>> exact(5.8599999999999994)
    Decimal('5.86')
    """
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")


def shown(value: float, pattern: str) -> str | None:
    """Return the number as its format shows it; None where that can be read two ways.

    >>> shown(0.786, "0.0%")
    '78.6%'
    >>> shown(1234.5, "#,##0")
    '1235'
    >>> shown(5.86, '0.00"亿元"')
    '5.86亿元'
    >>> shown(116000, "0!.0,") is None
    True
    """
    number = exact(value)
    section = _section(pattern, number)
    if section.strip().lower() in _PLAIN or re.search(r"[eE][+-]|General|/", section):
        return f"{number:f}"
    parts = _parts(section)
    if parts is None:
        return None
    before, core, after = parts
    number = _scaled(number, core, after.count("%"))
    return _sign(number) + before + _written(number, core) + after


def _section(pattern: str, number: Decimal) -> str:
    """Return the part of the pattern that holds for `number`: positive;negative;zero."""
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', pattern)
    if re.search(r"\[[<>=]", pattern):
        return ""
    index = 1 if number < 0 else 2 if number == 0 else 0
    return sections[index] if index < len(sections) and sections[index] else sections[0]


def _parts(section: str) -> tuple[str, str, str] | None:
    """Return the words before, the places for digits, and the words behind."""
    before, core, after = "", "", ""
    for match in _TOKEN.finditer(section):
        if match["core"]:
            if core:
                return None
            core = match["core"]
            continue
        literal = match["quoted"] or match["escaped"] or match["percent"] or match["plain"] or ""
        literal = literal.strip(" ()+-¥￥$")
        if core:
            after += literal
        else:
            before += literal
    return (before, core, after) if re.search("[0#?]", core) else None


def _scaled(number: Decimal, core: str, percents: int) -> Decimal:
    """Return the number in what the format counts in: hundredths, thousands."""
    whole = core.partition(".")[0] if "." in core else core
    commas = len(core) - len(core.rstrip(","))
    commas += len(whole) - len(whole.rstrip(",")) if "." in core else 0
    return _DIGITS.multiply(number.scaleb(2 * percents), Decimal(1).scaleb(-3 * commas))


def _written(number: Decimal, core: str) -> str:
    """Return the digits, without the sign; places marked # are left out where they are 0."""
    places = core.partition(".")[2].replace(",", "")
    rounded = abs(number).quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP, _DIGITS)
    text = f"{rounded:f}"
    for _ in range(len(places) - len(places.rstrip("#?"))):
        text = text.removesuffix("0")
    return text.rstrip(".") if "." in text else text


def _sign(number: Decimal) -> str:
    return "-" if number < 0 else ""


def precision(pattern: str) -> Precision:
    """Return how exactly a date format says the moment.

    >>> precision('yyyy"年"m"月"')
    <Precision.MONTH: 'month'>
    """
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", pattern).lower()
    if "h" in bare:
        return Precision.HOUR
    return Precision.DAY if "d" in bare or not bare else Precision.MONTH
