"""A sheet as it is seen: cells that know what they show and where they stand.

Both kinds of workbook, .xlsx and .xls, are brought into this one form; how the
cells make up a table is for `sheets`.
"""

import warnings
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from jianbao.diagnostics import Message, Place, msg
from jianbao.model import AsOf, Precision
from jianbao.reading.formats import exact, precision, shown
from jianbao.reading.scalars import no_year

MOST_ROWS, MOST_COLUMNS = 3000, 250
_YEARS = range(1949, 2100)  # A small number that was made a date is a day soon after 1900.
At = tuple[int, int]
"""Row and column, from 1."""
Value = str | float | bool | date | time | timedelta | None
"""What a cell holds, whatever it shows."""


class BrokenWorkbookError(Exception):
    """The bytes are no workbook that can be read."""


@contextmanager
def quietly() -> Iterator[None]:
    """Turn whatever a library raises into BrokenWorkbookError, and keep its warnings to itself."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Exception as fault:
        raise BrokenWorkbookError from fault


class Kind(StrEnum):
    """What a cell holds."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    UNCLEAR = "unclear"
    UNCOMPUTED = "uncomputed"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it shows itself.

    Attributes:
        text: What is seen; for a formula without a result, the formula.
        as_of: The moment a date cell means, or why it means none.
        digits: Decimal places that nobody chose: those of a number without a number format.
    """

    text: str
    kind: Kind
    as_of: AsOf | Message | None = None
    digits: int = 0


EMPTY = Cell("", Kind.EMPTY)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook.

    Attributes:
        covered: For each cell that a merged one covers, that merged cell.
        reach: The last row and column that the file speaks of, empty ones included.
    """

    path: str
    name: str
    cells: Mapping[At, Cell]
    covered: Mapping[At, At] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    hidden: bool = False
    reach: At = (0, 0)

    def at(self, row: int, column: int) -> Cell:
        """Return what the cell itself holds."""
        return self.cells.get((row, column), EMPTY)

    def down(self, row: int, column: int) -> tuple[At, Cell]:
        """Return the cell that shows here and where it stands: a merged one goes down."""
        at = self.covered.get((row, column), (row, column))
        if at[1] != column:
            at = (row, column)
        return at, self.at(*at)

    def place(self, row: int = 0, column: int = 0) -> Place:
        """Return the place of a cell, or of the sheet."""
        if not row:
            return Place(self.path, sheet=self.name)
        text = self.at(row, column).text
        return Place(self.path, text=text, sheet=self.name, cell=f"{letters(column)}{row}")

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows with anything in them, downwards."""
        return tuple(sorted({row for row, _ in self.cells}))

    def row(self, row: int) -> Iterator[tuple[int, Cell]]:
        """Yield column and cell of what a row shows, merged cells from above included."""
        for column in range(1, self.width + 1):
            cell = self.down(row, column)[1]
            if cell.kind is not Kind.EMPTY:
                yield column, cell

    @property
    def width(self) -> int:
        """The last column with anything in it."""
        return max((column for _, column in self.cells), default=0)


def cell_of(value: Value, pattern: str) -> Cell:
    """Return a cell as its number format shows the value."""
    if isinstance(value, datetime):
        day = f"{value:%Y-%m-%d %H:%M}" if value.hour or value.minute else f"{value:%Y-%m-%d}"
        return Cell(day, Kind.DATE, moment(value, precision(pattern)))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        text = shown(value, pattern)
        if text is None:
            return Cell(f"{exact(value):f}", Kind.UNCLEAR)
        return Cell(text, Kind.NUMBER, digits=_chosen_by_nobody(text, pattern))
    return Cell(str(value).strip(), Kind.TEXT)


def _chosen_by_nobody(text: str, pattern: str) -> int:
    """Return the decimal places that are shown because no number format says how many."""
    return len(text.partition(".")[2]) if pattern.lower() in ("", "general") else 0


def covered(areas: Iterable[tuple[At, At]]) -> Mapping[At, At]:
    """Return for each cell that a merged one covers, that merged one; areas may not pile up."""
    found: dict[At, At] = {}
    room = MOST_ROWS * MOST_COLUMNS
    for first, (bottom, right) in areas:
        rows = range(first[0], min(bottom, MOST_ROWS) + 1)
        columns = range(first[1], min(right, MOST_COLUMNS) + 1)
        room -= len(rows) * len(columns)
        if room < 0:
            raise ValueError("more merged cells than cells")
        found |= {(r, c): first for r in rows for c in columns if (r, c) != first}
    return found


def letters(column: int) -> str:
    """Return a column as a sheet names it.

    >>> letters(28)
    'AB'
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def moment(value: datetime, seen: Precision) -> AsOf | Message:
    """Return the as-of that a date cell shows.

    Midnight with an hour shown is refused: Excel writes 24:00 so, as the day after at 0:00,
    and other programs write a day without an hour so.
    """
    if value.year not in _YEARS:
        return no_year(value.year)
    if value.minute or value.second:
        return msg("Only full hours are counted.")
    if seen is Precision.MONTH:
        last = monthrange(value.year, value.month)[1]
        return AsOf(date(value.year, value.month, last), None, Precision.MONTH)
    if seen is Precision.HOUR or value.hour:
        if value.hour:
            return AsOf(value.date(), value.hour, Precision.HOUR)
        return msg("0:00 may be this day, or 24:00 of the day before.")
    return AsOf(value.date())


def day_of_serial(number: float) -> date | None:
    """Return the day that Excel counts as `number`; None where that is hardly a date.

    >>> day_of_serial(44551)
    datetime.date(2021, 12, 21)
    """
    if not 32874 <= number < 73051:  # 1990 to 2099
        return None
    return date(1899, 12, 30) + timedelta(days=int(exact(number)))
