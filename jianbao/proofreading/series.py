"""A dataset over time, by its own cadence: what fell, stood still, jumped, or did not come.

Values stand side by side in each finding, so that somebody can see at once
whether the world or the spreadsheet changed.
"""

from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import pairwise
from statistics import median

from jianbao.diagnostics import Finding, Message, error, msg, warning
from jianbao.figures.arithmetic import interval
from jianbao.figures.book import Book, Snapshot
from jianbao.figures.series import PERIODS
from jianbao.figures.writing import write_amount, write_as_of
from jianbao.model import Dataset, Measure, Observation
from jianbao.proofreading.asking import ask_about, ask_for, whom_to_ask

STILL = 3
ENOUGH = 4
OUT_OF_PROPORTION = 5
_WAN, _WAN_AT_MOST = 10_000, 2


def cumulative_never_falls(book: Book) -> Iterator[Finding]:
    """A measure that counts from a beginning is never less than it was."""
    for dataset, last, now in _pairs(book):
        for cell, item in now.cells.items():
            measure = dataset.measures.get(item.name)
            before = last.cells.get(cell)
            if not (measure and measure.cumulative and before) or _changed(dataset, before, item):
                continue
            if _fell(before, item):
                yield error(
                    "cumulative-falls",
                    item.place,
                    msg("{name} counts up and was {before} as of {day}; now it is {now}.",
                        name=_name(item), before=_value(before, measure), day=before.as_of.day,
                        now=_value(item, measure)),
                    _scaled(before, item) or whom_to_ask(dataset),
                )  # fmt: skip


def _scaled(before: Observation, now: Observation) -> Message | None:
    """Return the hint that 万 was left out, where with it the number would follow the last."""
    typed, last = now.amount, before.amount.value
    if typed.scale != 1 or not typed.value or not last <= typed.value * _WAN <= last * _WAN_AT_MOST:
        return None
    return msg("If 万 was left out, write {value}万.", value=f"{typed.value.normalize():f}")


def members_keep_reporting(book: Book) -> Iterator[Finding]:
    """Who reported last time reports this time."""
    for dataset, last, now in _pairs(book):
        silent = [last.cells[cell] for cell in last.cells if cell not in now.cells]
        silent = [item for item in silent if any(item.members) and item.name in dataset.measures]
        there = next(iter(now.cells.values()))
        names = dict.fromkeys(_name(item) for item in silent)
        if names:
            yield warning(
                "member-silent",
                there.place,
                msg("Reported as of {day} and missing now: {names}.", day=last.as_of.day,
                    names="、".join(names)),
                ask_for(dataset),
            )  # fmt: skip


def values_keep_moving(book: Book) -> Iterator[Finding]:
    """A cumulative measure that stands still for three periods, short of its bound, is odd."""
    for dataset, known in _series(book):
        if len(known) <= STILL or not dataset.cadence:
            continue
        for cell, item in known[-1].cells.items():
            measure = dataset.measures.get(item.name)
            if not measure or not measure.cumulative:
                continue
            values = [snapshot.cells.get(cell) for snapshot in known[-STILL - 1 :]]
            same = all(v and v.amount.value == item.amount.value for v in values)
            bound = known[-1].cells.get((cell[0], cell[1], measure.at_most))
            if (
                same
                and item.amount.value
                and not (bound and bound.amount.value == item.amount.value)
            ):
                yield warning(
                    "series-still",
                    item.place,
                    msg("{name} has been {now} for {count} periods.", name=_name(item),
                        now=_value(item, measure), count=STILL),
                    ask_about(dataset),
                )  # fmt: skip


def values_do_not_jump(book: Book) -> Iterator[Finding]:
    """A change out of all proportion to the earlier ones is looked at by somebody."""
    for dataset, known in _series(book):
        if len(known) < ENOUGH:
            continue
        for cell, item in known[-1].cells.items():
            measure = dataset.measures.get(item.name)
            items = [snapshot.cells[cell] for snapshot in known if cell in snapshot.cells]
            full = measure and len(items) == len(known)
            fell = measure and measure.cumulative and len(items) > 1 and _fell(*items[-2:])
            if measure and full and not fell and _jumps([one.amount.value for one in items]):
                shown = "、".join(_dated(before, measure) for before in items[-ENOUGH:])
                yield warning(
                    "series-jump",
                    item.place,
                    msg("{name} jumps: {values}.", name=_name(item), values=shown),
                    ask_about(dataset),
                )  # fmt: skip


def figures_are_fresh(book: Book, quoted: Collection[str]) -> Iterator[Finding]:
    """A quoted dataset is not older than its cadence lets the bulletin expect."""
    for name in quoted:
        dataset, as_of = book.campaign.datasets[name], book.as_ofs.get(name)
        period = PERIODS.get(dataset.cadence)
        if as_of is None or period is None:
            continue
        age = (book.as_of.day - as_of.day).days
        if age > 1.5 * period:
            place = next(iter(book.snapshots[name][-1].cells.values())).place
            yield warning(
                "figure-stale",
                place,
                msg("{dataset} is of {day}, {age} days before the bulletin.", dataset=name,
                    day=as_of.day, age=age),
                ask_for(dataset),
            )  # fmt: skip


def _fell(before: Observation, now: Observation) -> bool:
    """Say whether a value is less than it was, however roughly both were reported."""
    return interval(now.amount).high < interval(before.amount).low


def _jumps(values: list[Decimal]) -> bool:
    steps = [abs(later - earlier) for earlier, later in pairwise(values)]
    usual = median(steps[:-1])
    base = max(abs(values[-2]), Decimal(1))
    return steps[-1] > OUT_OF_PROPORTION * max(usual, base / 20)


def _series(book: Book) -> Iterator[tuple[Dataset, tuple[Snapshot, ...]]]:
    for name, known in book.snapshots.items():
        yield book.campaign.datasets[name], known


def _pairs(book: Book) -> Iterator[tuple[Dataset, Snapshot, Snapshot]]:
    for dataset, known in _series(book):
        if len(known) > 1:
            yield dataset, known[-2], known[-1]


def _changed(dataset: Dataset, before: Observation, now: Observation) -> bool:
    """Say whether the definition changed between two observations."""
    return bool(dataset.since and before.as_of.day < dataset.since <= now.as_of.day)


def _name(item: Observation) -> str:
    return ".".join([item.dataset, *(member for member in item.members if member), item.name])


def _value(item: Observation, measure: Measure) -> str:
    return write_amount(item.amount, measure.unit)


def _dated(item: Observation, measure: Measure) -> str:
    return f"{_value(item, measure)}（{write_as_of(item.as_of, item.as_of.day.year)}）"
