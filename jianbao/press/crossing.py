"""What is printed over something else, or beyond the type area: the engine does so without a word.

    pages laid out ──crossing──▶ a Trouble for each thing that lies over others, and by how much

A text, a picture, a chart, a table, a text on a ground of its own is a thing. No two may share more
than a hair of the page, and none may leave the box that its template calls `page`. What is meant to
does so with `--jianbao-over: yes`, and so does all that stands in it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil, inf
from typing import Any, NamedTuple

from weasyprint.formatting_structure import boxes

from jianbao.press.jobs import Fault, Trouble

_HAIR = 2.0  # pixels that two things may share: what is rounded, and a rule's own breadth
_KEY = "__jianbao_over"
_ABOVE, _BELOW = 0.8, 0.1  # of a line's size: how far its letters reach
_MARK = 0.5  # of it: the white of a mark at a line's edge
_OPENING, _CLOSING = "“‘（《〈【〔「『", "”’）》〉】〕」』，。、；：？！"
_MM = 25.4 / 96
_NAMED = 12  # characters that stand for a text without a name
_TOLD = 3  # things that one lies over


class Area(NamedTuple):
    """A rectangle, in pixels from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def thickness(self) -> float:
        """Its width or height, whichever is less; less than 0 if it is none."""
        return min(self.right - self.left, self.bottom - self.top)


@dataclass(slots=True, eq=False)
class _Thing:
    """What is told of as one.

    Attributes:
        is_solid: It is a figure, a picture, a table or a ground, and takes its whole box.
        pieces: Where it prints.
    """

    box: Any
    place: str
    is_solid: bool
    pieces: list[Area] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What a clerk knows it by: a chart's title, a frame's label, how its text begins."""
        if self.is_solid:
            titles = (box for box in _descendants(self.box) if "chart-title" in _classes(box))
            title = next(titles, None)
            if title is not None:
                return _text(title)
        elif label := _said(self.box, "data-frame"):
            return label
        return _text(self.box)[:_NAMED] or _said(self.box, "alt")


def crossing(pages: Iterable[Any], told: Iterable[Trouble]) -> Iterator[Trouble]:
    """Yield a trouble for each thing that lies over others, or leaves the type area.

    Of frames and tables that `told` says are overset or too wide nothing is said: that they run
    over others is known.
    """
    told = list(told)
    overset = {(each.what, each.where) for each in told if each.fault is Fault.OVERSET}
    wide = tuple(each.what.replace("|", "") for each in told if each.fault is Fault.WIDE)
    for page in pages:
        template = next((box for box in _descendants(page) if "page" in _classes(box)), None)
        if template is None:
            continue
        things: list[_Thing] = []
        _gather(template, None, "", overset, things)
        things = [each for each in things if not (wide and _text(each.box).startswith(wide))]
        area = _type_area(page, template)
        over = _over(things)
        for number, thing in enumerate(things):
            beyond = max((_beyond(piece, area) for piece in thing.pieces), default=0.0)
            if beyond > _HAIR:
                yield _trouble(thing, (), beyond)
            elif number in over:
                under, depth = over[number]
                yield _trouble(thing, [things[each] for each in under], depth)


def _trouble(thing: _Thing, under: Sequence[_Thing], pixels: float) -> Trouble:
    places = (each.place for each in (thing, *under) if each.place)
    names = "”“".join(list(dict.fromkeys(each.name for each in under))[:_TOLD])
    millimetres = ceil(pixels * _MM)
    return Trouble(Fault.CROSSED, thing.name, next(places, ""), means=names, rows=millimetres)


def _type_area(page: Any, template: Any) -> Area:
    """Return where a page may have something; text over pages, what the paper leaves."""
    box = page if template.style["height"] == "auto" else template
    left, top = box.content_box_x(), box.content_box_y()
    return Area(left, top, left + box.width, top + box.height)


def _gather(
    box: Any, thing: _Thing | None, place: str, left_out: set[tuple[str, str]], found: list[_Thing]
) -> None:
    """Add what a box prints to the thing it belongs to, or to a thing of its own."""
    if _KEY in getattr(box.style, "cascaded", ()):
        return
    own = _said(box, "data-place")
    if (_said(box, "data-frame"), own) in left_out:
        return
    place = own or place
    if isinstance(box, boxes.LineBox):
        if thing is not None:
            _add_line(box, thing)
        return
    if thing is None or not thing.is_solid:
        solid = _is_solid(box)
        if solid or _is_text(box, thing):
            thing = _Thing(box, place, solid)
            found.append(thing)
    if thing is not None and thing.is_solid and (box is thing.box or _is_picture(box)):
        left, top = box.border_box_x(), box.border_box_y()
        thing.pieces.append(Area(left, top, left + box.border_width(), top + box.border_height()))
    for child in _children(box):
        _gather(child, thing, place, left_out, found)


def _is_solid(box: Any) -> bool:
    """Return whether what stands in a box is one thing with it: a picture, a figure, a ground."""
    if _is_picture(box) or box.is_table_wrapper or box.element_tag == "figure":
        return True
    if "page" in _classes(box) or not box.style["background_color"].alpha:
        return False
    inner = [each for child in _children(box) for each in _descendants(child)]
    return any(isinstance(each, boxes.TextBox) for each in inner) and not any(
        _said(each, "data-frame") for each in inner
    )


def _is_text(box: Any, thing: _Thing | None) -> bool:
    """Return whether a box is a text of its own: a frame, or lines that stand in none."""
    if _said(box, "data-frame"):
        return True
    return thing is None and any(isinstance(child, boxes.LineBox) for child in _children(box))


def _is_picture(box: Any) -> bool:
    return isinstance(box, boxes.ReplacedBox)


def _add_line(line: Any, thing: _Thing) -> None:
    """Add where a line's letters stand, without the white of marks at its edges."""
    left, top, right, bottom = inf, inf, -inf, -inf
    for box in _descendants(line):
        start, stop = box.position_x, box.position_x + box.width
        if isinstance(box, boxes.TextBox) and (text := box.text.strip()):
            size, base = box.style["font_size"], box.position_y + box.baseline
            start += _MARK * size if text[0] in _OPENING else 0.0
            stop -= _MARK * size if text[-1] in _CLOSING else 0.0
            top, bottom = min(top, base - _ABOVE * size), max(bottom, base + _BELOW * size)
        elif _is_picture(box):
            top, bottom = min(top, box.position_y), max(bottom, box.position_y + box.height)
        else:
            continue
        left, right = min(left, start), max(right, stop)
    if left < right:
        thing.pieces.append(Area(left, top, right, bottom))


def _beyond(piece: Area, area: Area) -> float:
    """Return by how much a piece leaves an area, on the side where it does most."""
    return max(
        area.left - piece.left,
        area.top - piece.top,
        piece.right - area.right,
        piece.bottom - area.bottom,
    )


def _over(things: Sequence[_Thing]) -> dict[int, tuple[list[int], float]]:
    """Return which things lie over which others, by their numbers, and by how many pixels.

    Pieces are met from the top of the page, each with those that have not ended above it. Of two
    things the solid one is told to lie over the other, else the one that comes first.
    """
    found: dict[int, tuple[list[int], Area]] = {}
    pieces = sorted(
        ((piece, number) for number, thing in enumerate(things) for piece in thing.pieces),
        key=lambda each: each[0].top,
    )
    open_: list[tuple[Area, int]] = []
    for piece, number in pieces:
        open_ = [each for each in open_ if each[0].bottom > piece.top + _HAIR]
        for above, other in open_:
            shared = _shared(above, piece)
            if other != number and shared.thickness > _HAIR:
                first, second = sorted(
                    (other, number), key=lambda each: (not things[each].is_solid, each)
                )
                under, whole = found.get(first, ([], shared))
                found[first] = [*under, second], _joined(whole, shared)
        open_.append((piece, number))
    return {number: (under, whole.thickness) for number, (under, whole) in found.items()}


def _shared(one: Area, other: Area) -> Area:
    return Area(
        max(one.left, other.left),
        max(one.top, other.top),
        min(one.right, other.right),
        min(one.bottom, other.bottom),
    )


def _joined(one: Area, other: Area) -> Area:
    return Area(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )


def _children(box: Any) -> Iterator[Any]:
    """Yield the boxes in a box, those that are positioned too."""
    return (getattr(child, "_box", child) for child in getattr(box, "children", ()))


def _descendants(box: Any) -> Iterator[Any]:
    """Yield a box and all that stand in it, in their order."""
    yield box
    for child in _children(box):
        yield from _descendants(child)


def _classes(box: Any) -> Sequence[str]:
    return _said(box, "class").split()


def _said(box: Any, name: str) -> str:
    """Return what the element of a box says of itself; "" if it does not."""
    return str(box.element.get(name, "")) if hasattr(box.element, "get") else ""


def _text(box: Any) -> str:
    return "".join(
        each.text for each in _descendants(box) if isinstance(each, boxes.TextBox)
    ).strip()
