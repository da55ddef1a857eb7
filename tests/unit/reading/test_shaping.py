"""What is said of values of a wrong kind: once, of the kind that was tried."""

import pytest

from jianbao.reading.shapes import BulletinShape, RatioShape
from jianbao.reading.shaping import checked_shape
from jianbao.reading.tree import read_tree


@pytest.mark.parametrize(
    ("decimals", "excerpt", "told"),
    [
        ("788", "788", "This number is too large."),
        ("-1", "-1", "This number is too small."),
        ("x", "x", "A whole number belongs here."),
        ("{all: 9}", "9", "This number is too large."),
        ("{all: x}", "x", "A whole number belongs here."),
    ],
)
def test_a_value_of_two_kinds_is_told_once(decimals: str, excerpt: str, told: str) -> None:
    """A ratio has from 0 to 6 decimals: a number, or a number for each member."""
    tree = read_tree("campaign.yaml", f"of: 已完成 / 项目\ndecimals: {decimals}\n")

    (finding,) = checked_shape(RatioShape, tree.value).findings

    assert (excerpt, told) == (finding.place.excerpt, finding.message.text)


@pytest.mark.parametrize("decimals", ["0", "6", "{all: 1, 区级: 2}"])
def test_what_fits_is_taken(decimals: str) -> None:
    """Both kinds are, at both ends."""
    tree = read_tree("campaign.yaml", f"of: 已完成 / 项目\ndecimals: {decimals}\n")

    assert () == checked_shape(RatioShape, tree.value).findings


def test_what_is_the_sites_is_sent_there() -> None:
    """How to print stands in data/site.yaml, not in a bulletin's plan."""
    tree = read_tree("bulletin.yaml", "number: 1\ndate: 2026-11-27\nprint: {bleed: 3}\n")

    said = [finding.hint.text for finding in checked_shape(BulletinShape, tree.value).findings]

    assert "Write it in data/site.yaml." in said
