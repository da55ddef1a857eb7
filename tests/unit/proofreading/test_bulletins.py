"""Numbers that run on: merged ones count two, supplements none, a new year may begin anew."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jianbao.model import Bulletin
from jianbao.proofreading.bulletins import numbering, numbers_are_unique, numbers_run_on
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

    assert rules == [finding.rule for finding in numbers_run_on(this, numbering(LAST))]


def test_the_number_after_a_merged_one_follows_its_second() -> None:
    """7-8 is followed by 9."""
    merged = (bulletin("7-8", 308, date(2026, 2, 20)),)

    assert [] == list(numbers_run_on(bulletin("9", 309, date(2026, 2, 27)), numbering(merged)))
    assert 1 == len(list(numbers_run_on(bulletin("8", 309, date(2026, 2, 27)), numbering(merged))))


def test_a_number_or_a_total_that_an_earlier_one_has() -> None:
    """Each of them once, in the order of the bulletins; a later one is asked itself."""
    known = numbering(LAST)

    def said(number: str, total: int, day: date, key: str) -> list[str]:
        this = replace(bulletin(number, total, day), key=key)
        found = numbers_are_unique(this, known)
        return [f"{one.rule} {dict(one.message.values)['other']}" for one in found]

    day = date(2026, 12, 11)
    assert ["bulletin-total 2026-45", "bulletin-number 2026-46"] == said("46", 310, day, "2026-46x")
    assert [] == said("46", 310, date(2027, 1, 8), "2026-45")
    assert ["bulletin-total 2026-s1"] == said("47", 9, day, "2026-sx")
