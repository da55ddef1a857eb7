"""How the week's round is told: days, cut-offs, and who owes what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from jianbao.diagnostics import NOTHING, Message, msg

if TYPE_CHECKING:
    from jianbao.newsroom.collecting.expecting import Duty
    from jianbao.newsroom.collecting.standing import Standing

_WEEKDAYS = (
    msg("Monday"), msg("Tuesday"), msg("Wednesday"), msg("Thursday"), msg("Friday"),
    msg("Saturday"), msg("Sunday"),
)  # fmt: skip
_MOST_NAMES = 6


def day_in_words(day: date) -> Message:
    """Return a day with its weekday."""
    return msg("{month}-{day} ({weekday})", month=day.month, day=day.day,
               weekday=_WEEKDAYS[day.weekday()])  # fmt: skip


def moment_in_words(moment: datetime) -> Message:
    """Return a day with its weekday and hour; midnight is the end of the day before."""
    if not moment.hour and not moment.minute:
        return msg("end of {day}", day=day_in_words(date.fromordinal(moment.toordinal() - 1)))
    return msg("{day} {time}", day=day_in_words(moment), time=f"{moment:%H:%M}")


def expected(duties: Iterable[Duty]) -> Iterator[Message]:
    """Yield a line for each unit that owes figures: until when, what, and whom to ring up."""
    for duty in duties:
        if not duty.owes:
            continue
        names = "、".join(dict.fromkeys(one.share.path for one in duty.owes))
        yield msg(
            "  {unit}: by {until}: {names} ({count} figures){contact}",
            unit=duty.unit.name,
            until=moment_in_words(duty.cut_off),
            names=names,
            count=len(duty.missing),
            contact=msg("; contact: {contact}", contact=duty.unit.contact)
            if duty.unit.contact
            else NOTHING,
        )


def review_folder(address: str) -> str:
    """Return where in output/ the office's own papers of a bulletin lie, such as its slips.

    They lie beside the forms: the bulletin's folder is the readers', and is made anew.
    """
    campaign, _, key = address.partition("/")
    return f"{campaign}/review/{key}"


def reported_lines(last: date, known: Sequence[Standing]) -> Iterator[Message]:
    """Yield how many units have reported, and a line for each that is missing, late or in part."""
    from jianbao.newsroom.collecting.standing import State

    done = sum(one.state in (State.DONE, State.LATE) for one in known)
    yield msg(
        "Figures as of {day}: {done} of {all} units have reported.",
        day=day_in_words(last),
        done=done,
        all=len(known),
    )
    yield from (_unit_line(one) for one in known if one.state is not State.DONE)


def _unit_line(one: Standing) -> Message:
    """Return what is said of a unit that is not done: what is missing, until when, whom to ask."""
    from jianbao.newsroom.collecting.standing import State

    duty = one.duty
    contact = (
        msg("; contact: {contact}", contact=duty.unit.contact) if duty.unit.contact else NOTHING
    )
    values = {"unit": duty.unit.name, "until": moment_in_words(duty.cut_off), "contact": contact}
    if one.state is State.LATE:
        came = moment_in_words(datetime.fromisoformat(one.at))
        return msg("  Late: {unit}: it came {at}, due by {until}", at=came, **values)
    if one.state is State.PARTLY:
        names = cells_in_words(duty.missing)
        if one.over:
            return msg("  In part: {unit}: still missing {names}; it was due by {until}{contact}",
                       names=names, **values)  # fmt: skip
        return msg("  In part: {unit}: still missing {names}; due by {until}{contact}",
                   names=names, **values)  # fmt: skip
    if one.state is State.OVERDUE:
        return msg("  Overdue: {unit}: nothing has come; it was due by {until}{contact}", **values)
    return msg("  Missing: {unit}: due by {until}{contact}", **values)


Cell = tuple[str, tuple[str | None, ...], str]


def cell_name(cell: Cell) -> str:
    """Return a number's name, as it is quoted."""
    return ".".join(step for step in (cell[0], *cell[1], cell[2]) if step)


def cells_in_words(cells: Iterable[Cell]) -> str:
    """Return the names of some numbers, the first few of them."""
    names = [cell_name(cell) for cell in cells]
    return "、".join(names[:_MOST_NAMES]) + ("……" if len(names) > _MOST_NAMES else "")
