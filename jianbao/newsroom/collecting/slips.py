"""数据核实单: a sheet for each unit to verify what will be printed of it, and to sign.

    Desk, Unit ──slip_of──▶ Slip ──slip_html──▶ HTML ──press──▶ PDF

Every figure the unit reports stands there as it is printed, with its definition,
its as-of and what it was last time; a figure that is not there is a gap to fill.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from jianbao.diagnostics import Finding, Message
from jianbao.figures.book import Book, open_book
from jianbao.figures.phrases import change
from jianbao.figures.resolve import Figure, resolve
from jianbao.figures.series import then
from jianbao.figures.writing import write, write_as_of
from jianbao.model import AsOf, Campaign, Dataset, Members, Site, Unit
from jianbao.newsroom.collecting.desk import Desk
from jianbao.newsroom.collecting.expecting import due
from jianbao.pages.imprints import day_text
from jianbao.pages.templates import environment, fill
from jianbao.proofreading.profiles import masthead_of
from jianbao.reading.looks import Template


@dataclass(frozen=True, slots=True)
class Line:
    """A figure to verify; `value` is "" where nothing was reported for this bulletin."""

    name: str
    value: str
    last: str
    change: str
    definition: str
    computed: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A dataset's figures, the moment they are of, and the definition they share."""

    name: str
    as_of: str
    definition: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """What one unit verifies and signs."""

    publication: str
    number: str
    organisation: str
    unit: str
    period: str
    made: str
    groups: tuple[Group, ...]

    @property
    def count(self) -> int:
        """How many figures there are."""
        return sum(len(group.lines) for group in self.groups)


def slip_of(desk: Desk, unit: Unit, publication: str, today: date) -> Slip:
    """Return a unit's slip for the desk's bulletin."""
    book = open_book(desk.campaign, desk.observations, AsOf(desk.period.last), {}).value
    names = dict.fromkeys(share.dataset for share in unit.shares)
    return Slip(
        publication,
        desk.period.number,
        desk.campaign.organisation,
        unit.name,
        f"{day_text(desk.period.first)}至{day_text(desk.period.last)}",
        day_text(today),
        tuple(_group(desk, book, unit, desk.campaign.datasets[name]) for name in names),
    )


def _group(desk: Desk, book: Book, unit: Unit, dataset: Dataset) -> Group:
    after, until = due(dataset, desk.period) or (desk.period.first, desk.period.last)
    as_of = book.as_ofs.get(dataset.name)
    fresh = as_of is not None and after < as_of.day <= until
    shown = write_as_of(as_of, until.year) if as_of and fresh else ""
    lines = tuple(_lines(book, unit, dataset, fresh))
    return Group(dataset.printed, shown, dataset.definition, lines)


def _lines(book: Book, unit: Unit, dataset: Dataset, fresh: bool) -> Iterator[Line]:
    shares = [share for share in unit.shares if share.dataset == dataset.name]
    every = product(*((*dimension.members, None) for dimension in dataset.dimensions))
    for members in every:
        for name in (*dataset.measures, *dataset.ratios):
            ratio = dataset.ratios.get(name)
            parts = (ratio.part, ratio.whole) if ratio else (name,)
            if any(share.covers(members, part) for share in shares for part in parts):
                line = _line(book, dataset, members, name, fresh)
                if line:
                    yield line


def _line(book: Book, dataset: Dataset, members: Members, name: str, fresh: bool) -> Line | None:
    """Return a figure's line; None for one that is neither there nor was there before."""
    item = dataset.measures.get(name) or dataset.ratios[name]
    path = (dataset.name, *(member for member in members if member), name)
    words = [d.members[m].printed for d, m in zip(dataset.dimensions, members, strict=True) if m]
    total = "合计" if dataset.dimensions and not words else ""
    label = "　".join([*words, *([total] if total else []), item.printed])
    now = resolve(book, path)
    before = then(book, dataset, "") if fresh else book
    base = before.book if not isinstance(before, Book | Message) else before
    last = resolve(base, path) if isinstance(base, Book) else None
    value = _text(now) if fresh else ""
    said = change(book, now, "") if fresh and isinstance(now, Figure) else ""
    measure = dataset.measures.get(name)
    ratio = dataset.ratios.get(name)
    definition = measure.definition if measure else ""
    if ratio:
        definition = f"{ratio.part}÷{ratio.whole}"
    if not value and not _text(last):
        return None if None in members else Line(label, "", "", "", definition, bool(ratio))
    difference = (
        "" if isinstance(said, Message) else said.removeprefix("比上期").removeprefix("与上期")
    )
    return Line(label, value, _text(last), difference, definition, bool(ratio))


def _text(figure: object) -> str:
    """Return a figure as it is printed, "" where there is none."""
    text = write(figure) if isinstance(figure, Figure) else ""
    return "" if isinstance(text, Message) else text


def publication_of(site: Site, campaign: Campaign) -> str:
    """Return the publication's name: the campaign's own, else the office's."""
    return masthead_of(site, campaign)


def slip_html(slip: Slip, templates: Mapping[str, Template]) -> str | Finding:
    """Return the slip as a document to press, or what is wrong with its template."""
    html = fill(environment(templates), "slip.html", {"slip": slip})
    return html if isinstance(html, Finding) else str(html)
