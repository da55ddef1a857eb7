"""Where each printed figure comes from, for people and for programs.

Material, Book ──▶ a record each quote: value, name, formula, as-of, files and lines
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from jianbao.diagnostics import Place
from jianbao.figures.book import Book
from jianbao.figures.counting import how_counted
from jianbao.figures.phrases import difference_text, printed_value
from jianbao.figures.resolve import Figure, Kind, resolve
from jianbao.figures.series import Then, then
from jianbao.figures.writing import write, write_as_of
from jianbao.model import Dataset, Quote
from jianbao.pages.charts.blocks import charted
from jianbao.pages.charts.listing import Listing
from jianbao.pages.charts.panels import Panel
from jianbao.pages.views import Material
from jianbao.pages.weave import anchor, exact

_DOCUMENTS = "data/registers/documents.yaml"


@dataclass(frozen=True, slots=True)
class Origin:
    """Everything there is to say about one printed figure.

    Attributes:
        anchor: Name of its place on the web page.
        formula: How a ratio or a sum was computed, or which rows of a ledger were counted:
            "693 ÷ 882"; "" for what was reported as it is.
        last: The figure as printed at its last as-of before, and that as-of; "" where none fits.
        change: What was added since, with its sign; "" where there is no last.
    """

    anchor: str
    text: str
    path: str
    label: str
    value: str
    unit: str
    as_of: str
    definition: str
    source: str
    formula: str
    last: str
    change: str
    places: tuple[str, ...]
    quoted: str


def origins(material: Material, book: Book) -> Iterator[Origin]:
    """Yield a record for each quote of a figure, in reading order."""
    for path, story in material.stories.items():
        for quote, written in zip(story.quotes, material.writings[path], strict=True):
            if written.figure:
                yield _origin(book, written.figure, written.text, quote)
        for panel in (shown for shown in material.panels.get(path, ()) if shown):
            for value in panel.values:
                if value.figure:
                    yield _charted(book, panel, value.figure, value.text)


def listed(records: Iterable[Origin]) -> tuple[Origin, ...]:
    """Return a record each figure, in the order in which they are first quoted.

    One that is first told in other words is followed by its number: 八成多（83.3%）.
    """
    first: dict[str, Origin] = {}
    for record in filter(lambda record: record.anchor, records):
        known = first.setdefault(record.anchor, record)
        if record.text[:1].isdecimal() and not re.search("[0-9]", known.text):
            first[record.anchor] = replace(known, text=f"{known.text}（{record.text}）")
    return tuple(first.values())


def sources_of(material: Material) -> frozenset[str]:
    """Return the paths of the files that a bulletin was made from."""
    quoted = (written.figure for story in material.writings.values() for written in story)
    figures = filter(None, (*quoted, *charted(material.panels)))
    data = {place.path for figure in figures for place in figure.places}
    campaign = f"data/{material.campaign.key}/campaign.yaml"
    plans = {material.bulletin.place.path, campaign, "data/site.yaml", _DOCUMENTS}
    return frozenset({*material.stories, *plans, *data})


def _origin(book: Book, figure: Figure, text: str, quote: Quote) -> Origin:
    dataset = book.campaign.datasets[figure.cell[0]]
    measure = dataset.measures.get(figure.cell[2])
    last, change = _last(book, dataset, figure)
    return Origin(
        anchor=anchor(figure),
        text=text,
        path=figure.path,
        label=figure.label,
        value=exact(figure),
        unit=figure.unit,
        as_of=write_as_of(figure.as_of, 0),
        definition=(measure.definition if measure else "") or dataset.definition,
        source=(measure.source if measure else "") or dataset.source or dataset.reporter,
        formula=formula(book, figure),
        last=last,
        change=change,
        places=tuple(dict.fromkeys(where(place) for place in figure.places)),
        quoted=where(quote.place),
    )


def _charted(book: Book, panel: Panel | Listing, figure: Figure, text: str) -> Origin:
    """Return the record of a chart's number; one of an earlier as-of has no place on the page."""
    origin = _origin(book, figure, text, Quote("", panel.place))
    if figure.as_of == panel.now:
        return origin
    return replace(origin, anchor="", formula="", last="", change="")


def formula(book: Book, figure: Figure) -> str:
    """Return how a figure was computed from others, in their own writing."""
    dataset = book.campaign.datasets[figure.cell[0]]
    if figure.kind is Kind.RATIO:
        ratio = dataset.ratios[figure.cell[2]]
        head = figure.path.removesuffix(ratio.name)
        ends = (
            resolve(book, tuple(f"{head}{end}".split("."))) for end in (ratio.part, ratio.whole)
        )
        return " ÷ ".join(_said(end) for end in ends if isinstance(end, Figure))
    if len(figure.origins) > 1:
        parts = (f"{origin.amount.value.normalize():f}" for origin in figure.origins)
        return " ＋ ".join(parts)
    return how_counted(dataset, *figure.cell[1:])


def _said(figure: Figure) -> str:
    text = write(figure)
    return f"{figure.label}{text}" if isinstance(text, str) else figure.label


def _last(book: Book, dataset: Dataset, figure: Figure) -> tuple[str, str]:
    """Return the figure at its last as-of and the difference, both as they are printed."""
    before = then(book, dataset, "")
    if not isinstance(before, Then):
        return "", ""
    found = resolve(before.book, tuple(figure.path.split(".")))
    text = write(found) if isinstance(found, Figure) else None
    if not isinstance(found, Figure) or not isinstance(text, str):
        return "", ""
    as_of = write_as_of(before.book.as_ofs[dataset.name], book.as_of.day.year)
    difference = printed_value(figure) - printed_value(found)
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    change = sign + difference_text(figure, difference) if difference else "持平"
    return f"{text}（{as_of}）", change


def where(place: Place) -> str:
    """Return a place in one word: file:line, or file:sheet!cell."""
    return place.spot


def as_json(records: Iterator[Origin]) -> bytes:
    """Return figures.json, which lies beside the web page."""
    keys = Origin.__slots__
    rows = [{key: getattr(record, key) for key in keys} for record in records]
    return json.dumps({"figures": rows}, ensure_ascii=False, indent=1).encode() + b"\n"
