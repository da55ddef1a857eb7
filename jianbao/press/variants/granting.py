"""Each wish by what grants it.

pressed PDF, Wish ──grant──▶ PDF
"""

from jianbao.press.variants.bulletin import bulletin
from jianbao.press.variants.office import office
from jianbao.press.variants.printing import printing
from jianbao.press.wishes import ForOffice, ForPrinter, ForReaders, Wish


def grant(pdf: bytes, wish: Wish) -> bytes:
    """Return the pressed pages as somebody wants them."""
    match wish:
        case ForReaders(facts):
            return bulletin(pdf, facts)
        case ForPrinter():
            return printing(pdf, wish)
        case ForOffice(facts, copying):
            return office(pdf, copying, facts)
