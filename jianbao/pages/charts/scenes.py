"""Where everything of a chart stands, in points of 四开: what a drawing is made from.

A scene is data: layers of bars, words and strokes. Sideways a layer lies either
in points or on the scene's scale of values; so the one who draws knows nothing
of figures, and the one who places knows nothing of Vega.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

NAME, NUMBER, SMALL = 8.0, 8.0, 7.0
INK, SOFT, TRACK = "#1a1a1a", "#555555", "#e4e4e4"
# Told apart by lightness alone, also on newsprint: each has the dark outline.
FILLS = ("#333333", "#c4c4c4", "#8a8a8a", "#ffffff")
_NARROW, _DIGIT = 0.6, 0.59


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` laid out from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return where a value stands, in points."""
        span = (self.high - self.low) or 1.0
        return self.start + (value - self.low) / span * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars of one fill: from, to (on the scale if `scaled`), top."""

    rows: tuple[tuple[float, float, float], ...]
    height: float
    fill: str
    outline: str = INK
    scaled: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """Texts of one style: x (on the scale if `scaled`), baseline, text."""

    rows: tuple[tuple[float, float, str], ...]
    size: float = NAME
    bold: bool = False
    align: str = "left"
    fill: str = INK
    shift: float = 0.0
    scaled: bool = False


@dataclass(frozen=True, slots=True)
class Strokes:
    """Lines of one style, each through its points."""

    rows: tuple[tuple[tuple[float, float], ...], ...]
    width: float = 0.5
    dash: tuple[float, ...] = ()
    fill: str = INK


Layer = Bars | Words | Strokes


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawing of this size; layers lie over one another in their order."""

    width: float
    height: float
    scale: Scale
    layers: tuple[Layer, ...]


def merged(layers: Sequence[Layer]) -> list[Layer]:
    """Return the layers with neighbours of one style as one: each costs time to draw."""
    result: list[Any] = []
    for layer in layers:
        if result and _style(result[-1]) == _style(layer):
            result[-1] = replace(result[-1], rows=(*result[-1].rows, *layer.rows))
        else:
            result.append(layer)
    return result


def _style(layer: Any) -> Any:
    return replace(layer, rows=())


def ems(text: str) -> float:
    """Return about how wide a text is, in em of the page's Hei face.

    >>> ems("城市道路")
    4.0
    >>> ems("16个") < 2.2
    True
    """
    return sum(
        1.0 if unicodedata.east_asian_width(char) in "WFA"
        else _DIGIT if char.isdigit()
        else 0.92 if char == "%"
        else 0.32 if char in ".,:/ "
        else _NARROW
        for char in text
    )  # fmt: skip


def widest(texts: Sequence[str], size: float) -> float:
    """Return the width of the longest of `texts`, in points."""
    return max((ems(text) for text in texts), default=0.0) * size
