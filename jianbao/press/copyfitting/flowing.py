"""Text that flows over pages: a last page of a line or three is pulled in.

    document ──short──▶ Tail;  its paragraphs, means ──pulled──▶ document a page shorter, Troubles

An editor sets paragraphs a line tighter, those that bear it best, then takes a row from what the
pages' means give; where all that is not enough the writer is told. A page that has the imprint at
its foot is not empty: it is pulled in if it can be, and not told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from jianbao.press.composition import Offer, Paragraphs
from jianbao.press.jobs import Fault, Trouble
from jianbao.press.layouts import Layouts
from jianbao.press.means import Means, declared, put

SHORT = 3  # lines of a last page that is pulled in
DEAREST = 6_000.0  # points that a paragraph may be worse
_SLIGHT = 0.02  # of a row


@dataclass(frozen=True, slots=True)
class Tail:
    """A last page with next to nothing on it.

    Attributes:
        element: What flows over the pages, as the document knows it.
        means: What it declares for fitting.
        lines: Lines of text on the last page.
        rows: Rows that have to be won before it.
        place: "path:line" of the story that ends there; "" where unknown.
        imprint: Whether something stands below its text, so that the page is not empty.
        within: The elements of the paragraphs that win a row if they are set a line tighter.
    """

    element: Any
    means: Sequence[Means]
    lines: int
    rows: int
    place: str
    imprint: bool
    within: Sequence[Any]


@dataclass(frozen=True, slots=True)
class _Text:
    """A block of lines in the flow of a page, and where its text stands."""

    box: Any
    place: str


def pulled(
    layouts: Layouts, document: Any, paragraphs: Paragraphs
) -> tuple[Any, tuple[Trouble, ...]]:
    """Return the document, laid out as it is, its short last pages pulled in, and what is told."""
    troubles: list[Trouble] = []
    settled: set[Any] = set()
    while tail := next((each for each in short(document) if each.element not in settled), None):
        settled.add(tail.element)
        short_page = Trouble(Fault.LAST, "", tail.place, 0, tail.lines)
        told = [] if tail.imprint else [short_page]
        for offers, steps in _ways(tail, paragraphs):
            paragraphs.grant(offers)
            put(tail.element, {means.name: step for means, step in steps.items()})
            anew = layouts.attempt(partial(_as_long, document.pages))
            if anew:
                document = anew
                told = list(_told(tail, offers, steps))
                break
            put(tail.element, {})
            paragraphs.grant(())
        troubles += told
    return document, tuple(troubles)


def _as_long(before: Sequence[Any], now: Sequence[Any]) -> bool:
    return len(now) >= len(before)


def short(document: Any) -> Iterator[Tail]:
    """Yield what flows over pages and has next to nothing on its last."""
    flows: dict[Any, list[tuple[Any, Any]]] = {}
    for page in document.pages:
        for box in _declaring(page._page_box):
            flows.setdefault(box.element, []).append((page._page_box, box))
    for element, parts in flows.items():
        claimed = any(child.get("data-fit") for child in element.iter())
        if len(parts) > 1 and not claimed and (tail := _tail(element, parts)):
            yield tail


def _tail(element: Any, parts: list[tuple[Any, Any]]) -> Tail | None:
    (page, last), before = parts[-1], parts[:-1]
    flow = list(_flow(last, ""))
    texts = [each for each in flow if _is_text(each.box)]
    lines = sum(len(text.box.children) for text in texts)
    if len(texts) < len(flow) or not 0 < lines <= SHORT:
        return None
    row, _ = inline.strut(texts[0].box.style)
    end = _foot(last)
    rows = (end - page.content_box_y()) / row
    imprint = end - _foot(texts[-1].box) > _SLIGHT * row
    within = []
    for number, (each, part) in enumerate(reversed(before)):
        free = (each.content_box_y() + each.height - _foot(part)) / row
        if number and free > 1 - _SLIGHT:
            break  # what is won before a hole is lost in it
        rows -= 0 if number else max(0.0, free)
        within += [text.box.element for text in _flow(part, "") if _is_text(text.box)]
    place = texts[-1].place or texts[0].place
    means = declared(last.style)
    return Tail(element, means, lines, ceil(rows - _SLIGHT), place, imprint, within)


def _ways(
    tail: Tail, paragraphs: Paragraphs
) -> Iterator[tuple[Sequence[Offer], Mapping[Means, int]]]:
    """Yield what might win the rows: paragraphs alone, then with a step of each means.

    A step may win several rows, one below each of the titles.
    """
    inside = [inner for element in tail.within for inner in element.iter()]
    offers = paragraphs.offers(inside, -1, DEAREST)
    if len(offers) >= tail.rows:
        yield offers[: tail.rows], {}
    for means in tail.means:
        if means.least < 0 and max(SHORT, len(offers) + 1) >= tail.rows:
            yield offers[: tail.rows - 1], {means: -1}


def _told(tail: Tail, offers: Sequence[Offer], steps: Mapping[Means, int]) -> Iterator[Trouble]:
    for offer in offers:
        yield Trouble(Fault.PULLED, "", tail.place, 0, tail.lines, offer.words, -1)
    for means, step in steps.items():
        yield Trouble(Fault.PULLED, means.label, tail.place, 0, tail.lines, "", step)


def _declaring(box: Any) -> Iterator[Any]:
    """Yield the outermost boxes that declare means."""
    if declared(box.style):
        yield box
    elif not isinstance(box, boxes.LineBox):
        for child in getattr(box, "children", ()):
            yield from _declaring(child)


def _flow(box: Any, place: str) -> Iterator[_Text]:
    """Yield the blocks of lines in a box's flow, in order, and whatever else cannot be parted."""
    element = box.element
    place = (element.get("data-place") if hasattr(element, "get") else "") or place
    for child in box.children:
        if not isinstance(child, boxes.BlockLevelBox) or not child.is_in_normal_flow():
            continue
        inside = isinstance(child, boxes.BlockContainerBox) and child.element_tag != "figure"
        if not inside or _is_text(child):
            yield _Text(child, place)
        else:
            yield from _flow(child, place)


def _is_text(box: Any) -> bool:
    children: Sequence[Any] = getattr(box, "children", ())
    return bool(children) and isinstance(children[0], boxes.LineBox)


def _foot(box: Any) -> float:
    """Return where the flow in a box ends; a box that goes on is as high as its page."""
    inside = [
        child
        for child in getattr(box, "children", ())
        if isinstance(child, boxes.LineBox)
        or (isinstance(child, boxes.BlockLevelBox) and child.is_in_normal_flow())
    ]
    if isinstance(box, boxes.LineBox) or not inside:
        return float(box.position_y + box.margin_height())
    fixed = box.style["height"] != "auto"
    own = float(box.position_y + box.margin_height()) if fixed else 0.0
    return max(own, *(_foot(child) for child in inside))
