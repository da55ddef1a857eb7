"""The picture page: photos by their own shapes, and topics of figures over three columns."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianbao.pages.galleries import FIRST, LAST, Box, Print, hang

SHAPES = [Print(1.5), *[Print(1.5), Print(0.75), Print(1.33)] * 3]
photos = st.lists(st.builds(Print, st.floats(0.7, 2.2)), min_size=3, max_size=8)


def overlap(one: Box, other: Box) -> bool:
    """Return whether two boxes share a place."""
    apart = (
        one.left + one.wide <= other.left + 0.01
        or other.left + other.wide <= one.left + 0.01
        or one.top + one.rows <= other.top
        or other.top + other.rows <= one.top
    )
    return not apart


@settings(max_examples=20, deadline=None)
@given(photos, st.integers(10, 40))
def test_photos_fill_the_page_to_its_last_row(shapes: list[Print], lines: int) -> None:
    """No photo over another or over the text; the large one is the largest."""
    found = hang(shapes, lines)
    boxes = (*found.photos, found.text)

    assert len(shapes) == len(found.photos)
    assert [] == [pair for pair in combinations(boxes, 2) if overlap(*pair)]
    assert LAST == max(box.top + box.rows - 1 for box in found.photos)
    assert FIRST == found.photos[0].top
    assert all(box.left + box.wide <= 680.41 for box in boxes)


@pytest.mark.parametrize("count", [3, 4, 5, 6, 8])
def test_the_first_photo_is_the_largest(count: int) -> None:
    """Photos of a camera's shapes, upright ones among them: none but the first is large."""
    large, *others = hang(SHAPES[:count], 25).photos

    assert all(large.wide * large.rows > 1.2 * box.wide * box.rows for box in others)


def test_a_coarse_photo_stays_small() -> None:
    """The large place is narrower where the photo has not dots enough for all five columns."""
    shapes = [Print(1.5), Print(1.5), Print(1.3), Print(0.8)]

    assert 680.4 == hang(shapes, 25).photos[0].wide
    assert hang([Print(1.5, widest=420), *shapes[1:]], 25).photos[0].wide < 450
