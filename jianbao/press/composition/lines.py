"""Build the line box of one planned line: the engine's own boxes, placed by our widths.

    Flow, atoms from … to, measure  ──build──▶  LineBox, and where the engine resumes

Boxes are what the engine itself would have made (a TextBox for each text, inline boxes split with
their edges), so drawing, links, tags and whoever reads the box tree see nothing new.
"""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from jianbao.press.composition.drawing import Piece
from jianbao.press.composition.flow import Flow
from jianbao.press.composition.paragraph import widths
from jianbao.press.composition.planning import TOLERANCE
from jianbao.press.composition.spacing import tucked
from jianbao.press.composition.weasy import BOXES, INLINE

_CENTRE = 0.38  # em: a Han body reaches 0.88 em above its baseline and 0.12 em below


@dataclass(frozen=True, slots=True)
class Cut:
    """One line of a flow: atoms `start` to `end` show, the next line begins at `stop`.

    `pens` are the left edges of the visible atoms and, one more, the right edge of the last, in
    pixels from the page's left; `joints` the widths between them. The line itself begins at `left`,
    in a head half an opening mark later than its first atom.
    """

    flow: Flow
    start: int
    end: int
    stop: int
    pens: list[float]
    joints: list[float]
    left: float


@dataclass(frozen=True, slots=True)
class Frame:
    """What the engine hands over for a line, and the line's own height and baseline in pixels."""

    context: Any
    containing_block: Any
    absolute_boxes: list[Any]
    fixed_boxes: list[Any]
    height: float
    baseline: float


def cut(flow: Flow, stretch: tuple[int, int], left: float, measure: float, full: bool) -> Cut:
    """Return the line of a `stretch` of atoms, spread over `measure` pixels from `left`."""
    start, stop = stretch
    paragraph = flow.paragraph
    end = max(paragraph.ends[stop], start + 1)
    joints = widths(paragraph, start, stop, measure, full)
    steps = [
        atom.advance + joint
        for atom, joint in zip(
            paragraph.atoms[start:end], [*joints, -paragraph.trims[stop]], strict=True
        )
    ]
    first = left - tucked(paragraph.atoms[start])[0] if paragraph.head else left
    return Cut(flow, start, end, stop, list(accumulate(steps, initial=first)), joints, left)


def build(line: Any, piece: Cut, frame: Frame) -> Any:
    """Return a new line box for `piece`, placed horizontally; its children know their heights."""
    children = _pieces(line, piece, frame, piece.pens[0], frame.baseline)
    new = line.copy_with_children(children)
    new.remove_decoration(start=piece.start > 0, end=piece.stop < len(piece.flow.places))
    new.position_x = piece.left
    INLINE._adjust_line_height(new)
    new.width = piece.pens[-1] - piece.left
    return new


def resume_at(flow: Flow, stop: int) -> dict[int, Any] | None:
    """Return where the engine goes on after a break before atom `stop`; None at the end."""
    if stop >= len(flow.places):
        return None
    place = flow.places[stop]
    path = list(place.path)
    stack: Any = {place.byte: None} if place.byte else None
    while stack is None and len(path) > 1 and path[-1] == 0:
        path.pop()
    for index in reversed(path):
        stack = {index: stack}
    found: dict[int, Any] = stack
    return found


def index_of(line: Any, flow: Flow, skip_stack: Any) -> int:
    """Return the atom at which the engine resumes: the inverse of `resume_at`."""
    box, stack, lowest = line, skip_stack, 0
    while stack is not None:
        ((index, stack),) = stack.items()
        if isinstance(box, BOXES.TextBox):
            first, last = flow.ranges[id(box)]
            return bisect_left(flow.places, index, first, last, key=lambda place: place.byte)
        if index >= len(box.children):
            return flow.ranges[id(box)][1] if box is not line else len(flow.places)
        box = box.children[index]
        lowest = flow.ranges[id(box)][0]
    return lowest


def _pieces(box: Any, piece: Cut, frame: Frame, left: float, baseline: float) -> list[Any]:
    """Return the parts of `box`'s children that stand in the line, the first of them at `left`."""
    flow, x = piece.flow, left
    found: list[Any] = []
    ends_all = piece.stop >= len(flow.places)
    for child in box.children:
        first, last = flow.ranges[id(child)]
        empty = first == last
        if empty and not (piece.start <= first and (first < piece.stop or ends_all)):
            continue
        if not empty and (first >= piece.end or last <= piece.start):
            continue
        if not empty and found:
            x = piece.pens[max(first, piece.start) - piece.start]
        new = _piece(child, piece, frame, x, baseline)
        if new is not None:
            found.append(new)
            x = new.position_x + new.margin_width()
    return found


def _piece(child: Any, piece: Cut, frame: Frame, x: float, baseline: float) -> Any:
    rise = child.style["vertical_align"]
    if isinstance(child, BOXES.TextBox):
        return _text(child, piece, frame, x, baseline)
    if isinstance(child, BOXES.InlineBox):
        lower = baseline - rise if isinstance(rise, int | float) else baseline
        return _inline(child, piece, frame, x, lower)
    new = INLINE.atomic_box(
        frame.context,
        child,
        x,
        None,
        frame.containing_block,
        frame.absolute_boxes,
        frame.fixed_boxes,
    )
    new.position_x = x
    return new


def _inline(child: Any, piece: Cut, frame: Frame, x: float, baseline: float) -> Any:
    first, last = piece.flow.ranges[id(child)]
    starts = piece.start <= first
    ends = last <= piece.end
    edge = child.margin_left + child.border_left_width + child.padding_left if starts else 0
    new = child.copy_with_children(_pieces(child, piece, frame, x + edge, baseline))
    new.remove_decoration(start=not starts, end=not ends)
    new.position_x = x
    inner = x + edge
    new.width = 0
    if new.children:
        final = new.children[-1]
        new.width = final.position_x + final.margin_width() - inner
    INLINE._adjust_line_height(new)
    _settle(new, frame, baseline)
    return new


def _text(child: Any, piece: Cut, frame: Frame, x: float, baseline: float) -> Any:
    flow = piece.flow
    first, last = flow.ranges[id(child)]
    first, last = max(first, piece.start), min(last, piece.end)
    shaped = flow.shaped[id(child)]
    from_, to = flow.places[first].cluster, flow.places[last - 1].cluster + 1
    base = first - piece.start
    drawn = Piece(shaped, from_, to, piece.joints[base : base + last - first - 1])
    new = child.copy_with_text(drawn.text)
    new.position_x = x
    new.pango_layout = drawn
    new.width = _right(piece, last) - x
    new.height = shaped.height
    new.margin_top = (INLINE.strut(child.style)[0] - shaped.height) / 2
    new.margin_bottom = new.margin_top
    new.baseline = shaped.baseline + new.margin_top
    _settle(new, frame, baseline)
    return new


def _right(piece: Cut, last: int) -> float:
    """Return the right edge of the atom before `last`, edges of inline boxes around it left out."""
    at = last - 1 - piece.start
    right = piece.pens[at] + piece.flow.paragraph.atoms[last - 1].advance
    place = piece.flow.places[last - 1]
    if place.cluster >= 0:
        own = piece.flow.shaped[id(place.box)].clusters[place.cluster].advance
        right = piece.pens[at] + place.lead + own
    if last == piece.end:
        right -= piece.flow.paragraph.trims[piece.stop]
    return right


def _settle(box: Any, frame: Frame, baseline: float) -> None:
    """Keep text whose line height is the line's from moving it, whatever its face's ascent.

    A face sits higher or lower in its line box than its neighbour, and the engine grows the line
    to hold both; the row would be lost. So its box takes the line's own top and bottom.
    """
    if INLINE.strut(box.style)[0] > frame.height + TOLERANCE:
        return
    if isinstance(box, BOXES.TextBox):
        box.margin_top = baseline - (box.baseline - box.margin_top)
        box.margin_bottom = frame.height - box.height - box.margin_top
    box.baseline = baseline


def level(box: Any) -> None:
    """Set a line's or inline box's baseline by its row and size alone, not by its face.

    Half the line height plus 0.38 em of the font size: Han bodies stand in the middle of the row
    and lines of different faces side by side are level.
    """
    height, _ = INLINE.strut(box.style)
    size = box.style["font_size"]
    if box.style["line_height"] == "normal" or not size:
        return
    box.baseline = height / 2 + _CENTRE * size


def level_text(box: Any) -> None:
    """Do for a text box the engine set what `level` does for the line around it."""
    height, _ = INLINE.strut(box.style)
    if box.style["line_height"] == "normal":
        return
    ascent = box.baseline - box.margin_top
    box.baseline = height / 2 + _CENTRE * box.style["font_size"]
    box.margin_top = box.baseline - ascent
    box.margin_bottom = height - box.height - box.margin_top
