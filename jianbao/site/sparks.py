"""Lines drawn by hand: hundreds of them are drawn while Altair draws one.

values over days ──spark──▶ a small line, ──curve──▶ a line with its axes; both are SVG

Shapes carry attributes and no style, which the pages' Content-Security-Policy refuses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

WIDE, HIGH = 120.0, 28.0
CURVE_WIDE, CURVE_HIGH = 640.0, 216.0
LEFT, RIGHT, TOP, BOTTOM = 8.0, 8.0, 36.0, 32.0
ABOVE, BELOW = 10.0, 28.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A value at a day, and how it is printed.

    Attributes:
        part: Tells definitions apart; values of two are not joined.
    """

    day: date
    value: float
    text: str
    label: str
    part: int = 0


def spark(dots: Sequence[Dot], said: str) -> Markup:
    """Return a line of the values without axes, its last one marked; empty for a single value."""
    if len(dots) < 2:
        return Markup("")
    places = _places(dots, (2.0, WIDE - 4.0), (HIGH - 4.0, 4.0), _low(dots))
    x, y = places[-1]
    return Markup(
        '<svg class="spark" viewBox="0 0 {:g} {:g}" role="img" aria-label="{}">{}'
        '<circle cx="{:g}" cy="{:g}" r="2.5"/></svg>'
    ).format(WIDE, HIGH, said, _lines(dots, places), x, y)


def curve(dots: Sequence[Dot], said: str) -> Markup:
    """Return a line with its lowest and highest value and its first and last day written."""
    if len(dots) < 2:
        return Markup("")
    low = _low(dots)
    floor = CURVE_HIGH - BOTTOM
    places = _places(dots, (LEFT, CURVE_WIDE - RIGHT), (floor, TOP), low)
    drawn = Markup("").join(
        Markup('<circle cx="{:g}" cy="{:g}" r="{:g}"><title>{}：{}</title></circle>').format(
            x, y, 3.5 if len(dots) < 60 else 1.5, dot.label, dot.text
        )
        for dot, (x, y) in zip(dots, places, strict=True)
    )
    return Markup(
        '<svg class="curve" viewBox="0 0 {:g} {:g}" role="img" aria-label="{}">'
        '<line x1="0" y1="{floor:g}" x2="{:g}" y2="{floor:g}"/>{}{}{}</svg>'
    ).format(
        CURVE_WIDE, CURVE_HIGH, said, CURVE_WIDE, _lines(dots, places), drawn,
        _words(dots, places), floor=floor,
    )  # fmt: skip


def starts_above_zero(dots: Sequence[Dot]) -> bool:
    """Return whether the line of these values has a floor above zero, which must be said."""
    return len(dots) > 1 and _low(dots) > 0


def _low(dots: Sequence[Dot]) -> float:
    """Return the value at the floor: 0, or near the lowest one where all are far above it."""
    low, high = min(dot.value for dot in dots), max(dot.value for dot in dots)
    if low < 0:
        return low
    return 0.0 if low < high * 0.6 else max(0.0, low - (high - low or high) * 0.5)


def _places(
    dots: Sequence[Dot], across: tuple[float, float], up: tuple[float, float], low: float
) -> list[tuple[float, float]]:
    first, last = dots[0].day.toordinal(), dots[-1].day.toordinal()
    days = max(1, last - first)
    span = (max(dot.value for dot in dots) - low) or 1.0
    if low < min(dot.value for dot in dots) == max(dot.value for dot in dots):
        span *= 2  # a line that never moves runs through the middle
    return [
        (
            round(across[0] + (dot.day.toordinal() - first) / days * (across[1] - across[0]), 1),
            round(up[0] + (dot.value - low) / span * (up[1] - up[0]), 1),
        )
        for dot in dots
    ]


def _lines(dots: Sequence[Dot], places: Sequence[tuple[float, float]]) -> Markup:
    """Return a polyline each stretch of one definition."""
    stretches: dict[int, list[str]] = {}
    for dot, (x, y) in zip(dots, places, strict=True):
        stretches.setdefault(dot.part, []).append(f"{x:g},{y:g}")
    return Markup("").join(
        Markup('<polyline points="{}"/>').format(" ".join(points)) for points in stretches.values()
    )


def _words(dots: Sequence[Dot], places: Sequence[tuple[float, float]]) -> Markup:
    """Return the first and the last value beside their dots, and their days below the floor.

    Where the line rises from its first dot, that value stands below it, if there is room.
    """
    texts = []
    first, second = places[0][1], places[1][1]
    below = second < first and first + BELOW <= CURVE_HIGH - BOTTOM
    for index, anchor, x in ((0, "start", 0.0), (-1, "end", CURVE_WIDE)):
        y = first + BELOW if index == 0 and below else places[index][1] - ABOVE
        texts.append(
            Markup('<text x="{:g}" y="{:g}" text-anchor="{}">{}</text>').format(
                x, y, anchor, dots[index].text
            )
        )
        texts.append(
            Markup('<text class="day" x="{:g}" y="{:g}" text-anchor="{}">{}</text>').format(
                x, CURVE_HIGH - 7, anchor, dots[index].label
            )
        )
    return Markup("").join(texts)
