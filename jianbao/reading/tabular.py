"""Read a table that somebody sends in: .xlsx, .xls or .csv, as sheets.

Stricter than a day's own workbook: it comes from outside, so one whose numbers
are fetched from another workbook is refused.
"""

import csv
import re
import zipfile
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import PurePosixPath

from jianbao.diagnostics import Checked, Finding, Place, error, msg
from jianbao.reading.files import encoding_of, not_text
from jianbao.reading.grids import MOST_COLUMNS, MOST_ROWS, Cell, Kind, Sheet
from jianbao.reading.rows import delimiter
from jianbao.reading.workbooks import OTHERS, SUFFIXES, is_zip, sheets_of
from jianbao.reading.xls import fetches_elsewhere

TABLES = (*SUFFIXES, ".csv")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_LINKED = re.compile(rb"<f[^>]*>[^<]*\[\d+\]")
_CUT = msg(
    "It may have been cut off on its way: ask for it again, or open it in Excel or WPS, "
    "look at it, and save it as .xlsx."
)
_LARGEST_PART = 48 * 1024 * 1024


def read_tables(path: str, data: bytes) -> Checked[tuple[Sheet, ...]]:
    """Return the sheets of a table that was sent in; none, with findings, where it is refused."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix == ".csv":
        return _csv(path, data)
    if suffix not in (*SUFFIXES, *OTHERS):
        return Checked((), (no_table(path),))
    sheets = sheets_of(path, data)
    if sheets.value and (_is_linked if is_zip(data) else fetches_elsewhere)(data):
        return Checked((), (_linked(path),))
    return sheets


def no_table(path: str) -> Finding:
    """Return the finding for a file that is no table at all."""
    return error(
        "file-kind",
        Place(path),
        msg("This is no table: only .xlsx, .xls and .csv are collected."),
        msg("Leave it out, or save the table in it as .xlsx."),
    )


def _linked(path: str) -> Finding:
    return error(
        "workbook-links",
        Place(path),
        msg("Numbers in this workbook are fetched from another workbook, which is not here."),
        msg("Copy the numbers, paste them as values, and save it."),
    )


def _is_linked(data: bytes) -> bool:
    """Say whether a formula refers to another workbook; its size was looked at before."""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        parts = [part for part in packed.infolist() if part.filename.startswith("xl/worksheets/")]
        return any(
            _LINKED.search(packed.read(part)) for part in parts if part.file_size < _LARGEST_PART
        )


def _csv(path: str, data: bytes) -> Checked[tuple[Sheet, ...]]:
    """Return a .csv as the sheet that Excel shows: named after the file."""
    found = encoding_of(data)
    if found is None:
        return Checked((), (replace(not_text(path), hint=_CUT),))
    text = data[len(found[0]) :].decode(found[1])
    mark = delimiter(text.splitlines()[:20])
    cells: dict[tuple[int, int], Cell] = {}
    reach = (0, 0)
    try:
        for row, values in enumerate(csv.reader(StringIO(text), delimiter=mark, strict=True), 1):
            for column, value in enumerate(values, 1):
                if value.strip() and row <= MOST_ROWS + 1 and column <= MOST_COLUMNS + 1:
                    kind = Kind.NUMBER if _NUMBER.fullmatch(value.strip()) else Kind.TEXT
                    cells[row, column] = Cell(value.strip(), kind)
                    reach = (max(reach[0], row), max(reach[1], column))
    except csv.Error:
        why = msg("The file is not whole, or no table of values between commas.")
        return Checked((), (error("ledger-broken", Place(path), why, msg("Save it as .xlsx.")),))
    return Checked((Sheet(path, PurePosixPath(path).stem, cells, reach=reach),))
