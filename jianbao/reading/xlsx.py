"""Read an .xlsx by openpyxl, which takes its XML through defusedxml.

    bytes ──read_xlsx──▶ sheets as they are seen     bytes ──stream_xlsx──▶ rows of a ledger

A file that somebody mangled can make openpyxl raise anything, so everything
that is raised in here means "broken", and nothing but openpyxl runs in here.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, time
from io import BytesIO
from itertools import islice
from typing import Any, cast
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell as OpenCell
from openpyxl.utils import column_index_from_string
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
_MOST_MERGED = 100_000  # Cells; openpyxl makes an object of each.
_MERGED = re.compile(
    rb"""mergeCell [^>]{0,100}?ref=["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']"""
)


def read_xlsx(path: str, data: bytes) -> tuple[Sheet, ...] | None:
    """Return the sheets of a workbook; None where it is broken."""
    try:
        with quietly():
            computes = _computes(data)
            book = load_workbook(BytesIO(data), data_only=True, keep_links=False)
            typed = load_workbook(BytesIO(data), keep_links=False) if computes else book
            return tuple(
                _sheet(path, sheet, cast("Worksheet", typed[sheet.title]))
                for sheet in book.worksheets
            )
    except BrokenWorkbookError:
        return None


def _computes(data: bytes) -> bool:
    """Say whether any sheet has formulas; only then is the workbook read once more for them.

    Raises ValueError where merged cells cover more than any table has.
    """
    with ZipFile(BytesIO(data)) as packed:
        parts = [name for name in packed.namelist() if name.startswith("xl/worksheets/")]
        sheets = [packed.read(part) for part in parts]
    if sum(_size(match) for sheet in sheets for match in _MERGED.finditer(sheet)) > _MOST_MERGED:
        raise ValueError("too many merged cells")
    return any(re.search(rb"<f[ >/]", sheet) for sheet in sheets)


def _size(area: re.Match[bytes]) -> int:
    """Return how many cells a merged area has."""
    left, right = (column_index_from_string(area[group].decode()) for group in (1, 3))
    return (right - left + 1) * (int(area[4]) - int(area[2]) + 1)


def _sheet(path: str, sheet: Worksheet, typed: Worksheet) -> Sheet:
    cells: dict[At, Cell] = {}
    rows = sheet.iter_rows(
        max_row=min(sheet.max_row, MOST_ROWS), max_col=min(sheet.max_column, MOST_COLUMNS)
    )
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            if cell.value is not None:
                seen = _cell(cell)
                if seen.text:
                    cells[number, column] = seen
            elif cell.data_type not in _EMPTY_TEXTS and typed.cell(number, column).data_type == "f":
                formula = _formula(typed.cell(number, column).value)
                cells[number, column] = Cell(formula, Kind.UNCOMPUTED)
    hidden = [dim for dim in sheet.column_dimensions.values() if dim.hidden]
    return Sheet(
        path,
        sheet.title,
        cells,
        covered(
            ((area.min_row, area.min_col), (area.max_row, area.max_col))
            for area in sheet.merged_cells.ranges
        ),
        tuple(row for row, dim in sheet.row_dimensions.items() if dim.hidden),
        tuple(c for dim in hidden for c in range(dim.min or 1, (dim.max or dim.min or 1) + 1)),
        sheet.sheet_state != "visible",
        reach=(sheet.max_row, sheet.max_column),
    )


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
