"""How the units stand with a bulletin: done, late, in part, missing, overdue.

Settlement or Desk, now ──standing──▶ a Standing for each unit that owes anything
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from jianbao.newsroom.collecting.desk import Desk
from jianbao.newsroom.collecting.expecting import Duty
from jianbao.newsroom.collecting.settling import Settlement


class State(StrEnum):
    """Whether a unit's figures are there."""

    DONE = "done"
    LATE = "late"
    PARTLY = "partly"
    MISSING = "missing"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands; `at` is when its last file was taken, "" for figures typed by hand."""

    duty: Duty
    state: State
    at: str = ""


def standing(settlement: Settlement, moment: datetime) -> tuple[Standing, ...]:
    """Return how each unit stands after a settlement that was written at `moment`."""
    now = f"{moment:%Y-%m-%d %H:%M}"
    fresh = {s.look.unit.name: now for s in settlement.files if s.taken and s.look.unit}
    return standing_of(settlement.desk, moment, fresh)


def standing_of(
    desk: Desk, moment: datetime, fresh: dict[str, str] | None = None
) -> tuple[Standing, ...]:
    """Return how each unit stands at a moment; `fresh` is when those just taken came in."""
    return tuple(
        _of(duty, moment, _last_receipt(desk, duty, fresh or {}))
        for duty in desk.duties()
        if duty.wanted
    )


def _of(duty: Duty, moment: datetime, at: str) -> Standing:
    missing, wanted = len(duty.missing), len(duty.cells)
    if not missing:
        late = bool(at) and at > f"{duty.cut_off:%Y-%m-%d %H:%M}"
        return Standing(duty, State.LATE if late else State.DONE, at)
    if missing < wanted:
        return Standing(duty, State.PARTLY, at)
    return Standing(duty, State.OVERDUE if moment > duty.cut_off else State.MISSING, at)


def _last_receipt(desk: Desk, duty: Duty, fresh: dict[str, str]) -> str:
    """Return when the file came in that completed a unit's figures; corrections are not late.

    The first file of the period counts, unless one only just taken was needed too.
    """
    windows = [(one.after, one.until) for one in duty.wanted]
    times = [
        receipt.at
        for report in desk.reports
        if report.unit == duty.unit.name and _lies_in(report.path, windows)
        for receipt in report.received
    ]
    return min(times) if times else fresh.get(duty.unit.name, "")


def _lies_in(path: str, windows: Iterable[tuple[object, object]]) -> bool:
    """Say whether a unit's file is of a day that is wanted."""
    day = path.split("/")[-2]
    return any(str(after) < day <= str(until) for after, until in windows)
