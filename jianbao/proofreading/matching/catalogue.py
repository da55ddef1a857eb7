"""The book's figures as a text may mean them: by value, by unit, with the words that name them.

Book ──open_catalogue──▶ Catalogue
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product

from jianbao.figures.book import Book
from jianbao.figures.resolve import Figure, resolve
from jianbao.model import Dataset, Measure, Members, Ratio
from jianbao.proofreading.matching.wording import Term, term

# What one may be counted in where the data say the other.
_ALIKE = (frozenset("人名位"), frozenset("个家所处项"), frozenset("场次"))
_PART = "已未待拟"
_THINGS = frozenset("个件人名位户家项条场篇所处")


@dataclass(frozen=True, slots=True)
class Subject:
    """What all figures of a dataset share.

    Attributes:
        members: For each dimension, the terms of each member.
        names: The terms of each measure and ratio.
        bounds: For each measure the one it cannot exceed.
    """

    name: str
    terms: tuple[Term, ...]
    members: tuple[dict[str, tuple[Term, ...]], ...]
    names: dict[str, tuple[Term, ...]]
    bounds: dict[str, str]

    def is_part(self, name: str, whole: str) -> bool:
        """Say whether a measure counts part of what another counts: 已完成 of 项目."""
        return self.bounds.get(name) == whole or (name[0] in _PART and whole[0] not in _PART)


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure that a number may mean.

    Attributes:
        is_only: Whether its dataset counts nothing else.
        has_own_unit: Whether nothing else of its dataset is counted in its unit.
    """

    figure: Figure
    subject: Subject
    is_only: bool
    has_own_unit: bool

    @property
    def members(self) -> Members:
        """Its member for each dimension, None for all."""
        return self.figure.cell[1]

    @property
    def terms(self) -> tuple[Term, ...]:
        """The words for its measure or ratio."""
        return self.subject.names[self.figure.cell[2]]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every figure of a book, in order of value."""

    book: Book
    year: int
    entries: tuple[Entry, ...]
    units: frozenset[str]
    subjects: tuple[Subject, ...]
    _values: tuple[Decimal, ...] = ()
    _of: dict[str, tuple[Entry, ...]] = field(default_factory=dict)

    def between(self, low: Decimal, high: Decimal) -> Sequence[Entry]:
        """Return the figures whose value is not below `low` and not above `high`."""
        first, last = bisect_left(self._values, low), bisect_right(self._values, high)
        return self.entries[first:last]

    def of(self, dataset: str) -> Sequence[Entry]:
        """Return the figures of a dataset."""
        return self._of.get(dataset, ())


def open_catalogue(book: Book, year: int) -> Catalogue:
    """Return the figures of `book` for a bulletin of `year`; what was not reported is left out."""
    subjects = {d.name: _subject(d) for d in book.campaign.datasets.values()}
    entries = sorted(
        (
            entry
            for dataset in book.campaign.datasets.values()
            for entry in _entries(book, dataset, subjects[dataset.name])
        ),
        key=lambda entry: entry.figure.amount.value,
    )
    of: dict[str, list[Entry]] = {}
    for entry in entries:
        of.setdefault(entry.subject.name, []).append(entry)
    return Catalogue(
        book,
        year,
        tuple(entries),
        frozenset(entry.figure.unit for entry in entries),
        tuple(subjects.values()),
        tuple(entry.figure.amount.value for entry in entries),
        {name: tuple(found) for name, found in of.items()},
    )


def _entries(book: Book, dataset: Dataset, subject: Subject) -> Iterator[Entry]:
    units = [measure.unit for measure in dataset.measures.values()] + ["%"] * len(dataset.ratios)
    for members in product(*([None, *dimension.members] for dimension in dataset.dimensions)):
        for name in (*dataset.measures, *dataset.ratios):
            path = (dataset.name, *(member for member in members if member), name)
            figure = resolve(book, path)
            if isinstance(figure, Figure):
                own = units.count(figure.unit) == 1
                yield Entry(figure, subject, len(dataset.measures) == 1, own)


def _subject(dataset: Dataset) -> Subject:
    named: list[Measure | Ratio] = [*dataset.measures.values(), *dataset.ratios.values()]
    return Subject(
        dataset.name,
        _terms(dataset.name, dataset.printed),
        tuple(
            {name: _terms(name, member.printed) for name, member in dimension.members.items()}
            for dimension in dataset.dimensions
        ),
        {
            item.name: _terms(item.name, item.printed, getattr(item, "definition", ""))
            for item in named
        },
        {name: item.at_most for name, item in dataset.measures.items() if item.at_most},
    )


def _terms(*words: str) -> tuple[Term, ...]:
    """Return names as they are looked for; 已解决 is named by 解决 as well."""
    known = [word for word in words if word]
    known += [word[1:] for word in known if word.startswith("已") and len(word) > 2]
    return tuple(dict.fromkeys(term(word) for word in known))


def is_alike(typed: str, unit: str) -> bool:
    """Say whether two units count the same things: 名 and 人, 个 and 家.

    >>> is_alike("名", "人"), is_alike("名", "户")
    (True, False)
    """
    return typed == unit or any(typed in units and unit in units for units in _ALIKE)


def fits(typed: str, unit: str) -> bool:
    """Say whether a number typed with the unit `typed` could be meant for one counted in `unit`.

    >>> fits("名", "户"), fits("%", "件"), fits("", "件")
    (True, False, True)
    """
    if is_alike(typed, unit) or (not typed and unit != "%"):
        return True
    return typed in _THINGS and unit in _THINGS
