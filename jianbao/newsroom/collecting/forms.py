"""The office's form for a unit: what it reports, what it said last time, what is to be filled in.

    Desk, Unit ──form_of──▶ the bytes of an .xlsx

A sheet a dataset, in the form that the reader of day files knows. Only the
yellow cells can be typed into; the sheets are protected without a password, so
that nothing is lost and nobody is locked out. Totals, rates and changes are
formulas, for the unit's own eyes and for the check when it comes back.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from itertools import chain

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from jianbao.model import Dataset, Unit
from jianbao.newsroom.collecting.cells import BOLD, CENTRE, FONT, LEFT, SMALL, THIN, open_cell
from jianbao.newsroom.collecting.desk import Desk
from jianbao.newsroom.collecting.expecting import due
from jianbao.newsroom.collecting.filled import MARK_SHEET
from jianbao.newsroom.collecting.gridding import put_table
from jianbao.newsroom.collecting.leaf import FIRST, Leaf
from jianbao.newsroom.collecting.listing import put_list
from jianbao.newsroom.spreadsheets import put_words

_HOW = (
    "只填黄色格子。没有统计出来的空着，不要填0。数可以填成 888623、3.6万、97.4%。"
    "别的格子锁着，改不了；填好存盘，原样发回。"
)


def form_of(desk: Desk, unit: Unit, made: datetime) -> bytes:
    """Return a unit's form for the desk's bulletin."""
    book = Workbook()
    _explain(book.worksheets[0], desk, unit)
    leaves = [
        leaf
        for name in dict.fromkeys(share.dataset for share in unit.shares)
        for leaf in _leaf(book, desk, unit, desk.campaign.datasets[name])
    ]
    _mark(book, desk, unit, leaves)
    book.active = 1 if leaves else 0
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
        cell = put_words(sheet, (number, 1), line)
        cell.font, cell.alignment = BOLD if number == 1 else FONT, LEFT
        sheet.row_dimensions[number].height = 44 if line is _HOW else 26
    sheet.column_dimensions["A"].width = 80
    sheet.protection.sheet = True


def _leaf(book: Workbook, desk: Desk, unit: Unit, dataset: Dataset) -> Iterator[Leaf]:
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
    leaf = Leaf(sheet, dataset, shares, f"{until:%Y-%m}" if slow else str(until), last)
    _top(leaf, unit)
    width = put_table(leaf) if dataset.dimensions else put_list(leaf)
    _finish(leaf, width)
    yield leaf


def _top(leaf: Leaf, unit: Unit) -> None:
    """Write the title, and the line 截至｜填报单位｜审核人."""
    sheet = leaf.sheet
    put_words(sheet, (1, 1), f"{leaf.dataset.printed}填报表").font = Font("黑体", 14)
    for column, text in enumerate(("截至", leaf.as_of, "填报单位", unit.name, "审核人"), 1):
        cell = put_words(sheet, (2, column), text)
        cell.font, cell.alignment, cell.border = FONT, CENTRE, THIN
        cell.number_format = "@"
    open_cell(sheet, (2, 6))
    put_words(sheet, (3, 1), _HOW).font = SMALL


def _finish(leaf: Leaf, width: int) -> None:
    """Set widths and printing, and lock what is not to be typed into."""
    sheet = leaf.sheet
    for column in range(1, max(width, 6) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 15
    if not leaf.dataset.dimensions:
        sheet.column_dimensions["G"].width = 34
    for row in range(1, sheet.max_row + 1):
        sheet.row_dimensions[row].height = {1: 32, 3: 20, FIRST - 1: 34}.get(row, 26)
    sheet.freeze_panes = f"A{FIRST}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False


def _mark(book: Workbook, desk: Desk, unit: Unit, leaves: Sequence[Leaf]) -> None:
    """Write the hidden sheet by which the form is known when it comes back."""
    sheet = book.create_sheet(MARK_SHEET)
    lines = [("campaign", desk.campaign.key), ("unit", unit.name), ("as_of", str(desk.period.last))]
    for row, line in enumerate(chain(lines, *map(_fixed, leaves)), 1):
        for column, text in enumerate(line, 1):
            put_words(sheet, (row, column), text)
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True


def _fixed(leaf: Leaf) -> Iterator[tuple[str, str, str]]:
    """Yield the words that must come back as they are: their sheet, their cell, themselves."""
    sheet = leaf.sheet
    wide = max(len(leaf.dataset.dimensions), 1)
    heads = chain(*sheet.iter_rows(FIRST - 1, FIRST - 1))
    names = chain(*sheet.iter_rows(FIRST, max_col=wide))
    for cell in chain(heads, names, (sheet.cell(2, 2), sheet.cell(2, 4))):
        if cell.value:
            yield sheet.title, cell.coordinate, str(cell.value)
