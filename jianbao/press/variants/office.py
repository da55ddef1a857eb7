"""office.pdf, for the office's own machine: two-sided, folded to a booklet, or on smaller paper.

pressed PDF, Copying ──office──▶ office.pdf
"""

from pikepdf import Pdf

from jianbao.model.editions import PAPERS, Copying
from jianbao.press.variants.boxes import trim
from jianbao.press.variants.colours import ink
from jianbao.press.variants.files import described, opened, saved
from jianbao.press.variants.imposition import impose, reduce, turn
from jianbao.press.variants.inks import Inks
from jianbao.press.variants.printing import strip
from jianbao.press.wishes import Facts


def office(pdf: bytes, wishes: Copying, facts: Facts) -> bytes:
    """Return the pages as the office's machine gets them."""
    with opened(pdf) as file:
        strip(file)
        if wishes.black:
            ink(file, Inks(black=True, grey=True))
        _lay(file, wishes)
        described(file, pdf, facts)
        return saved(file)


def _lay(file: Pdf, wishes: Copying) -> None:
    turn(file, wishes.imposition)
    impose(file, wishes.imposition)
    trim(file)
    if wishes.paper:
        reduce(file, PAPERS[wishes.paper])
