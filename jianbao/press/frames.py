"""Read the box tree after layout: does every text stay within its frame?

The engine prints text that does not fit over its neighbours without a word. A
template names each text frame with `data-frame` (a clerk's word for it) and
`data-place` (where its text stands), and gives it an explicit height.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from jianbao.press.jobs import Fault, Trouble

_SLACK = 0.75
_WORTH_FILLING = 5
_MUCH_TOO_EMPTY = 0.7


def measure_frames(pages: Iterable[Any]) -> Iterator[Trouble]:
    """Yield a trouble for each frame whose text does not fit, or leaves it much too empty."""
    for page in pages:
        for frame in _frames(page):
            yield from _measure(frame)


def frames_of(pages: Iterable[Any]) -> Iterator[Any]:
    """Yield the box of each frame, in the order of pages."""
    for page in pages:
        yield from _frames(page)


def fitting(frame: Any) -> tuple[list[str], bool]:
    """Return the texts of a frame's lines up to the first that does not fit, and whether all do."""
    right = frame.content_box_x() + frame.width + _SLACK
    bottom = frame.content_box_y() + frame.height + _SLACK
    texts: list[str] = []
    for line in _lines(frame):
        if line.position_y + line.height > bottom or line.position_x >= right:
            return texts, False
        texts.append("".join(_text(line).split()))
    return texts, True


def _frames(box: Any) -> Iterator[Any]:
    """Yield the outermost box of each element that is a frame."""
    element = getattr(box, "element", None)
    if element is not None and not isinstance(element, str) and element.get("data-frame"):
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _frames(child)


def _measure(frame: Any) -> Iterator[Trouble]:
    left, top = frame.content_box_x(), frame.content_box_y()
    right, bottom = left + frame.width + _SLACK, top + frame.height + _SLACK
    lines = list(_lines(frame))
    over = [
        line for line in lines if line.position_y + line.height > bottom or line.position_x >= right
    ]
    label, place = frame.element.get("data-frame"), frame.element.get("data-place", "")
    if over:
        characters = sum(len(_text(line)) for line in over)
        yield Trouble(Fault.OVERSET, label, place, characters, len(over))
    elif lines and (room := frame.element.get("data-lines")):
        used = _rows(frame)
        free = int(room) - used
        if int(room) >= _WORTH_FILLING and used < _MUCH_TOO_EMPTY * int(room):
            yield Trouble(Fault.EMPTY, label, place, sum(len(_text(line)) for line in lines), free)


def _rows(box: Any) -> int:
    """Return how many rows are used: a line each, and what a figure in the text says it takes."""
    rows = 0
    for child in getattr(box, "children", ()):
        element: Any = getattr(child, "element", None)
        said = element.get("data-rows") if hasattr(element, "get") else None
        if said and child.element_tag == element.tag:
            rows += int(said)
        elif isinstance(child, boxes.LineBox):
            rows += bool(_text(child))
        else:
            rows += _rows(child)
    return rows


def _lines(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.LineBox):
            if _text(child):
                yield child
        else:
            yield from _lines(child)


def _text(box: Any) -> str:
    if isinstance(box, boxes.TextBox):
        return str(box.text).strip()
    return "".join(_text(child) for child in getattr(box, "children", ()))
