"""A bulletin's number and date, alone and beside the campaign's other bulletins."""

import re
from collections.abc import Iterator

from jianbao.diagnostics import Finding, error, msg, warning
from jianbao.model import Bulletin


def numbers_are_unique(bulletin: Bulletin, others: tuple[Bulletin, ...]) -> Iterator[Finding]:
    """No bulletin of a campaign has the number of an earlier one of its year, or its total."""
    for other in others:
        if other.key >= bulletin.key:
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


_NUMBER = re.compile(r"(\d+)(?:-(\d+))?")


def numbers_run_on(bulletin: Bulletin, others: tuple[Bulletin, ...]) -> Iterator[Finding]:
    """A number follows the last one; a new year may begin anew, a supplement counts for nothing."""
    numbers = _NUMBER.fullmatch(bulletin.number)
    if numbers is None:
        return
    begins = int(numbers[1])
    counted = (other for other in others if _NUMBER.fullmatch(other.number))
    dated = [(other.day, last_number(other), other) for other in counted]
    earlier = [item for item in dated if item[:2] < (bulletin.day, begins)]
    if not earlier:
        return
    _, last, before = max(earlier, key=lambda item: item[:2])
    anew = begins == 1 and before.day.year != bulletin.day.year
    if begins != last + 1 and not anew:
        yield warning(
            "number-gap",
            bulletin.place,
            msg(
                "Number {number} does not follow {last}.",
                number=bulletin.number,
                last=before.number,
            ),
            msg("Write number: {number}.", number=last + 1),
        )
    total = before.total + last_number(bulletin) - begins + 1
    if before.total and bulletin.total and bulletin.total != total:
        yield warning(
            "total-gap",
            bulletin.place,
            msg(
                "Total number {number} does not follow {last}.",
                number=bulletin.total,
                last=before.total,
            ),
            msg("Write total: {number}.", number=total),
        )


def last_number(bulletin: Bulletin) -> int:
    """Return a bulletin's number, the second of merged ones; 0 for a supplement."""
    numbers = _NUMBER.fullmatch(bulletin.number)
    return int(numbers[2] or numbers[1]) if numbers else 0
