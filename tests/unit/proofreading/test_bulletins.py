"""Numbers that run on: merged ones count two, supplements none, a new year may begin anew."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jianbao.model import Bulletin
from jianbao.proofreading.bulletins import numbers_run_on
from jianbao.reading.office import read_bulletin

SMALL = Path(__file__).parents[2] / "golden" / "small"


def bulletin(number: str, total: int, day: date) -> Bulletin:
    """Return the small site's bulletin under another number and date."""
    read = read_bulletin(SMALL, "yunxi", "2026-47").value
    assert read
    return replace(read, key=f"{day.year}-{number}", number=number, total=total, day=day)


LAST = (
    bulletin("45", 310, date(2026, 11, 6)),
    bulletin("s1", 9, date(2026, 11, 10)),
    bulletin("46", 311, date(2026, 11, 13)),
    bulletin("s2", 10, date(2026, 11, 16)),
)


@pytest.mark.parametrize(("number", "total", "day", "rules"), [
    ("47", 312, date(2026, 11, 20), []),
    ("47-48", 313, date(2026, 11, 20), []),
    ("47-48", 312, date(2026, 11, 20), ["total-gap"]),
    ("48", 313, date(2026, 11, 20), ["number-gap", "total-gap"]),
    ("s3", 11, date(2026, 11, 20), []),
    ("1", 312, date(2027, 1, 8), []),
    ("2", 312, date(2027, 1, 8), ["number-gap"]),
    ("46", 311, date(2026, 11, 13), []),
])  # fmt: skip
def test_numbers_run_on(number: str, total: int, day: date, rules: list[str]) -> None:
    """One after the other by date; the first of all has nothing to follow."""
    this = bulletin(number, total, day)

    assert rules == [finding.rule for finding in numbers_run_on(this, LAST)]


def test_the_number_after_a_merged_one_follows_its_second() -> None:
    """7-8 is followed by 9."""
    merged = (bulletin("7-8", 308, date(2026, 2, 20)),)

    assert [] == list(numbers_run_on(bulletin("9", 309, date(2026, 2, 27)), merged))
    assert 1 == len(list(numbers_run_on(bulletin("8", 309, date(2026, 2, 27)), merged)))
