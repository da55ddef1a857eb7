"""A campaign's own pages: its board, and a page each dataset and year.

Shelf, reports, quotes ──▶ pages to be filled, files to be taken along

What a page is told is worked out only where it has to be made.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from jianbao.figures.book import Book
from jianbao.figures.writing import write_as_of
from jianbao.model import Dataset
from jianbao.pages.weave import slug
from jianbao.site.archive import Shelf, years
from jianbao.site.boards import boards, curves, quoted, remembered, series, years_of
from jianbao.site.downloads import dataset_files
from jianbao.site.histories import Saying


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be made: its name from output/, its template, and what the template is told.

    Attributes:
        made_of: The digests of all that it is told, but for the site's title; the page is made
            anew where one of these is "".
    """

    name: str
    template: str
    values: Callable[[], Mapping[str, object]] = dict
    made_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Files:
    """Files to be taken along, of which one is called `name`; made of what has these digests."""

    name: str
    files: Callable[[], dict[str, bytes]]
    made_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reports:
    """The figures of a campaign, and the digest of all that these are made of, "" if unknown."""

    book: Book
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A page beside this one, and what it is called."""

    name: str
    page: str


def campaign_page(name: str, shelf: Callable[[], Shelf], reports: Reports | None) -> Page:
    """Return the page of a campaign; without figures where nothing of it was read."""

    def values() -> Mapping[str, object]:
        known = tuple(boards(reports.book)) if reports else ()
        return {"shelf": shelf(), "years": years(shelf().entries), "boards": known}

    return Page(name, "campaign.html", values, (reports.digest,) if reports else ())


def dataset_pages(
    shelf: Shelf, reports: Reports, said: Callable[[], Mapping[str, Sequence[Saying]]], mark: str
) -> Iterator[Page | Files]:
    """Yield the pages of each dataset that was reported or quoted, and what may be taken along.

    `said` gives the sentences that quoted figures, `mark` is their digest.
    """
    key, book = shelf.entries[0].campaign, reports.book
    paths = dict.fromkeys(path for entry in shelf.entries for path in entry.figures)
    by_name: dict[str, list[str]] = {name: [] for name in book.campaign.datasets}
    for path in paths:
        by_name.setdefault(path.split(".")[0], []).append(path)
    for name, asked in by_name.items():
        dataset = book.campaign.datasets.get(name)
        if not asked and name not in book.as_ofs:
            continue
        made_of = (reports.digest, mark)
        about = name, sorted(asked, key=partial(_place, dataset))
        yield from (replace(page, made_of=made_of) for page in _years(shelf, book, about, said))
        if dataset:
            stem = f"{key}/data/{slug(name)}"
            files = partial(dataset_files, book, dataset, stem)
            yield Files(stem, files, (reports.digest,))


def _years(
    shelf: Shelf,
    book: Book,
    asked: tuple[str, Sequence[str]],
    said: Callable[[], Mapping[str, Sequence[Saying]]],
) -> Iterator[Page]:
    name, paths = asked
    dataset = book.campaign.datasets.get(name)
    stem, key = slug(name), shelf.entries[0].campaign
    every = years_of(book, name, shelf.entries)
    ways = [Way(year, f"{stem}{f'-{year}' if i else ''}.html") for i, year in enumerate(every)]
    as_of = book.as_ofs.get(name)
    known = cache(partial(remembered, book, paths))

    def values(index: int, way: Way) -> Mapping[str, object]:
        return {
            "name": dataset.printed if dataset else name,
            "campaign": shelf.name,
            "organisation": book.campaign.organisation,
            "dataset": dataset,
            "stem": stem,
            "as_of": write_as_of(as_of, 0) if as_of else "",
            "curves": tuple(curves(book, dataset)) if dataset and not index else (),
            "series": series(book, dataset, way.name) if dataset else None,
            "quoted": quoted(known(), said(), way.name),
            "earlier": bool(index),
            "year": way.name,
            "years": ways,
        }

    for index, way in enumerate(ways):
        yield Page(f"{key}/data/{way.page}", "dataset.html", partial(values, index, way))


def _place(dataset: Dataset | None, path: str) -> tuple[int, ...]:
    """Return where a figure stands: the whole first, members as declared, then measures."""
    if dataset is None:
        return (0,)
    names = path.split(".")[1:]
    order = [*dataset.measures, *dataset.ratios]
    members = [[*dimension.members] for dimension in dataset.dimensions]
    placed = [next((row.index(n) for n in names if n in row), -1) for row in members]
    return (*placed, order.index(names[-1]) if names and names[-1] in order else len(order))
