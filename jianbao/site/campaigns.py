"""A campaign's own pages: its board, and a page each dataset and year.

Shelf, book, texts ──▶ pages to be filled, files to be taken along
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

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
    """A page to be made: its name from output/, its template, and what the template is told."""

    name: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Way:
    """A page beside this one, and what it is called."""

    name: str
    page: str


def campaign_page(shelf: Shelf, book: Book | None) -> Page:
    """Return the page of a campaign; without figures where nothing of it was read."""
    known = tuple(boards(book)) if book else ()
    values = {"shelf": shelf, "years": years(shelf.entries), "boards": known}
    return Page(shelf.page, "campaign.html", values)


def dataset_pages(
    shelf: Shelf, book: Book, said: Mapping[str, Sequence[Saying]]
) -> Iterator[Page | dict[str, bytes]]:
    """Yield the pages of each dataset that was reported or quoted, and what may be taken along."""
    key = shelf.entries[0].campaign
    paths = dict.fromkeys(path for entry in shelf.entries for path in entry.figures)
    by_name: dict[str, list[str]] = {name: [] for name in book.campaign.datasets}
    for path in paths:
        by_name.setdefault(path.split(".")[0], []).append(path)
    for name, asked in by_name.items():
        dataset = book.campaign.datasets.get(name)
        if not asked and name not in book.as_ofs:
            continue
        yield from _years(shelf, book, (name, sorted(asked, key=partial(_place, dataset))), said)
        if dataset:
            yield dataset_files(book, dataset, f"{key}/data/{slug(name)}")


def _years(
    shelf: Shelf, book: Book, asked: tuple[str, Sequence[str]], said: Mapping[str, Sequence[Saying]]
) -> Iterator[Page]:
    name, paths = asked
    dataset = book.campaign.datasets.get(name)
    stem, key = slug(name), shelf.entries[0].campaign
    every = years_of(book, name, shelf.entries)
    ways = [Way(year, f"{stem}{f'-{year}' if i else ''}.html") for i, year in enumerate(every)]
    as_of = book.as_ofs.get(name)
    known = remembered(book, paths)
    for index, way in enumerate(ways):
        values = {
            "name": dataset.printed if dataset else name,
            "campaign": shelf.name,
            "organisation": book.campaign.organisation,
            "dataset": dataset,
            "stem": stem,
            "as_of": write_as_of(as_of, 0) if as_of else "",
            "curves": tuple(curves(book, dataset)) if dataset and not index else (),
            "series": series(book, dataset, way.name) if dataset else None,
            "quoted": quoted(known, said, way.name),
            "earlier": bool(index),
            "year": way.name,
            "years": ways,
        }
        yield Page(f"{key}/data/{way.page}", "dataset.html", values)


def _place(dataset: Dataset | None, path: str) -> tuple[int, ...]:
    """Return where a figure stands: the whole first, members as declared, then measures."""
    if dataset is None:
        return (0,)
    names = path.split(".")[1:]
    order = [*dataset.measures, *dataset.ratios]
    members = [[*dimension.members] for dimension in dataset.dimensions]
    placed = [next((row.index(n) for n in names if n in row), -1) for row in members]
    return (*placed, order.index(names[-1]) if names and names[-1] in order else len(order))
