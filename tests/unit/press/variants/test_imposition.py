"""Pages on sheets: what stands left and right, what is empty, how small it gets."""

from io import BytesIO

import pymupdf
import pytest
from pikepdf import Name, Pdf

from jianbao.model.editions import POINTS, Copying, Imposition
from jianbao.press.engine import press
from jianbao.press.jobs import Job
from jianbao.press.variants.imposition import spreads
from jianbao.press.variants.office import office
from tests.unit.press.variants.pages import FACTS


def pages(count: int, size: str = "275mm 390mm") -> bytes:
    """Return pages that each say their number."""
    body = "".join(f"<h1>第{n}版</h1>" for n in range(1, count + 1))
    html = f"<html lang=zh-CN><title>甲</title><style>@page {{ size: {size} }} h1 {{ color: #d0021b }} h1 + h1 {{ break-before: page }}</style>"
    made = press(Job(html + body, {}))
    assert made.pages == count
    return made.pdf


def said(pdf: bytes) -> list[str]:
    """Return the words of each sheet from left to right."""
    with pymupdf.open("pdf", pdf) as document:
        words = [sorted(page.get_text("words")) for page in document]
    return [" ".join(word[4] for word in page) for page in words]


@pytest.mark.parametrize(
    ("count", "sides"),
    [
        (2, [(0, 1)]),
        (3, [(None, 0), (1, 2)]),
        (4, [(3, 0), (1, 2)]),
        (8, [(7, 0), (1, 6), (5, 2), (3, 4)]),
    ],
)
def test_folded_sheets_read_in_order(
    count: int, sides: list[tuple[int | None, int | None]]
) -> None:
    """Four pages: 4|1 outside, 2|3 inside; eight on two sheets, one in the other."""
    assert list(spreads(count)) == sides


def test_a_newspaper_is_folded_from_sheets_of_twice_its_width() -> None:
    """四开 pages on 对开 sheets, to be turned over the short edge."""
    made = office(pages(4), Copying(imposition=Imposition.BOOKLET), FACTS)

    assert said(made) == ["第4版 第1版", "第2版 第3版"]
    with Pdf.open(BytesIO(made)) as pdf:
        sizes = [[round(float(edge) / POINTS) for edge in page.mediabox] for page in pdf.pages]
        assert sizes == [[0, 0, 550, 390]] * 2
        assert pdf.Root.ViewerPreferences.Duplex == Name.DuplexFlipShortEdge


def test_both_sides_of_a_sheet_are_filled() -> None:
    """Three pages two-sided take an empty fourth, to be turned over the long edge."""
    made = office(pages(3, "297mm 420mm"), Copying(imposition=Imposition.DUPLEX), FACTS)

    assert said(made) == ["第1版", "第2版", "第3版", ""]
    with Pdf.open(BytesIO(made)) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == Name.DuplexFlipLongEdge


def test_a_page_gets_as_small_as_the_paper() -> None:
    """A newspaper's page on A4 with 5 mm around it; a booklet of them lies across."""
    small = office(pages(2), Copying(paper="A4"), FACTS)
    folded = office(pages(2), Copying(paper="A4", imposition=Imposition.BOOKLET), FACTS)

    for made, size in ((small, [0, 0, 210, 297]), (folded, [0, 0, 297, 210])):
        with Pdf.open(BytesIO(made)) as pdf:
            assert [round(float(edge) / POINTS) for edge in pdf.pages[0].mediabox] == size
    assert said(small) == ["第1版", "第2版"]
    assert said(folded) == ["第1版 第2版"]
    with pymupdf.open("pdf", small) as document:
        first = document[0].get_text("words")[0]
    assert first[3] - first[1] < 0.8 * 24 * 1.5


@pytest.mark.parametrize("way", list(Imposition))
def test_one_page_is_one_sheet(way: Imposition) -> None:
    """Nothing is folded, and no empty half is printed."""
    made = office(pages(1, "297mm 420mm"), Copying(imposition=way), FACTS)
    with Pdf.open(BytesIO(made)) as pdf:
        assert len(pdf.pages) == 1
        assert round(float(pdf.pages[0].mediabox[2]) / POINTS) == 297


def test_a_page_that_fits_stays_as_it_is() -> None:
    """A4 on A4 is not made smaller."""
    made = office(pages(1, "210mm 297mm"), Copying(paper="A4"), FACTS)
    with Pdf.open(BytesIO(made)) as pdf:
        assert "/XObject" not in pdf.pages[0].Resources


def test_black_needs_no_profile() -> None:
    """The office's machine gets greys, and red as black."""
    made = office(pages(1), Copying(black=True), FACTS)
    with pymupdf.open("pdf", made) as document:
        shown = document[0].get_pixmap(dpi=50)
    colours = {shown.pixel(x, y) for x in range(shown.width) for y in range(shown.height)}

    assert all(max(pixel) == min(pixel) for pixel in colours)
    assert min(max(pixel) for pixel in colours) == 0  # no dark grey, which would be dots
