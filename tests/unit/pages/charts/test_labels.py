"""The numbers of a line: none is left out while there is room, none lies over another or the line."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from jianbao.pages.charts.labels import beside

WIDE, FOOT = 126.0, 79.0
Places = list[tuple[float, float] | None]


def line(heights: list[float]) -> list[tuple[float, float]]:
    """Return points as far apart as a column allows, so high each."""
    step = (WIDE - 8) / (len(heights) - 1)
    return [(4 + step * k, height) for k, height in enumerate(heights)]


def test_seven_numbers_of_a_rising_line_all_stand() -> None:
    """Each above its point and left of it, the first below: away from where the line goes."""
    places = beside(line([68 - 9 * k for k in range(7)]), [22.0] * 7, (WIDE, FOOT))

    assert None not in places
    assert [10.0, *[-4.0] * 6] == [
        place[1] - (68 - 9 * k) for k, place in enumerate(places) if place
    ]


def test_a_valley_has_its_number_below() -> None:
    """And a peak above."""
    places = beside(line([20.0, 60.0, 20.0, 60.0, 20.0]), [18.0] * 5, (WIDE, FOOT))

    assert [False, True, False, True, False] == [
        place[1] > point for place, point in zip(places, (20, 60, 20, 60, 20), strict=True) if place
    ]


def test_a_gap_has_no_number() -> None:
    """And the line beside it is none: it stands in no number's way."""
    points = [(4.0, 40.0), None, (122.0, 12.0)]

    assert [(4.0, 36.0), None, (104.0, 8.0)] == beside(points, [22.0] * 3, (WIDE, FOOT))


@given(st.lists(st.floats(12, 68), min_size=2, max_size=14), st.floats(8, 40))
def test_no_number_lies_over_another(heights: list[float], width: float) -> None:
    """Those of the ends are always there; all stay within the drawing."""
    points = line(heights)
    places = beside(points, [width] * len(points), (WIDE, FOOT))
    there = [place for place in places if place is not None]

    assert places[0] is not None
    assert places[-1] is not None
    assert all(0 <= x <= WIDE - width and y <= FOOT for x, y in there)
    inner = [place for place in places[1:-1] if place is not None]
    assert [] == [
        (one, other)
        for one, other in combinations(inner, 2)
        if abs(one[0] - other[0]) < width and abs(one[1] - other[1]) < 7
    ]
    assert [] == [
        place
        for place in inner
        for start, end in pairwise(points)
        if start[0] <= place[0] + width / 2 <= end[0]
        and abs(_height(start, end, place[0] + width / 2) - (place[1] - 3)) < 2
    ]


def _height(start: tuple[float, float], end: tuple[float, float], x: float) -> float:
    return start[1] + (end[1] - start[1]) * (x - start[0]) / (end[0] - start[0])
