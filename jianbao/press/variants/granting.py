"""Each wish by what grants it.

pressed PDF, Wish ──grant──▶ PDF
"""

from jianbao.press.variants.archive import archive
from jianbao.press.variants.bulletin import bulletin
from jianbao.press.variants.office import office
from jianbao.press.variants.printing import printing
from jianbao.press.variants.proof import proof
from jianbao.press.wishes import ForArchive, ForOffice, ForPrinter, ForReaders, ForReviewers, Wish


def grant(pdf: bytes, wish: Wish) -> bytes:
    """Return the pressed pages as somebody wants them."""
    match wish:
        case ForReaders(facts):
            return bulletin(pdf, facts)
        case ForPrinter():
            return printing(pdf, wish)
        case ForArchive(facts, kept):
            return archive(pdf, kept, facts)
        case ForReviewers():
            return proof(pdf, wish)
        case ForOffice(facts, copying):
            return office(pdf, copying, facts)
