"""Read the box tree after layout: does every text stay within its frame, and how full is it?

    pages ──measured──▶ Measured, one a frame ──troubles──▶ Trouble

The engine prints text that does not fit over its neighbours without a word. A
template names each text frame with `data-frame` (a clerk's word for it) and
`data-place` (where its text stands), and gives it an explicit height;
`data-lines` says how many lines all its columns hold, `data-fit` what they
gain by the means its page declares (see `copyfitting`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from jianbao.press.jobs import Fault, Trouble
from jianbao.press.means import current, declared, gains

_SLACK = 0.75
_WORTH_FILLING = 5
_MUCH_TOO_EMPTY = 0.7
_HOLE, _PART, _WIDE_OPEN = 5, 0.35, 8  # rows, of a column, rows
_SLIGHT = 0.01  # of a row


@dataclass(frozen=True, slots=True)
class Measured:
    """How full a frame is.

    Attributes:
        label: A clerk's word for it.
        place: "path:line" of its text; "" where unknown.
        element: What it is in the document: the same each time this is laid out.
        page: The box that declares means for it; None where none does.
        gains: Rows it gains by a step of each means.
        over: Characters and lines that do not fit.
        there: Characters that stand in it.
        free: Rows left in all columns together; less than 0 if it is overset.
        gaps: Rows left empty at the feet of columns but the last.
        gap: The rows of the widest of them.
        room: Lines it holds, where it is meant to be filled.
        deep: Rows of its last column; 0 where it has no columns.
    """

    label: str
    place: str
    element: Any
    page: Any
    gains: dict[str, float]
    over: tuple[int, int]
    there: int
    free: float
    gaps: int
    room: int
    deep: float = 0.0
    gap: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether it leaves more than three tenths of its lines empty, or its last column a hole.

        A hole is a third of a column, five lines or more, or eight lines: in a long text it is seen
        too.
        """
        hole = _hole(self.deep) if self.deep else inf
        return (
            bool(self.there)
            and self.room >= _WORTH_FILLING
            and (
                self.room - self.free < _MUCH_TOO_EMPTY * self.room - _SLIGHT
                or self.free >= hole - _SLIGHT
            )
        )


def measured(pages: Iterable[Any]) -> Iterator[Measured]:
    """Yield how full each frame of laid out pages is, in the order of the document."""
    for page in pages:
        for frame, within in _frames(page, None):
            yield _measure(frame, within)


def troubles(frames: Iterable[Measured]) -> Iterator[Trouble]:
    """Yield a trouble for each frame whose text does not fit, or leaves it much too empty."""
    for frame in frames:
        if frame.over[1]:
            yield Trouble(Fault.OVERSET, frame.label, frame.place, *frame.over)
        elif frame.is_empty:
            yield Trouble(Fault.EMPTY, frame.label, frame.place, frame.there, int(frame.free))
        elif frame.gap >= _hole(frame.deep) - _SLIGHT:
            yield Trouble(Fault.HOLE, frame.label, frame.place, frame.there, frame.gap)


def _hole(deep: float) -> float:
    """Return from how many empty rows on the foot of a column so deep is a hole."""
    return min(max(_HOLE, _PART * deep), _WIDE_OPEN)


def frames_of(pages: Iterable[Any]) -> Iterator[Any]:
    """Yield the box of each frame, in the order of pages."""
    for page in pages:
        for frame, _ in _frames(page, None):
            yield frame


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


def _frames(box: Any, page: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the outermost box of each element that is a frame, and what declares its means."""
    element = getattr(box, "element", None)
    if element is not None and not isinstance(element, str) and element.get("data-frame"):
        yield box, page
        return
    if isinstance(box, boxes.LineBox):
        return
    if declared(box.style):
        page = box
    for child in getattr(box, "children", ()):
        yield from _frames(child, page)


def _measure(frame: Any, page: Any) -> Measured:
    left, top = frame.content_box_x(), frame.content_box_y()
    right, bottom = left + frame.width + _SLACK, top + frame.height + _SLACK
    lines = list(_lines(frame))
    over = [
        line for line in lines if line.position_y + line.height > bottom or line.position_x >= right
    ]
    get = frame.element.get
    gained = gains(get("data-fit", ""))
    steps = current(page.style) if page is not None else {}
    room = int(get("data-lines", 0))
    room += int(sum(rows * steps.get(name, 0) for name, rows in gained.items())) if room else 0
    free, gaps = _rows(frame, room, bottom, right)
    characters = sum(len(_text(line)) for line in over), sum(len(_text(line)) for line in lines)
    return Measured(
        label=get("data-frame"),
        place=get("data-place", ""),
        element=frame.element,
        page=page,
        gains=gained,
        over=(characters[0], len(over)),
        there=characters[1],
        free=min(free, -1.0) if over else free,
        gaps=sum(gaps),
        gap=max(gaps, default=0),
        room=room,
        deep=_deep(frame),
    )


def _deep(frame: Any) -> float:
    """Return the rows of a frame's last column."""
    columns = [child for child in frame.children if getattr(child, "is_column", False)]
    row, _ = inline.strut(frame.style)
    return columns[-1].height / row if columns else 0.0


def _rows(frame: Any, room: int, bottom: float, right: float) -> tuple[float, list[int]]:
    """Return the rows left in a frame (less than 0 if overset), and at the foot of each column.

    Of the last column the latter are not counted.
    """
    row, _ = inline.strut(frame.style)
    columns = [child for child in frame.children if getattr(child, "is_column", False)] or [frame]
    feet = [max(map(_foot, column.children), default=column.content_box_y()) for column in columns]
    within = [column.position_x < right for column in columns]
    gaps = [
        int((column.content_box_y() + column.height - foot) / row + _SLIGHT)
        for column, foot, last in zip(columns, feet, (*within[1:], False), strict=True)
        if last
    ]
    beyond = sum(
        (column.height if more else foot - column.content_box_y()) / row
        for column, foot, inside, more in zip(
            columns, feet, within, [*(True for _ in columns[1:]), False], strict=True
        )
        if not inside
    )
    if beyond:
        return -beyond, gaps
    if columns[-1] is frame or not room:
        return (bottom - _SLACK - feet[-1]) / row, gaps
    full = sum(column.height for column in columns[:-1])
    return room - (full + feet[-1] - columns[-1].content_box_y()) / row, gaps


def _foot(box: Any) -> float:
    """Return where what stands in a box ends, in pixels from the page's top.

    The engine makes a box that goes on in the next column as high as the column: look inside.
    """
    foot = float(box.position_y)
    for child in getattr(box, "children", ()):
        foot = max(foot, _foot(child))
    if isinstance(box, boxes.LineBox):
        return max(foot, box.position_y + box.height) if _text(box) else foot
    fixed = getattr(box, "style", {}).get("height", "auto") != "auto"
    if (fixed and isinstance(box, boxes.BlockBox)) or isinstance(box, boxes.ReplacedBox):
        return max(foot, float(box.position_y + box.margin_height()))
    return foot


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
