"""What a chart or table shows: rows of numbers as they are written, and what is said beside."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from jianbao.diagnostics import Place
from jianbao.figures.resolve import Figure
from jianbao.model import AsOf, ChartKind

ABSENT = "未报"
TOTAL = "合计"


@dataclass(frozen=True, slots=True)
class Value:
    """One number of a panel.

    Attributes:
        text: As printed; 未报 where nothing was reported.
        figure: The figure it is; None where nothing was reported.
        whole: What it is measured against in a progress bar; 0 elsewhere.
        beside: What stands beside a progress bar: 9个/16个, or 共16个.
    """

    text: str
    figure: Figure | None = None
    whole: Decimal = Decimal(0)
    beside: str = ""

    @property
    def size(self) -> Decimal | None:
        """What it is drawn by."""
        return self.figure.amount.value if self.figure else None


@dataclass(frozen=True, slots=True)
class Row:
    """A member, a measure or an as-of with its numbers, one for each column.

    Attributes:
        at: Days since the first row, where rows are as-ofs.
    """

    label: str
    values: tuple[Value, ...]
    at: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """A chart or table ready to be drawn.

    Attributes:
        columns: Their printed names, one for each number of a row.
        total: The row of the whole, where it is shown.
        totals: Whether it stands "first" or "last".
        title: As HTML with marks, as are credit and note.
        subject: The dataset and members it is about, in words.
        by: What rows are, in words: 类别, 时间; "" where they are measures.
        width: Of its column, in points of its layout.
        now: Its as-of; numbers over time have earlier ones.
        row: How far the lines of the text are apart, in the same.
        taller: Points that its inside is higher than it need be, to fill a page.
        span: Over how many of the page's columns it stands.
    """

    kind: ChartKind
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    place: Place
    dataset: str
    subject: str
    by: str
    now: AsOf
    as_of: str
    source: str
    width: float
    title: str = ""
    credit: str = ""
    note: str = ""
    total: Row | None = None
    totals: str = "none"
    row: float = 13
    taller: float = 0
    span: int = 1

    @property
    def values(self) -> Iterator[Value]:
        """Every number, that of the total last."""
        rows = (*self.rows, self.total) if self.total else self.rows
        return chain.from_iterable(row.values for row in rows)

    @property
    def values_of_rows(self) -> list[Value]:
        """Every number but that of the total."""
        return [value for row in self.rows for value in row.values]

    @property
    def lined_up(self) -> tuple[Row, ...]:
        """The rows with the total where it is shown."""
        if self.total is None:
            return self.rows
        return (self.total, *self.rows) if self.totals == "first" else (*self.rows, self.total)
