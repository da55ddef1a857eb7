"""Place lines over time: first and last number at their ends, a gap where nothing was reported.

Panel ──line──▶ Scene
"""

from collections.abc import Iterator

from jianbao.pages.charts.labels import beside
from jianbao.pages.charts.panels import ABSENT, Panel, Row
from jianbao.pages.charts.scenes import (
    FILLS,
    INK,
    NUMBER,
    SMALL,
    SOFT,
    Bars,
    Layer,
    Scale,
    Scene,
    Strokes,
    Words,
    ems,
)
from jianbao.pages.charts.stacks import spread

NOT_FROM_ZERO = "纵轴不从0起"
LEFT_OUT = "部分数字未标"
_HEIGHT, _TOP, _DATES = 65.0, 12.0, 11.0
_DASHES: tuple[tuple[float, ...], ...] = ((), (4, 2), (1, 1.5), (6, 2, 1, 2))
_NEAR_ZERO = 0.6


def line(panel: Panel) -> Scene:
    """Return a line for each column, its name and last number right of its end."""
    ends = [_end(panel, column) for column in range(len(panel.columns))]
    many = len(panel.columns) > 1
    days, upright, foot = _scales(panel, ends)
    right, height = days.end, foot + _DATES
    layers: list[Layer] = [Strokes((((0, foot + 2), (right + 2, foot + 2)),), 0.5)]
    for column in range(len(panel.columns)):
        layers += _drawn(panel.rows, column, days, upright)
    if many:
        layers += [*_gaps(panel, days, upright), *_at_ends(panel, ends, days, upright)]
    else:
        layers += _numbers(panel.rows, days, upright, foot - 2)
    layers += _dates(panel, days, height)
    return Scene(panel.width, height, upright, tuple(layers))


def leaves_out(panel: Panel) -> bool:
    """Say whether a line has numbers that find no room beside it."""
    if len(panel.columns) > 1:
        return False
    days, upright, foot = _scales(panel, [_end(panel, 0)])
    places = _places(panel.rows, days, upright, foot - 2)
    return any(
        place is None and row.values[0].size is not None
        for row, place in zip(panel.rows, places, strict=True)
    )


def _scales(panel: Panel, ends: list[tuple[str, str]]) -> tuple[Scale, Scale, float]:
    """Return the scales of days and of values, and where the drawing's foot is."""
    sizes = [float(value.size) for value in panel.values_of_rows if value.size is not None]
    low, high = (lowest(sizes), max(0.0, *sizes))
    many = len(panel.columns) > 1
    room = max(ems(text) for name, text in ends for text in (name, text)) * NUMBER + 5
    right = panel.width - room if many else panel.width - 4
    foot = _TOP + _HEIGHT + panel.taller
    days = Scale(0, panel.rows[-1].at or 1, 4, right)
    return days, Scale(low, high, foot - (0 if many else 9), _TOP), foot


def lowest(sizes: list[float]) -> float:
    """Return where the scale begins: at zero, unless the line would be flat far above it.

    >>> lowest([100.0, 200.0])
    0.0
    >>> lowest([95.0, 100.0])
    92.5
    """
    low, high = min(sizes), max(sizes)
    if low < _NEAR_ZERO * high or low <= 0 or low == high:
        return min(0.0, low)
    return low - (high - low) / 2


def starts_above_zero(panel: Panel) -> bool:
    """Say whether the scale of a panel of lines leaves zero out."""
    sizes = [float(value.size) for value in panel.values_of_rows if value.size is not None]
    return lowest(sizes) > 0


def _end(panel: Panel, column: int) -> tuple[str, str]:
    texts = [row.values[column].text for row in panel.rows if row.values[column].figure]
    return panel.columns[column], texts[-1] if texts else ABSENT


def _drawn(rows: tuple[Row, ...], column: int, days: Scale, upright: Scale) -> Iterator[Layer]:
    """Yield the pieces of one line between its gaps, and a dot at each number."""
    piece: list[tuple[float, float]] = []
    dots: list[tuple[float, float, float]] = []
    for row in rows:
        size = row.values[column].size
        if size is None:
            yield Strokes((tuple(piece),), 1.25, _DASHES[column])
            piece = []
            continue
        point = (days.at(row.at), upright.at(float(size)))
        piece.append(point)
        dots.append((point[0] - 1.5, point[0] + 1.5, point[1] - 1.5))
    yield Strokes((tuple(piece),), 1.25, _DASHES[column])
    yield Bars(tuple(dots), 3, FILLS[0] if column % 2 == 0 else FILLS[3], scaled=False)


def _gaps(panel: Panel, days: Scale, upright: Scale) -> Iterator[Layer]:
    """Yield 未报 in the gaps of each line, half way between what was reported around them."""
    for column in range(len(panel.columns)):
        sizes = [row.values[column].size for row in panel.rows]
        for index, row in enumerate(panel.rows):
            if sizes[index] is not None:
                continue
            before = next((float(s) for s in reversed(sizes[:index]) if s is not None), None)
            after = next((float(s) for s in sizes[index:] if s is not None), before)
            middle = (before if before is not None else after or 0) + (after or 0)
            room = ems(row.values[column].text) * SMALL
            x = min(max(days.at(row.at) - room / 2, 0), days.end - room)
            text = row.values[column].text
            yield Words(((x, upright.at(middle / 2) + 2.5, text),), SMALL, fill=SOFT)


def _at_ends(
    panel: Panel, ends: list[tuple[str, str]], days: Scale, upright: Scale
) -> Iterator[Layer]:
    """Yield each line's name and last number, none over another."""
    wanted = []
    for column in range(len(ends)):
        sizes = [row.values[column].size for row in panel.rows]
        last = next((float(size) for size in reversed(sizes) if size is not None), upright.low)
        wanted.append((upright.at(last) - 9, column))
    wanted.sort()
    tops = spread([top for top, _ in wanted], 19, _TOP + _HEIGHT + panel.taller + _DATES)
    x = days.end + 5
    for top, (_, column) in zip(tops, wanted, strict=True):
        yield Words(((x, top + 8, ends[column][0]),), SMALL)
        yield Words(((x, top + 16.5, ends[column][1]),), NUMBER, bold=True)


def _numbers(rows: tuple[Row, ...], days: Scale, upright: Scale, foot: float) -> Iterator[Layer]:
    """Yield the numbers of the only line, each at its point; 未报 at the foot of its gap."""
    for row, place in zip(rows, _places(rows, days, upright, foot), strict=True):
        value = row.values[0]
        if value.size is None:
            room = ems(value.text) * SMALL
            x = min(max(days.at(row.at) - room / 2, 0), days.end + 4 - room)
            yield Words(((x, foot, value.text),), SMALL, fill=SOFT)
        elif place is not None:
            yield Words(((*place, value.text),), NUMBER, bold=True, fill=INK)


def _places(
    rows: tuple[Row, ...], days: Scale, upright: Scale, foot: float
) -> list[tuple[float, float] | None]:
    """Return where the number of each row stands; None where it has none, or no room."""
    points = [
        None if size is None else (days.at(row.at), upright.at(float(size)))
        for row, size in ((row, row.values[0].size) for row in rows)
    ]
    widths = [ems(row.values[0].text) * NUMBER for row in rows]
    return beside(points, widths, (days.end + 4, foot + 2))


def _dates(panel: Panel, days: Scale, height: float) -> Iterator[Layer]:
    """Yield the first and last as-of below the line, and those between that find room."""
    taken: list[tuple[float, float]] = []
    rows = [panel.rows[0], panel.rows[-1], *panel.rows[1:-1]]
    for row in rows:
        room = ems(row.label) * SMALL
        x = min(max(days.at(row.at) - room / 2, 0), max(panel.width, days.end) - room)
        if any(x < end + 4 and start < x + room + 4 for start, end in taken):
            continue
        taken.append((x, x + room))
        yield Words(((x, height - 1.5, row.label),), SMALL)
