"""A campaign's figures: its board, and a page each dataset with a page each earlier year.

    Desk (records, texts, book) ──boards──▶ Boards for the templates

The book ends with the newest bulletin that lies in output/: what units have
reported since is not shown before a bulletin has.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from jianbao.figures.book import Book
from jianbao.figures.resolve import Figure, resolve
from jianbao.figures.series import PERIODS
from jianbao.figures.writing import MONEY, Form, write, write_as_of
from jianbao.model import Breakdown, Dataset, Entry, Members
from jianbao.pages.tables import head, rows_of
from jianbao.pages.weave import anchor_of_path, slug
from jianbao.site.histories import History, Saying, at, history, whole
from jianbao.site.sparks import curve, spark, starts_above_zero

CADENCES = {"day": "每天", "week": "每周", "month": "每月", "quarter": "每季度", "year": "每年"}


@dataclass(frozen=True, slots=True)
class Card:
    """A figure of the whole at a glance.

    Attributes:
        part: How much of the measure it cannot exceed it is, 0 to 100; None where it has no such.
        target: That measure in words: 列入计划的小区34个.
    """

    history: History
    spark: Markup
    part: str
    target: str


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of a member, or what it did not report."""

    name: str
    cells: tuple[str, ...]
    is_late: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A dataset at its latest as-of: a row each member in official order, the whole first."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A dataset over a year: a row each as-of, the newest first."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A figure that stories quoted, with its history, and the year's sentences.

    Attributes:
        history: None where the figure is no longer known.
    """

    anchor: str
    path: str
    history: History | None
    spark: Markup
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """A figure of the whole as a line, and whether its floor is above zero."""

    history: History
    drawing: Markup
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Board:
    """A dataset on the campaign's board.

    Attributes:
        page: Its page, from the campaign's folder.
        late: Since when it has said nothing though it promised to; "" where it is in time.
    """

    dataset: Dataset
    page: str
    as_of: str
    cadence: str
    late: str
    cards: tuple[Card, ...]
    grid: Grid


def page_of(name: str) -> str:
    """Return the page of a dataset, from the campaign's folder."""
    return f"data/{slug(name)}.html"


def boards(book: Book) -> Iterator[Board]:
    """Yield a board each dataset that was ever reported, in the campaign's order."""
    for dataset in book.campaign.datasets.values():
        cards = tuple(_card(book, dataset, item) for item in whole(book, dataset))
        grid = _grid(book, dataset)
        if dataset.name not in book.as_ofs or not (cards or grid.rows):
            continue
        yield Board(
            dataset,
            page_of(dataset.name),
            write_as_of(book.as_ofs[dataset.name], 0),
            CADENCES.get(dataset.cadence, ""),
            _late(book, dataset),
            cards,
            grid if len(grid.rows) > 1 else Grid((), ()),
        )


def _card(book: Book, dataset: Dataset, item: History) -> Card:
    first, last = item.values[0], item.last
    said = f"{item.label}：{first.as_of}{first.text}，{last.as_of}{last.text}"
    part, target = _part(book, dataset, item)
    return Card(item, spark(item.dots, said), part, target)


def _part(book: Book, dataset: Dataset, item: History) -> tuple[str, str]:
    measure = dataset.measures.get(item.path.split(".")[-1])
    if measure is None or not measure.at_most or not item.is_now:
        return "", ""
    limit = resolve(book, (dataset.name, measure.at_most))
    if not isinstance(limit, Figure) or limit.amount.value <= 0:
        return "", ""
    share = min(100.0, 100 * item.dots[-1].value / float(limit.amount.value))
    text = write(limit)
    return f"{share:.1f}", f"{limit.label}{text}" if isinstance(text, str) else ""


def _late(book: Book, dataset: Dataset) -> str:
    """Return since when a dataset is silent: longer than one and a half of its periods."""
    period = PERIODS.get(dataset.cadence)
    last = book.as_ofs[dataset.name]
    if not period or book.as_of.day - last.day <= timedelta(days=1.5 * period):
        return ""
    return write_as_of(last, 0)


def _grid(book: Book, dataset: Dataset) -> Grid:
    """Return the latest figures; a member that once reported stays in its row when it does not."""
    names = [*dataset.measures, *dataset.ratios]
    known = {
        members for snap in book.snapshots.get(dataset.name, ()) for _, members, _ in snap.cells
    }
    filled = []
    for label, path in rows_of(dataset):
        cells = [_written(book, (*path, name)) for name in names]
        if any(cells) or _ever(dataset, path, known):
            filled.append((label, cells))
    used = [i for i in range(len(names)) if any(cells[i] for _, cells in filled)]
    rows = (Row(label, tuple(cells[i] for i in used), not any(cells)) for label, cells in filled)
    return Grid(tuple(head(dataset, names[i]) for i in used), tuple(rows))


def _ever(dataset: Dataset, path: tuple[str, ...], known: set[Members]) -> bool:
    asked = {*path[1:]}
    promised = all(d.breakdown is not Breakdown.PARTIAL for d in dataset.dimensions)
    return promised and any(asked == {m for m in members if m} for members in known)


def _written(book: Book, path: tuple[str, ...]) -> str:
    figure = resolve(book, path)
    if not isinstance(figure, Figure):
        return ""
    text = write(figure, Form(unit=figure.unit == MONEY))
    return text if isinstance(text, str) else ""


def curves(book: Book, dataset: Dataset) -> Iterator[Curve]:
    """Yield a line of each figure of the whole that has at least two values."""
    for item in whole(book, dataset):
        said = f"{item.label}，{len(item.values)}次填报的折线，数据见下表"
        drawing = curve(item.dots, said)
        if drawing:
            yield Curve(item, drawing, starts_above_zero(item.dots))


def series(book: Book, dataset: Dataset, year: str) -> Series:
    """Return what the dataset said as a whole in a year, the newest first."""
    names = [*dataset.measures, *dataset.ratios]
    snapshots = [s for s in book.snapshots.get(dataset.name, ()) if str(s.as_of.day.year) == year]
    lines = []
    for snapshot in reversed(snapshots):
        then = at(book, dataset, snapshot)
        cells = [_written(then, (dataset.name, name)) for name in names]
        lines.append((write_as_of(snapshot.as_of, int(year)), cells))
    used = [i for i in range(len(names)) if any(cells[i] for _, cells in lines)]
    rows = tuple((label, *(cells[i] for i in used)) for label, cells in lines if any(cells))
    return Series(tuple(head(dataset, names[i]) for i in used), rows)


def remembered(book: Book, paths: Sequence[str]) -> Mapping[str, History | None]:
    """Return the history of each figure, None of one that is no longer known."""
    found = {}
    for path in paths:
        names = tuple(path.split("."))
        dataset = book.campaign.datasets.get(names[0])
        found[path] = history(book, dataset, names) if dataset else None
    return found


def quoted(
    known: Mapping[str, History | None], said: Mapping[str, Sequence[Saying]], year: str
) -> tuple[Quoted, ...]:
    """Return the figures of one dataset that were ever quoted, with the sentences of a year."""
    return tuple(_quoted(path, found, said, year) for path, found in known.items())


def _quoted(
    path: str, found: History | None, said: Mapping[str, Sequence[Saying]], year: str
) -> Quoted:
    anchor = anchor_of_path(path)
    line = Markup("")
    if found:
        first, last = found.values[0], found.last
        line = spark(found.dots, f"{first.as_of}{first.text}，{last.as_of}{last.text}")
    sayings = tuple(item for item in said.get(anchor, ()) if item.entry.day.startswith(year))
    return Quoted(anchor, path, found, line, sayings)


def years_of(book: Book, dataset: str, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return the years in which a dataset was reported or a bulletin came out, the newest first."""
    known = {str(s.as_of.day.year) for s in book.snapshots.get(dataset, ())}
    return tuple(sorted(known | {entry.day[:4] for entry in entries}, reverse=True))
