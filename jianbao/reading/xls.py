"""Read an .xls of Excel 5 to 2003 by xlrd, which is given only the records of tables.

    bytes ──read_xls──▶ sheets as they are seen     bytes ──OldStream──▶ rows of a ledger

What openpyxl makes of a value and its number format in an .xlsx, it makes here
too. Sheets are read one at a time and let go of, since xlrd keeps every cell.
"""

import math
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

import xlrd
from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel
from xlrd.sheet import Sheet as OpenSheet

from jianbao.reading.compound import workbook_stream
from jianbao.reading.formats import CHINESE_DATES
from jianbao.reading.grids import (
    EMPTY,
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
    quietly,
)
from jianbao.reading.xls_records import is_linked, table_records

_NO_DATE, _UNKNOWN, _AT_ONCE = "#VALUE!", "=…", 500


def read_xls(path: str, data: bytes) -> tuple[Sheet, ...] | None:
    """Return the sheets of a workbook; None where it is broken."""
    try:
        with quietly():
            book = OldBook(data)
            return tuple(book.seen(path, index) for index in range(len(book.sheets)))
    except BrokenWorkbookError:
        return None


def fetches_elsewhere(data: bytes) -> bool:
    """Say whether a workbook's formulas fetch numbers from another workbook."""
    try:
        with quietly():
            return is_linked(workbook_stream(data))
    except BrokenWorkbookError:
        return False


class OldBook:
    """The sheets of an .xls, one at a time: rows of plain values, or cells as they are seen."""

    def __init__(self, data: bytes) -> None:
        with quietly():
            self._book = xlrd.open_workbook(
                file_contents=table_records(workbook_stream(data)),
                logfile=StringIO(),
                formatting_info=True,
                on_demand=True,
                ragged_rows=True,
            )
            self.sheets: tuple[str, ...] = tuple(self._book.sheet_names())
        self._epoch = MAC_EPOCH if self._book.datemode else WINDOWS_EPOCH
        self._patterns = [self._pattern(xf.format_key) for xf in self._book.xf_list]

    def _pattern(self, key: int) -> str:
        known = self._book.format_map.get(key)
        return (known and known.format_str) or CHINESE_DATES.get(key, "General")

    def rows(self, sheet: str) -> Iterator[tuple[Value, ...]]:
        """Yield the values of each row."""
        with quietly():
            opened = self._book.sheet_by_name(sheet)
        for start in range(0, opened.nrows, _AT_ONCE):
            with quietly():
                last = min(start + _AT_ONCE, opened.nrows)
                some = [self._values(opened, row) for row in range(start, last)]
            yield from some

    def _values(self, sheet: OpenSheet, row: int) -> tuple[Value, ...]:
        columns = range(sheet.row_len(row))
        return tuple(self._value(sheet, row, column)[0] for column in columns)

    def merged(self, sheet: str) -> Mapping[At, int]:
        """Return for the first cell of each area merged downwards its last row."""
        with quietly():
            areas = self._book.sheet_by_name(sheet).merged_cells
        return {(top + 1, left + 1): end for top, end, left, _ in areas if end > top + 1}

    def seen(self, path: str, index: int) -> Sheet:
        """Return a sheet as it is seen, and let go of what xlrd keeps of it."""
        sheet = self._book.sheet_by_index(index)
        cells = {
            (row + 1, column + 1): cell
            for row in range(min(sheet.nrows, MOST_ROWS))
            for column in range(min(sheet.row_len(row), MOST_COLUMNS))
            if (cell := self._cell(sheet, row, column)).text
        }
        areas = (((t + 1, left + 1), (b, right)) for t, b, left, right in sheet.merged_cells)
        self._book.unload_sheet(index)
        return Sheet(
            path,
            sheet.name,
            cells,
            covered(areas),
            tuple(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden),
            tuple(column + 1 for column, info in sheet.colinfo_map.items() if info.hidden),
            bool(sheet.visibility),
            reach=(sheet.nrows, sheet.ncols),
        )

    def _cell(self, sheet: OpenSheet, row: int, column: int) -> Cell:
        kind = sheet.cell_type(row, column)
        value, pattern = self._value(sheet, row, column)
        if value is None:
            return Cell(_UNKNOWN, Kind.UNCOMPUTED) if kind == xlrd.XL_CELL_ERROR else EMPTY
        if isinstance(value, str) and kind != xlrd.XL_CELL_TEXT:
            return Cell(value, Kind.ERROR)
        return cell_of(value, pattern)

    def _value(self, sheet: OpenSheet, row: int, column: int) -> tuple[Value, str]:
        """Return what a cell holds, as openpyxl would have it, and its number format."""
        kind: int = sheet.cell_type(row, column)
        value: Any = sheet.cell_value(row, column)
        if kind == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(value), ""
        if kind == xlrd.XL_CELL_BOOLEAN:
            return bool(value), ""
        if not isinstance(value, float):
            return value or None, ""
        if not math.isfinite(value):
            raise ValueError("no number")
        pattern = self._patterns[sheet.cell_xf_index(row, column)]
        if is_date_format(pattern):
            try:
                stamp = from_excel(value, self._epoch, timedelta=is_timedelta_format(pattern))
            except (OverflowError, ValueError):
                return _NO_DATE, ""
            return stamp, pattern
        return (int(value) if value.is_integer() else value), pattern
