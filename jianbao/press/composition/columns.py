"""Columns of given heights, laid out in one pass.

    multicol box, `--jianbao-column-rows: 34 34 29 29`  ──fixed_columns──▶  its column boxes

A closing box stands under the last columns of the feature page, so these hold fewer rows; CSS has
no word for it. Where the box has a height, its longest column is that high and the others keep
their distance, so that a page can be fitted by one variable.

The engine lays out every multicol box at least twice, to balance it; columns whose height is given
and that are filled one after the other need one pass, and get it here, whether their rows are given
or not. Text that does not fit goes on into further columns beside the last, as the engine does it,
so that whoever looks for overset finds it. A figure higher than its column is not divided: it
stands beyond the column's foot, where that is found too.
"""

import re
from dataclasses import dataclass
from math import floor
from typing import Any, NamedTuple

from jianbao.press.composition.leveling import Journal, filled
from jianbao.press.composition.weasy import BLOCK, BOXES, COLUMN, INLINE, PERCENT

PROPERTY = "--jianbao-column-rows"
_KEY = "__jianbao_column_rows"
_SUM = re.compile(r"\s*-?[0-9]+(\s+[+-]\s+-?[0-9]+)*\s*")
_TERM = re.compile(r"([+-]?)\s*(-?[0-9]+)")
_SLIGHT = 0.01  # of a row
_HIGHEST = 80  # rows that a figure may stand beyond its column
_MOST = 40  # columns beyond those declared, before an endless layout is cut short


class ColumnRowsError(ValueError):
    """A template's `--jianbao-column-rows` is not one whole number for each column."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where columns stand: pixels from the page's top left; `heights` of columns, of one `row`."""

    x: float
    y: float
    width: float
    gap: float
    heights: tuple[float, ...]
    row: float


class _Content(NamedTuple):
    """A multicol box, copies of its children, and where in them the next column begins."""

    box: Any
    children: list[Any]
    resume: Any


@dataclass(frozen=True, slots=True)
class _Outside:
    """What the engine hands over with a multicol box, and how it lays out one of its columns."""

    context: Any
    containing_block: Any
    absolute: list[Any]
    fixed: list[Any]
    firsts: tuple[Any, ...]  # styles of the first letter and line
    bottom_space: float

    def lay(self, column: Any, bottom: float, resume: Any, beyond: bool = False) -> Any:
        """Return what the engine returns for a column that ends at `bottom`, or at the page's."""
        page_bottom = self.context.page_bottom
        space = page_bottom - (bottom if beyond else min(bottom, page_bottom - self.bottom_space))
        return BLOCK.block_box_layout(
            self.context,
            column,
            space,
            resume,
            self.containing_block,
            True,
            self.absolute,
            self.fixed,
            None,
            *self.firsts,
            discard=False,
            max_lines=None,
        )


def lays_out(box: Any, context: Any) -> bool:
    """Return whether a multicol box is one for us: filled in order, its height or rows given."""
    style = box.style
    fixed = (
        style["column_fill"] == "auto"
        and style["height"] != "auto"
        and getattr(style["height"], "unit", "%").lower() == "px"
    )
    return bool(
        (fixed or _declared(box))
        and box.children
        and style["direction"] == "ltr"
        and not context.footnotes
        and not context.current_page_footnotes
        and not any(child.style["column_span"] == "all" for child in box.children)
    )


def fixed_columns(journal: Journal, context: Any, box: Any, *engine: Any) -> Any:
    """Return what the engine's `columns_layout` would, each column with its own height, and full.

    `journal` tells which paragraphs a column asked for; see `leveling`.
    """
    bottom_space, skip_stack, containing_block, _, absolute, fixed, margins, *firsts = engine
    relative = box.style["position"] == "relative"
    box = box.copy_with_children(box.children)
    box.position_y += BLOCK.collapse_margin(margins)
    BLOCK.block_level_width(box, containing_block)
    outside = _Outside(
        context, containing_block, [] if relative else absolute, fixed, tuple(firsts), bottom_space
    )
    first = next(iter(skip_stack)) if skip_stack else 0
    children = [child.copy() for child in box.children[first:]]
    resume = {0: skip_stack[first]} if skip_stack else None
    context.in_column = True
    columns, next_page = _columns(_Content(box, children, resume), outside, journal)
    context.in_column = False
    if not columns:
        return None, (0, None), {"break": "any", "page": None}, [], False
    box.children = columns
    if box.height == "auto":
        box.height = max(column.height for column in columns)
    for placed in outside.absolute if relative else ():
        COLUMN.absolute_layout(context, placed, box, fixed, bottom_space, skip_stack=None)
    return box, None, next_page, [], False


def _columns(content: _Content, outside: _Outside, journal: Journal) -> tuple[list[Any], Any]:
    """Return the columns that hold `content`, and what the engine says of the next page."""
    frame = _frame(content.box)
    columns: list[Any] = []
    next_page: Any = {"break": "any", "page": None}
    while len(columns) < len(frame.heights) + _MOST:
        laid = _column(content, (frame, len(columns)), outside, journal)
        column, resume, next_page, *_ = laid
        if column is None:
            break
        columns.append(column)
        if resume is None:
            break
        content = content._replace(resume=resume)
    return columns, next_page


def _column(
    content: _Content, place: tuple[_Frame, int], outside: _Outside, journal: Journal
) -> Any:
    """Return one column, numbered from 0, and what else the engine returns of it."""
    frame, number = place
    height = frame.heights[min(number, len(frame.heights) - 1)]
    placed, fixed = len(outside.absolute), len(outside.fixed)

    def fresh() -> Any:
        column = COLUMN._create_column_box(
            content.box, outside.containing_block, content.children, frame.width, frame.y
        )
        column.position_x = frame.x + number * (frame.width + frame.gap)
        return column

    def lay() -> Any:
        del outside.absolute[placed:], outside.fixed[fixed:]
        laid = outside.lay(fresh(), frame.y + height, content.resume)
        for more in range(1, _HIGHEST):
            if not _divides(content.children, laid[1]):
                break
            del outside.absolute[placed:], outside.fixed[fixed:]
            bottom = frame.y + height + more * frame.row
            laid = outside.lay(fresh(), bottom, content.resume, beyond=True)
        return laid

    def empty_rows(laid: Any) -> int:
        if laid[1] is None or outside.context.broken_out_of_flow:
            return 0
        return _empty_rows(laid[0], frame.y + height, frame.row)

    laid = filled(lay, empty_rows, journal)
    if laid[0] is not None:
        laid[0].height = height
    return laid


def _divides(children: Any, resume: Any) -> bool:
    """Return whether what goes on in the next column goes on inside a box not to be divided.

    The engine divides such a box where it begins a column and is higher.
    """
    for index, inner in (resume or {}).items():
        if inner is None or isinstance(children[index], BOXES.LineBox):
            return False
        kept = children[index].style["break_inside"] in ("avoid", "avoid-column")
        return kept or _divides(children[index].children, inner)
    return False


def _empty_rows(column: Any, bottom: float, row: float) -> int:
    """Return how many whole rows are left between a column's last line and its `bottom`.

    The engine makes a box that goes on in the next column as high as the column: look inside.
    """
    last = column
    while isinstance(last, BOXES.BlockBox) and last.children:
        last = last.children[-1]
    if last is None or last is column:
        return 0
    line = isinstance(last, BOXES.LineBox)
    foot = last.position_y + (last.height if line else last.margin_height())
    return int((bottom - foot) / row + _SLIGHT)


def _frame(box: Any) -> _Frame:
    style = box.style
    gap = style["column_gap"]
    gap = style["font_size"] if gap == "normal" else PERCENT.percentage(gap, style, box.width)
    width, count = style["column_width"], style["column_count"]
    if width != "auto":
        most = max(1, floor((box.width + gap) / (width + gap)))
        count = most if count == "auto" else min(count, most)
    width = max(0.0, (box.width + gap) / count - gap)
    row, _ = INLINE.strut(style)
    if _declared(box):
        rows = _rows(box, count)
        grown = 0 if box.height == "auto" else round(box.height / row) - max(rows)
        heights = tuple(row * max(0, each + grown) for each in rows)
    else:
        heights = (box.height,) * count
    return _Frame(box.content_box_x(), box.content_box_y(), width, gap, heights, row)


def _declared(box: Any) -> bool:
    """Return whether the box itself declares its rows: custom properties are inherited."""
    return _KEY in getattr(box.style, "cascaded", ())


def _rows(box: Any, count: int) -> list[int]:
    tokens = [token for token in box.style[_KEY] if token.type != "whitespace"]
    rows = [_row_count(token) for token in tokens]
    if len(rows) != count or None in rows:
        words = " ".join(token.serialize() for token in tokens)
        raise ColumnRowsError(
            f"{PROPERTY}: {words} does not give {count} columns a whole number each"
        )
    return [max(0, each) for each in rows if each is not None]  # less than none: all is taken


def _row_count(token: Any) -> int | None:
    """Return a whole number, written as such or as calc(6 - 1): what copyfitting makes of one."""
    words = token.arguments if token.type == "function" and token.lower_name == "calc" else [token]
    found = _SUM.fullmatch("".join(word.serialize() for word in words))
    if found is None:
        return None
    return sum(int(sign + "1") * int(number) for sign, number in _TERM.findall(found[0]))
