"""Text behind a table that goes on over pages: back on the lines that facing pages share.

document ──leveled──▶ white below each broken figure, laid out again ──▶ document

What is not broken is made so many whole lines high beforehand. What is broken has its head a
second time and ends where its rows end; only after layout is it known how far that is off.
"""

from collections.abc import Iterator
from math import ceil
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from jianbao.press.layouts import Layouts

_SLIGHT = 0.02  # of a line


def leveled(layouts: Layouts, document: Any) -> Any:
    """Return the document, laid out as it is, with the text behind each broken figure level.

    One at a time, from the first: white below one moves all that come later.
    """
    settled: set[Any] = set()
    while found := next((each for each in _off(document) if each[0] not in settled), None):
        element, missing = found
        settled.add(element)
        kept = element.get("style", "")
        element.set("style", f"{kept}; margin-bottom: {missing:.3f}px".lstrip("; "))
        document = layouts.render()
    return document


def _off(document: Any) -> Iterator[tuple[Any, float]]:
    """Yield each figure that may be broken and ends off the lines, and what it misses of one."""
    ends: dict[Any, float] = {}
    for page in document.pages:
        box = page._page_box
        top = box.content_box_y()
        for figure, row in _figures(box, 0.0):
            lines = (figure.border_box_y() + figure.border_height() - top) / row
            ends[figure.element] = row * max(0.0, ceil(lines - _SLIGHT) - lines)
    yield from ((element, missing) for element, missing in ends.items() if missing > _SLIGHT)


def _figures(box: Any, row: float) -> Iterator[tuple[Any, float]]:
    """Yield the figures in the page's flow that may be broken, and how far its lines are apart."""
    for child in _children(box):
        if not isinstance(child, boxes.BlockLevelBox) or not child.is_in_normal_flow():
            continue
        if child.element_tag == "figure":
            if row and child.style["break_inside"] == "auto":
                yield child, row
        elif not any(getattr(inner, "is_column", False) for inner in _children(child)):
            yield from _figures(child, inline.strut(child.style)[0])


def _children(box: Any) -> Any:
    return getattr(box, "children", ())
