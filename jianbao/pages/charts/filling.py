"""Fill a panel's rows: each number resolved in the book and written once, for good.

Asked, Book ──fill──▶ rows and total; a member nobody reported keeps its place as 未报
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from jianbao.figures.book import Book
from jianbao.figures.resolve import Figure, Kind, resolve
from jianbao.figures.writing import MONEY, Form, write, write_as_of
from jianbao.model import AsOf, ChartKind, Dataset, Members
from jianbao.pages.charts.asking import ACROSS_TIME, Asked
from jianbao.pages.charts.panels import ABSENT, TOTAL, Row, Value

MOST_AS_OFS = 12
NO_RATE = "—"


def rows_of(book: Book, asked: Asked, year: int) -> tuple[Row, ...]:
    """Return the rows in official order, or by size where that is asked for."""
    if asked.kind is ChartKind.LINE or asked.by == ACROSS_TIME:
        rows = list(_over_time(book, asked, year))
    elif asked.by is None:
        rows = [
            Row(printed(asked.dataset, name), (_value(book, asked, asked.members, name),))
            for name in asked.names
        ]
    else:
        rows = list(_members(book, asked))
    return tuple(_ordered(rows, asked.chart.order))


def total_of(book: Book, asked: Asked) -> Row | None:
    """Return the row of the whole where any of it is known."""
    if asked.by is None or asked.by == ACROSS_TIME or asked.kind is ChartKind.LINE:
        return None
    values = tuple(_value(book, asked, asked.members, name) for name in asked.names)
    return Row(TOTAL, values) if any(value.figure for value in values) else None


def printed(dataset: Dataset, name: str) -> str:
    """Return the printed name of a measure or ratio."""
    if name in dataset.ratios:
        return dataset.ratios[name].printed
    return dataset.measures[name].printed


def unit_of(dataset: Dataset, name: str) -> str:
    """Return what a measure or ratio is counted in."""
    return "%" if name in dataset.ratios else dataset.measures[name].unit


def columns_of(asked: Asked) -> tuple[str, ...]:
    """Return the head of each column: a measure, or a member where lines are members."""
    if asked.by is None and asked.kind is not ChartKind.LINE:
        return ("数量",)
    if asked.kind is ChartKind.TABLE:
        return tuple(heading(asked.dataset, name) for name in asked.names)
    names = [printed(asked.dataset, name) for name in asked.names]
    lines = [label for label, _ in _lines(asked)]
    return tuple(names if len(lines) == 1 else lines)


def _lines(asked: Asked) -> list[tuple[str, Members]]:
    """Return whose lines are drawn: each member of a dimension, or the whole alone."""
    if asked.kind is not ChartKind.LINE or asked.by is None or asked.by == ACROSS_TIME:
        return [("", asked.members)]
    before, after = asked.members[: asked.by], asked.members[asked.by + 1 :]
    members = asked.dataset.dimensions[asked.by].members.items()
    return [(member.printed, (*before, name, *after)) for name, member in members]


def heading(dataset: Dataset, name: str) -> str:
    """Return the head of a table's column: the unit stands there and not in each cell."""
    unit = unit_of(dataset, name)
    return printed(dataset, name) + ("" if unit in ("%", MONEY) else f"（{unit}）")


def _members(book: Book, asked: Asked) -> Iterator[Row]:
    assert asked.by is not None
    for name, member in asked.dataset.dimensions[asked.by].members.items():
        members = (*asked.members[: asked.by], name, *asked.members[asked.by + 1 :])
        values = (_value(book, asked, members, column) for column in asked.names)
        yield Row(member.printed, tuple(values))


def _over_time(book: Book, asked: Asked, year: int) -> Iterator[Row]:
    """Yield a row each as-of, none from before the day the definition changed."""
    since, name = asked.dataset.since, asked.dataset.name
    known = [s for s in book.snapshots.get(name, ()) if since is None or s.as_of.day >= since]
    for snapshot in known[-MOST_AS_OFS:]:
        then = replace(book, cells=snapshot.cells, as_ofs={**book.as_ofs, name: snapshot.as_of})
        values = (
            _value(then, asked, members, column)
            for _, members in _lines(asked)
            for column in asked.names
        )
        at = (snapshot.as_of.day - known[-MOST_AS_OFS:][0].as_of.day).days
        yield Row(_short(snapshot.as_of, year), tuple(values), at)


def _short(as_of: AsOf, year: int) -> str:
    return write_as_of(replace(as_of, hour=None), year)


def _ordered(rows: list[Row], order: str) -> list[Row]:
    """Return the rows by their first number, those without one last; official order else."""
    if not order:
        return rows
    sign = -1 if order == "falling" else 1
    return sorted(
        rows,
        key=lambda row: (
            row.values[0].size is None,
            sign * (row.values[0].size or Decimal(0)),
        ),
    )


def _found(book: Book, dataset: Dataset, members: Members, name: str) -> Figure | None:
    path = (dataset.name, *(member for member in members if member), name)
    found = resolve(book, path)
    return found if isinstance(found, Figure) else None


def _value(book: Book, asked: Asked, members: Members, name: str) -> Value:
    """Return one number as it is printed."""
    dataset = asked.dataset
    figure = _found(book, dataset, members, name)
    if figure is None:
        return Value(_why_not(book, dataset, members, name))
    bare = asked.kind is ChartKind.TABLE and asked.by is not None and figure.unit != MONEY
    value = Value(_written(figure, bare), figure)
    if asked.kind is not ChartKind.PROGRESS:
        return value
    if figure.kind is Kind.RATIO:
        ratio = dataset.ratios[name]
        ends = [_found(book, dataset, members, end) for end in (ratio.part, ratio.whole)]
        beside = "/".join(_written(end) for end in ends if end)
        return replace(value, whole=Decimal(100), beside=beside)
    if figure.kind is Kind.REPORTED_RATE:
        return replace(value, whole=Decimal(100))
    most = _found(book, dataset, members, dataset.measures[name].at_most)
    if most is None:
        return value
    return replace(value, whole=most.amount.value, beside=f"共{_written(most)}")


def _why_not(book: Book, dataset: Dataset, members: Members, name: str) -> str:
    """Return — for a ratio of nothing, 未报 where a number is missing."""
    ratio = dataset.ratios.get(name)
    whole = _found(book, dataset, members, ratio.whole) if ratio else None
    return NO_RATE if whole and whole.amount.value == 0 else ABSENT


def _written(figure: Figure, bare: bool = False) -> str:
    text = write(figure, Form(unit=not bare))
    assert isinstance(text, str), "a figure's own way of writing always fits it"
    return text
