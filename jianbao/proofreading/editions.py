"""The editions that are to be made, and what the office has to have for them."""

from collections.abc import Collection, Iterator

from jianbao.diagnostics import Finding, error, msg
from jianbao.model.editions import Edition, Printing
from jianbao.reading.profiles import HINT


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
