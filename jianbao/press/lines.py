"""Where each line of running text stands, so that reviewers can call it by a number.

pages laid out ──text_lines──▶ a Line each, in reading order, its column's left edge and its foot

A template marks running text with `data-lines` (frames) or `data-numbered` (text over pages).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from jianbao.press.jobs import Line

_POINTS = 0.75


def text_lines(pages: Iterable[Any]) -> Iterator[Line]:
    """Yield every line of running text; lengths in points from the page's upper left corner."""
    for number, page in enumerate(pages):
        for block, line in _lines(page, marked=False):
            foot = line.position_y + line.height
            yield Line(
                number,
                round(block.content_box_x() * _POINTS, 2),
                round(foot * _POINTS, 2),
                round(line.height * _POINTS, 2),
            )


def _lines(box: Any, marked: bool) -> Iterator[tuple[Any, Any]]:
    """Yield each line that has text, with the block it stands in."""
    element: Any = getattr(box, "element", None)
    if hasattr(element, "get"):
        said = (element.get("data-lines"), element.get("data-numbered"))
        marked = marked or any(word is not None for word in said)
    for child in getattr(box, "children", ()):
        if not isinstance(child, boxes.LineBox):
            yield from _lines(child, marked)
        elif marked and _has_text(child):
            yield box, child


def _has_text(box: Any) -> bool:
    if isinstance(box, boxes.TextBox):
        return bool(box.text.strip())
    return any(_has_text(child) for child in getattr(box, "children", ()))
