"""Columns of given heights, laid out in one pass.

    multicol box, `--jianbao-column-rows: 34 34 29 29`  ──fixed_columns──▶  its column boxes

A closing box stands under the last columns of the feature page, so these hold fewer rows; CSS has
no word for it. The engine lays out every multicol box at least twice, to balance it; columns
whose height is given and that are filled one after the other need one pass, and get it here,
whether their rows are given or not. Text that does not fit goes on into further columns beside
the last, as the engine does it, so that whoever looks for overset finds it.
"""

from dataclasses import dataclass
from math import floor
from typing import Any

from jianbao.press.composition.weasy import BLOCK, COLUMN, LINE_BREAK, PERCENT

PROPERTY = "--jianbao-column-rows"
_KEY = "__jianbao_column_rows"
_MOST = 40  # columns beyond those declared, before an endless layout is cut short


class ColumnRowsError(ValueError):
    """A template's `--jianbao-column-rows` is not one whole number for each column."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where columns stand: pixels from the page's top left; `heights` of columns in order."""

    x: float
    y: float
    width: float
    gap: float
    heights: tuple[float, ...]


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


def fixed_columns(context: Any, box: Any, *engine: Any) -> Any:
    """Return what the engine's `columns_layout` would, each column with its own height."""
    (
        bottom_space,
        skip_stack,
        containing_block,
        _page_is_empty,
        absolute_boxes,
        fixed_boxes,
        margins,
        first_letter,
        first_line,
    ) = engine
    context.in_column = True
    relative = box.style["position"] == "relative"
    absolute = [] if relative else absolute_boxes
    box = box.copy_with_children(box.children)
    box.position_y += BLOCK.collapse_margin(margins)
    BLOCK.block_level_width(box, containing_block)
    frame = _frame(box)
    first = next(iter(skip_stack)) if skip_stack else 0
    children = [child.copy() for child in box.children[first:]]
    resume = {0: skip_stack[first]} if skip_stack else None
    columns: list[Any] = []
    next_page: Any = {"break": "any", "page": None}
    floor_y = context.page_bottom - bottom_space
    while len(columns) < len(frame.heights) + _MOST:
        height = frame.heights[min(len(columns), len(frame.heights) - 1)]
        column = COLUMN._create_column_box(box, containing_block, children, frame.width, frame.y)
        column.position_x = frame.x + len(columns) * (frame.width + frame.gap)
        space = context.page_bottom - min(frame.y + height, floor_y)
        column, resume, next_page, *_ = BLOCK.block_box_layout(
            context,
            column,
            space,
            resume,
            containing_block,
            True,
            absolute,
            fixed_boxes,
            None,
            first_letter,
            first_line,
            discard=False,
            max_lines=None,
        )
        if column is None:
            break
        column.height = height
        columns.append(column)
        if resume is None:
            break
    context.in_column = False
    if not columns:
        return None, (0, None), {"break": "any", "page": None}, [], False
    return _closed(
        context, box, columns, (absolute, fixed_boxes, bottom_space, relative), next_page
    )


def _closed(
    context: Any, box: Any, columns: list[Any], absolute: tuple[Any, Any, Any, bool], next_page: Any
) -> Any:
    boxes, fixed_boxes, bottom_space, relative = absolute
    box.children = columns
    if box.height == "auto":
        box.height = max(column.height for column in columns)
    if relative:
        for placed in boxes:
            COLUMN.absolute_layout(context, placed, box, fixed_boxes, bottom_space, skip_stack=None)
    return box, None, next_page, [], False


def _frame(box: Any) -> _Frame:
    style = box.style
    gap = style["column_gap"]
    gap = style["font_size"] if gap == "normal" else PERCENT.percentage(gap, style, box.width)
    width, count = style["column_width"], style["column_count"]
    if width != "auto":
        most = max(1, floor((box.width + gap) / (width + gap)))
        count = most if count == "auto" else min(count, most)
    width = max(0.0, (box.width + gap) / count - gap)
    if _declared(box):
        row, _ = LINE_BREAK.strut(style)
        heights = tuple(row * rows for rows in _rows(box, count))
    else:
        heights = (box.height,) * count
    return _Frame(box.content_box_x(), box.content_box_y(), width, gap, heights)


def _declared(box: Any) -> bool:
    """Return whether the box itself declares its rows: custom properties are inherited."""
    return _KEY in getattr(box.style, "cascaded", ())


def _rows(box: Any, count: int) -> list[int]:
    words = [token.serialize() for token in box.style[_KEY] if token.type != "whitespace"]
    if len(words) != count or not all(word.isdigit() for word in words):
        raise ColumnRowsError(
            f"{PROPERTY}: {' '.join(words)} does not give {count} columns a whole number each"
        )
    return [int(word) for word in words]
