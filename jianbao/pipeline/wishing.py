"""The chosen editions of a bulletin as wishes to the press, by file name.

Material, editions ──wishes_on──▶ bulletin.pdf: ForReaders, print.pdf: ForPrinter …
"""

from collections.abc import Iterable, Iterator, Mapping

from jianbao.model import Bulletin
from jianbao.model.editions import Edition
from jianbao.pages.imprints import day_text
from jianbao.pages.views import Material, view
from jianbao.press.wishes import Facts, ForOffice, ForPrinter, ForReaders, Wish
from jianbao.reading.sites import Office


def wishes_on(
    paper: str, office: Office, material: Material, chosen: Iterable[Edition]
) -> Mapping[str, Wish]:
    """Return what is to be made of the pages on one paper.

    Readers get every paper. The first is the newspaper's own: it goes to the printer.
    """
    first = paper == material.bulletin.papers[0]
    facts = facts_of(material)
    return {
        f"{edition.value}.pdf" if first else f"{edition.value}-{paper}.pdf": _wish(
            edition, office, facts
        )
        for edition in chosen
        if first or edition is Edition.BULLETIN
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


def _wish(edition: Edition, office: Office, facts: Facts) -> Wish:
    if edition is Edition.PRINT:
        return ForPrinter(facts, office.site.printing, office.profile)
    if edition is Edition.OFFICE:
        return ForOffice(facts, office.site.copying)
    return ForReaders(facts)
