"""Pages onto sheets: two beside each other to be folded, or one to be printed on both sides.

pages 1 2 3 4 ──booklet──▶ 4|1, 2|3        pages 1 2 3 ──duplex──▶ 1 2 3 and an empty one
page ──reduced──▶ the same on a smaller paper
"""

from collections.abc import Iterator, Sequence

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from jianbao.model.editions import POINTS, Imposition, Paper, scale_onto
from jianbao.press.variants.boxes import Box, box_of

_PLACED = ("/Left", "/Right")


def impose(pdf: Pdf, way: Imposition, bled: float = 0) -> None:
    """Put the pages onto sheets; `bled` is their bleed in millimetres. One page stays as it is."""
    if way is Imposition.NONE or len(pdf.pages) == 1:
        return
    if way is Imposition.BOOKLET:
        _fold(pdf, bled * POINTS)
    elif len(pdf.pages) % 2:
        pdf.pages.append(_blank(pdf, box_of(pdf.pages[-1], "trimbox"), {}, b""))


def turn(pdf: Pdf, way: Imposition) -> None:
    """Tell the machine over which edge to turn the sheets, and not to make pages smaller."""
    if way is Imposition.NONE or len(pdf.pages) == 1:
        return
    edges = {
        Imposition.BOOKLET: Name.DuplexFlipShortEdge,
        Imposition.DUPLEX: Name.DuplexFlipLongEdge,
    }
    pdf.Root["/ViewerPreferences"] = Dictionary(Duplex=edges[way], PrintScaling=Name("/None"))


def reduce(pdf: Pdf, paper: Paper) -> None:
    """Make every page that is larger than the paper as small as fits into it, turned if need be."""
    for index, page in enumerate(pdf.pages):
        left, bottom, right, top = box_of(page, "trimbox")
        wide, high = paper.width * POINTS, paper.height * POINTS
        scale = scale_onto(paper, (right - left) / POINTS, (top - bottom) / POINTS)
        if scale == 1:
            continue
        if right - left > top - bottom:
            wide, high = high, wide
        x = (wide - scale * (right - left)) / 2 - scale * left
        y = (high - scale * (top - bottom)) / 2 - scale * bottom
        form = _form(page, (left, bottom, right, top))
        drawn = f"q {scale:.5f} 0 0 {scale:.5f} {x:.3f} {y:.3f} cm /Left Do Q".encode()
        pdf.pages[index] = _blank(pdf, (0, 0, wide, high), {"/Left": form}, drawn)


def spreads(count: int) -> Iterator[tuple[int | None, int | None]]:
    """Yield the pages left and right on each side of each sheet, from the outermost sheet on.

    Pages count from 0; None where there are none to fill the last sheet. Two pages are one side.
    """
    if count == 2:
        yield 0, 1
        return
    whole = -(-count // 4) * 4
    for first in range(0, whole // 2, 2):
        for left, right in ((whole - 1 - first, first), (first + 1, whole - 2 - first)):
            yield left if left < count else None, right if right < count else None


def _fold(pdf: Pdf, bled: float) -> None:
    """Put two pages beside each other, so that the folded sheets read in order."""
    pages = list(pdf.pages)
    sheets = [_sheet(pdf, pages, spread, bled) for spread in spreads(len(pages))]
    del pdf.pages[:]
    for sheet in sheets:
        pdf.pages.append(sheet)


def _sheet(
    pdf: Pdf, pages: Sequence[Page], spread: tuple[int | None, int | None], bled: float
) -> Page:
    left, bottom, right, top = box_of(pages[0], "trimbox")
    width, height = right - left, top - bottom
    forms, drawn = {}, []
    for side, (name, number) in enumerate(zip(_PLACED, spread, strict=True)):
        if number is None:
            continue
        outer = (bled, 0.0) if side == 0 else (0.0, bled)
        clip = (left - outer[0], bottom - bled, right + outer[1], top + bled)
        forms[name] = _form(pages[number], clip)
        drawn.append(f"q 1 0 0 1 {side * width - left:.3f} {-bottom:.3f} cm {name} Do Q")
    return _blank(pdf, (0, 0, 2 * width, height), forms, "\n".join(drawn).encode())


def _form(page: Page, clip: Box) -> Object:
    """Return a page as a thing that can be drawn on another, cut to `clip`."""
    form = page.as_form_xobject(handle_transformations=False)
    form["/BBox"] = Array([round(edge, 4) for edge in clip])
    return form


def _blank(pdf: Pdf, size: Box, forms: dict[str, Object], drawn: bytes) -> Page:
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([round(edge, 4) for edge in size]),
        TrimBox=Array([round(edge, 4) for edge in size]),
        Resources=Dictionary(XObject=Dictionary(forms)),
        Contents=pdf.make_stream(drawn),
    )
    return Page(pdf.make_indirect(page))
