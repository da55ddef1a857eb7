"""How a table stands in a narrow column: how wide its columns are, and how many rows high.

Panel ──measure──▶ Grid, or None where it does not fit
"""

import re
from dataclasses import dataclass
from math import ceil

from jianbao.pages.charts.panels import Panel
from jianbao.pages.charts.scenes import ems

SIZE, LEADING, PAD = 8.0, 10.0, 3.0
_LEAST_NAME = 3
_LONG_HEAD = 5
_PIECE = re.compile(r"\d[\d.,%]*\D?|\D")  # a number with what follows it, or a character


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's measures in points of 四开.

    Attributes:
        widths: Of its columns, that of names first.
        height: Of all its lines.
    """

    widths: tuple[float, ...]
    height: float


def measure(panel: Panel) -> Grid | None:
    """Return how a table is set, None where its column is too narrow for it.

    Numbers are never broken; a heading takes up to three lines, a name what is left.
    """
    rows = panel.lined_up
    widths = []
    for index, head in enumerate(panel.columns):
        number = max(ems(row.values[index].text) for row in rows) * SIZE
        widths.append(max(number, max(map(ems, parted(head))) * SIZE, 2 * SIZE) + 2 * PAD)
    name = panel.width - sum(widths)
    longest = max(ems(row.label) for row in rows) * SIZE
    if name < min(longest, _LEAST_NAME * SIZE) + PAD:
        return None
    spare = name - PAD - longest
    if spare > 0:
        widths = [width + spare / (len(widths) + 1) for width in widths]
        name = panel.width - sum(widths)
    heads = max(len(parted(head)) for head in panel.columns)
    height = _line_height(heads) + sum(_line_height(lines_of(r.label, name - PAD)) for r in rows)
    return Grid((name, *widths), height + 1)


def parted(head: str) -> tuple[str, ...]:
    """Return a heading's lines: a long name in two, its unit in one of its own.

    >>> parted("已完成（件）")
    ('已完成', '（件）')
    >>> parted("2021年计划投资")
    ('2021年', '计划投资')
    """
    name, bracket, unit = head.partition("（")
    return (*balanced(name, 2 if ems(name) > _LONG_HEAD else 1), *((bracket + unit,) * bool(unit)))


def balanced(text: str, lines: int) -> tuple[str, ...]:
    """Return a text in so many lines of about one length; no number is broken, or loses its unit.

    >>> balanced("城市道路恢复重建", 2)
    ('城市道路', '恢复重建')
    >>> balanced("2025年12月11日", 2)
    ('2025年', '12月11日')
    """
    parts, each = [""], ems(text) / lines
    for piece in _PIECE.findall(text):
        if parts[-1] and ems(parts[-1]) + ems(piece) / 2 > each + 0.01 and len(parts) < lines:
            parts.append("")
        parts[-1] += piece
    return tuple(parts)


def lines_of(text: str, room: float) -> int:
    """Return how many lines a name takes: as few as are narrow enough, its numbers whole.

    >>> lines_of("2025年12月11日", 4.4 * SIZE), lines_of("2025年12月11日", 4 * SIZE)
    (2, 3)
    """
    least = max(1, ceil(ems(text) * SIZE / (room + 0.01)))
    for lines in range(least, 2 * least + 1):
        if max(map(ems, balanced(text, lines))) * SIZE <= room + 0.01:
            return lines
    return least


def _line_height(lines: int) -> float:
    """Return how high a row of the table is: lines and the white between, and its rule."""
    return lines * LEADING + 3.3
