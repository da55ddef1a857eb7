"""The week's round: who reports what until when, when a bulletin is due, which days are worked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from jianbao.diagnostics import Place

Members = tuple[str | None, ...]
"""One member for each dimension of a dataset, in declared order; None means all."""


class Every(StrEnum):
    """How often a bulletin comes out, or how a cut-off is counted."""

    DAY = "day"
    WORKDAY = "workday"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When bulletins come out.

    Attributes:
        days: Of a week, 0 for Monday; of a month, 1 to 31, where 31 is its last; else empty.
    """

    every: Every
    days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CutOff:
    """Until when a unit has reported, counted from the bulletin's day.

    Attributes:
        every: WEEK for the last such weekday, DAY or WORKDAY for so many days before.
        days: The weekday, 0 for Monday; else how many days before.
        hour: 24 is the end of the day.
    """

    every: Every = Every.DAY
    days: int = 1
    hour: int = 24
    minute: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """What a unit reports: a dataset, or some members or one measure of it.

    Attributes:
        members: None where it reports all of a dimension.
        measure: "" for all.
    """

    dataset: str
    members: Members
    measure: str = ""

    def covers(self, members: Members, name: str) -> bool:
        """Say whether a number is part of it; stated ratios go with the measures."""
        fits = all(
            own is None or own == there for own, there in zip(self.members, members, strict=True)
        )
        return fits and self.measure in ("", name)

    @property
    def path(self) -> str:
        """As campaign.yaml has it: 实事.乡镇级."""
        steps = (self.dataset, *self.members, self.measure)
        return ".".join(step for step in steps if step)


@dataclass(frozen=True, slots=True)
class Unit:
    """Who reports, what, and until when; `contact` is whom to ring up."""

    name: str
    shares: tuple[Share, ...]
    cut_off: CutOff
    place: Place
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked, and which bulletins do not come out.

    Attributes:
        off: Days off with their names, weekends not among them.
        worked: Weekend days that are worked.
        skipped: Days without a bulletin (停刊), by campaign.
        merged: Days whose bulletin is one with the next (合刊), by campaign.
    """

    off: Mapping[date, str] = field(default_factory=dict)
    worked: frozenset[date] = frozenset()
    skipped: Mapping[str, frozenset[date]] = field(default_factory=dict)
    merged: Mapping[str, frozenset[date]] = field(default_factory=dict)

    def is_worked(self, day: date) -> bool:
        """Say whether the office is open on a day."""
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def last_worked(self, day: date) -> date:
        """Return the last day worked up to `day`; `day` itself after 31 days off."""
        near = (day - timedelta(days=back) for back in range(32))
        return next((one for one in near if self.is_worked(one)), day)

    def next_worked(self, day: date) -> date:
        """Return the first day worked from `day` on; `day` itself before 31 days off."""
        near = (day + timedelta(days=on) for on in range(32))
        return next((one for one in near if self.is_worked(one)), day)


def cut_off_of(rule: CutOff, day: date, calendar: Calendar) -> datetime:
    """Return until when a unit has reported for the bulletin of `day`; never on a day off.

    A cut-off on a day off comes earlier, at the same hour of the last day worked.
    """
    if rule.every is Every.WEEK:
        cut = day - timedelta(days=(day.weekday() - rule.days) % 7)
    elif rule.every is Every.WORKDAY:
        cut = day
        for _ in range(rule.days):
            cut = calendar.last_worked(cut - timedelta(days=1))
    else:
        cut = day - timedelta(days=rule.days)
    worked = calendar.last_worked(cut)
    return datetime.combine(worked, time()) + timedelta(hours=rule.hour, minutes=rule.minute)
