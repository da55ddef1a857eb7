"""The office's form for a unit: what it reports, what it said last time, what is to be filled in.

    Desk, Unit ──form_of──▶ the bytes of an .xlsx

A sheet a dataset, in the form that the reader of day files knows. Only the
yellow cells can be typed into; the sheets are protected without a password, so
that nothing is lost and nobody is locked out. Totals, rates and changes are
formulas, for the unit's own eyes and for the check when it comes back.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import product

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from jianbao.model import Dataset, Members, Observation, Rounding, Share, Unit
from jianbao.newsroom.collecting.cells import (
    BOLD,
    CENTRE,
    FONT,
    LEFT,
    RED,
    SMALL,
    THIN,
    change,
    guard,
    offer,
    open_cell,
    pattern_of,
    percent,
    put_fixed,
    put_head,
    put_last,
    rate,
)
from jianbao.newsroom.collecting.desk import Desk
from jianbao.newsroom.collecting.expecting import due
from jianbao.newsroom.collecting.filled import MARK_SHEET
from jianbao.newsroom.collecting.keeping import unit_of

NOTES = ("与上期相同", "更正上期", "尚未统计")
_FIRST = 5
_HOW = (
    "只填黄色格子。没有统计出来的空着，不要填0。数可以填成 888623、3.6万、97.4%。"
    "别的格子锁着，改不了；填好存盘，原样发回。"
)


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet as it is made: what it is of, and what was reported the last time."""

    sheet: Worksheet
    dataset: Dataset
    shares: tuple[Share, ...]
    as_of: str
    last: Mapping[tuple[Members, str], Observation]

    def covers(self, members: Members, name: str) -> bool:
        """Say whether the unit reports this number."""
        return any(share.covers(members, name) for share in self.shares)

    @property
    def members(self) -> tuple[Members, ...]:
        """The members the unit reports anything of."""
        every = product(*(dimension.members for dimension in self.dataset.dimensions))
        return tuple(
            m for m in every if any(self.covers(m, name) for name in self.dataset.measures)
        )

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures the unit reports of any member."""
        return tuple(
            name
            for name in self.dataset.measures
            if any(self.covers(m, name) for m in self.members)
        )

    @property
    def ratios(self) -> tuple[str, ...]:
        """The ratios that can be computed in the form just as they are printed."""
        names = self.measures
        return tuple(
            name
            for name, ratio in self.dataset.ratios.items()
            if ratio.part in names
            and ratio.whole in names
            and ratio.rounding is Rounding.HALF_UP
            and set(ratio.decimals) <= {""}
        )

    def decimals(self, ratio: str) -> int:
        """Return how many decimal places a ratio has."""
        return self.dataset.ratios[ratio].decimals.get("", 1)


def form_of(desk: Desk, unit: Unit, made: datetime) -> bytes:
    """Return a unit's form for the desk's bulletin."""
    book = Workbook()
    _explain(book.worksheets[0], desk, unit)
    pages = [
        page
        for name in dict.fromkeys(share.dataset for share in unit.shares)
        for page in _page(book, desk, unit, desk.campaign.datasets[name])
    ]
    _mark(book, desk, unit, pages)
    book.active = 1 if pages else 0
    book.security = WorkbookProtection(lockStructure=True)
    book.properties.creator = "简报"
    book.properties.created = book.properties.modified = made
    book.calculation.fullCalcOnLoad = True
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _explain(sheet: Worksheet, desk: Desk, unit: Unit) -> None:
    sheet.title = "填表说明"
    duty = next(one for one in desk.duties() if one.unit.name == unit.name)
    lines = (
        f"{unit.name}填报表",
        f"专项活动：{desk.campaign.title}　报告期：{desk.period.first} 至 {desk.period.last}",
        f"请在 {duty.cut_off:%Y-%m-%d %H:%M} 以前发回。",
        _HOW,
    )
    for number, line in enumerate(lines, 1):
        sheet.cell(number, 1, line).font = BOLD if number == 1 else FONT
        sheet.cell(number, 1).alignment = LEFT
        sheet.row_dimensions[number].height = 44 if line is _HOW else 26
    sheet.column_dimensions["A"].width = 80
    sheet.protection.sheet = True


def _page(book: Workbook, desk: Desk, unit: Unit, dataset: Dataset) -> Iterator[_Page]:
    """Make a dataset's sheet; none where its month, quarter or year was reported already."""
    shares = tuple(share for share in unit.shares if share.dataset == dataset.name)
    slow = dataset.cadence in ("month", "quarter", "year")
    after, until = due(dataset, desk.period) or (desk.period.first, desk.period.last)
    known = [
        item
        for item in desk.observations
        if item.dataset == dataset.name
        and any(share.covers(item.members, item.name) for share in shares)
    ]
    if slow and any(after < item.as_of.day <= until for item in known):
        return
    before = [item for item in known if item.as_of.day <= after]
    latest = max((item.as_of.moment for item in before), default=None)
    last = {(i.members, i.name): i for i in before if i.as_of.moment == latest}
    sheet = book.create_sheet(dataset.name[:31])
    page = _Page(sheet, dataset, shares, f"{until:%Y-%m}" if slow else str(until), last)
    _top(page, unit)
    width = _table(page) if dataset.dimensions else _list(page)
    _finish(page, width)
    yield page


def _top(page: _Page, unit: Unit) -> None:
    """Write the title, and the line 截至｜填报单位｜审核人."""
    sheet = page.sheet
    sheet.cell(1, 1, f"{page.dataset.printed}填报表").font = Font("黑体", 14)
    for column, text in enumerate(("截至", page.as_of, "填报单位", unit.name, "审核人"), 1):
        cell = sheet.cell(2, column, text)
        cell.font, cell.alignment, cell.border = FONT, CENTRE, THIN
        cell.number_format = "@"
    open_cell(sheet, (2, 6))
    sheet.cell(3, 1, _HOW).font = SMALL


def _list(page: _Page) -> int:
    """Write a measure a row: name, unit, last value, this value, change, remark, definition."""
    sheet = page.sheet
    heads = ("指标", "单位", "上期数", "填报数", "增减", "备注", "口径")
    for column, text in enumerate(heads, 1):
        put_head(sheet, (_FIRST - 1, column), text)
    rows = {name: row for row, name in enumerate(page.measures, _FIRST)}
    for name, row in rows.items():
        measure, before = page.dataset.measures[name], page.last.get(((), name))
        put_fixed(sheet, (row, 1), name)
        put_fixed(sheet, (row, 2), unit_of(measure))
        put_last(sheet, (row, 3), before, measure)
        open_cell(sheet, (row, 4), pattern_of(measure, before))
        put_fixed(sheet, (row, 5), change(f"D{row}", f"C{row}", measure, before))
        open_cell(sheet, (row, 6))
        said = (
            # In quotation marks: the bare name would be taken for a heading.
            "" if measure.printed == name else f"印作“{measure.printed}”",
            measure.definition or page.dataset.definition,
        )
        put_fixed(sheet, (row, 7), "。".join(words for words in said if words))
        limit = rows.get(measure.at_most)
        guard(sheet, f"D{row}", f"D{limit}" if limit else "")
    for row, name in enumerate(page.ratios, _FIRST + len(rows)):
        ratio, places = page.dataset.ratios[name], page.decimals(name)
        formula = rate(f"D{rows[ratio.part]}", f"D{rows[ratio.whole]}", places)
        put_fixed(sheet, (row, 1), name)
        put_fixed(sheet, (row, 2), "%")
        for column in (3, 5, 6):
            put_fixed(sheet, (row, column), None)
        put_fixed(sheet, (row, 4), formula, percent(places))
        put_fixed(sheet, (row, 7), f"{ratio.part}÷{ratio.whole}，自动计算")
    end = _FIRST + len(rows)
    offer(sheet, f"F{_FIRST}:F{end}", NOTES)
    red = CellIsRule(operator="lessThan", formula=["0"], font=RED)  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(f"E{_FIRST}:E{end}", red)
    return len(heads)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what: this time's numbers and ratios, the remark, last time's numbers."""

    now: Mapping[str, int]
    note: int
    last: Mapping[str, int]

    def cell(self, name: str, row: int) -> str:
        """Return the cell of a number, such as C5; "" where it has no column."""
        return f"{get_column_letter(self.now[name])}{row}" if name in self.now else ""


def _table(page: _Page) -> int:
    """Write a member a row, a column a measure; a total that adds up; last time's beside it."""
    wide = len(page.dataset.dimensions)
    now = {name: wide + 1 + n for n, name in enumerate((*page.measures, *page.ratios))}
    note = wide + len(now) + 1
    columns = _Columns(now, note, {name: note + 1 + n for n, name in enumerate(page.measures)})
    heads = (
        *(dimension.name for dimension in page.dataset.dimensions),
        *(f"{name}（{unit_of(page.dataset.measures[name])}）" for name in page.measures),
        *(f"{name}（%）" for name in page.ratios),
        "备注",
        *(f"上期{name}" for name in page.measures),
    )
    for column, text in enumerate(heads, 1):
        put_head(page.sheet, (_FIRST - 1, column), text)
    for row, members in enumerate(page.members, _FIRST):
        _row(page, row, members, columns)
    end = _FIRST + len(page.members) - 1
    nowhere: Members = (None,) * wide
    if end > _FIRST and any(share.members == nowhere for share in page.shares):
        _total(page, end, nowhere, columns)
    letter = get_column_letter(note)
    offer(page.sheet, f"{letter}{_FIRST}:{letter}{end}", NOTES)
    return len(heads)


def _row(page: _Page, row: int, members: Members, columns: _Columns) -> None:
    for column, member in enumerate(members, 1):
        put_fixed(page.sheet, (row, column), member)
    for name in page.measures:
        measure, before = page.dataset.measures[name], page.last.get((members, name))
        at = (row, columns.now[name])
        if page.covers(members, name):
            open_cell(page.sheet, at, pattern_of(measure, before))
            guard(page.sheet, columns.cell(name, row), columns.cell(measure.at_most, row))
        else:
            put_fixed(page.sheet, at, None)
        put_last(page.sheet, (row, columns.last[name]), before, measure)
    _rates(page, row, columns)
    open_cell(page.sheet, (row, columns.note))


def _rates(page: _Page, row: int, columns: _Columns) -> None:
    for name in page.ratios:
        ratio, places = page.dataset.ratios[name], page.decimals(name)
        formula = rate(columns.cell(ratio.part, row), columns.cell(ratio.whole, row), places)
        put_fixed(page.sheet, (row, columns.now[name]), formula, percent(places))


def _total(page: _Page, end: int, nowhere: Members, columns: _Columns) -> None:
    """Write the 合计 row: sums where the members make up the whole, else cells to fill in."""
    row = end + 1
    whole = all(one.breakdown == "exhaustive" for one in page.dataset.dimensions)
    for column in range(1, len(nowhere) + 1):
        put_fixed(page.sheet, (row, column), "合计")
    for name in page.measures:
        measure, before = page.dataset.measures[name], page.last.get((nowhere, name))
        column = columns.now[name]
        letter = get_column_letter(column)
        area = f"{letter}{_FIRST}:{letter}{end}"
        if whole and measure.unit != "%":
            formula = f'=IF(COUNT({area})={end - _FIRST + 1},SUM({area}),"")'
            put_fixed(page.sheet, (row, column), formula)
        elif before:
            open_cell(page.sheet, (row, column), pattern_of(measure, before))
        else:
            put_fixed(page.sheet, (row, column), None)
        put_last(page.sheet, (row, columns.last[name]), before, measure)
    put_fixed(page.sheet, (row, columns.note), None)
    _rates(page, row, columns)


def _finish(page: _Page, width: int) -> None:
    """Set widths and printing, and lock what is not to be typed into."""
    sheet = page.sheet
    for column in range(1, max(width, 6) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 15
    if not page.dataset.dimensions:
        sheet.column_dimensions["G"].width = 34
    for row in range(1, sheet.max_row + 1):
        sheet.row_dimensions[row].height = {1: 32, 3: 20, _FIRST - 1: 34}.get(row, 26)
    sheet.freeze_panes = f"A{_FIRST}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False


def _mark(book: Workbook, desk: Desk, unit: Unit, pages: Sequence[_Page]) -> None:
    """Write the hidden sheet by which the form is known when it comes back."""
    sheet = book.create_sheet(MARK_SHEET)
    sheet.append(["campaign", desk.campaign.key])
    sheet.append(["unit", unit.name])
    sheet.append(["as_of", str(desk.period.last)])
    for page in pages:
        wide = max(len(page.dataset.dimensions), 1)
        fixed = [cell for row in page.sheet.iter_rows(_FIRST - 1, _FIRST - 1) for cell in row]
        fixed += [cell for row in page.sheet.iter_rows(_FIRST, max_col=wide) for cell in row]
        fixed += [page.sheet.cell(2, 2), page.sheet.cell(2, 4)]
        for cell in fixed:
            if cell.value:
                sheet.append([page.sheet.title, cell.coordinate, str(cell.value)])
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True
