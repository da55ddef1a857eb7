"""Pictures in their frames, after layout: what is cut off, and are there dots enough?

    pages laid out ──▶ each picture moved so that its focus stays in the frame, its dots counted

A frame has its own shape and shows as much of a picture as it can (`object-fit: cover`). Only
after layout is the frame's size known, so here is where the picture is moved within it.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure import boxes
from weasyprint.images import RasterImage
from weasyprint.layout.replaced import replacedbox_layout

from jianbao.press.jobs import Fault, Trouble

ENOUGH = 200
"""Dots per inch below which newsprint shows that there are too few (screen ruling 85 to 100)."""
_PX_PER_INCH = 96


def place_pictures(pages: Iterable[Any]) -> Iterator[Trouble]:
    """Move each picture to its focus, and yield a trouble for each with too few dots."""
    for page in pages:
        for box in _pictures(page):
            width, height, _, _ = replacedbox_layout(box)
            if focus := box.element.get("data-focus"):
                _move(box, focus, (width, height))
            if width > 0 and height > 0:
                across = box.replacement.width / width
                down = box.replacement.height / height
                dots = int(min(across, down) * _PX_PER_INCH)
                if dots < ENOUGH:
                    source = unquote(box.element.get("src", ""))
                    yield Trouble(Fault.COARSE, source, characters=dots)


def _pictures(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.ReplacedBox) and isinstance(box.replacement, RasterImage):
        yield box
    for child in getattr(box, "children", ()):
        yield from _pictures(child)


def _move(box: Any, focus: str, drawn: tuple[float, float]) -> None:
    """Set the picture so that its focus is as near to the frame's middle as its edges allow."""
    shares = [float(share.rstrip("%")) / 100 for share in focus.split()]
    frame = (box.width, box.height)
    moved = [_offset(*sizes) for sizes in zip(shares, drawn, frame, strict=True)]
    left, top = (Dimension(share, "%") for share in moved)
    box.style["object_position"] = (("left", left, "top", top),)


def _offset(share: float, drawn: float, frame: float) -> float:
    """Return the position in per cent of what is cut off that puts `share` of `drawn` in mid-frame.

    >>> _offset(0.5, 200, 100), _offset(0.25, 200, 100), _offset(0.9, 200, 100)
    (50.0, 0.0, 100.0)
    >>> _offset(0.6, 200, 100)
    70.0
    """
    spare = drawn - frame
    if spare <= 0:
        return 50.0
    return round(100 * min(max(share * drawn - frame / 2, 0.0), spare) / spare, 4)
