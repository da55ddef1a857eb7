"""A dataset as a table: a row each member, a column each measure and ratio."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from jianbao.figures.book import Book
from jianbao.figures.resolve import Figure, resolve
from jianbao.figures.writing import MONEY, Form, write, write_as_of
from jianbao.model import Dataset
from jianbao.pages.weave import data_html


@dataclass(frozen=True, slots=True)
class TableView:
    """A dataset's figures as they are printed: empty cells were not reported."""

    name: str
    as_of: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | Markup, ...], ...]


def tables(book: Book, figures: Iterable[Figure], year: int) -> tuple[TableView, ...]:
    """Return a table of each dataset that `figures` are from, in the campaign's order."""
    quoted = {figure.path.split(".")[0] for figure in figures}
    return tuple(
        _table(book, dataset, year)
        for name, dataset in book.campaign.datasets.items()
        if name in quoted
    )


def _table(book: Book, dataset: Dataset, year: int) -> TableView:
    names = [*dataset.measures, *dataset.ratios]
    filled = [
        (label, [_figure(book, path, name) for name in names]) for label, path in rows_of(dataset)
    ]
    used = [i for i in range(len(names)) if any(cells[i] for _, cells in filled)]
    rows = tuple((label, *(_cell(cells[i]) for i in used)) for label, cells in filled if any(cells))
    heads = tuple(head(dataset, names[i]) for i in used)
    return TableView(dataset.printed, write_as_of(book.as_ofs[dataset.name], year), heads, rows)


def rows_of(dataset: Dataset) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each row's label and path: the whole first, then members in their official order."""
    yield ("合计" if dataset.dimensions else "本期"), (dataset.name,)
    for index, dimension in enumerate(dataset.dimensions):
        for name, member in dimension.members.items():
            yield member.printed, (dataset.name, name)
            for inner in dataset.dimensions[index + 1 :]:
                for below, other in inner.members.items():
                    yield f"{member.printed}　{other.printed}", (dataset.name, name, below)


def _figure(book: Book, path: tuple[str, ...], name: str) -> Figure | None:
    found = resolve(book, (*path, name))
    return found if isinstance(found, Figure) else None


def head(dataset: Dataset, name: str) -> str:
    """Return the heading of a measure's or a ratio's column, with its unit if cells lack it."""
    if name in dataset.ratios:
        return dataset.ratios[name].printed
    measure = dataset.measures[name]
    spoken = measure.unit in ("%", MONEY)
    return measure.printed if spoken else f"{measure.printed}（{measure.unit}）"


def _cell(figure: Figure | None) -> str | Markup:
    if figure is None:
        return ""
    text = write(figure, Form(unit=figure.unit == MONEY))
    return data_html(figure, text) if isinstance(text, str) else ""
