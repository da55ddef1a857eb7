"""A bulletin's number and date, alone and beside the campaign's other bulletins."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jianbao.diagnostics import Finding, error, msg, warning
from jianbao.model import Bulletin

_NUMBER = re.compile(r"(\d+)(?:-(\d+))?")


@dataclass(frozen=True, slots=True)
class Numbering:
    """A campaign's bulletins by number, so that one can be checked without looking at all.

    Attributes:
        alike: Those with a number in a year, or with a total number.
        ends: The day and the last number of those that are counted, the earliest first.
        counted: These bulletins, in the same order.
    """

    alike: Mapping[object, Sequence[Bulletin]]
    ends: Sequence[tuple[date, int]]
    counted: Sequence[Bulletin]


def numbering(bulletins: Iterable[Bulletin]) -> Numbering:
    """Return a campaign's bulletins by number."""
    known = tuple(bulletins)
    alike: dict[object, list[Bulletin]] = {}
    for one in known:
        alike.setdefault((one.day.year, one.number), []).append(one)
        if one.total:
            alike.setdefault(one.total, []).append(one)
    counted = [one for one in known if _NUMBER.fullmatch(one.number)]
    counted.sort(key=lambda one: (one.day, last_number(one)))
    return Numbering(alike, [(one.day, last_number(one)) for one in counted], counted)


def numbers_are_unique(bulletin: Bulletin, others: Numbering) -> Iterator[Finding]:
    """No bulletin of a campaign has the number of an earlier one of its year, or its total."""
    keys = ((bulletin.day.year, bulletin.number), bulletin.total)
    alike = {other.key: other for key in keys for other in others.alike.get(key, ())}
    for _, other in sorted(alike.items()):
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
                msg("Write the number that follows the last bulletin's."),
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
                msg("Write the number that follows the last bulletin's."),
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
            msg("Write as_of: {day} or an earlier day; or correct the date.", day=bulletin.day),
        )


def numbers_run_on(bulletin: Bulletin, others: Numbering) -> Iterator[Finding]:
    """A number follows the last one; a new year may begin anew, a supplement counts for nothing."""
    numbers = _NUMBER.fullmatch(bulletin.number)
    if numbers is None:
        return
    begins = int(numbers[1])
    earlier = bisect_left(others.ends, (bulletin.day, begins))
    if not earlier:
        return
    before = others.counted[bisect_left(others.ends, others.ends[earlier - 1])]
    last = last_number(before)
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
