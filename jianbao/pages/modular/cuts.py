"""The ways to set one story in a rectangle, and what each costs.

Text is never cut and never stretched: what gives is the height of the photo and the white around
the head. Costs are about empty lines: one empty line of text costs about 1.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, inf

from jianbao.pages.modular.heads import Head, head_of
from jianbao.pages.modular.shapes import (
    COLUMN,
    COLUMNS,
    FIRST,
    GAP,
    LAST,
    ROW,
    UPRIGHT,
    Form,
    Item,
    Module,
    span,
)

LEAST_ROWS = 4
LEAST_END = 3  # lines in a text's last column
MOST_WHITE = 2  # rows more around a head
_SECOND_LINE, _CUT_CAPTION = 2.0, 3000.0  # of a caption; a caption of more than two
_MOST_CUT = 0.84  # of a photo's height or width that cropping to its place must leave
_PAD = {2: 10.8, 3: 12.6}
_CUT_CHART = 2000.0  # as bad as a text far too long: it does not fit either
LAST_RESORT = 1e6  # a photo cut more than that, charts over their frame: only where nothing else is


@dataclass(frozen=True, slots=True)
class Cut:
    """A way to set a story in a rectangle: its photo, the white above its text, what it costs."""

    form: Form
    columns: int
    rows: int
    head: Head
    photo_columns: int = 0
    photo_rows: int = 0
    caption_rows: int = 1
    white: int = 0
    measure: float = COLUMN
    cost: float = inf


def best_cut(item: Item, columns: int, rows: int, soft: bool) -> Cut:
    """Return the best way to set a story in so many columns and rows."""
    ways = _soft(item, columns, rows) if soft else _hard(item, columns, rows)
    return min(ways, key=lambda way: way.cost, default=None) or _cramped(item, columns, rows)


def _cramped(item: Item, columns: int, rows: int) -> Cut:
    """Return a way at no price: what does not fit runs over, and is found."""
    head = head_of(item.heads, span(columns), (item.is_lead, item.kicker, item.deck), item.bonds)
    wide = min(item.fixed[0] or bool(item.photo), columns)
    depth = max(1, rows - head.rows)
    return Cut(Form.PLAIN, columns, rows, head, wide, depth if wide else 0)


def _hard(item: Item, columns: int, rows: int) -> Iterator[Cut]:
    """Yield ways with the head on top and the photo, if there is one, at the foot's right."""
    head = head_of(item.heads, span(columns), (item.is_lead, item.kicker, item.deck), item.bonds)
    for white in range(MOST_WHITE + 1 + (item.is_lead)):
        depth = rows - head.rows - white
        if depth < LEAST_ROWS:
            return
        plain = Cut(Form.PLAIN, columns, rows, head, white=white)
        cells = depth * columns - item.lines[COLUMN]
        dear = white**2 * 1.5 + _over(item, depth)
        if not item.photo and not item.fixed[0]:
            yield replace(plain, cost=_emptiness(cells, columns, depth) + dear)
        for wide in _widths(item, columns):
            least, ideal, most = _photo_rows(item, wide)
            heights = range(least, min(most, depth) + 1)
            resort = least > depth and (item.fixed[0] > 0 or wide == 1)
            for high in (depth,) if resort else heights:
                if 0 < depth - high < LEAST_END:
                    continue
                cost = _emptiness(cells - high * wide, columns, depth - high or depth)
                cost += abs(high - ideal) * 0.6 + 3 * (wide == 1 and columns == COLUMNS)
                cost += _caption_cost(item, wide) + LAST_RESORT * resort
                yield replace(
                    plain,
                    photo_columns=wide,
                    photo_rows=high,
                    caption_rows=_caption_rows(item, wide),
                    cost=cost + dear,
                )


def _soft(item: Item, columns: int, rows: int) -> Iterator[Cut]:
    """Yield ways without a head on top: a photo stands there, or the head down the side."""
    if columns not in UPRIGHT or item.fixed[0]:
        return
    if not item.photo:
        number, widths = UPRIGHT[columns]
        depth = rows - 2
        head = upright(item.heads, depth)
        if head is not None and depth >= LEAST_ROWS:
            for narrower, width in enumerate(widths):
                free = depth * number - item.lines[width]
                middle = min(max(0, free) // (2 * number), max(0, depth - item.highest))
                white = min(middle, 2 * MOST_WHITE)  # more is empty, wherever it stands
                cost = (
                    _emptiness(free - white * number, number, depth - white) + white + narrower / 2
                )
                cost += _over(item, depth - white)
                box = Cut(Form.BOX, columns, rows, head, white=middle)
                yield replace(box, measure=width, cost=cost)
        return
    head = head_of(item.heads, span(columns), (False, item.kicker, item.deck), item.bonds)
    least, ideal, most = _photo_rows(item, columns)
    for high in range(least, most + 1):
        for white in range(MOST_WHITE + 1):
            depth = rows - head.rows - high - white
            if depth >= LEAST_ROWS:
                free = depth * columns - item.lines[COLUMN]
                cost = _emptiness(free, columns, depth) + abs(high - ideal) * 0.6
                cost += _caption_cost(item, columns) + _over(item, depth)
                lines = _caption_rows(item, columns)
                cut = Cut(Form.PHOTO, columns, rows, head, columns, high, lines, white)
                yield replace(cut, cost=cost + white**2 * 1.5)


def _widths(item: Item, columns: int) -> Iterable[int]:
    """Return over how many columns of so many a story's photo, or its wide charts, may stand."""
    if item.fixed[0]:
        return (item.fixed[0],) if item.fixed[0] <= columns else ()
    return range(1, min(columns, 4)) if item.photo else ()


def upright(heads: Sequence[str], rows: int) -> Head | None:
    """Return a head set down the side of a box, or None where its characters do not stand so.

    >>> upright(["一条热线连起千家事"], 24).rows
    18
    >>> upright(["完成率达79%"], 24) is None
    True
    """
    lines = list(heads)
    if len(lines) > 1 or not all("\u4e00" <= char <= "\u9fff" for char in lines[0]):
        return None
    length = len(lines[0])
    leading = 2.0 if length * 2 <= rows else 1.75
    if length * leading > rows:
        return None
    return Head((lines[0],), 22 if leading == 2.0 else 19, ceil(length * leading))


def _photo_rows(item: Item, columns: int) -> tuple[int, float, int]:
    """Return the lowest, best and highest rows of a photo over so many columns, caption included.

    The highest is 0 where it would look coarse, but over one column: smaller it cannot be, and that
    it is coarse is told where its dots are counted.

    >>> _photo_rows(Item({}, (), 1.5), 2)
    (13, 14.57, 17)
    """
    if item.fixed[0]:
        return item.fixed[1], item.fixed[1], item.fixed[1]
    best, caption = span(columns) / item.photo / ROW, _caption_rows(item, columns)
    least = ceil(best * _MOST_CUT)
    sharp = int(item.widest / item.photo / ROW) if item.widest < inf else LAST
    most = min(int(best / _MOST_CUT), sharp) + caption if span(columns) <= item.widest else 0
    if columns == 1:
        most = max(most, least + caption)
    return least + caption, round(best + caption, 2), most


def _caption_rows(item: Item, columns: int) -> int:
    return 2 if item.caption > span(columns) else 1


def _caption_cost(item: Item, columns: int) -> float:
    lines = item.caption / span(columns)
    return _CUT_CAPTION if lines > 2 else _SECOND_LINE if lines > 1 else 0.0


def _over(item: Item, depth: int) -> float:
    """Return what columns of so many rows cost that are too short for a chart in the text."""
    missing = item.highest - depth
    return _CUT_CHART + 60.0 * missing if missing > 0 else 0.0


def _emptiness(free: int, columns: int, last: int) -> float:
    """Return what empty lines cost, the last column having so many rows.

    None may be missing. A few do no harm at the end of a text, but a line or two alone in the
    last column look forgotten, and an empty column is a hole.
    """
    if free < 0:
        return 1000.0 - 60 * free + 6 * free**2  # rather a little in two: copyfitting can take that
    ending = 15.0 if last - free < LEAST_END else 0.0
    hole = 25.0 if free >= last else 0.0
    return max(0, free - columns // 2) + max(0, free - columns) ** 2 * 0.4 + max(ending, hole)


def module_of(index: int, cut: Cut, first: int, top: int) -> Module:
    """Return a story's rectangle from its first column, counted from 0, and its top row."""
    left = first * (COLUMN + GAP)
    wide = span(cut.columns)
    common = Module(
        index, cut.form, left, wide, top, cut.rows, cut.head, top, (0, 0, 0, 0), top, left, wide,
        (), caption_rows=cut.caption_rows, is_lead=index == 0, white=cut.white,
        rule=(0.0, wide if top > FIRST else 0.0),
    )  # fmt: skip
    if cut.form is Form.BOX:
        number, widths = UPRIGHT[cut.columns]
        text_wide = number * cut.measure + (number - 1) * 10.8
        spare = number * (widths[0] - cut.measure)
        text_left = left + wide - _PAD[cut.columns] - text_wide - spare / 2
        return replace(
            common,
            head_top=top + 1 + min(cut.white, cut.rows - 2 - cut.head.rows),
            text_top=top + 1 + cut.white,
            text_left=text_left,
            text_wide=text_wide,
            column_rows=(cut.rows - 2 - cut.white,) * number,
            measure=cut.measure,
            gap=10.8,
        )
    on_top = cut.photo_rows if cut.form is Form.PHOTO else 0
    head_top = top + on_top
    text_top = head_top + cut.head.rows + cut.white
    depth = cut.rows - on_top - cut.head.rows - cut.white
    if on_top:
        photo = (left, wide, top, on_top)
        return replace(
            common,
            head_top=head_top,
            photo=photo,
            text_top=text_top,
            column_rows=(depth,) * cut.columns,
        )
    short = cut.columns - cut.photo_columns
    photo = (
        left + short * (COLUMN + GAP),
        span(cut.photo_columns),
        top + cut.rows - cut.photo_rows,
        cut.photo_rows,
    )
    rows = (depth,) * short + (depth - cut.photo_rows,) * cut.photo_columns
    columns = tuple(each for each in rows if each > 0)
    text_wide = span(len(columns))
    return replace(
        common,
        text_top=text_top,
        text_wide=text_wide,
        column_rows=columns,
        photo=photo if cut.photo_rows else (0, 0, 0, 0),
    )
