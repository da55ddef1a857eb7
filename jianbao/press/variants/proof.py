"""proof.pdf, for reviewers: the pages under a watermark and line numbers, then sheets about them.

pressed overlay, ForReviewers ──proof──▶ proof.pdf
"""

from pikepdf import Dictionary, Page, Pdf

from jianbao.model.editions import PAPERS
from jianbao.press.variants.boxes import trim
from jianbao.press.variants.files import described, opened, saved
from jianbao.press.variants.imposition import reduce
from jianbao.press.variants.printing import strip
from jianbao.press.wishes import ForReviewers


def proof(overlay: bytes, wish: ForReviewers) -> bytes:
    """Return the pages with what lies over them, followed by the rest of the overlay."""
    with opened(wish.under) as file, opened(overlay) as over:
        strip(file)
        trim(file)
        strip(over)
        count = len(file.pages)
        for page, marks in zip(list(file.pages), list(over.pages), strict=False):
            _lay_over(file, page, marks)
        file.pages.extend(list(over.pages)[count:])
        if wish.paper:
            reduce(file, PAPERS[wish.paper])
        described(file, wish.under + overlay, wish.facts)
        return saved(file)


def _lay_over(pdf: Pdf, page: Page, marks: Page) -> None:
    """Draw a page over another, under a name that is the same every time."""
    resources, named = Dictionary(), Dictionary()
    for kind, things in page.obj["/Resources"].as_dict().items():
        resources[kind] = things
    for name, thing in resources.get("/XObject", Dictionary()).as_dict().items():
        named[name] = thing
    named["/JbMarks"] = pdf.copy_foreign(marks.as_form_xobject())
    resources["/XObject"] = named
    page.obj["/Resources"] = resources
    page.contents_add(pdf.make_stream(b"q"), prepend=True)
    page.contents_add(pdf.make_stream(b"Q q /JbMarks Do Q"))
