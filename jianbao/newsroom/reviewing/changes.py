"""What changed since the last bulletin: every printed figure, old and new, and what looks odd.

    Material, the book now and then ──compared──▶ Changes

A figure stands here once, with every place that prints it. What it was is what
the data say of then, and where readers were told otherwise, that is said too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from jianbao.diagnostics import Finding, Message, msg
from jianbao.figures.book import Book
from jianbao.figures.phrases import difference_text, printed_value
from jianbao.figures.resolve import Figure, Kind, resolve
from jianbao.figures.writing import write, write_as_of
from jianbao.model import Dataset
from jianbao.pages.charts.blocks import charted
from jianbao.pages.views import Material

MUCH = Decimal("0.5")
MANY_POINTS = 10
ENOUGH = 10
_SAID_HERE = frozenset({"cumulative-falls"})


@dataclass(frozen=True, slots=True)
class Side:
    """A figure then or now: as printed, its number as printed, and its as-of in words."""

    text: str
    number: Decimal
    as_of: str


@dataclass(frozen=True, slots=True)
class Spot:
    """One place that prints a figure: a story's file and line, and the words that stand there."""

    path: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A printed figure beside what it was.

    Attributes:
        before: None where there is nothing to compare with.
        difference: New less old, as printed; None where the two cannot be compared.
        difference_text: The same with its sign and unit: +27件, −0.4个百分点; "" likewise.
        share: The difference as a part of the old value; None for percentages, and from 0.
        odd: What somebody should look at.
    """

    path: str
    label: str
    dataset: str
    unit: str
    now: Side
    before: Side | None
    difference: Decimal | None
    difference_text: str
    share: Decimal | None
    spots: tuple[Spot, ...]
    odd: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All of a bulletin's figures beside those of another day.

    Attributes:
        base: What they are compared with: a bulletin's address, or a day.
        gone: Figures that the base printed and this bulletin does not, as printed there.
    """

    address: str
    base: str
    rows: tuple[Change, ...]
    gone: tuple[tuple[str, str], ...] = ()

    @property
    def odd(self) -> tuple[Change, ...]:
        """The rows that somebody should look at."""
        return tuple(row for row in self.rows if row.odd)


@dataclass(frozen=True, slots=True)
class Base:
    """What a bulletin is compared with.

    Attributes:
        printed: The figures the base prints, as they are written by themselves, by path.
        told: What readers were told then, where that was kept: the same, by path.
    """

    name: str
    book: Book
    printed: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)


def compared(material: Material, book: Book, base: Base, findings: Iterable[Finding]) -> Changes:
    """Return every figure a bulletin prints beside what it was at `base`, in reading order."""
    known = tuple(findings)
    printed = figures_of(material)
    rows = tuple(_change(book, base, figure, spots, known) for figure, spots in printed.values())
    gone = tuple((path, text) for path, text in base.printed.items() if path not in printed)
    return Changes(material.bulletin.address, base.name, rows, gone)


def figures_of(material: Material) -> dict[str, tuple[Figure, tuple[Spot, ...]]]:
    """Return each figure that a bulletin prints with its places, in reading order."""
    found: dict[str, tuple[Figure, tuple[Spot, ...]]] = {}
    for figure, spot in _printed(material):
        first, spots = found.get(figure.path, (figure, ()))
        found[figure.path] = (first, tuple(dict.fromkeys((*spots, spot))))
    return found


def _printed(material: Material) -> Iterator[tuple[Figure, Spot]]:
    for path in dict.fromkeys(path for page in material.bulletin.pages for path in page.paths):
        story = material.stories[path]
        for quote, written in zip(story.quotes, material.writings[path], strict=True):
            if written.figure:
                yield written.figure, Spot(path, quote.place.line, written.text)
        for panel in (shown for shown in material.panels.get(path, ()) if shown):
            now = {f.path: f for f in charted({path: [panel]}) if f.as_of == panel.now}
            for value in panel.values:
                if value.figure and now.get(value.figure.path) == value.figure:
                    yield value.figure, Spot(path, panel.place.line, value.text)


def _change(
    book: Book, base: Base, figure: Figure, spots: tuple[Spot, ...], findings: Sequence[Finding]
) -> Change:
    dataset = book.campaign.datasets[figure.cell[0]]
    year = book.as_of.day.year
    found = resolve(base.book, tuple(figure.path.split(".")))
    old = found if isinstance(found, Figure) else None
    broken = old and _redefined(dataset, old, figure)
    difference = None if old is None or broken else printed_value(figure) - printed_value(old)
    share = None
    if old and difference is not None and figure.unit != "%" and printed_value(old):
        share = difference / abs(printed_value(old))
    odd = (
        *(_odd(dataset, figure, old, difference) if old or base.name else ()),
        *_stands_still(book, dataset, figure, old, difference),
        *_retold(base, old),
        *_found(figure, findings),
    )
    return Change(
        path=figure.path,
        label=figure.label,
        dataset=dataset.printed,
        unit=figure.unit,
        now=_side(figure, year),
        before=_side(old, year) if old else None,
        difference=difference,
        difference_text="" if difference is None else signed(figure, difference),
        share=share,
        spots=spots,
        odd=tuple(dict.fromkeys(odd)),
    )


def _side(figure: Figure, year: int) -> Side:
    text = write(figure)
    assert isinstance(text, str)
    return Side(text, printed_value(figure), write_as_of(figure.as_of, year))


def signed(figure: Figure, difference: Decimal) -> str:
    """Return a difference with its sign and unit; 0 where there is none.

    A minus is a real one (U+2212), which stands as wide as a plus.
    """
    if not difference:
        return "0"
    return ("+" if difference > 0 else "−") + difference_text(figure, difference)


def _redefined(dataset: Dataset, old: Figure, now: Figure) -> bool:
    return bool(dataset.since and old.as_of.day < dataset.since <= now.as_of.day)


def _odd(
    dataset: Dataset, now: Figure, old: Figure | None, difference: Decimal | None
) -> Iterator[Message]:
    """Yield what is odd between two values of one figure."""
    if old is None:
        yield msg("There is nothing to compare it with.")
        return
    if old.as_of == now.as_of:
        yield msg("Nothing new was reported: it is as of {day}, as it was.", day=now.as_of.day)
    if difference is None:
        yield msg("Its definition changed on {day}; the two are not comparable.", day=dataset.since)
        return
    if old.amount.approx != now.amount.approx:
        yield msg("One of the two is exact and the other is not.")
    measure = dataset.measures.get(now.cell[2])
    if measure and measure.cumulative and difference < 0:
        yield msg("It counts up, and is less than it was.")
    if now.unit == "%":
        if abs(difference) >= MANY_POINTS:
            yield msg("It moved by {points} points or more.", points=MANY_POINTS)
    elif _is_large(printed_value(old), difference):
        yield msg("It changed by half or more.")
    if now.kind is Kind.RATIO and old.amount.value < 100 <= now.amount.value:
        yield msg("It has reached 100 %.")


def _stands_still(
    book: Book, dataset: Dataset, now: Figure, old: Figure | None, difference: Decimal | None
) -> Iterator[Message]:
    """Yield where what counts up was reported anew and has not moved, short of its bound."""
    measure = dataset.measures.get(now.cell[2])
    if not (measure and measure.cumulative and old and old.as_of != now.as_of) or difference != 0:
        return
    bound = resolve(book, (*now.path.split(".")[:-1], measure.at_most))
    if not isinstance(bound, Figure) or bound.amount.value != now.amount.value:
        yield msg("It counts up, and has not moved.")


def _is_large(old: Decimal, difference: Decimal) -> bool:
    """Say whether a change is large; of a handful, every change is."""
    return abs(old) >= ENOUGH and abs(difference) >= MUCH * abs(old)


def _retold(base: Base, old: Figure | None) -> Iterator[Message]:
    """Yield where readers were told another number than the data now give for then."""
    told = base.told.get(old.path) if old else None
    if old is None or told is None:
        return
    text = write(old)
    if told != text:
        yield msg("{base} printed {told}; the data now say it was {text}.", base=base.name,
                  told=told, text=text)  # fmt: skip


def _found(figure: Figure, findings: Iterable[Finding]) -> Iterator[Message]:
    """Yield what the checks have to say about the numbers a figure is made of."""
    places = set(figure.places)
    for finding in findings:
        if finding.place in places and finding.rule not in _SAID_HERE:
            yield finding.message
