"""Where the numbers of a line stand: beside their points, free of one another and of the line.

points, the width of each number ──beside──▶ its left end and baseline, None where there is no room
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

Point = tuple[float, float]
_ABOVE, _BELOW = -4.0, 10.0  # from the point to the baseline
_HIGH, _DEEP = 7.0, 1.0  # what a number takes above and below its baseline
_APART = 2.0  # between two numbers
_SHARES = (0.5, 0.85, 0.15)  # of a number that stand left of its point


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


def beside(
    points: Sequence[Point | None], widths: Sequence[float], room: Point
) -> list[Point | None]:
    """Return where each number begins, None where a point is None or there is no room.

    `room` is the right end and the foot of the drawing. The ends of the line always have theirs.

    >>> beside([(4, 50), (60, 30), (116, 10)], [20, 20, 20], (120, 70))
    [(4.0, 60.0), (43.0, 26.0), (99.0, 6.0)]
    """
    line = [(one, other) for one, other in pairwise(points) if one and other]
    found: list[Point | None] = [None] * len(points)
    taken: list[_Box] = []
    known = [index for index, point in enumerate(points) if point is not None]
    for index in dict.fromkeys([*known[-1:], *known[:1], *known]):
        places = list(_places(points, index, widths[index], room))
        ends = index in (known[0], known[-1])
        place = next((each for each in places if _is_free(each, widths[index], taken, line)), None)
        if place is None and ends:
            place = places[0]
        if place is not None:
            found[index] = place
            taken.append(_box(place, widths[index]))
    return found


def _places(
    points: Sequence[Point | None], index: int, width: float, room: Point
) -> Iterator[Point]:
    """Yield where a number may stand, the best first: above the line, away from where it goes."""
    point = points[index]
    assert point is not None
    before = points[index - 1] if index else None
    rises = before is not None and before[1] > point[1]
    goes_up = index + 1 < len(points) and (after := points[index + 1]) and after[1] < point[1]
    first = [(0.0, _BELOW if goes_up else _ABOVE)] if index == 0 else []
    shares = sorted(_SHARES, key=lambda share: share != (0.85 if rises else 0.5))
    above = [(share, _ABOVE) for share in shares]
    below = [(share, _BELOW) for share in reversed(shares)]
    for share, way in (*first, *above, *below):
        x = min(max(point[0] - share * width, 0.0), room[0] - width)
        if point[1] + way <= room[1]:
            yield float(x), float(point[1] + way)


def _box(place: Point, width: float) -> _Box:
    return _Box(place[0], place[1] - _HIGH, place[0] + width, place[1] + _DEEP)


def _is_free(
    place: Point, width: float, taken: Sequence[_Box], line: Sequence[tuple[Point, Point]]
) -> bool:
    box = _box(place, width)
    return not any(_meet(box, other) for other in taken) and not any(
        _crosses(box, start, end) for start, end in line
    )


def _meet(one: _Box, other: _Box) -> bool:
    return (
        one.left < other.right + _APART
        and other.left < one.right + _APART
        and one.top < other.bottom
        and other.top < one.bottom
    )


def _crosses(box: _Box, start: Point, end: Point) -> bool:
    """Return whether a stroke goes through a box, or along its edge."""
    left, right = max(box.left, start[0]), min(box.right, end[0])
    if left > right or start[0] == end[0]:
        return False
    slope = (end[1] - start[1]) / (end[0] - start[0])
    heights = [start[1] + slope * (x - start[0]) for x in (left, right)]
    return min(heights) < box.bottom and max(heights) > box.top
