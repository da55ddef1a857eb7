"""How the units stand with a bulletin: done, late, in part, missing, overdue.

Settlement or Desk, now ──standing──▶ a Standing for each unit that owes anything
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from jianbao.newsroom.collecting.desk import Desk
from jianbao.newsroom.collecting.expecting import Duty
from jianbao.newsroom.collecting.settling import Settlement
from jianbao.newsroom.collecting.storing import arrival


class State(StrEnum):
    """Whether a unit's figures are there."""

    DONE = "done"
    LATE = "late"
    PARTLY = "partly"
    MISSING = "missing"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands.

    Attributes:
        at: When the last file came that brought figures of these days; "" where there was none.
        over: Whether it is later than its cut-off.
    """

    duty: Duty
    state: State
    at: str = ""
    over: bool = False


def standing(settlement: Settlement, moment: datetime) -> tuple[Standing, ...]:
    """Return how each unit stands after a settlement that was written at `moment`."""
    fresh = {
        settled.look.unit.name: arrival(settled.look, moment)
        for settled in settlement.files
        if settled.taken and settled.look.unit and any(part.new for part in settled.parts)
    }
    return standing_of(settlement.desk, moment, fresh)


def standing_of(
    desk: Desk, moment: datetime, fresh: Mapping[str, str] | None = None
) -> tuple[Standing, ...]:
    """Return how each unit stands at a moment; `fresh` is when those just taken came in."""
    return tuple(
        _of(duty, moment, max(_arrivals(desk, duty, fresh or {}), default=""))
        for duty in desk.duties()
        if duty.wanted
    )


def _of(duty: Duty, moment: datetime, at: str) -> Standing:
    missing, wanted = len(duty.missing), len(duty.cells)
    over = moment > duty.cut_off
    if not missing:
        late = bool(at) and at > f"{duty.cut_off:%Y-%m-%d %H:%M}"
        return Standing(duty, State.LATE if late else State.DONE, at, over)
    if missing < wanted:
        return Standing(duty, State.PARTLY, at, over)
    return Standing(duty, State.OVERDUE if over else State.MISSING, at, over)


def _arrivals(desk: Desk, duty: Duty, fresh: Mapping[str, str]) -> Iterator[str]:
    """Yield when each file came that brought a unit's figures; a correction brings none.

    The last of them completed what the unit owes.
    """
    windows = [(one.after, one.until) for one in duty.wanted]
    for report in desk.reports:
        if report.unit == duty.unit.name and _lies_in(report.day, windows):
            yield from (receipt.came for receipt in report.received if receipt.new)
    if duty.unit.name in fresh:
        yield fresh[duty.unit.name]


def _lies_in(day: str, windows: Iterable[tuple[object, object]]) -> bool:
    """Say whether a day is one of those that are wanted."""
    return any(str(after) < day <= str(until) for after, until in windows)
