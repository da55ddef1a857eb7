"""A figure over time, and the sentences that quoted it.

Book, dataset ──histories──▶ each figure's values at every as-of
records, quotes ──sayings──▶ the sentences by figure, newest first
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jianbao.figures.book import Book, Snapshot
from jianbao.figures.phrases import change
from jianbao.figures.resolve import Figure, resolve
from jianbao.figures.writing import write, write_as_of
from jianbao.model import Dataset, Entry
from jianbao.pages.weave import exact
from jianbao.site.sparks import Dot
from jianbao.site.texts import Quote


@dataclass(frozen=True, slots=True)
class Value:
    """A figure at an as-of, as printed and for machines."""

    as_of: str
    day: str
    text: str
    exact: str


@dataclass(frozen=True, slots=True)
class History:
    """A figure with its values, the earliest first.

    Attributes:
        label: Its printed name without its members.
        whose: The members it is of, in words; "" for the whole.
        change: What the last value is to the one before: 比上期增加27件; "" where that is unknown.
        is_now: Whether it was reported at the dataset's latest as-of.
    """

    path: str
    label: str
    whose: str
    unit: str
    change: str
    values: tuple[Value, ...]
    dots: tuple[Dot, ...]
    is_now: bool = True

    @property
    def last(self) -> Value:
        """The latest value."""
        return self.values[-1]


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence that quoted a figure, and where it stands."""

    entry: Entry
    anchor: str
    headline: str
    text: str


def history(book: Book, dataset: Dataset, names: tuple[str, ...]) -> History | None:
    """Return the history of what `names` say, None where it was never reported."""
    values, dots = [], []
    last: Figure | None = None
    for snapshot in book.snapshots.get(dataset.name, ()):
        figure = resolve(at(book, dataset, snapshot), names)
        text = write(figure) if isinstance(figure, Figure) else None
        if isinstance(figure, Figure) and isinstance(text, str):
            last = figure
            day = figure.as_of.day
            label = write_as_of(figure.as_of, 0)
            values.append(Value(label, day.isoformat(), text, exact(figure)))
            part = int(bool(dataset.since and day >= dataset.since))
            dots.append(Dot(day, float(figure.amount.value), text, label, part))
    if last is None:
        return None
    is_now = last.as_of == book.as_ofs.get(dataset.name)
    changed = change(book, last, "") if is_now else ""
    return History(
        last.path, last.label, whose(dataset, last.cell[1]), last.unit,
        changed if isinstance(changed, str) else "", tuple(values), tuple(dots), is_now,
    )  # fmt: skip


def at(book: Book, dataset: Dataset, snapshot: Snapshot) -> Book:
    """Return the book as it was at one of a dataset's as-ofs."""
    return replace(book, cells=snapshot.cells, as_ofs={dataset.name: snapshot.as_of})


def whose(dataset: Dataset, members: Sequence[str | None]) -> str:
    """Return the printed names of members, in declared order."""
    return "　".join(
        dimension.members[member].printed
        for dimension, member in zip(dataset.dimensions, members, strict=True)
        if member
    )


def whole(book: Book, dataset: Dataset) -> Iterator[History]:
    """Yield the history of each measure and ratio of the whole dataset, in declared order."""
    for name in (*dataset.measures, *dataset.ratios):
        found = history(book, dataset, (dataset.name, name))
        if found:
            yield found


def sayings(
    entries: Iterable[Entry], quotes: Iterable[Iterable[Quote]]
) -> Mapping[str, Sequence[Saying]]:
    """Return the sentences that quoted each figure, by the name of its place."""
    found: dict[str, dict[tuple[str, str], Saying]] = {}
    for entry, said in zip(entries, quotes, strict=True):
        for quote in said:
            saying = Saying(entry, quote.anchor, quote.headline, quote.sentence)
            for figure in quote.figures:
                known = found.setdefault(figure, {})
                known.setdefault((entry.address, quote.sentence), saying)
    return {figure: tuple(said.values()) for figure, said in found.items()}
