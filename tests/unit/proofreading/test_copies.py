"""The office's own copies: pages reduced to the paper in its machine can still be read."""

from dataclasses import replace
from pathlib import Path

import pytest

from jianbao.model.editions import Copying, Edition, Imposition
from jianbao.proofreading.editions import copies_can_be_read
from jianbao.reading.office import read_bulletin

SMALL = Path(__file__).parents[2] / "golden" / "small"
OFFICE = (Edition.OFFICE,)


@pytest.mark.parametrize(
    ("paper", "sheet", "way", "points"),
    [
        ("四开", "A4", Imposition.BOOKLET, "4.6"),
        ("A3", "A4", Imposition.BOOKLET, "4.6"),
        ("四开", "A3", Imposition.BOOKLET, ""),  # 6.6 points
        ("四开", "A4", Imposition.DUPLEX, ""),  # 6.5 points
        ("四开", "", Imposition.BOOKLET, ""),
        ("A4", "A4", Imposition.BOOKLET, ""),
    ],
)
def test_a_booklet_too_small_to_read_is_told(
    paper: str, sheet: str, way: Imposition, points: str
) -> None:
    """With what becomes of the text."""
    read = read_bulletin(SMALL, "yunxi", "2026-47").value
    assert read
    pages = (read.pages[0], replace(read.pages[0], number=2))
    bulletin = replace(read, papers=(paper,), pages=pages)
    found = list(copies_can_be_read(Copying(sheet, imposition=way), bulletin, OFFICE))

    assert [points] * bool(points) == [dict(each.message.values)["points"] for each in found]
    assert [] == list(copies_can_be_read(Copying(sheet, imposition=way), bulletin, ()))


def test_one_page_is_not_folded() -> None:
    """It is reduced as a single page is; and papers that are not asked for are not told of."""
    read = read_bulletin(SMALL, "yunxi", "2026-47").value
    assert read
    folded = Copying("A4", imposition=Imposition.BOOKLET)
    one = replace(read, papers=("四开",), pages=read.pages[:1])
    two = replace(one, pages=(*one.pages, replace(one.pages[0], number=2)))

    assert [] == list(copies_can_be_read(folded, one, OFFICE))
    assert 1 == len(list(copies_can_be_read(folded, two, OFFICE)))
    assert [] == list(copies_can_be_read(replace(folded, papers=("A3",)), two, OFFICE))
