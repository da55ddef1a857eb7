"""The editions that are to be made, and what the office has to have for them."""

from collections.abc import Collection, Iterator

from jianbao.diagnostics import Finding, error, msg, warning
from jianbao.model import Bulletin
from jianbao.model.editions import PAPERS, Copying, Edition, Imposition, Printing, scale_onto
from jianbao.reading.profiles import HINT

LEAST_TYPE = 6.0
"""Points below which an office's copy of a text is hard to read."""


def profile_is_named(printing: Printing, chosen: Collection[Edition]) -> Iterator[Finding]:
    """Yield a finding where the printer's file is wanted and no profile is named.

    Which inks make a colour depends on press and paper: a file made on a guess is printed wrong.
    """
    if Edition.PRINT in chosen and not printing.profile:
        yield error(
            "print-profile",
            printing.place,
            msg("print.pdf is to be made, and the printer's profile is not named."),
            HINT,
        )


def copies_can_be_read(
    copying: Copying, bulletin: Bulletin, chosen: Collection[Edition]
) -> Iterator[Finding]:
    """Yield a finding for each paper whose pages become too small on the paper in the machine."""
    if Edition.OFFICE not in chosen or not copying.paper:
        return
    for name in bulletin.papers:
        if copying.papers and name not in copying.papers:
            continue
        page, pages = PAPERS[name], bulletin.pages_on(name)
        beside = 2 if copying.imposition is Imposition.BOOKLET and len(pages) > 1 else 1
        scale = scale_onto(PAPERS[copying.paper], beside * page.width, page.height)
        if scale * page.body < LEAST_TYPE:
            yield warning(
                "office-small",
                bulletin.place,
                msg(
                    "On {sheet}, pages of {paper} become {percent} % as large in office.pdf: "
                    "their text has {points} points.",
                    sheet=copying.paper,
                    paper=name,
                    percent=round(100 * scale),
                    points=f"{scale * page.body:.1f}",
                ),
                msg("Put larger paper into the machine, or write imposition: none or duplex."),
            )
