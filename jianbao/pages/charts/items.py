"""What a ledger's columns hold, as it is printed and put in order.

LedgerTable, Dataset, column ──▶ Item of each row
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from jianbao.diagnostics import Message
from jianbao.figures.writing import WAN, YI, Form, write_amount
from jianbao.model import Amount, Dataset, Dimension, Measure
from jianbao.pages.charts.listing import Item
from jianbao.reading.headings import plain
from jianbao.reading.ledgers import LedgerTable
from jianbao.reading.scalars import read_as_of

_DAY = re.compile(r"\d{4}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日)")
_SCALES = {1: "", WAN: "万", YI: "亿"}
ELSEWHERE = "其他"
Reader = Callable[[int], Item]


def columns_of(table: LedgerTable) -> tuple[str, ...]:
    """Return the columns a list may show: those the campaign names, in the file's order."""
    return tuple(sorted(table.positions, key=lambda name: table.positions[name]))


def column_named(table: LedgerTable, dataset: Dataset, name: str) -> str | None:
    """Return the ledger's column that a writer means: by its heading, or by its dimension."""
    known = {plain(column): column for column in table.positions}
    if dataset.ledger:
        for dimension, column in dataset.ledger.columns.items():
            known.setdefault(plain(dimension), column)
    return known.get(plain(name))


def head_of(dataset: Dataset, column: str) -> str:
    """Return a column's head; one of numbers names their unit, as its cells do not."""
    measure = _summed(dataset, column)
    return f"{column}（{_SCALES[measure.scale]}{measure.unit}）" if measure else column


def look_of(dataset: Dataset, column: str, items: Sequence[Item]) -> str:
    """Return how a column is set: "number" flush right, "whole" never broken, or ""."""
    if _summed(dataset, column):
        return "number"
    return "whole" if any(item.whole for item in items) else ""


def reader(table: LedgerTable, dataset: Dataset, column: str, year: int) -> Reader:
    """Return what gives a row's item in a column; days name their year where it is not `year`."""
    dimension = _dimension(dataset, column)
    texts = table.texts.get(column)
    if dimension is not None:
        return _member_reader(table, dimension, column)
    if column in table.days:
        days = table.days[column]
        return lambda index: _day_item(days[index], year)
    measure = _summed(dataset, column)
    if measure is not None:
        sums = table.sums[column]
        return lambda index: _number_item(sums[index], measure)
    assert texts is not None, "a column is read for some use"
    return lambda index: _text_item(texts[index], year)


def _summed(dataset: Dataset, column: str) -> Measure | None:
    measures = dataset.measures.values()
    return next((m for m in measures if m.counting.summed == column), None)


def _dimension(dataset: Dataset, column: str) -> Dimension | None:
    assert dataset.ledger is not None
    named = dataset.ledger.columns
    return next((d for d in dataset.dimensions if named.get(d.name) == column), None)


def _member_reader(table: LedgerTable, dimension: Dimension, column: str) -> Reader:
    """Return what gives a row's members by their printed names, in official order."""
    members, typed = table.members[dimension.name], table.texts.get(column)
    ranks = {name: rank for rank, name in enumerate(dimension.members)}

    def read(index: int) -> Item:
        names = members[index]
        if not names:
            text = (typed[index] if typed else "") or ELSEWHERE
            return Item(text, (len(ranks), text))
        shown = "、".join(dimension.members[name].printed for name in names)
        return Item(shown, (ranks[names[0]], shown))

    return read


def _day_item(day: int | None, year: int) -> Item:
    """Return a day as a list shows it.

    >>> _day_item(date(2026, 11, 3).toordinal(), 2026).text
    '11月3日'
    """
    if day is None:
        return Item("")
    seen = date.fromordinal(day)
    before = "" if seen.year == year else f"{seen.year}年"
    return Item(f"{before}{seen.month}月{seen.day}日", (0, day), whole=True)


def _number_item(value: Decimal | None, measure: Measure) -> Item:
    if value is None:
        return Item("")
    text = write_amount(Amount(value, measure.scale), "", Form(scale=measure.scale))
    digits = text.removesuffix(_SCALES[measure.scale])
    return Item(digits, (0, value), whole=True)


def aligned(items: Sequence[Item]) -> list[Item]:
    """Return a column's items, exact numbers with the decimals of the longest of them.

    >>> [item.text for item in aligned([Item("65", whole=True), Item("66.25", whole=True)])]
    ['65.00', '66.25']
    """
    numbers = [i.text for i in items if i.whole and re.fullmatch(r"-?\d+(\.\d+)?", i.text)]
    if len(numbers) < len([item for item in items if item.text]):
        return list(items)
    places = max((len(text.partition(".")[2]) for text in numbers), default=0)
    return [
        replace(item, text=f"{Decimal(item.text):.{places}f}") if item.text else item
        for item in items
    ]


def _text_item(text: str, year: int) -> Item:
    """Return a text; digits in it are put in order as numbers, and a day as a day."""
    if not text:
        return Item("")
    if _DAY.fullmatch(text):
        found = read_as_of(text)
        if not isinstance(found, Message):
            return _day_item(found.day.toordinal(), year)
    parts = re.split(r"(\d+)", text)
    order = tuple((int(p), "") if p.isdecimal() else (-1, p) for p in parts if p)
    return Item(text, (1, *order))
