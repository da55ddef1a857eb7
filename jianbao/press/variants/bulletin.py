"""bulletin.pdf, for readers: PDF/UA-1, with links and bookmarks, small.

pressed PDF ──bulletin──▶ bulletin.pdf
"""

from jianbao.press.variants.boxes import trim
from jianbao.press.variants.files import described, opened, saved
from jianbao.press.wishes import Facts

UA = "<pdfuaid:part>1</pdfuaid:part>"


def bulletin(pdf: bytes, facts: Facts) -> bytes:
    """Return the pages as readers get them, cut to their trimmed size."""
    with opened(pdf) as file:
        trim(file)
        described(file, pdf, facts, UA)
        return saved(file)
