"""Which means to take: the least change after which every frame of a page holds its text.

    Needs of a page's frames, its Means ──choices──▶ Choices, the best first

Pure arithmetic on rows: no page is laid out here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import ceil

from jianbao.press.means import Means

LATER = 0.25  # what a means costs more than the one declared before it
TIGHTENED = 0.7  # a paragraph set a line shorter, in steps of the first means
LOOSENED = 0.05  # one set a line longer, so that the last column ends level
UNEVEN = 0.06  # a row that the last column of a changed frame is short
SLIGHT = 0.02  # of a row


@dataclass(frozen=True, slots=True)
class Need:
    """What one frame needs, in rows of all its columns together.

    Attributes:
        free: Rows left; less than 0 if it is overset.
        gains: Rows a step of each means gives it.
        tighter: How many of its paragraphs may be set a line shorter.
        looser: How many may be set a line longer without anybody noticing.
        empty: Whether it is so empty that it should give rows away.
    """

    free: float
    gains: Mapping[str, float]
    tighter: int = 0
    looser: int = 0
    empty: bool = False

    @property
    def asks(self) -> bool:
        """Whether this frame is why something is to be changed."""
        return self.free < -SLIGHT or self.empty


@dataclass(frozen=True, slots=True)
class Choice:
    """Steps of the means, by name, and for each frame how many lines its paragraphs lose."""

    cost: float
    steps: Mapping[str, int]
    lines: tuple[int, ...]


def choices(needs: Sequence[Need], means: Sequence[Means]) -> list[Choice]:
    """Return every way to make all frames hold their text, the least change first.

    Of a frame that is much too empty it is asked that it becomes less so. Empty if there is none.
    """
    useful = [
        each for each in means if any(need.asks and need.gains.get(each.name) for need in needs)
    ]
    ranges = [range(each.least, each.most + 1) for each in useful]
    found = []
    for steps in product(*ranges):
        named = {each.name: step for each, step in zip(useful, steps, strict=True)}
        rows = [need.free + _gained(need, named) for need in needs]
        price = sum((1 + LATER * k) * abs(step) for k, step in enumerate(steps))
        lines = _lines(needs, rows)
        if lines and (any(steps) or any(lines)):
            cost = price + sum(TIGHTENED * line if line > 0 else -LOOSENED * line for line in lines)
            left = [free + line for free, line in zip(rows, lines, strict=True)]
            found.append(Choice(cost + sum(_uneven(needs, rows, left)), named, lines))
    return sorted(found, key=lambda choice: choice.cost)


def _lines(needs: Sequence[Need], rows: Sequence[float]) -> tuple[int, ...] | None:
    """Return how many lines the paragraphs of each frame lose so that all hold their text.

    No more than are lacking; less than none where that fills the last rows of a frame that asked.
    None if it cannot be done, or a frame that is too empty becomes no fuller.
    """
    lines = []
    for need, free in zip(needs, rows, strict=True):
        lacking = max(0, ceil(-free - SLIGHT))
        left = round(free)
        if lacking > need.tighter or (need.empty and free >= need.free - SLIGHT):
            return None
        lines.append(-left if need.asks and 0 < left <= need.looser else lacking)
    return tuple(lines)


def _gained(need: Need, steps: Mapping[str, int]) -> float:
    return sum(need.gains.get(name, 0) * step for name, step in steps.items())


def _uneven(needs: Sequence[Need], rows: Sequence[float], left: Sequence[float]) -> Iterator[float]:
    for need, row, free in zip(needs, rows, left, strict=True):
        if need.asks or abs(row - need.free) > SLIGHT:
            yield UNEVEN * max(0.0, free) * (10 if need.empty else 1)
