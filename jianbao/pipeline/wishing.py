"""The chosen editions of a bulletin as wishes to the press, by file name.

editions ──wishes_on──▶ bulletin.pdf: ForReaders, print.pdf: ForPrinter …
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jianbao.diagnostics import Checked
from jianbao.model import Bulletin, Site
from jianbao.model.editions import NOT_PRESSED, Edition
from jianbao.pages.imprints import day_text
from jianbao.pages.provenance import sources_of
from jianbao.pages.viewing import view
from jianbao.pages.views import Material
from jianbao.press.wishes import (
    Facts,
    ForArchive,
    ForOffice,
    ForPrinter,
    ForReaders,
    Kept,
    Wish,
)
from jianbao.reading.keeping import read_sources
from jianbao.reading.sites import Office


@dataclass(frozen=True, slots=True)
class Desk:
    """What the files of one bulletin are made with."""

    office: Office
    facts: Facts
    kept: tuple[Kept, ...] = ()


def wishes_on(
    paper: str, desk: Desk, bulletin: Bulletin, chosen: Iterable[Edition]
) -> Mapping[str, Wish]:
    """Return what is to be made of the pages on one paper.

    Every edition is made on every paper of the bulletin, unless site.yaml names the papers that
    one is for. The proof is made later: it says what the press has found.
    """
    return {
        name_on(paper, bulletin, edition): _wish(edition, desk)
        for edition in chosen
        if edition not in NOT_PRESSED
        and edition is not Edition.PROOF
        and is_wanted(paper, desk.office.site, edition)
    }


def is_wanted(paper: str, site: Site, edition: Edition) -> bool:
    """Return whether an edition is made on a paper."""
    named = {
        Edition.PRINT: site.printing.papers,
        Edition.OFFICE: site.copying.papers,
        Edition.PROOF: site.proofing.papers,
    }.get(edition, ())
    return not named or paper in named


def name_on(paper: str, bulletin: Bulletin, edition: Edition) -> str:
    """Return the name of an edition's file: print.pdf on the first paper, else print-A4.pdf."""
    first = paper == bulletin.papers[0]
    return f"{edition.value}.pdf" if first else f"{edition.value}-{paper}.pdf"


def downloads_of(bulletin: Bulletin, chosen: Iterable[Edition]) -> Iterator[tuple[str, str]]:
    """Yield the paper and the name of each file for readers."""
    if Edition.BULLETIN in chosen:
        for paper in bulletin.papers:
            yield paper, name_on(paper, bulletin, Edition.BULLETIN)


def facts_of(material: Material) -> Facts:
    """Return what the files say of themselves."""
    bulletin, campaign = material.bulletin, material.campaign
    number = f"第{bulletin.number}期"
    return Facts(
        title=view(material, web=False).title,
        author=campaign.organisation,
        subject=f"{campaign.title}　{number}　{day_text(bulletin.day)}",
        day=bulletin.day,
        address=bulletin.address,
    )


def kept_of(root: Path, material: Material, figures: bytes) -> Checked[tuple[Kept, ...]]:
    """Return what the archive holds: the files people wrote, and the figures made from them."""
    read = read_sources(root, sources_of(material))
    sources = (Kept(source.path, source.data, source.mime, "Source") for source in read.value)
    data = Kept(
        f"output/{material.bulletin.address}/figures.json", figures, "application/json", "Data"
    )
    return Checked((*sources, data), read.findings)


def _wish(edition: Edition, desk: Desk) -> Wish:
    site, facts = desk.office.site, desk.facts
    match edition:
        case Edition.BULLETIN:
            return ForReaders(facts)
        case Edition.PRINT:
            return ForPrinter(facts, site.printing, desk.office.profile)
        case Edition.ARCHIVE:
            return ForArchive(facts, desk.kept)
        case _:
            return ForOffice(facts, site.copying)
