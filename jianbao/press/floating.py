"""Figures in running text: none drives a hole into the column or the page before it.

document ──floated──▶ the figure past the lines that fill the hole, laid out again ──▶ document

A photo, a chart or a table is not broken. Where it does not fit at the foot of a column or of a
page it goes on to the next, and the engine leaves what is below empty. An editor lets the text run
on and sets the figure a paragraph or two later, or, at the end of a story, a paragraph earlier.
What the writer put under one head stays under it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from weasyprint.formatting_structure import boxes

from jianbao.press.layouts import Layouts

MOST_TRIALS = 6
_WORTH = 1.9  # rows: a hole of one is what any column may end with
_SLIGHT = 0.1
_ROW = 17.0
_HEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(slots=True)
class _Area:
    """A column or a page: the blocks of its flow, and where its room ends."""

    blocks: list[Any]
    bottom: float

    @property
    def row(self) -> float:
        """How far the lines of its text are apart."""
        lines = (block.children[0] for block in reversed(self.blocks) if _is_text(block))
        return next((float(line.height) for line in lines), _ROW)

    @property
    def free(self) -> float:
        """The rows left at its foot."""
        foot = max((_foot(block) for block in self.blocks), default=self.bottom)
        return (self.bottom - foot) / self.row


@dataclass(slots=True)
class _Hole:
    """A figure that begins an area, the rows it left empty in the one before."""

    figure: Any
    rows: float


@dataclass(slots=True)
class _Tree:
    """The document's elements, whose figures may be moved among their neighbours."""

    root: Any
    parents: dict[Any, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Learn every element's parent."""
        self.parents = {child: parent for parent in self.root.iter() for child in parent}

    def put(self, element: Any, index: int) -> int:
        """Move an element to a place among its siblings; return where it was."""
        parent = self.parents[element]
        before = list(parent).index(element)
        parent.remove(element)
        parent.insert(index, element)
        return before


def floated(layouts: Layouts) -> Any:
    """Return the document laid out, its figures where they leave no holes.

    It is laid out once where no figure leaves a hole, and once more for each that is moved. One
    that cannot be moved for the better stays.
    """
    document = layouts.render()
    tree = _Tree(layouts.root)
    settled: set[Any] = set()
    for _ in range(MOST_TRIALS):
        areas = list(_areas(document))
        hole = next((hole for hole in _holes(areas) if hole.figure not in settled), None)
        if hole is None:
            break
        settled.add(hole.figure)
        heights = _heights(areas)
        for index in _places(tree, hole, heights):
            before = tree.put(hole.figure, index)
            anew = layouts.render()
            if _better(anew, document, hole):
                document = anew
                break
            tree.put(hole.figure, before)
    return document


def _better(anew: Any, document: Any, hole: _Hole) -> bool:
    """Return whether this figure leaves no such hole any more, and nothing takes more room.

    The holes of figures further on may have changed too; their turn comes later.
    """
    if len(anew.pages) > len(document.pages):
        return False
    now, then = (list(_areas(each)) for each in (anew, document))
    left = max((each.rows for each in _holes(now) if each.figure is hole.figure), default=0.0)
    return len(now) <= len(then) and left < hole.rows - 0.5


def _holes(areas: list[_Area]) -> Iterator[_Hole]:
    """Yield each figure that left a hole behind, in the order of the document."""
    for area, following in pairwise(areas):
        if area.bottom < 0 or not area.blocks or area.free < _WORTH:
            continue
        first = following.blocks[:1]
        if first and _is_head(first[0]):
            first = following.blocks[1:2]
        for block in first:
            if _is_figure(block):
                yield _Hole(block.element, area.free)


def _places(tree: _Tree, hole: _Hole, heights: dict[Any, tuple[float, float]]) -> Iterator[int]:
    """Yield where among its siblings a figure might stand: past what fills the hole, or earlier."""
    siblings = list(tree.parents[hole.figure])
    here = siblings.index(hole.figure)
    filled = 0.0
    for index in range(here + 1, len(siblings)):
        rows, is_text = heights.get(siblings[index], (0.0, 0.0))
        if not is_text:
            break
        filled += rows
        if filled >= hole.rows - _SLIGHT:
            yield index
            break
    else:
        if filled:
            yield len(siblings) - 1
    own = heights.get(hole.figure, (0.0, 0.0))[0]
    above = 0.0
    for index in range(here - 1, -1, -1):
        rows, is_text = heights.get(siblings[index], (0.0, 0.0))
        if not is_text:
            break
        above += rows
        if above + hole.rows >= own - _SLIGHT:
            yield index
            break


def _heights(areas: list[_Area]) -> dict[Any, tuple[float, float]]:
    """Return the rows of each element in the flow, and 1 where it is text, by the element."""
    found: dict[Any, tuple[float, float]] = {}
    for area in areas:
        for block in area.blocks:
            rows, _ = found.get(block.element, (0.0, 0.0))
            rows += block.margin_height() / area.row
            is_text = _is_text(block) and not _is_head(block)
            found[block.element] = rows, float(is_text)
    return found


def _areas(document: Any) -> Iterator[_Area]:
    """Yield the pages that text flows over, and the columns of each frame, apart by empty areas."""
    flow = []
    for page in document.pages:
        box = page._page_box
        flow.append(_Area(list(_blocks(box)), box.content_box_y() + box.height))
    yield from flow
    for page in document.pages:
        for frame in page._page_box.descendants(placeholders=True):
            columns = [child for child in _children(frame) if getattr(child, "is_column", False)]
            if columns:
                yield _Area([], -1.0)
                for column in columns:
                    bottom = column.content_box_y() + column.height
                    yield _Area(list(_blocks(column)), bottom)


def _children(box: Any) -> Any:
    return getattr(box, "children", ())


def _blocks(box: Any) -> Iterator[Any]:
    """Yield the figures and the blocks of lines of a box's flow, in order."""
    for child in _children(box):
        if not isinstance(child, boxes.BlockLevelBox) or not child.is_in_normal_flow():
            continue
        if _is_text(child) or _is_figure(child):
            yield child
        elif not any(getattr(inner, "is_column", False) for inner in _children(child)):
            yield from _blocks(child)


def _is_text(box: Any) -> bool:
    return bool(_children(box)) and isinstance(box.children[0], boxes.LineBox)


def _is_head(box: Any) -> bool:
    return box.element_tag in _HEADS or box.style["break_after"] == "avoid"


def _is_figure(box: Any) -> bool:
    return box.element_tag in ("figure", "table", "div") and box.style["break_inside"] == "avoid"


def _foot(block: Any) -> float:
    return float(block.position_y + block.margin_height())
