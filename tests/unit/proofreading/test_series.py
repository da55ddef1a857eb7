"""A dataset over time: what fell, fell silent, stood still, jumped or is old."""

from pathlib import Path

import pytest

from jianbao.proofreading import check_book
from tests.unit.figures.books import book_of

CAMPAIGN = """
  报道:
    dimensions: {级别: [省级, 市级]}
    breakdown: partial
    measures: {篇数: {unit: 篇, cumulative: true, at_most: 计划}, 计划: {unit: 篇}}
    cadence: week
    reporter: 区融媒体中心
"""
WEEKS = ("2026-10-30", "2026-11-06", "2026-11-13", "2026-11-20")


def rules(folder: Path, values: list[tuple[str, str]], as_of: str = "2026-11-20") -> list[str]:
    """Return the rules that object to 省级 and 市级 reporting these numbers week by week."""
    days = {}
    for week, (province, city) in zip(WEEKS, values, strict=False):
        members = {"省级": province, "市级": city}
        said = ", ".join(f"{name}: {{篇数: {n}, 计划: 9000}}" for name, n in members.items() if n)
        days[week] = f"报道: {{as_of: {week}, {said}}}"
    return sorted(
        {finding.rule for finding in check_book(book_of(folder, CAMPAIGN, days, as_of), {"报道"})}
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([("10", "20"), ("12", "22"), ("14", "25"), ("16", "27")], []),
        ([("10", "20"), ("12", "22"), ("14", "25"), ("13", "27")], ["cumulative-falls"]),
        ([("10", "20"), ("12", "22"), ("14", "25"), ("", "27")], ["member-silent"]),
        ([("10", "20"), ("10", "22"), ("10", "25"), ("10", "27")], ["series-still"]),
        ([("10", "20"), ("12", "22"), ("14", "25"), ("95", "27")], ["series-jump"]),
        ([("0", "20"), ("0", "22"), ("0", "25"), ("0", "27")], []),
        ([("9000", "20"), ("9000", "22"), ("9000", "25"), ("9000", "27")], []),
    ],
)
def test_what_is_odd_over_time(
    tmp_path: Path, values: list[tuple[str, str]], expected: list[str]
) -> None:
    """Each oddity has its rule; a series that goes its way, or is done, has none."""
    assert expected == rules(tmp_path, values)


def test_old_figures_are_said_to_be_old(tmp_path: Path) -> None:
    """A weekly figure that is three weeks old when the bulletin appears is a warning."""
    values = [("10", "20"), ("12", "22")]

    assert ["figure-stale"] == rules(tmp_path, values, as_of="2026-11-27")
