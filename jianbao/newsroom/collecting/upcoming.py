"""The next bulletin: its number, its day, what it reports on.

bulletins so far, rhythm, calendar ──next_bulletin──▶ Upcoming
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, pairwise

from jianbao.diagnostics import Message, msg
from jianbao.model import Bulletin, Calendar, Campaign, Every, Rhythm

_LOOK_AHEAD = 800
_NO_DAY_FOUND = msg("No day of publication was found in two years; look at calendar.yaml.")


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The next bulletin, still to be signed.

    Attributes:
        total: 0 where the campaign counts no total.
        period: The first and last day it reports on; the last is its as-of.
        last: The bulletin before it; None for the first.
        reasons: Why its day or number are not the usual ones.
    """

    number: str
    total: int
    day: date
    period: tuple[date, date]
    last: Bulletin | None
    reasons: tuple[Message, ...] = ()

    @property
    def key(self) -> str:
        """Its folder."""
        return f"{self.day.year}-{self.number}"


def next_bulletin(
    campaign: Campaign, known: Iterable[Bulletin], calendar: Calendar, today: date
) -> Upcoming | Message:
    """Return the bulletin that comes after the last one; the first is of today.

    A day off moves it to the next day worked; where that is no earlier than the
    bulletin after it, this one does not come out. Days of 停刊 are passed over,
    days of 合刊 are counted into the next.
    """
    counted = sorted(
        (b for b in known if not b.number.startswith("s")), key=lambda b: (b.day, last_number(b))
    )
    last = counted[-1] if counted else None
    reasons: list[Message] = []
    nominal = _nominal_days(campaign, counted, today, reasons)
    if campaign.publishes and campaign.publishes.every is Every.WORKDAY:
        nominal = (day for day in nominal if calendar.is_worked(day))
    chosen = _chosen(campaign, nominal, calendar, reasons)
    if chosen is None:
        return _NO_DAY_FOUND
    day, merged = chosen
    return _numbered(counted, last, day, merged, reasons)


def _numbered(
    counted: Sequence[Bulletin],
    last: Bulletin | None,
    day: date,
    merged: int,
    reasons: Sequence[Message],
) -> Upcoming:
    number = 1 if last is None or _begins_anew(counted, day) else last_number(last) + 1
    shown = f"{number}-{number + merged}" if merged else str(number)
    lag = last.day - last.as_of.day if last else timedelta(0)
    as_of = day - lag
    first = last.as_of.day + timedelta(days=1) if last else as_of - timedelta(days=6)
    total = last.total + 1 + merged if last and last.total else (0 if last else 1 + merged)
    return Upcoming(shown, total, day, (min(first, as_of), as_of), last, tuple(reasons))


def last_number(bulletin: Bulletin) -> int:
    """Return a bulletin's number, the second of merged ones."""
    return int(bulletin.number.split("-")[-1])


def _begins_anew(counted: Sequence[Bulletin], day: date) -> bool:
    """Say whether the first bulletin of a new year is number 1; it is unless it never was."""
    if counted[-1].day.year == day.year:
        return False
    turns = [later for one, later in pairwise(counted) if one.day.year != later.day.year]
    return not turns or last_number(turns[-1]) < 10


def _nominal_days(
    campaign: Campaign, counted: Sequence[Bulletin], today: date, reasons: list[Message]
) -> Iterator[date]:
    """Yield the days on which bulletins should come out, from the next one on."""
    last = counted[-1] if counted else None
    rhythm = campaign.publishes
    days: Iterator[date]
    start = last.day + timedelta(days=1) if last else today
    if rhythm is None:
        gaps = [(later.day - one.day).days for one, later in pairwise(counted[-3:])]
        gap = max(gaps[-1] if gaps else 7, 1)
        days = (start + timedelta(days=gap * n + (gap - 1 if last else 0)) for n in range(200))
    else:
        days = _days_of(rhythm, start, last)
    first = next(days, None)
    missed = 0
    while first is not None and last and first < today:
        following = next(days, None)
        if following is None or (following > today and missed == 0):
            days = chain([following] if following else [], days)
            break  # the one that is only just due is still the next
        missed, first = missed + 1, following
    if missed:
        reasons.append(
            msg("Since {last}, {count} days of publication have passed without a bulletin.",
                last=last.key if last else "", count=missed)
        )  # fmt: skip
    if first is not None:
        yield first
        yield from days


def _days_of(rhythm: Rhythm, start: date, last: Bulletin | None) -> Iterator[date]:
    """Yield the days of a rhythm from `start` on."""
    anchor = last.day if last else start
    week = anchor - timedelta(days=anchor.weekday())
    for ahead in range(_LOOK_AHEAD):
        day = start + timedelta(days=ahead)
        weeks = (day - week).days // 7
        length = monthrange(day.year, day.month)[1]
        comes = {
            Every.DAY: True,
            Every.WORKDAY: True,
            Every.WEEK: day.weekday() in rhythm.days,
            Every.FORTNIGHT: day.weekday() in rhythm.days and (weeks % 2 == 0 or last is None),
            Every.MONTH: day.day in {min(wanted, length) for wanted in rhythm.days},
        }
        if comes[rhythm.every]:
            yield day


def _chosen(
    campaign: Campaign, nominal: Iterator[date], calendar: Calendar, reasons: list[Message]
) -> tuple[date, int] | None:
    """Return the day that is left by the calendar, and how many bulletins are merged into it.

    One that comes out every day comes out on days off, too.
    """
    key, merged = campaign.key, 0
    daily = campaign.publishes is not None and campaign.publishes.every is Every.DAY
    day = next(nominal, None)
    while day is not None:
        following = next(nominal, None)
        moved = calendar.next_worked(day)
        if day in calendar.skipped.get(key, ()):
            reasons.append(msg("{day}: no bulletin, by calendar.yaml.", day=day))
        elif day in calendar.merged.get(key, ()):
            reasons.append(msg("{day}: one with the next, by calendar.yaml.", day=day))
            merged += 1
        elif daily or moved == day:
            return day, merged
        elif following is not None and moved >= following:
            reasons.append(msg("{day} is {holiday}: no bulletin.", day=day,
                               holiday=_holiday(day, calendar)))  # fmt: skip
        else:
            reasons.append(msg("{day} is {holiday}: it comes out on {moved}.", day=day,
                               holiday=_holiday(day, calendar), moved=moved))  # fmt: skip
            return moved, merged
        day = following
    return None


def _holiday(day: date, calendar: Calendar) -> Message:
    name = calendar.off.get(day)
    return msg("{name}", name=name) if name else msg("a weekend")
