"""Take a ledger's rows into columns, one row after the other.

What a value means is asked once and remembered; a row costs a look-up a column.
"""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice
from typing import Any

from jianbao.diagnostics import Finding, Place, msg
from jianbao.reading.entries import TOTAL_ROW, Convert, text_entry
from jianbao.reading.grids import Value
from jianbao.reading.headings import plain
from jianbao.reading.rows import Row, Rows

_MOST_FINDINGS, _MOST_KNOWN = 30, 200_000
_NOTHING: dict[str, object] = {"member": (), "day": None, "sum": None, "text": ""}
_MAYBE = re.compile("计|otal|OTAL")


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A number in a 合计 row: of the rows `start` to `end`, in a column; "" for their count."""

    column: str
    value: Decimal
    place: Place
    start: int
    end: int


@dataclass(slots=True)
class Column:
    """A column that is kept: what for, its place in a row, its values, and what each means."""

    role: str
    name: str
    index: int
    convert: Convert
    values: list[object] = field(default_factory=list)
    known: dict[Value, object] = field(default_factory=dict)


@dataclass(slots=True)
class _Refusal:
    """A value that means nothing: where it was first met, and how many more rows have it."""

    finding: Finding
    more: int = 0


class Intake:
    """Takes row after row into columns; the only thing here that changes while it works."""

    def __init__(self, rows: Rows, columns: list[Column]) -> None:
        self._rows = rows
        self._columns = columns
        self._refused: dict[tuple[str, str, Value], _Refusal] = {}
        self._part = 0
        self.lines: array[int] = array("I")
        self.totals: list[StatedTotal] = []

    def take(self, row: Row) -> None:
        """Take one row: an item, a total, or nothing."""
        number, values = row
        first = values[0] if values else None
        if first is None or first == "" or len(values) < 2 or values[1] in (None, ""):
            there = [value for value in values if value not in (None, "")]
            first = there[0] if there else None
            if not there or (len(there) == 1 < len(self._columns) and not _is_total(first)):
                return
        if _is_total(first):
            self._total(row, plain(str(first)))
            return
        for column in self._columns:
            value = values[column.index] if column.index < len(values) else None
            try:
                column.values.append(column.known[value])
            except KeyError:
                column.values.append(self._meaning(column, number, value))
        self.lines.append(number)

    def _meaning(self, column: Column, number: int, value: Value) -> object:
        """Return what a value means that was not met before; refused ones count as empty."""
        seen = (column.role, column.name, value)
        if seen in self._refused:
            self._refused[seen].more += 1
            return _NOTHING[column.role]
        found = column.convert(value)
        if isinstance(found, Finding):
            place = self._rows.place(number, column.index + 1, str(text_entry(value)))
            self._refused[seen] = _Refusal(replace(found, place=place))
            return _NOTHING[column.role]
        if len(column.known) < _MOST_KNOWN:
            column.known[value] = found
        return found

    def _total(self, row: Row, label: str) -> None:
        """Keep the numbers of a 合计 row: sums under summed columns, a count elsewhere."""
        number, values = row
        start = self._part if label.startswith("小计") else 0
        if label.startswith("小计"):
            self._part = len(self.lines)
        stated: dict[str, tuple[int, Decimal]] = {}
        match = TOTAL_ROW.fullmatch(label)
        if match and match["count"]:
            stated[""] = (1, Decimal(match["count"]))
        for column in self._columns:
            value = values[column.index] if column.index < len(values) else None
            found = column.convert(value) if column.role == "sum" else _count(value)
            if isinstance(found, Decimal):
                name = column.name if column.role == "sum" else ""
                stated.setdefault(name, (column.index + 1, found))
        for name, (position, amount) in stated.items():
            shown = values[position - 1]
            place = self._rows.place(number, position, str(text_entry(shown)))
            self.totals.append(StatedTotal(name, amount, place, start, len(self.lines)))

    def _kept(self, role: str) -> dict[str, list[Any]]:
        return {column.name: column.values for column in self._columns if column.role == role}

    @property
    def members(self) -> dict[str, list[tuple[str, ...]]]:
        """The members of each item, by column."""
        return self._kept("member")

    @property
    def days(self) -> dict[str, list[int | None]]:
        """The days of each item, by column."""
        return self._kept("day")

    @property
    def sums(self) -> dict[str, list[Decimal | None]]:
        """The numbers of each item, by column."""
        return self._kept("sum")

    @property
    def texts(self) -> dict[str, list[str]]:
        """The texts of each item, by column."""
        return self._kept("text")

    def findings(self) -> Iterator[Finding]:
        """Yield what was refused: each value once, with how many more rows have it."""
        for refusal in islice(self._refused.values(), _MOST_FINDINGS):
            finding = refusal.finding
            if refusal.more:
                also = msg(
                    "{what} {more} more rows have it.", what=finding.message, more=refusal.more
                )
                finding = replace(finding, message=also)
            yield finding


def _count(value: Value) -> Decimal | None:
    """Return the number of a count such as 12 or 12篇 under a column of words."""
    match = re.fullmatch(r"共?(\d{1,9})(?:\.0)?[^\d.年月日-]{0,2}", plain(str(text_entry(value))))
    return Decimal(match[1]) if match else None


def _is_total(value: Value) -> bool:
    """Say whether a row's first value marks it as a total."""
    if not isinstance(value, str) or len(value) > 20 or not _MAYBE.search(value):
        return False
    return TOTAL_ROW.fullmatch(plain(value)) is not None
