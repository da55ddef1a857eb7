"""Read an .xlsx by openpyxl, which takes its XML through defusedxml.

    bytes ──read_xlsx──▶ sheets as they are seen     bytes ──stream_xlsx──▶ rows of a ledger

A file that somebody mangled can make openpyxl raise anything, so everything
that is raised in here means "broken", and nothing but openpyxl runs in here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from itertools import islice
from typing import Any, cast

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell as OpenCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet._reader import WorksheetReader
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from jianbao.reading.formats import CHINESE_DATES
from jianbao.reading.grids import (
    MOST_COLUMNS,
    MOST_ROWS,
    At,
    BrokenWorkbookError,
    Cell,
    Kind,
    Sheet,
    Value,
    cell_of,
    covered,
    day_of_serial,
    quietly,
)

_CHUNK, _LONGEST_TAG, _AT_ONCE = 1024 * 1024, 200, 500
_EMPTY_TEXTS = ("s", "str")  # What a formula such as =IF(A1="","",A1) gives is no number missing.
_MOST_MERGED = 100_000  # Cells, of all sheets together.
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_MERGED = re.compile(
    rb"""mergeCell\s[^>]{0,100}?ref\s*=\s*["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})["']"""
)


def read_xlsx(path: str, data: bytes) -> tuple[Sheet, ...] | None:
    """Return the sheets of a workbook; None where it is broken."""
    try:
        with quietly():
            book = _book(data, values=True)
            typed = _book(data, values=False) if book.computes else book
            return tuple(
                _sheet(path, part, {} if typed is book else there.cells)
                for part, there in zip(book.parts, typed.parts, strict=True)
            )
    except BrokenWorkbookError:
        return None


@dataclass(frozen=True, slots=True)
class _Part:
    """A sheet as it lies in the file: its cells, its merged areas, and how far it reaches."""

    sheet: Worksheet
    cells: Mapping[At, OpenCell]
    areas: tuple[CellRange, ...]
    reach: At


@dataclass(frozen=True, slots=True)
class _Book:
    """The sheets of a workbook.

    Attributes:
        computes: Whether any has formulas; only then is the workbook read once more for them.
    """

    parts: tuple[_Part, ...]
    computes: bool


def _book(data: bytes, values: bool) -> _Book:
    """Return a workbook's cells, with their values or with their formulas.

    openpyxl's own way reads comments, links, pictures and pivot tables as well, and makes an
    object of each cell that any of these, or a merged area, names: seventeen thousand million
    for one that names them all. Here those are made that the file holds.

    Raises ValueError where merged cells cover more than any table has.
    """
    reader = ExcelReader(BytesIO(data), data_only=values, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    parts, computes, room = [], False, _MOST_MERGED
    for there, rel in reader.parser.find_sheets():
        if rel.target not in reader.valid_files or "chartsheet" in rel.Type:
            continue
        text = reader.archive.read(rel.target)
        computes = computes or bool(_FORMULA.search(text)) or b"sheetData" not in text
        sheet = cast("Worksheet", reader.wb.create_sheet(there.name))
        sheet.sheet_state = there.state or "visible"
        filled = WorksheetReader(sheet, BytesIO(text), reader.shared_strings, values, False)
        part = _part(sheet, filled)
        room -= sum(area.size["rows"] * area.size["columns"] for area in part.areas)
        if room < 0:
            raise ValueError("too many merged cells")
        parts.append(part)
    return _Book(tuple(parts), computes)


def _part(sheet: Worksheet, filled: WorksheetReader) -> _Part:
    """Return what a sheet holds; one that reaches further than any table is read no further."""
    cells: dict[At, OpenCell] = {}
    styles = cast("Any", sheet.parent)._cell_styles
    bottom = right = 1
    for _, row in filled.parser.parse():
        for one in row:
            at = (int(one["row"]), int(one["column"]))
            bottom, right = max(bottom, at[0]), max(right, at[1])
            if bottom > MOST_ROWS or right > MOST_COLUMNS:
                return _Part(sheet, cells, (), (bottom, right))
            cell: Any = OpenCell(sheet, *at, style_array=styles[one["style_id"]])
            cell._value, cell.data_type = one["value"], one["data_type"]
            cells[at] = cell
    filled.bind_col_dimensions()
    filled.bind_row_dimensions()
    merged = filled.parser.merged_cells
    areas = tuple(CellRange(one.ref) for one in merged.mergeCell) if merged else ()
    return _Part(sheet, cells, areas, (bottom, right))


def _sheet(path: str, part: _Part, typed: Mapping[At, OpenCell]) -> Sheet:
    """Return a sheet; `typed` holds its cells once more, with formulas, where it has any."""
    sheet = part.sheet
    under = covered(
        ((area.min_row, area.min_col), (area.max_row, area.max_col)) for area in part.areas
    )
    cells: dict[At, Cell] = {}
    for at, cell in sorted(part.cells.items()):
        formula = typed.get(at)
        if at in under:
            continue
        if cell.value is not None:
            seen = _cell(cell)
            if seen.text:
                cells[at] = seen
        elif formula and cell.data_type not in _EMPTY_TEXTS and formula.data_type == "f":
            cells[at] = Cell(_formula(formula.value), Kind.UNCOMPUTED)
    hidden = [dim for dim in sheet.column_dimensions.values() if dim.hidden]
    return Sheet(
        path,
        sheet.title,
        cells,
        under,
        tuple(row for row, dim in sheet.row_dimensions.items() if dim.hidden),
        tuple(column for dim in hidden for column in _columns(dim)),
        sheet.sheet_state != "visible",
        reach=part.reach,
    )


def _columns(dim: ColumnDimension) -> range:
    """Return the columns that a width, or being hidden, is said of; those that are read."""
    first = dim.min or 1
    return range(first, min(dim.max or first, MOST_COLUMNS) + 1)


def _cell(cell: OpenCell) -> Cell:
    value, style = cell.value, cast("Any", cell)
    builtin = CHINESE_DATES.get(style._style.numFmtId)
    if cell.data_type == "e":
        return Cell(str(value), Kind.ERROR)
    if builtin and isinstance(value, (int, float)) and not isinstance(value, bool):
        day = day_of_serial(value)
        if day:
            return cell_of(datetime.combine(day, time()), builtin)
    return cell_of(cast("Value", value), cell.number_format)


def _formula(value: object) -> str:
    text = getattr(value, "text", value)
    return str(text)


class Stream:
    """The rows of one sheet of a large workbook, one after the other, as plain values."""

    def __init__(self, data: bytes) -> None:
        with quietly():
            self._book: Workbook = load_workbook(
                BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
            self.sheets: tuple[str, ...] = tuple(s.title for s in self._book.worksheets)

    def rows(self, sheet: str) -> Iterator[tuple[Value, ...]]:
        """Yield the values of each row; raises BrokenWorkbookError in the midst of a broken one."""
        with quietly():
            found = self._book[sheet]
            found.reset_dimensions()
            rows = found.iter_rows(values_only=True)
        while True:
            with quietly():
                some = list(islice(rows, _AT_ONCE))
            if not some:
                return
            yield from cast("list[tuple[Value, ...]]", some)

    def merged(self, sheet: str) -> Mapping[At, int]:
        """Return for the first cell of each area merged downwards its last row.

        openpyxl leaves these out when it streams, so they are looked for in the sheet's XML.
        """
        found: dict[At, int] = {}
        with quietly():
            book: Any = self._book
            rest = b""
            with book._archive.open(book[sheet]._worksheet_path) as source:
                while chunk := source.read(_CHUNK):
                    for match in _MERGED.finditer(rest + chunk):
                        first = (int(match[2]), column_index_from_string(match[1].decode()))
                        found[first] = int(match[4])
                    rest = chunk[-_LONGEST_TAG:]
        return {first: last for first, last in found.items() if last > first[0]}
