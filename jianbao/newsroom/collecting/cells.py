"""The cells of a form: how they look, which can be typed into, what they calculate.

Only for `forms`. A cell that is not opened stays locked.
"""

from decimal import Decimal

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from jianbao.model import Amount, Measure, Observation
from jianbao.newsroom.collecting.keeping import typed
from jianbao.newsroom.spreadsheets import At, cell_at, put_words

_YELLOW = PatternFill("solid", fgColor="FFF7D6")
_GREY = PatternFill("solid", fgColor="F0F0F0")
_HEAD = PatternFill("solid", fgColor="DCE6F1")
_LINE = Side("thin", color="A0A0A0")
THIN = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
FONT, BOLD, SMALL = Font("宋体", 11), Font("宋体", 11, bold=True), Font("宋体", 9, color="606060")
RED = Font(color="C00000", bold=True)


def put_head(sheet: Worksheet, at: At, text: str) -> None:
    """Write a heading."""
    cell = put_words(sheet, at, text)
    cell.font, cell.fill, cell.border, cell.alignment = BOLD, _HEAD, THIN, CENTRE


def put_fixed(sheet: Worksheet, at: At, text: str | None = None) -> None:
    """Write words that cannot be typed over; None leaves the cell empty."""
    _fix(cell_at(sheet, at) if text is None else put_words(sheet, at, text))


def put_formula(sheet: Worksheet, at: At, formula: str, pattern: str = "General") -> None:
    """Write a formula of our own that cannot be typed over."""
    cell = cell_at(sheet, at)
    cell.value = formula
    _fix(cell, pattern)


def _put_number(sheet: Worksheet, at: At, value: float, pattern: str = "General") -> None:
    cell = cell_at(sheet, at)
    cell.value = value
    _fix(cell, pattern)


def _fix(cell: Cell, pattern: str = "General") -> None:
    cell.font, cell.fill, cell.border, cell.alignment = FONT, _GREY, THIN, CENTRE
    cell.number_format = pattern


def open_cell(sheet: Worksheet, at: At, pattern: str = "General") -> None:
    """Make a cell one that can be typed into."""
    cell = sheet.cell(*at)
    cell.fill, cell.border, cell.alignment = _YELLOW, THIN, CENTRE
    cell.font, cell.number_format = FONT, pattern
    cell.protection = Protection(locked=False)


def put_last(sheet: Worksheet, at: At, before: Observation | None, measure: Measure) -> None:
    """Write the last value: as a number where it is exact, else as it was typed."""
    if before is None:
        put_fixed(sheet, at)
    elif measure.unit == "%":
        share = float(before.amount.value.scaleb(-2))
        _put_number(sheet, at, share, percent(before.amount.places))
    elif before.amount.scale == measure.scale and not before.amount.approx:
        _put_number(sheet, at, _as_number(before.amount))
    else:
        put_fixed(sheet, at, typed(before.amount, measure.unit))


def _as_number(amount: Amount) -> int | float:
    value = amount.value / amount.scale
    return int(value) if value == value.to_integral_value() else float(value)


def percent(places: int) -> str:
    """Return the number format of a rate."""
    return "0." + "0" * places + "%" if places else "0%"


def pattern_of(measure: Measure, before: Observation | None) -> str:
    """Return a cell's number format: a rate is typed in as 97.4 and shown as 97.4%."""
    if measure.unit != "%":
        return "General"
    return percent(before.amount.places if before else 1)


def rate(part: str, whole: str, places: int) -> str:
    """Return the formula of a rate: rounded once, and never 100% before all is done."""
    most = Decimal(1) - Decimal(1).scaleb(-places - 2)
    rounded = f"ROUND({part}/{whole},{places + 2})"
    return (
        f'=IF(AND(ISNUMBER({part}),ISNUMBER({whole})),IF({whole}=0,"",'
        f'IF({part}<{whole},MIN({rounded},{most}),{rounded})),"")'
    )


def change(now: str, before: str, measure: Measure, last: Observation | None) -> str | None:
    """Return the formula of a change since last time; None where there is nothing to subtract."""
    if last is None or measure.unit == "%":
        return None
    return f'=IF(AND(ISNUMBER({now}),ISNUMBER({before})),{now}-{before},"")'


def guard(sheet: Worksheet, cell: str, limit: str) -> None:
    """Refuse a negative number, and one above its limit, where it is typed."""
    below = f",OR(NOT(ISNUMBER({limit})),{cell}<={limit})" if limit else ""
    formula = f"OR(ISTEXT({cell}),AND(ISNUMBER({cell}),{cell}>=0{below}))"
    rule = DataValidation("custom", formula1=formula)
    rule.showErrorMessage = True
    rule.errorTitle = "请看一下这个数"
    rule.error = "不能是负数" + ("，也不能超过它的上限" if limit else "") + "。"
    rule.add(cell)
    sheet.add_data_validation(rule)


def offer(sheet: Worksheet, area: str, words: tuple[str, ...]) -> None:
    """Offer words to choose from; others may be typed all the same."""
    rule = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True)
    rule.errorStyle = "warning"
    rule.add(area)
    sheet.add_data_validation(rule)
