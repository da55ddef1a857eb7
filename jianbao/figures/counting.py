"""Count a ledger: its rows as observations of a dataset, as of any moment.

    LedgerTable, Dataset, as-ofs ──counted──▶ observations
    LedgerTable, …, members, measure ──rows_behind──▶ the rows that make up a number

Each row counts during one stretch of days: from its own day on, from the day
after its deadline, until the day before it was done. Rows alike in what matters
are put together first; then each stretch adds to the day it begins and takes
away from the day it ends, so that any as-of is one sum.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from itertools import accumulate, product, repeat
from typing import cast

from jianbao.diagnostics import Place
from jianbao.model import Amount, AsOf, Breakdown, Condition, Dataset, Measure, Members, Observation
from jianbao.reading.headings import plain
from jianbao.reading.ledgers import LedgerTable
from jianbao.reading.sites import Reported

EARLIEST, LATEST = 0, 10_000_000
Span = tuple[int, int]
"""The days on which a row counts, as ordinals, the second excluded."""


@dataclass(frozen=True, slots=True)
class _Steps:
    """The days on which a count changes, and what it is from each of them on."""

    days: Sequence[int]
    values: Sequence[Decimal]

    def at(self, day: int) -> Decimal:
        index = bisect_right(self.days, day)
        return self.values[index - 1] if index else Decimal(0)


def how_counted(dataset: Dataset, members: Members, name: str) -> str:
    """Return in words which rows make up a number: "逐条计数：期限早于截至，办结为空或晚于截至"."""
    ledger, measure = dataset.ledger, dataset.measures.get(name)
    if ledger is None or measure is None:
        return ""
    counting = measure.counting
    whose = [
        f"{ledger.columns.get(dimension.name, dimension.name)}为{member}"
        for dimension, member in zip(dataset.dimensions, members, strict=True)
        if member
    ]
    rows = "，".join([*whose, *map(_asked, counting.where)]) or "全部"
    return f"{f'“{counting.summed}”相加' if counting.summed else '逐条计数'}：{rows}"


def _asked(condition: Condition) -> str:
    """Return in words what a row must show in a column."""
    known = (
        ("为空", condition.empty), ("不空", condition.filled),
        ("早于截至", condition.before), ("晚于截至", condition.after),
    )  # fmt: skip
    words = [word for word, wanted in known if wanted]
    words += [("不是" if condition.negated else "为") + text for text in sorted(condition.texts)]
    return condition.column + ("且" if condition.negated else "或").join(words)


def with_counts(reported: Reported, as_ofs: Iterable[AsOf]) -> Reported:
    """Return what was reported, and beside it what the ledgers come to as of each moment."""
    moments = tuple(as_ofs)
    found = list(reported.observations)
    for table in reported.ledgers:
        found += counted(table, reported.campaign.datasets[table.dataset], moments)
    return replace(reported, observations=tuple(found))


def counted(
    table: LedgerTable, dataset: Dataset, as_ofs: Iterable[AsOf]
) -> tuple[Observation, ...]:
    """Return every measure of every member as of each moment; no row is 0, not unknown.

    A list is complete up to the as-of written in it; later ones get that one's figures.
    A list without a column of days is as of that one alone.
    """
    place = Place(table.path, sheet=table.sheet)
    steps = {name: _steps(table, dataset, m) for name, m in dataset.measures.items()}
    cells = list(product(*([None, *d.members] for d in dataset.dimensions)))
    observations = []
    for as_of in _moments(table, dataset, as_ofs):
        day = last_day(as_of)
        for name, measure in dataset.measures.items():
            for members in cells:
                value = steps[name][members].at(day) if members in steps[name] else Decimal(0)
                amount = _amount(value, measure)
                observations.append(Observation(dataset.name, members, name, amount, as_of, place))
    return tuple(observations)


def _moments(table: LedgerTable, dataset: Dataset, as_ofs: Iterable[AsOf]) -> tuple[AsOf, ...]:
    stated = table.as_of
    if dataset.ledger is None or not dataset.ledger.date:
        return (stated,) if stated else ()
    known = [stated if stated and stated.moment < a.moment else a for a in as_ofs]
    return tuple({as_of.moment: as_of for as_of in known}.values())


def last_day(as_of: AsOf) -> int:
    """Return the last day that has begun by the as-of, as an ordinal; 24:00 is still the day."""
    return (as_of.moment - timedelta(seconds=1)).date().toordinal()


def _amount(value: Decimal, measure: Measure) -> Amount:
    exponent = (value / measure.scale).normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return Amount(value, measure.scale, places)


def _steps(table: LedgerTable, dataset: Dataset, measure: Measure) -> Mapping[Members, _Steps]:
    """Return how a measure changes from day to day, by members."""
    changes: dict[Members, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for key, amount in _alike(table, dataset, measure).items():
        start, end = _span(dataset, measure, key)
        if start >= end or not amount:
            continue
        groups = _groups(dataset, key)
        if groups is None:
            continue
        for members in product(*((None, *group) for group in groups)):
            changes[members][start] += amount
            changes[members][end] -= amount
    steps = {}
    for members, by_day in changes.items():
        days = sorted(by_day)
        steps[members] = _Steps(days, list(accumulate(by_day[day] for day in days)))
    return steps


Key = tuple[object, ...]
"""What decides whether and where a row counts: members, its day, and what conditions look at."""


def _keys(table: LedgerTable, dataset: Dataset, measure: Measure) -> Iterator[Key]:
    """Yield the key of each row, in the order of the file."""
    ledger = dataset.ledger
    assert ledger is not None
    count = len(table.lines)
    columns: list[Iterable[object]] = [table.members[d.name] for d in dataset.dimensions]
    columns.append(table.days[ledger.date] if ledger.date else repeat(None, count))
    for item in measure.counting.where:
        columns.append(table.texts.get(item.column) or repeat("", count))
        columns.append(table.days.get(item.column) or repeat(None, count))
    return zip(*columns, strict=True)


def _groups(dataset: Dataset, key: Key) -> tuple[tuple[str, ...], ...] | None:
    """Return a row's members by dimension; None where one is missing that every row must have."""
    groups = cast("tuple[tuple[str, ...], ...]", key[: len(dataset.dimensions)])
    pairs = zip(dataset.dimensions, groups, strict=True)
    if any(d.breakdown is Breakdown.EXHAUSTIVE and not group for d, group in pairs):
        return None
    return groups


def _alike(table: LedgerTable, dataset: Dataset, measure: Measure) -> Mapping[Key, Decimal]:
    """Return how many rows have the same key, or what they sum to."""
    keys = _keys(table, dataset, measure)
    if not measure.counting.summed:
        counts: dict[Key, int] = defaultdict(int)
        for key in keys:
            counts[key] += 1
        return {key: Decimal(count) for key, count in counts.items()}
    sums: dict[Key, Decimal] = defaultdict(Decimal)
    for key, value in zip(keys, table.sums[measure.counting.summed], strict=True):
        if value:
            sums[key] += value
    return sums


def _span(dataset: Dataset, measure: Measure, key: Key) -> Span:
    """Return the days on which a row with this key counts."""
    index = len(dataset.dimensions)
    own = key[index]
    start, end = (own if isinstance(own, int) else EARLIEST), LATEST
    if own is None and dataset.ledger and dataset.ledger.date:
        return LATEST, EARLIEST
    for number, item in enumerate(measure.counting.where):
        text, day = key[index + 1 + 2 * number : index + 3 + 2 * number]
        first, last = _fits(item, str(text), day if isinstance(day, int) else None)
        start, end = max(start, first), min(end, last)
    return start, end


def _fits(item: Condition, text: str, day: int | None) -> Span:
    """Return the days on which a value fits a condition.

    >>> _fits(Condition("期限", before=True), "", 5)
    (6, 10000000)
    >>> _fits(Condition("办结", empty=True, after=True), "", 5)
    (0, 5)
    """
    blank = not text and day is None
    named = bool(item.texts) and not blank and (plain(text) in item.texts) != item.negated
    if named or (item.empty and blank) or (item.filled and not blank):
        return EARLIEST, LATEST
    if day is not None and item.before:
        return day + 1, LATEST
    if day is not None and item.after:
        return EARLIEST, day
    return LATEST, EARLIEST


def rows_behind(
    table: LedgerTable, dataset: Dataset, members: Members, measure: str, as_of: AsOf
) -> tuple[int, ...]:
    """Return the indices of the ledger's rows that a number is counted from, in their order."""
    day, counted_as = last_day(as_of), dataset.measures[measure]
    behind = []
    for index, key in enumerate(_keys(table, dataset, counted_as)):
        start, end = _span(dataset, counted_as, key)
        groups = _groups(dataset, key)
        inside = groups is not None and all(
            wanted is None or wanted in group for wanted, group in zip(members, groups, strict=True)
        )
        if inside and start <= day < end:
            behind.append(index)
    return tuple(behind)
