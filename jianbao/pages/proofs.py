"""The proof: what lies over the pages for reviewers, and the sheets that follow them.

Material, Book, lines, findings ──proof_html──▶ a page of marks each page, then figures and findings
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from jianbao.diagnostics import Finding
from jianbao.figures.book import Book
from jianbao.model import Site
from jianbao.model.editions import PAPERS
from jianbao.pages.provenance import Origin, origins
from jianbao.pages.templates import environment, fill
from jianbao.pages.viewing import view
from jianbao.pages.views import Material
from jianbao.reading.looks import Template

_COLLECTED = re.compile(r"collected/(?P<day>\d{4}-\d\d-\d\d)/(?P<unit>.+)\.yaml")


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line of running text and its number on the page; lengths in points from the upper left."""

    number: int
    left: float
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Said:
    """An open finding in the reader's words, and how grave it is."""

    severity: str
    text: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What a proof adds to the pages on a paper: numbers of lines, and what is still open."""

    paper: str
    pages: Sequence[Sequence[NumberedLine]]
    findings: Sequence[Said]


@dataclass(frozen=True, slots=True)
class ProofView:
    """What the proof's template sees besides the bulletin.

    Attributes:
        pages: The lines of each page that get a number.
        figures: A record each printed figure, with every place that prints it, and its sources.
    """

    pages: tuple[tuple[NumberedLine, ...], ...]
    figures: tuple[tuple[Origin, str, str], ...]
    findings: tuple[Said, ...]


def proof_html(
    site: Site,
    material: Material,
    book: Book,
    templates: Mapping[str, Template],
    marks: Marks,
) -> Markup | Finding:
    """Return the proof's own pages, complete with their CSS."""
    paper = marks.paper
    pages = tuple(map(tuple, marks.pages))
    seen = ProofView(pages, tuple(_figures(material, book)), tuple(marks.findings))
    values = {
        "site": site,
        "bulletin": view(material, web=False, paper=paper),
        "sheet": PAPERS[paper],
        "proof": seen,
    }
    return fill(environment(templates), "proof.html", values)


def _figures(material: Material, book: Book) -> Sequence[tuple[Origin, str, str]]:
    """Return each figure once as it is first printed, with all places that print it so."""
    found: dict[tuple[str, str, str], tuple[Origin, list[str]]] = {}
    for origin in origins(material, book):
        key = (origin.path, origin.text, origin.as_of)
        found.setdefault(key, (origin, []))[1].append(_short(origin.quoted, material))
    campaign = material.bulletin.campaign
    return [
        (origin, "、".join(dict.fromkeys(spots)), sources(origin.places, campaign))
        for origin, spots in found.values()
    ]


def sources(places: Iterable[str], campaign: str) -> str:
    """Return where a figure comes from, as short as a reader of paper finds it.

    >>> folder = "data/yunxi/"
    >>> sources([f"{folder}collected/2026-12-03/区信访局.yaml:{n}" for n in (10, 9)], "yunxi")
    '区信访局2026-12-03所报:10、9'
    >>> sources([f"{folder}2026-12-03.yaml:4"], "yunxi")
    '2026-12-03.yaml:4'
    """
    lines: dict[str, list[str]] = {}
    for place in dict.fromkeys(places):
        file, colon, line = place.removeprefix(f"data/{campaign}/").rpartition(":")
        collected = _COLLECTED.fullmatch(file)
        name = f"{collected['unit']}{collected['day']}所报" if collected else file
        lines.setdefault(name if colon else line, []).extend([line] if colon else [])
    return "、".join(":".join(filter(None, (n, "、".join(found)))) for n, found in lines.items())


def _short(spot: str, material: Material) -> str:
    """Return a place without the bulletin's own folder."""
    return spot.removeprefix(f"content/{material.bulletin.address}/")
