"""The rows of a ledger's file, one after the other, from .csv, .xlsx or .xls.

    file ──open_rows──▶ Rows: a heading's worth of look-ahead, then a stream

A million rows go through here, so a row is a plain list of values. A file that
breaks off in its midst raises BrokenRowsError; the reader of the ledger tells it.
"""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import TextIOWrapper
from pathlib import Path

from jianbao.diagnostics import Checked, Finding, Place, error, msg
from jianbao.reading.files import not_text, opened, read_bytes, size_of
from jianbao.reading.grids import At, BrokenWorkbookError, Value, letters
from jianbao.reading.lookalikes import other_files
from jianbao.reading.shaping import nearest
from jianbao.reading.workbooks import broken, is_zip, refusal

LARGEST_CSV = 512 * 1024 * 1024
LARGEST_LEDGER = 64 * 1024 * 1024
LARGEST_UNPACKED = 768 * 1024 * 1024
_CHUNK = 1024 * 1024
Row = tuple[int, Sequence[Value]]
"""Its number in the file, from 1, and its values."""


class BrokenRowsError(Exception):
    """The file breaks off: `line` is the last that could be read."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass(frozen=True, slots=True)
class Rows:
    """A ledger's rows and where they stand.

    Attributes:
        sheet: "" for a .csv.
        merged: For the first cell of each area merged downwards, its last row.
    """

    path: str
    sheet: str
    rows: Iterator[Row]
    merged: Mapping[At, int] = field(default_factory=dict)

    def place(self, row: int, column: int, text: str) -> Place:
        """Return the place of a value."""
        if self.sheet:
            return Place(self.path, text=text, sheet=self.sheet, cell=f"{letters(column)}{row}")
        return Place(self.path, row, text=text)

    def broken_below(self, line: int) -> Finding:
        """Return the finding for a file of which only the rows up to `line` can be read."""
        why = msg("Below row {row} the file cannot be read.", row=line)
        if not line:
            why = msg("The file is not whole: not one row of it could be read.")
        if self.sheet:
            hint = msg("Open the workbook in Excel or WPS and save it once.")
            return error("ledger-broken", Place(self.path, sheet=self.sheet), why, hint)
        hint = msg("Open it in Excel or WPS and save it again; a quotation mark may be left open.")
        return error("ledger-broken", Place(self.path, line), why, hint)


def open_rows(root: Path, path: str, sheet: str) -> Checked[Rows | None]:
    """Return the rows of a ledger's file, or None with what is wrong with it."""
    opened = _opened(root, path, sheet)
    missing = [finding for finding in opened.findings if finding.rule == "file-missing"]
    if not missing:
        return opened
    folder, _, name = path.rpartition("/")
    hint = other_files(root / folder, name)
    return Checked(None, tuple(replace(finding, hint=hint) for finding in missing))


def _opened(root: Path, path: str, sheet: str) -> Checked[Rows | None]:
    if path.lower().endswith(".csv"):
        return _csv(root, path)
    data = read_bytes(root, path, LARGEST_LEDGER)
    if data.value is None:
        return Checked(None, data.findings)
    fault = refusal(path, data.value, LARGEST_UNPACKED)
    if fault:
        return Checked(None, (fault,))
    return _workbook(path, data.value, sheet)


def _workbook(path: str, data: bytes, sheet: str) -> Checked[Rows | None]:
    from jianbao.reading.xls import OldBook
    from jianbao.reading.xlsx import Stream

    try:
        book = Stream(data) if is_zip(data) else OldBook(data)
        chosen = _chosen(path, book.sheets, sheet)
        if isinstance(chosen, Finding):
            return Checked(None, (chosen,))
        merged = book.merged(chosen)
    except BrokenWorkbookError:
        return Checked(None, (broken(path),))

    def rows() -> Iterator[Row]:
        number = 0
        try:
            for number, row in enumerate(book.rows(chosen), 1):
                yield number, row
        except BrokenWorkbookError as fault:
            raise BrokenRowsError(number) from fault

    return Checked(Rows(path, chosen, rows(), merged))


def _chosen(path: str, names: Sequence[str], wanted: str) -> str | Finding:
    """Return the sheet's name: the one declared, else the first."""
    if not names:
        return broken(path)
    if not wanted:
        return names[0]
    if wanted in names:
        return wanted
    why = msg("The workbook has no sheet {name}.", name=wanted)
    return error("sheet-missing", Place(path), why, nearest(wanted, list(names)))


def _csv(root: Path, path: str) -> Checked[Rows | None]:
    size = size_of(root, path, LARGEST_CSV)
    if size.value is None:
        return Checked(None, size.findings)
    encoding = _encoding(root / path)
    if encoding is None:
        return Checked(None, (not_text(path),))
    return Checked(Rows(path, "", _csv_rows(root / path, encoding)))


def _encoding(file: Path) -> str | None:
    """Return how a file of text is encoded; None where it is no text."""
    with opened(file) as source:
        head = source.read(2)
    if head in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16" if _decodes(file, "utf-16") else None
    return next((name for name in ("utf-8-sig", "gb18030") if _decodes(file, name)), None)


def _decodes(file: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with opened(file) as source:
            while chunk := source.read(_CHUNK):
                if "\0" in decoder.decode(chunk):
                    return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _csv_rows(file: Path, encoding: str) -> Iterator[Row]:
    with opened(file) as raw, TextIOWrapper(raw, encoding, newline="") as source:
        head = [line for line, _ in zip(source, range(20), strict=False)]
    with opened(file) as raw, TextIOWrapper(raw, encoding, newline="") as source:
        reader = csv.reader(source, delimiter=delimiter(head))
        last = 0
        try:
            for row in reader:
                yield last + 1, row
                last = reader.line_num
        except csv.Error as fault:
            raise BrokenRowsError(last + 1) from fault


def delimiter(lines: Sequence[str]) -> str:
    """Return what stands between the values of most lines: a comma, a semicolon or a tab.

    >>> delimiter(["甲;乙;丙,丁", "1;2;3"])
    ';'
    """
    counts = Counter({mark: sum(line.count(mark) for line in lines) for mark in ",;\t"})
    return counts.most_common(1)[0][0]
