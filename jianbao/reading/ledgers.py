"""Read a ledger: a list of items, a row each, of any length, column by column.

    Rows, Dataset ──read_ledger──▶ Checked[LedgerTable]

Only the columns the dataset asks for are kept, equal texts once, days as plain
numbers: a million rows have to fit. A value that cannot be understood is one
finding, however many rows have it. Counting is for `figures`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path

from jianbao.diagnostics import Checked, Finding, Place, error, msg
from jianbao.model import AsOf, Campaign, Dataset, Precision
from jianbao.reading.entries import Convert, day_entry, member_entry, sum_entry, text_entry
from jianbao.reading.grids import At, Cell, Kind, Sheet, Value, moment
from jianbao.reading.headings import as_of_in, plain, split_heading
from jianbao.reading.intake import Column, Intake, StatedTotal
from jianbao.reading.rows import BrokenRowsError, Row, Rows, open_rows
from jianbao.reading.shaping import nearest

_AHEAD = 20


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """The columns of a ledger that its dataset needs.

    Attributes:
        lines: Each item's row in the file.
        members: By dimension; more than one where they overlap, none outside of the list.
        days: By column; ordinals, None where the cell is empty.
        sums: By column; None where the cell is empty.
        texts: By column.
        positions: Which column of the file each of them is, from 1.
        as_of: What the file says beside 截至.
    """

    dataset: str
    path: str
    sheet: str
    lines: Sequence[int] = ()
    members: Mapping[str, Sequence[tuple[str, ...]]] = field(default_factory=dict)
    days: Mapping[str, Sequence[int | None]] = field(default_factory=dict)
    sums: Mapping[str, Sequence[Decimal | None]] = field(default_factory=dict)
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    positions: Mapping[str, int] = field(default_factory=dict)
    totals: tuple[StatedTotal, ...] = ()
    as_of: AsOf | None = None

    def place(self, index: int, column: str = "", text: str = "") -> Place:
        """Return where an item stands, or its value in a column."""
        rows = Rows(self.path, self.sheet, iter(()))
        return rows.place(self.lines[index], self.positions.get(column, 1), text)


def read_ledgers(root: Path, campaign: Campaign) -> Checked[tuple[LedgerTable, ...]]:
    """Return the ledgers that the campaign's datasets are counted from."""
    tables: list[LedgerTable] = []
    findings: list[Finding] = []
    for dataset in campaign.datasets.values():
        if dataset.ledger:
            table = read_ledger(root, dataset)
            findings += table.findings
            tables += [table.value] if table.value else []
    return Checked(tuple(tables), tuple(findings))


def read_ledger(root: Path, dataset: Dataset) -> Checked[LedgerTable | None]:
    """Return what a dataset needs of its ledger, or None where it cannot be read."""
    ledger = dataset.ledger
    assert ledger is not None
    opened = open_rows(root, ledger.path, ledger.sheet)
    if opened.value is None:
        return Checked(None, opened.findings)
    try:
        return _read(opened.value, dataset)
    except BrokenRowsError as fault:
        return Checked(None, (opened.value.broken_below(fault.line),))


def _read(rows: Rows, dataset: Dataset) -> Checked[LedgerTable | None]:
    source = _filled_down(rows)
    head = list(islice(source, _AHEAD))
    wanted = _wanted(dataset)
    heading, positions, units = _headings(head, {column for _, column in wanted})
    missing = sorted({column for _, column in wanted if column not in positions})
    if missing:
        labels = [str(v) for _, row in head[: heading + 1] for v in row if v is not None]
        return Checked(None, tuple(_no_column(rows, dataset, name, labels) for name in missing))
    as_of = _as_of(rows, head[:heading])
    if isinstance(as_of, Finding):
        return Checked(None, (as_of,))
    assert dataset.ledger is not None
    if as_of is None and not dataset.ledger.date:
        return Checked(None, (_undated(rows),))
    intake = Intake(
        rows,
        [
            Column(role, name, positions[name] - 1, _entry(dataset, role, name, units))
            for role, name in wanted
        ],
    )
    for row in chain(head[heading + 1 :], source):
        intake.take(row)
    return Checked(
        LedgerTable(
            dataset.name,
            rows.path,
            rows.sheet,
            intake.lines,
            {name: intake.members[column] for name, column in dataset.ledger.columns.items()},
            intake.days,
            intake.sums,
            intake.texts,
            positions,
            tuple(intake.totals),
            as_of,
        ),
        tuple(intake.findings()),
    )


def _wanted(dataset: Dataset) -> list[tuple[str, str]]:
    """Return what is needed: for each role (member, day, sum, text) and use the column."""
    ledger = dataset.ledger
    assert ledger is not None
    wanted = [("member", column) for column in ledger.columns.values()]
    wanted += [("day", ledger.date)] if ledger.date else []
    wanted += [("text", column) for column in (ledger.key, *ledger.show) if column]
    for measure in dataset.measures.values():
        counting = measure.counting
        wanted += [("sum", counting.summed)] if counting.summed else []
        for item in counting.where:
            timed = item.before or item.after
            wanted += [("day", item.column)] if timed else []
            wanted += [("text", item.column)] if item.texts or not timed else []
    return list(dict.fromkeys(wanted))


def _headings(head: Sequence[Row], wanted: set[str]) -> tuple[int, dict[str, int], dict[str, str]]:
    """Return which row ends the headings, and each wanted column's position and unit.

    Of headings in two or three rows the lowest counts; a cell merged downwards
    stands in the uppermost.
    """
    best: tuple[int, dict[str, int], dict[str, str]] = (0, {}, {})
    names = {plain(name): name for name in wanted}
    for index in range(len(head)):
        positions: dict[str, int] = {}
        units: dict[str, str] = {}
        for _, row in head[max(0, index - 2) : index + 1]:
            for column, value in enumerate(row, 1):
                name, unit = split_heading(str(value)) if value is not None else ("", "")
                found = names.get(plain(str(value))) or names.get(name)
                if found:
                    positions[found] = column
                    units[found] = unit
        if len(positions) > len(best[1]):
            best = (index, positions, units)
    return best


def _no_column(rows: Rows, dataset: Dataset, name: str, labels: Sequence[str]) -> Finding:
    return error(
        "heading-missing",
        Place(rows.path, sheet=rows.sheet),
        msg(
            "No column is headed {name}, which {dataset} is counted by.",
            name=name,
            dataset=dataset.name,
        ),
        nearest(name, [label for label in labels if label.strip()]),
    )


def _undated(rows: Rows) -> Finding:
    return error(
        "as-of-missing",
        Place(rows.path, sheet=rows.sheet),
        msg("It is not said as of when this list is complete."),
        msg(
            "Write 截至 and the day above the headings, "
            "or name the column of days in campaign.yaml (date: 日期)."
        ),
    )


def _as_of(rows: Rows, above: Sequence[Row]) -> AsOf | Finding | None:
    """Return the as-of written above the headings."""
    cells: dict[At, Cell] = {}
    for number, row in above:
        for column, value in enumerate(row, 1):
            if isinstance(value, datetime):
                seen = moment(value, Precision.DAY)
                cells[number, column] = Cell(str(value), Kind.DATE, seen)
            elif value is not None and str(value).strip():
                cells[number, column] = Cell(str(value), Kind.TEXT)
    return as_of_in(Sheet(rows.path, rows.sheet, cells), [number for number, _ in above])


def _entry(dataset: Dataset, role: str, column: str, units: Mapping[str, str]) -> Convert:
    """Return how the values of a column are understood."""
    if role == "member":
        assert dataset.ledger is not None
        name = next(d for d, c in dataset.ledger.columns.items() if c == column)
        return member_entry(next(d for d in dataset.dimensions if d.name == name))
    if role == "day":
        counted = dataset.ledger is not None and column == dataset.ledger.date
        return day_entry(column, needed=counted)
    if role == "sum":
        measure = next(m for m in dataset.measures.values() if m.counting.summed == column)
        return sum_entry(measure, units.get(column, ""))
    return text_entry


def _filled_down(rows: Rows) -> Iterator[Row]:
    """Yield the rows with cells that are merged downwards filled."""
    if not rows.merged:
        yield from rows.rows
        return
    active: dict[int, tuple[int, Value]] = {}
    starts: dict[int, list[tuple[int, int]]] = {}
    for (first, column), last in rows.merged.items():
        starts.setdefault(first, []).append((column, last))
    for number, row in rows.rows:
        for column, last in starts.get(number, ()):
            active[column] = (last, row[column - 1] if column <= len(row) else None)
        if not active:
            yield number, row
            continue
        filled = list(row)
        for column, (last, value) in list(active.items()):
            if number > last:
                del active[column]
            elif column <= len(filled) and filled[column - 1] is None:
                filled[column - 1] = value
        yield number, filled
