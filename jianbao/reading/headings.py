"""What stands around the numbers of a table: headings, units, as-of, totals.

Names are compared without blanks and in half width, since clerks space a short
word out (合　计) and Excel breaks a long heading with a line end.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jianbao.diagnostics import Finding, Message, error, msg
from jianbao.model import AsOf, Dataset
from jianbao.reading.files import is_hidden
from jianbao.reading.grids import Cell, Kind, Sheet, day_of_serial
from jianbao.reading.scalars import half_width, read_as_of

TOTALS = frozenset(
    "合计 总计 小计 共计 总数 全部 全区 全县 全市 全省 全镇 全街道 all total".split()
)
HELPERS = frozenset(
    "序号 编号 备注 说明 联系人 联系电话 填报人 审核人 填报单位 责任单位 责任人 no. no".split()
)
NOTHING_REPORTED = frozenset(("", "-", "--", "—", "——", "－", "–", "/", "／", "\\", "…", "……"))
_AS_OF = re.compile(
    r"(?:数据|统计)?(?:截至|截止)(?:时间|日期|日)?(?P<colon>:?)(?P<value>.*)", re.DOTALL
)
_UNIT = re.compile(r"(?:计量)?单位(?P<colon>:?)(?P<value>.*)", re.DOTALL)


def plain(text: str) -> str:
    """Return a name without blanks and in half width.

    >>> plain(" 合　计（件）")
    '合计(件)'
    """
    return re.sub(r"\s", "", half_width(text)).lower()


def split_heading(text: str) -> tuple[str, str]:
    """Return a heading's name and the unit that stands behind it in brackets.

    >>> split_heading("项目（件）")
    ('项目', '件')
    """
    match = re.fullmatch(r"(.+?)[(\[]([^()\[\]]+)[)\]]", plain(text))
    return (match[1], match[2]) if match else (plain(text), "")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of a table holds: a dimension's members, or numbers.

    Attributes:
        dimension: Which of the dataset's dimensions; -1 for numbers.
        name: Of the measure or ratio.
        unit: As the heading gives it, "" where it gives none.
    """

    dimension: int = -1
    name: str = ""
    unit: str = ""


def known_columns(dataset: Dataset) -> Mapping[str, Column]:
    """Return what each heading of a dataset's sheet means."""
    known: dict[str, Column] = {}
    printed = {name: item.printed for name, item in dataset.measures.items()}
    printed |= {name: item.printed for name, item in dataset.ratios.items()}
    for name, long in printed.items():
        known[plain(long)] = Column(name=name)
        known[plain(name)] = Column(name=name)
    for index, dimension in enumerate(dataset.dimensions):
        known[plain(dimension.name)] = Column(dimension=index)
    return known


def column_of(text: str, known: Mapping[str, Column]) -> Column | None:
    """Return what a heading means, its unit taken off; None where it is not known."""
    if plain(text) in known:
        return known[plain(text)]
    name, unit = split_heading(text)
    found = known.get(name)
    return None if found is None else Column(found.dimension, found.name, unit)


def is_helper(text: str) -> bool:
    """Say whether a column is nobody's figures: 备注, 序号, or last time's (上期…)."""
    return split_heading(text)[0] in HELPERS or plain(text).startswith("上期")


def heading_row(sheet: Sheet, words: Iterable[str], within: int = 30) -> int:
    """Return the row with most of the known headings; 0 where none has one.

    A title can be worded like a measure: between equals the one with more below it wins.
    """
    known = set(words)
    best, most = 0, 0
    rows = sheet.rows[:within]
    for index, row in enumerate(rows):
        hits = [
            column
            for column, cell in sheet.row(row)
            if plain(cell.text) in known or split_heading(cell.text)[0] in known
        ]
        below = rows[index + 1] if index + 1 < len(rows) else 0
        filled = any(sheet.at(below, column).text for column in hits)
        score = 2 * len(hits) + filled
        if hits and score > most:
            best, most = row, score
    return best


def labelled(
    sheet: Sheet, rows: Iterable[int], label: re.Pattern[str]
) -> Iterator[tuple[int, int]]:
    """Yield where the values of a label stand: in its own cell, or in the next one beside it."""
    for row in rows:
        cells = [(column, cell) for column, cell in sheet.row(row) if sheet.at(row, column) is cell]
        for index, (column, cell) in enumerate(cells):
            match = label.fullmatch(half_width(cell.text).strip())
            if match is None:
                continue
            if match["value"].strip():
                yield row, column
            elif index + 1 < len(cells):
                yield row, cells[index + 1][0]


def as_of_in(sheet: Sheet, rows: Iterable[int]) -> AsOf | Finding | None:
    """Return the as-of a sheet states beside 截至, or what is wrong with it; None for neither."""
    at = as_of_cell(sheet, rows)
    if at is None:
        return None
    found = as_of_of(sheet.at(*at))
    return error("as-of-refused", sheet.place(*at), found) if isinstance(found, Message) else found


def as_of_cell(sheet: Sheet, rows: Iterable[int]) -> tuple[int, int] | None:
    """Return row and column of the cell that says as of when a sheet is; None for none."""
    return next(labelled(sheet, rows, _AS_OF), None)


def as_of_of(cell: Cell) -> AsOf | Message:
    """Return the as-of of a cell: a date, a date's number, or text with or without its label."""
    if cell.as_of is not None:
        return cell.as_of
    if cell.kind is Kind.NUMBER and re.fullmatch(r"\d{5}", cell.text):
        day = day_of_serial(int(cell.text))
        if day:
            return AsOf(day)
    match = _AS_OF.fullmatch(half_width(cell.text).strip())
    return read_as_of(match["value"] if match and match["value"] else cell.text)


def unit_in(sheet: Sheet, rows: Iterable[int]) -> str:
    """Return the unit in the corner of a sheet (单位：万元), "" where there is none."""
    for row, column in labelled(sheet, rows, _UNIT):
        match = _UNIT.fullmatch(plain(sheet.at(row, column).text))
        return match["value"] if match else plain(sheet.at(row, column).text)
    return ""


def hidden_findings(sheet: Sheet) -> Iterator[Finding]:
    """Yield a finding for each cell with characters that cannot be seen."""
    for at, cell in sheet.cells.items():
        char = next((c for c in cell.text if is_hidden(c)), "")
        if char and cell.kind is Kind.TEXT:
            yield error(
                "invisible-character",
                sheet.place(*at),
                msg("There is an invisible character here ({code}).", code=f"U+{ord(char):04X}"),
                msg("Delete it, or type the line again."),
            )
