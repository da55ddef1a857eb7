"""The boxes of a page, bleed and crop marks (ISO 15930-7, 6.5).

pressed page with bleed ──trimmed──▶ the page      ──bled──▶ page, bleed, room for K marks
"""

from pikepdf import Array, Name, Page, Pdf

from jianbao.model.editions import POINTS

MARK_LENGTH = 5 * POINTS
_MARK_ROOM = 8 * POINTS
_WIDTH = 0.25
Box = tuple[float, float, float, float]


def box_of(page: Page, name: str) -> Box:
    """Return a box of a page in points: left, bottom, right, top."""
    left, bottom, right, top = (float(edge) for edge in getattr(page, name))
    return left, bottom, right, top


def trim(pdf: Pdf) -> None:
    """Cut every page to its trim box, which leaves no other boxes."""
    for page in pdf.pages:
        page.mediabox = Array(list(page.trimbox))
        for name in (Name.CropBox, Name.BleedBox, Name.ArtBox, Name.TrimBox):
            if name in page.obj:
                del page.obj[name]


def bleed(pdf: Pdf, millimetres: float, marks: bool) -> None:
    """Give every page its bleed box, cut to it, and marks around it where they are wanted."""
    for page in pdf.pages:
        trimmed = box_of(page, "trimbox")
        bled = _grown(trimmed, millimetres * POINTS)
        left, bottom, right, top = bled
        clip = f"q {left:.4f} {bottom:.4f} {right - left:.4f} {top - bottom:.4f} re W n".encode()
        page.contents_add(pdf.make_stream(clip), prepend=True)
        drawn = crop_marks(trimmed, millimetres * POINTS) if marks else b""
        page.contents_add(pdf.make_stream(b"Q\n" + drawn))
        page.contents_coalesce()
        page.bleedbox = _array(bled)
        page.mediabox = _array(_grown(bled, _MARK_ROOM) if marks else bled)
        page.trimbox = _array(trimmed)
        page.cropbox = page.mediabox


def crop_marks(trimmed: Box, gap: float) -> bytes:
    """Return lines in black ink at the corners and amid the edges, outside of the bleed."""
    left, bottom, right, top = trimmed
    near, far = max(gap, 2 * POINTS), max(gap, 2 * POINTS) + MARK_LENGTH
    lines = [
        line
        for x in (left, right, (left + right) / 2)
        for line in ((x, bottom - near, x, bottom - far), (x, top + near, x, top + far))
    ] + [
        line
        for y in (bottom, top, (bottom + top) / 2)
        for line in ((left - near, y, left - far, y), (right + near, y, right + far, y))
    ]
    drawn = "\n".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S" for a, b, c, d in lines)
    return f"q 0 0 0 1 K {_WIDTH} w []0 d 0 J\n{drawn}\nQ".encode()


def _grown(box: Box, by: float) -> Box:
    left, bottom, right, top = box
    return left - by, bottom - by, right + by, top + by


def _array(box: Box) -> Array:
    return Array([round(edge, 4) for edge in box])
