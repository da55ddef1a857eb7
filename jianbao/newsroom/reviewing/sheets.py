"""The changes as a page to print and as a workbook to calculate with.

Changes ──page──▶ HTML      Changes ──workbook──▶ .xlsx

Numbers are numbers in the workbook; words that a spreadsheet would take for a
formula are kept words.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from io import BytesIO
from itertools import groupby

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from jianbao.diagnostics import Finding, Message, msg
from jianbao.newsroom.reviewing.changes import Change, Changes
from jianbao.newsroom.reviewing.changes import Side as Value
from jianbao.newsroom.spreadsheets import At, cell_at, put_words
from jianbao.pages.templates import environment, fill
from jianbao.reading.looks import Template

Translate = Callable[[str], str]
_FONT = "宋体"
_HEADS: tuple[tuple[Message, int], ...] = (
    (msg("Dataset"), 18), (msg("Figure"), 26), (msg("Printed name"), 16), (msg("Unit"), 7),
    (msg("Before"), 12), (msg("as of"), 14), (msg("Now"), 12), (msg("as of"), 14),
    (msg("Change"), 12), (msg("Change in %"), 11), (msg("Printed in"), 34), (msg("To look at"), 52),
)  # fmt: skip
_MOST_DIGITS = 15


def title(changes: Changes) -> Message:
    """Return what a list of changes is called."""
    if not changes.base:
        return msg("What changed in {address} since the reports before", address=changes.address)
    return msg("What changed in {address} since {base}", address=changes.address, base=changes.base)


def summary(changes: Changes) -> Message:
    """Return how many figures there are, how many moved, and how many are to be looked at."""
    return msg(
        "{count} figures, {moved} moved, {odd} to look at.",
        count=len(changes.rows),
        moved=sum(1 for row in changes.rows if row.difference),
        odd=len(changes.odd),
    )


def spots(row: Change) -> str:
    """Return where a figure is printed, in short: lead.md:12、14、week.md:4."""
    places = dict.fromkeys((spot.path.rpartition("/")[2], spot.line) for spot in row.spots)
    grouped = groupby(places, key=lambda place: place[0])
    return "、".join(
        f"{name}:{'、'.join(str(line) for _, line in group)}" for name, group in grouped
    )


def share(row: Change) -> str:
    """Return a change as a part of the old value: +4.8%."""
    if row.share is None or not row.share:
        return ""
    percent = (row.share * 100).quantize(Decimal("0.1"))
    return f"{'+' if percent >= 0 else '−'}{abs(percent):f}%"


def page(
    changes: Changes, templates: Mapping[str, Template], translate: Translate
) -> str | Finding:
    """Return the changes as one HTML page that asks for no other file."""
    words = {
        "title": title(changes), "summary": summary(changes), "figure": msg("Figure"),
        "before": msg("Before"), "now": msg("Now"), "change": msg("Change"),
        "where": msg("Printed in"), "odd": msg("To look at"),
        "gone": msg("Printed last time and not now"), "absent": msg("not there"),
    }  # fmt: skip
    rows = [
        {"row": row, "spots": spots(row), "share": share(row),
         "odd": [message.in_words(translate) for message in row.odd]}
        for row in changes.rows
    ]  # fmt: skip
    values = {
        "words": {name: message.in_words(translate) for name, message in words.items()},
        "rows": rows,
        "gone": changes.gone,
    }
    html = fill(environment(templates), "changes.html", values)
    return html if isinstance(html, Finding) else str(html)


def workbook(changes: Changes, translate: Translate) -> bytes:
    """Return the changes as a workbook with one sheet, its headings kept in view."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "changes"
    put_words(sheet, (1, 1), title(changes).in_words(translate)).font = Font(_FONT, 14, bold=True)
    put_words(sheet, (2, 1), summary(changes).in_words(translate)).font = Font(_FONT, 11)
    for column, (head, width) in enumerate(_HEADS, 1):
        cell = put_words(sheet, (3, column), head.in_words(translate))
        cell.font = Font(_FONT, 11, bold=True)
        cell.fill = PatternFill("solid", fgColor="E6E6E6")
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(changes.rows, 4):
        for column, value in enumerate(_cells(row, translate), 1):
            _put(sheet, (number, column), value, marked=bool(row.odd))
    for number, (path, text) in enumerate(changes.gone, len(changes.rows) + 5):
        _put(sheet, (number, 2), path, marked=False)
        gone = msg("Printed last time and not now")
        _put(sheet, (number, 12), f"{gone.in_words(translate)}：{text}", marked=False)
    sheet.freeze_panes = "C4"
    sheet.auto_filter.ref = f"A3:{get_column_letter(len(_HEADS))}{len(changes.rows) + 3}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "3:3"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cells(row: Change, translate: Translate) -> Iterator[str | Decimal | None]:
    yield from (row.dataset, row.path, row.label, row.unit)
    yield from _sides(row.before)
    yield from _sides(row.now)
    yield row.difference
    yield None if row.share is None else (row.share * 100).quantize(Decimal("0.1"))
    yield spots(row)
    yield "".join(message.in_words(translate) for message in row.odd)


def _sides(side: Value | None) -> tuple[Decimal | None, str | None]:
    return (side.number, side.as_of) if side else (None, None)


def _put(sheet: Worksheet, at: At, value: str | Decimal | None, marked: bool) -> None:
    """Write a number as a number and words as words, whatever they begin with."""
    cell = cell_at(sheet, at)
    thin = Side("thin", "999999")
    cell.font = Font(_FONT, 11)
    cell.border = Border(thin, thin, thin, thin)
    cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
    if marked:
        cell.fill = PatternFill("solid", fgColor="FFF2CC")
    if isinstance(value, Decimal) and len(value.as_tuple().digits) <= _MOST_DIGITS:
        places = value.as_tuple().exponent
        shown = -places if isinstance(places, int) and places < 0 else 0
        cell.value = value
        cell.number_format = "0" if not shown else f"0.{'0' * shown}"
    elif value is not None:
        put_words(sheet, at, str(value))
