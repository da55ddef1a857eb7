"""A bulletin's number and date, alone and beside the campaign's other bulletins."""

from collections.abc import Iterator

from jianbao.diagnostics import Finding, error, msg
from jianbao.model import Bulletin


def numbers_are_unique(bulletin: Bulletin, others: tuple[Bulletin, ...]) -> Iterator[Finding]:
    """No two bulletins of a campaign have the same number in a year, or the same total."""
    for other in others:
        if other.key == bulletin.key:
            continue
        same_year = other.day.year == bulletin.day.year
        if same_year and other.number == bulletin.number:
            yield error(
                "bulletin-number",
                bulletin.place,
                msg(
                    "Number {number} is already that of {other}.",
                    number=bulletin.number,
                    other=other.key,
                ),
            )
        if bulletin.total and other.total == bulletin.total:
            yield error(
                "bulletin-total",
                bulletin.place,
                msg(
                    "Total number {number} is already that of {other}.",
                    number=bulletin.total,
                    other=other.key,
                ),
            )


def as_of_is_not_later(bulletin: Bulletin) -> Iterator[Finding]:
    """A bulletin's as-of is not after its date."""
    if bulletin.as_of.day > bulletin.day:
        yield error(
            "as-of-later",
            bulletin.place,
            msg(
                "The figures would be as of {as_of}, after the bulletin's date {day}.",
                as_of=bulletin.as_of.day,
                day=bulletin.day,
            ),
        )
