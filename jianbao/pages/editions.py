"""The two editions of a bulletin.

Material, Book, templates ──▶ print HTML for a paper, web HTML
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from jianbao.diagnostics import Checked, Finding, Place
from jianbao.figures.book import Book
from jianbao.figures.language import Written, evaluate
from jianbao.figures.resolve import Figure
from jianbao.model import Person, Quote, Site, Story
from jianbao.model.editions import PAPERS
from jianbao.pages.bonds import Bonds, bonds_of
from jianbao.pages.charts.blocks import Panels, charted
from jianbao.pages.neighbours import steps
from jianbao.pages.official import title_lines
from jianbao.pages.provenance import Origin, listed
from jianbao.pages.tables import tables
from jianbao.pages.templates import MissingFigureError, environment, fill
from jianbao.pages.viewing import view
from jianbao.pages.views import BulletinView, Material, StoryView
from jianbao.pages.weave import data_html, plain
from jianbao.reading.looks import Template

if TYPE_CHECKING:
    from jianbao.pages.galleries import Gallery
    from jianbao.pages.modular.shapes import Module
    from jianbao.pages.topics import Topics


@dataclass(frozen=True, slots=True)
class Download:
    """A file offered beside the web page."""

    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the web page shows: the bulletin as the web has it, and what it links beside it.

    Attributes:
        origins: Where each printed figure comes from.
        neighbours: The addresses of the bulletins before and after it, or "".
    """

    bulletin: BulletinView
    origins: Sequence[Origin] = ()
    downloads: Sequence[Download] = ()
    neighbours: tuple[str, str] = ("", "")


def write_quotes(
    book: Book, stories: Mapping[str, Story], year: int
) -> Checked[Mapping[str, Sequence[Written]]]:
    """Return each story's quotes as written; one that names no figure keeps a gap 【…】."""
    writings: dict[str, Sequence[Written]] = {}
    findings: list[Finding] = []
    for path, story in stories.items():
        written: list[Written] = []
        for quote in story.quotes:
            result = evaluate(book, quote, year)
            if isinstance(result, Finding):
                findings.append(result)
                result = Written(f"【{quote.source.strip()}】")
            written.append(result)
        writings[path] = tuple(written)
    return Checked(writings, tuple(findings))


def quoted_datasets(writings: Mapping[str, Sequence[Written]], panels: Panels) -> frozenset[str]:
    """Return the names of the datasets that the stories quote, in words or in charts."""
    quoted = (written.figure for story in writings.values() for written in story)
    return frozenset(figure.cell[0] for figure in (*quoted, *charted(panels)) if figure)


def print_html(
    site: Site,
    material: Material,
    book: Book,
    templates: Mapping[str, Template],
    paper: str,
    only: Collection[int] | None = None,
) -> Markup | Finding:
    """Return the print edition for one paper, complete with its CSS.

    With `only` these pages alone, by their place from 0, each as it stands among all of them.
    """
    bulletin = view(material, web=False, paper=paper)
    values = {
        "site": site,
        "bulletin": bulletin,
        "shown": range(len(bulletin.pages)) if only is None else only,
        "sheet": PAPERS[paper],
        "bleed": site.printing.bleed,
    }
    return _filled("print.html", site, values, book, material, templates)


def measure_html(
    site: Site,
    material: Material,
    book: Book,
    templates: Mapping[str, Template],
    measures: Mapping[str, Sequence[float]],
) -> Markup | Finding:
    """Return the document in which stories are measured before they are arranged.

    `measures` are the widths to measure in, by the name of each layout that arranges its stories.
    """
    bulletin = view(material, web=False)
    values = {
        "site": site,
        "bulletin": bulletin,
        "wanted": [page for page in bulletin.pages if page.layout in measures],
        "measures": {name: [f"{each:g}" for each in widths] for name, widths in measures.items()},
    }
    return _filled("measure.html", site, values, book, material, templates)


def web_html(
    site: Site,
    material: Material,
    book: Book,
    templates: Mapping[str, Template],
    shown: Shown,
) -> Markup | Finding:
    """Return the web edition, which lies two folders below output/."""
    values = {
        "site": site,
        "bulletin": shown.bulletin,
        "datasets": tables(book, quoted_figures(material), material.bulletin.day.year),
        "pdfs": tuple(shown.downloads),
        "origins": listed(shown.origins),
        "mast": material.renditions.get("masthead"),
        "steps": steps(material.bulletin.address, *shown.neighbours),
        "assets": "../../",
    }
    return _filled("web.html", site, values, book, material, templates)


def quoted_figures(material: Material) -> list[Figure]:
    """Return every figure that the stories and their charts quote, in reading order."""
    return [
        written.figure
        for writings in material.writings.values()
        for written in writings
        if written.figure
    ] + list(charted(material.panels))


def _bonds(material: Material, people: Iterable[Person]) -> Bonds:
    """Return what belongs together in headlines: the bulletin's words, names of data and people."""
    texts = (
        plain(Markup(text))
        for story in material.stories.values()
        for text in (*story.headline, *(section.body for section in story.sections), story.closing)
    )
    names = [material.campaign.organisation, *(person.name for person in people)]
    for dataset in material.campaign.datasets.values():
        names += (name for dimension in dataset.dimensions for name in dimension.members)
    return bonds_of(texts, names)


def _filled(
    name: str,
    site: Site,
    values: Mapping[str, object],
    book: Book,
    material: Material,
    templates: Mapping[str, Template],
) -> Markup | Finding:
    year = material.bulletin.day.year
    web = name == "web.html"

    def figure(path: str) -> Markup:
        result = evaluate(book, Quote(path, Place(f"templates/{name}")), year)
        if isinstance(result, Finding):
            raise MissingFigureError(result.message)
        if not web or result.figure is None:
            return escape(result.text)
        return data_html(result.figure, result.text)

    @cache
    def bonds() -> Bonds:  # of a page that fits its headlines; the web's breaks its own
        return _bonds(material, site.people)

    def modules(stories: Sequence[StoryView]) -> tuple[Module, ...]:
        from jianbao.pages.modular.stories import modules_of

        return modules_of(stories, material.rows, bonds())

    def gallery(story: StoryView) -> Gallery:
        from jianbao.pages.galleries import gallery_of

        return gallery_of(story, material.rows)

    def topics(story: StoryView, room: int) -> Topics:
        from jianbao.pages.topics import topics_of

        return topics_of(story, room, material.rows)

    def lines(parts: Sequence[Markup], ems: float, broken: float = 0.0) -> tuple[Markup, ...]:
        return title_lines(parts, ems, broken, bonds())

    jinja = environment(templates)
    jinja.globals.update(figure=figure, modules=modules, gallery=gallery, topics=topics)
    jinja.filters["title_lines"] = lines
    return fill(jinja, name, values)
