"""Place stacks: the parts of one whole beside their names, or a bar of parts for each row.

Panel ──stack──▶ Scene
"""

from collections.abc import Iterator, Sequence

from jianbao.pages.charts.panels import ABSENT, Panel, Row
from jianbao.pages.charts.scenes import (
    FILLS,
    NAME,
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
    widest,
)

_PILLAR, _LABELS = 26.0, 40.0
_LINE, _TWO_LINES = 13.0, 22.0


def stack(panel: Panel) -> Scene:
    """Return one pillar of rows where there is one number a row, else a bar for each row."""
    return _pillar(panel) if len(panel.columns) == 1 else _rows(panel)


def _pillar(panel: Panel) -> Scene:
    """Return a pillar from top to bottom in official order, each part led to its name."""
    room = panel.width - _LABELS
    texts = [(row.label, row.values[0].text) for row in panel.rows]
    one_line = all(
        ems(label) * NAME + ems(text) * NUMBER + NAME / 2 <= room for label, text in texts
    )
    pitch = _LINE if one_line else _TWO_LINES
    height = max(pitch * len(texts), 5 * _LINE) + panel.taller
    sizes = [float(row.values[0].size or 0) for row in panel.rows]
    scale = Scale(0, sum(sizes), 0, height)
    tops = [scale.at(sum(sizes[:index])) for index in range(len(sizes) + 1)]
    middles = [(tops[i] + tops[i + 1]) / 2 for i in range(len(sizes))]
    labels = spread([middle - pitch / 2 for middle in middles], pitch, height)
    names, numbers, gaps = _beside(texts, labels, one_line)
    layers: list[Layer] = []
    leads = []
    for index, size in enumerate(sizes):
        if size:
            fill = FILLS[index % 2]
            box = ((0.0, _PILLAR, tops[index]),)
            layers.append(Bars(box, tops[index + 1] - tops[index], fill, scaled=False))
            y = labels[index] + _LINE / 2
            leads.append(((_PILLAR, middles[index]), (_LABELS - 9, y), (_LABELS - 3, y)))
    layers += [
        Strokes(tuple(leads), 0.5),
        Words(tuple(names)),
        Words(tuple(numbers), NUMBER, bold=True),
        Words(tuple(gaps), SMALL, fill=SOFT),
    ]
    if panel.total and panel.total.values[0].figure:
        height += _LINE
        layers.append(Words(((0.0, height - 2, panel.total.label),), SMALL))
        layers.append(
            Words(((_LABELS, height - 2, panel.total.values[0].text),), NUMBER, bold=True)
        )
    return Scene(panel.width, height, scale, tuple(layers))


_Placed = list[tuple[float, float, str]]


def _beside(
    texts: Sequence[tuple[str, str]], tops: Sequence[float], one_line: bool
) -> tuple[_Placed, _Placed, _Placed]:
    """Return names, numbers and gaps right of the pillar."""
    names: _Placed = []
    numbers: _Placed = []
    gaps: _Placed = []
    for (label, text), top in zip(texts, tops, strict=True):
        names.append((_LABELS, top + 9.4, label))
        x = _LABELS + (ems(label) * NAME + NAME / 2 if one_line else 0)
        y = top + (9.4 if one_line else 19)
        (gaps if text == ABSENT else numbers).append((x, y, text))
    return names, numbers, gaps


def spread(tops: Sequence[float], pitch: float, height: float) -> list[float]:
    """Return places near `tops`, each at least `pitch` below the one before, none past `height`.

    >>> spread([0, 1, 2], 10, 100)
    [0, 10, 20]
    >>> spread([95, 96], 10, 100)
    [80, 90]
    """
    placed: list[float] = []
    for top in tops:
        placed.append(max(top, placed[-1] + pitch if placed else 0))
    below = height
    for index in range(len(placed) - 1, -1, -1):
        placed[index] = min(placed[index], below - pitch)
        below = placed[index]
    return placed


def _rows(panel: Panel) -> Scene:
    """Return a bar for each row, its parts side by side, their names and numbers below."""
    sums = [sum(float(value.size or 0) for value in row.values) for row in panel.rows]
    scale = Scale(0, max(sums) or 1, 0, panel.width)
    parts: list[Layer] = []
    patches: list[list[tuple[float, float, float]]] = [[] for _ in FILLS]
    names: _Placed = []
    smalls: _Placed = []
    top = 0.0
    for row in panel.rows:
        names.append((0, top + 8, row.label))
        parts += _parts(row, top + 11)
        top += 21
        for line in _under(panel, row):
            for x, index, text in line:
                patches[index].append((x, x + 6, top + 1))
                smalls.append((x + 8, top + 7, text))
            top += 9.5
        top += 4
    parts.sort(key=lambda layer: FILLS.index(layer.fill))
    keys = (Bars(tuple(rows), 6, FILLS[i], scaled=False) for i, rows in enumerate(patches))
    words = (Words(tuple(names)), Words(tuple(smalls), SMALL))
    return Scene(panel.width, top - 4, scale, (*parts, *keys, *words))


def _parts(row: Row, top: float) -> Iterator[Layer]:
    start = 0.0
    for index, value in enumerate(row.values):
        size = float(value.size or 0)
        if size:
            yield Bars(((start, start + size, top),), 8, FILLS[index])
        start += size


def _under(panel: Panel, row: Row) -> Iterator[list[tuple[float, int, str]]]:
    """Yield lines of patches with name and number, as many in a line as fit."""
    texts = [f"{name}{value.text}" for name, value in zip(panel.columns, row.values, strict=True)]
    each = widest(texts, SMALL) + 8 + 6
    fit = max(1, int((panel.width + 6) // each))
    for first in range(0, len(texts), fit):
        yield [(i * each, first + i, text) for i, text in enumerate(texts[first : first + fit])]
