"""Place bars by category, and bars of progress: name over or before its bars, number behind.

Panel ──bars, progress──▶ Scene
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from jianbao.pages.charts.panels import ABSENT, Panel, Row, Value
from jianbao.pages.charts.scenes import (
    FILLS,
    INK,
    NAME,
    NUMBER,
    SMALL,
    SOFT,
    TRACK,
    Bars,
    Layer,
    Scale,
    Scene,
    Strokes,
    Words,
    ems,
    widest,
)

_BAR, _PITCH, _GAP = 7.5, 10.5, 4.0
_NAME_LINE = 11.0
_BESIDE = 0.36
"""The part of the width that names may take before their bars."""


@dataclass(slots=True)
class _Placed:
    """What is placed on the way down."""

    names: list[tuple[float, float, str]] = field(default_factory=list)
    smalls: list[tuple[float, float, str]] = field(default_factory=list)
    ends: list[tuple[float, float, str]] = field(default_factory=list)
    starts: list[tuple[float, float, str]] = field(default_factory=list)
    absent: list[tuple[float, float, str]] = field(default_factory=list)
    bars: dict[int, list[tuple[float, float, float]]] = field(default_factory=dict)
    groups: list[tuple[float, float]] = field(default_factory=list)
    top: float = 0.0
    more: float = 0.0

    @property
    def bar(self) -> float:
        """How high a bar is; `more` is what each number has more than it needs."""
        return _BAR + 0.6 * self.more

    @property
    def pitch(self) -> float:
        """How far a number is from the next."""
        return _PITCH + self.more

    @property
    def base(self) -> float:
        """How far below its bar's top a number stands."""
        return 6.9 + 0.3 * self.more


def bars(panel: Panel) -> Scene:
    """Return bars from zero, a group for each row."""
    grouped = len(panel.columns) > 1
    sizes = [float(value.size) for value in panel.values_of_rows if value.size is not None]
    low, high = min(0.0, *sizes), max(0.0, *sizes)
    room = widest([value.text for value in panel.values_of_rows], NUMBER) + 4
    before = _before(panel.columns if grouped else [row.label for row in panel.rows], panel.width)
    scale = Scale(low, high, before + (room if low < 0 else 0), panel.width - (room if high else 0))
    placed = _Placed(more=panel.taller / len(panel.values_of_rows))
    keyed = grouped and not before
    if keyed:
        placed.top = _key(panel.columns, panel.width, placed)
    over = grouped or not before
    for row in panel.rows:
        if over:
            placed.names.append((0, placed.top + 8, row.label))
            placed.top += _NAME_LINE
        below = (len(row.values) - 1) * placed.pitch + placed.bar + 1
        placed.groups.append((placed.top - 1, placed.top + below))
        for index, value in enumerate(row.values):
            label = panel.columns[index] if grouped and not keyed else ""
            if not over:
                placed.names.append((0, placed.top + placed.base + 0.1, row.label))
            if label:
                placed.smalls.append((0, placed.top + placed.base - 0.3, label))
            _bar(placed, scale, index, value)
            placed.top += placed.pitch
        placed.top += _GAP
    return Scene(panel.width, placed.top - _GAP, scale, tuple(_layers(placed, scale)))


def _before(labels: tuple[str, ...] | list[str], width: float) -> float:
    """Return how much room names take before their bars, 0 where they stand above them."""
    room = widest(labels, NAME) + 5
    return room if room <= _BESIDE * width else 0.0


def _key(columns: tuple[str, ...], width: float, placed: _Placed) -> float:
    """Place a patch and a name for each column; return where the bars begin."""
    x, y = 0.0, 0.0
    for index, column in enumerate(columns):
        room = 10 + ems(column) * SMALL + 8
        if x and x + room - 8 > width:
            x, y = 0.0, y + 10
        placed.bars.setdefault(-1 - index, []).append((x, x + 7, y + 0.5))
        placed.smalls.append((x + 10, y + 6.8, column))
        x += room
    return y + 13


def _bar(placed: _Placed, scale: Scale, index: int, value: Value) -> None:
    base = placed.top + placed.base
    if value.size is None:
        placed.absent.append((scale.at(0) + 3, base, value.text))
        return
    size = float(value.size)
    placed.bars.setdefault(index, []).append((min(0.0, size), max(0.0, size), placed.top))
    (placed.starts if size < 0 else placed.ends).append((size, base, value.text))


def _layers(placed: _Placed, scale: Scale) -> Iterator[Layer]:
    for index, rows in sorted(placed.bars.items()):
        column = index if index >= 0 else -1 - index
        high = placed.bar if index >= 0 else 6.5
        yield Bars(tuple(rows), high, FILLS[column], scaled=index >= 0)
    for first, last in placed.groups:
        yield Strokes((((scale.at(0), first), (scale.at(0), last)),), 0.75)
    yield Words(tuple(placed.names))
    yield Words(tuple(placed.smalls), SMALL)
    yield Words(tuple(placed.ends), NUMBER, bold=True, shift=3, scaled=True)
    yield Words(tuple(placed.starts), NUMBER, bold=True, align="right", shift=-3, scaled=True)
    yield Words(tuple(placed.absent), SMALL, fill=SOFT)


def progress(panel: Panel) -> Scene:
    """Return a bar for each number, filled as far as things have come."""
    grouped = len(panel.columns) > 1
    room = widest([value.text for value in panel.values_of_rows], NUMBER) + 4
    scale = Scale(0, 1, 0, panel.width - room)
    placed = _Placed(more=panel.taller / len(panel.values_of_rows))
    tracks: list[tuple[float, float, float]] = []
    for row in panel.rows:
        for index, value in enumerate(row.values):
            _over(placed, panel, row, index)
            tracks.append((0, 1, placed.top))
            base = placed.top + placed.base + 0.1
            if value.size is None or not value.whole:
                placed.absent.append((3, base - 0.2, value.text))
            else:
                done = min(1.0, float(value.size / value.whole))
                placed.bars.setdefault(0, []).append((0, done, placed.top))
                placed.ends.append((panel.width, base, value.text))
            placed.top += placed.pitch
        placed.top += _GAP + (1.5 if grouped else 0)
    height = placed.top - _GAP - (1.5 if grouped else 0)
    layers = (
        Bars(tuple(tracks), placed.bar, TRACK),
        Bars(tuple(placed.bars.get(0, ())), placed.bar, FILLS[0]),
        Words(tuple(placed.names)),
        Words(tuple(placed.smalls), SMALL),
        Words(tuple(placed.starts), SMALL, align="right"),
        Words(tuple(placed.ends), NUMBER, bold=True, align="right", fill=INK),
        Words(tuple(placed.absent), SMALL, fill=SOFT),
    )
    return Scene(panel.width, height, scale, layers)


def _over(placed: _Placed, panel: Panel, row: Row, index: int) -> None:
    """Place the row's name over its first bar and a measure's over its own, its parts right."""
    value = row.values[index]
    grouped = len(panel.columns) > 1
    if index == 0:
        placed.names.append((0, placed.top + 8, row.label))
    if grouped and index == 0:
        placed.top += _NAME_LINE
    if grouped:
        placed.smalls.append((0, placed.top + 7, panel.columns[index]))
    taken = ems(panel.columns[index]) * SMALL if grouped else ems(row.label) * NAME
    beside = "" if value.text == ABSENT else value.beside
    if beside and taken + ems(beside) * SMALL + 6 <= panel.width:
        placed.starts.append((panel.width, placed.top + (7 if grouped else 8), beside))
    placed.top += 9.5 if grouped else _NAME_LINE
