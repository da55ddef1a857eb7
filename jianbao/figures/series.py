"""A dataset's figures at earlier as-ofs: the last one, the year's beginning, a year ago, a day.

    Book, dataset, base ──▶ the same book as it was then, or why there is no fit

What is compared must be comparable: by the dataset's own cadence, and never
across the day its definition (口径) changed.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from jianbao.diagnostics import Message, msg
from jianbao.figures.book import Book, Snapshot
from jianbao.figures.writing import write_as_of
from jianbao.model import AsOf, Dataset
from jianbao.reading.scalars import read_as_of

PERIODS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
LAST, NEW_YEAR, YEAR_AGO = "上期", "年初", "去年同期"
BASES = {
    "": LAST, "上期": LAST, "last": LAST,
    "年初": NEW_YEAR, "new-year": NEW_YEAR,
    "去年同期": YEAR_AGO, "year-ago": YEAR_AGO,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Then:
    """The book as it was at the base of a comparison, and how the text names that base."""

    book: Book
    label: str


def then(book: Book, dataset: Dataset, base: str) -> Then | Message:
    """Return the book at the base that `base` names: 上期, 年初, 去年同期 or a day."""
    now = book.as_ofs.get(dataset.name)
    known = book.snapshots.get(dataset.name, ())
    earlier = known[: bisect_left(known, now.moment, key=_moment)] if now else ()
    if now is None or not earlier:
        return msg("There is no earlier value of {dataset}.", dataset=dataset.name)
    found = _chosen(dataset, now, earlier, BASES.get(base, base))
    if isinstance(found, Message):
        return found
    snapshot, label = found
    if dataset.since and snapshot.as_of.day < dataset.since <= now.day:
        return msg(
            "The definition of {dataset} changed on {day}; values before and after it "
            "cannot be compared.",
            dataset=dataset.name,
            day=dataset.since,
        )
    then_book = replace(
        book, cells=snapshot.cells, as_ofs={**book.as_ofs, dataset.name: snapshot.as_of}
    )
    return Then(then_book, label)


def earlier(book: Book) -> Book:
    """Return the book with each dataset one report before; one that was reported once is absent."""
    known = {name: series[-2] for name, series in book.snapshots.items() if len(series) > 1}
    cells = {cell: item for snapshot in known.values() for cell, item in snapshot.cells.items()}
    return replace(book, cells=cells, as_ofs={name: s.as_of for name, s in known.items()})


def _moment(snapshot: Snapshot) -> datetime:
    return snapshot.as_of.moment


def _chosen(
    dataset: Dataset, now: AsOf, earlier: Sequence[Snapshot], base: str
) -> tuple[Snapshot, str] | Message:
    if base == LAST:
        return _last(dataset, now, earlier[-1])
    if base == NEW_YEAR:
        return _at(dataset, earlier, date(now.day.year - 1, 12, 31), NEW_YEAR)
    if base == YEAR_AGO:
        return _at(dataset, earlier, _year_before(now.day), YEAR_AGO)
    day = read_as_of(base if base[:4].isdigit() else f"{now.day.year}年{base}")
    if isinstance(day, Message):
        return day
    return _at(dataset, earlier, day.day, write_as_of(day, now.day.year))


def _last(dataset: Dataset, now: AsOf, before: Snapshot) -> tuple[Snapshot, str] | Message:
    """Return the last value, unless a whole period of the dataset's cadence lies between."""
    period = PERIODS.get(dataset.cadence)
    gap = (now.day - before.as_of.day).days
    if period and gap > 1.5 * period:
        return msg(
            "The last value of {dataset} is of {day}, {gap} days ago; that is not the "
            "period before.",
            dataset=dataset.name,
            day=before.as_of.day,
            gap=gap,
        )
    return before, LAST


def _at(
    dataset: Dataset, earlier: Sequence[Snapshot], day: date, label: str
) -> tuple[Snapshot, str] | Message:
    """Return the value true at `day`: the nearest within half a period of the cadence."""
    slack = timedelta(days=PERIODS.get(dataset.cadence, 1) // 2)
    near = [s for s in earlier if abs(s.as_of.day - day) <= slack]
    if not near:
        return msg("{dataset} has no value of {day}.", dataset=dataset.name, day=day)
    return min(near, key=lambda s: abs(s.as_of.day - day)), label


def _year_before(day: date) -> date:
    last = day.month == 2 and day.day == 29
    return day.replace(year=day.year - 1, day=28 if last else day.day)
