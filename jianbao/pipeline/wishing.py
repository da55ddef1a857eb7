"""The chosen editions of a bulletin as wishes to the press, by file name.

editions ──wishes_on──▶ bulletin.pdf: ForReaders, print.pdf: ForPrinter …
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jianbao.diagnostics import Checked
from jianbao.model import Bulletin
from jianbao.model.editions import NOT_PRESSED, Edition
from jianbao.pages.imprints import day_text
from jianbao.pages.provenance import sources_of
from jianbao.pages.views import Material, view
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

    Readers get every paper. The first is the newspaper's own: it goes to the printer. The proof is
    made later: it says what the press has found.
    """
    first = paper == bulletin.papers[0]
    return {
        f"{edition.value}.pdf" if first else f"{edition.value}-{paper}.pdf": _wish(edition, desk)
        for edition in chosen
        if edition not in NOT_PRESSED
        and ((first and edition is not Edition.PROOF) or edition is Edition.BULLETIN)
    }


def downloads_of(bulletin: Bulletin, chosen: Iterable[Edition]) -> Iterator[tuple[str, str]]:
    """Yield the paper and the name of each file for readers."""
    if Edition.BULLETIN in chosen:
        for index, paper in enumerate(bulletin.papers):
            yield paper, f"bulletin-{paper}.pdf" if index else "bulletin.pdf"


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
