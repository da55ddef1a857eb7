"""What one value of a ledger's row means in its column: a member, a day, a number, a text.

Each `..._entry` returns a function from the value as it lies in the file to what
it means, or to a Finding with the reason. They are asked once for each different
value of a column, however many rows have it.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from jianbao.diagnostics import Finding, Message, Place, error, msg
from jianbao.model import Breakdown, Dimension, Measure
from jianbao.reading.campaigns import split_unit
from jianbao.reading.files import is_hidden
from jianbao.reading.formats import exact
from jianbao.reading.grids import Value, day_of_serial
from jianbao.reading.headings import plain
from jianbao.reading.scalars import half_width, read_amount, read_as_of
from jianbao.reading.shaping import nearest

TOTAL_ROW = re.compile(r"(合计|总计|小计|共计|total)(?:数)?:?共?(?P<count>\d+)?\D{0,3}")
_STAMP = re.compile(r"(.*?\d)[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")


NOWHERE = Place("")
"""The value's place is put in by who asked."""

Meaning = str | int | Decimal | tuple[str, ...] | None
Convert = Callable[[Value], Meaning | Finding]


def text_entry(value: Value) -> Meaning | Finding:
    """Return a value as text: a whole number without its .0, a date as 2021-12-21."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{exact(value):f}"
    return str(value).strip()


def member_entry(dimension: Dimension) -> Convert:
    """Return what finds a dimension's member; several where they overlap (甲、乙)."""
    names = {plain(w): m.name for m in dimension.members.values() for w in (m.name, m.printed)}

    def convert(value: Value) -> Meaning | Finding:
        typed = "" if value is None else str(value)
        words = [plain(typed)]
        if dimension.breakdown is Breakdown.OVERLAPPING:
            words = [word for word in re.split(r"[、,;/]", plain(typed)) if word]
        if any(is_hidden(char) for char in typed):
            return error(
                "invisible-character",
                NOWHERE,
                msg("There are invisible characters in this cell."),
                msg("Type it again."),
            )
        unknown = [word for word in words if word not in names]
        if not unknown:
            return tuple(dict.fromkeys(names[word] for word in words))
        if dimension.breakdown is Breakdown.PARTIAL:
            return ()
        if not typed.strip():
            return error(
                "member-missing",
                NOWHERE,
                msg("Nothing stands under {name} in this row.", name=dimension.name),
                msg("Known here: {names}.", names="、".join(dimension.members)),
            )
        return error(
            "figure-unknown",
            NOWHERE,
            msg("There is no {name} under {dimension}.", name=unknown[0], dimension=dimension.name),
            nearest(unknown[0], list(dimension.members)),
        )

    return convert


def day_entry(column: str, *, needed: bool) -> Convert:
    """Return what reads a day as a number; an empty cell is None unless a day is `needed`."""

    def convert(value: Value) -> Meaning | Finding:
        day = _day(value)
        if isinstance(day, date):
            return day.toordinal()
        if day is None and not needed:
            return None
        why = day or msg("There is no day under {name} in this row.", name=column)
        return error("day-refused", NOWHERE, why, msg("Write it like 2021-12-21."))

    return convert


def _day(value: Value) -> date | Message | None:
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    text = half_width(str(text_entry(value)))
    if text in ("", "-", "/", "—"):
        return None
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return day_of_serial(float(text)) or msg("This is no day.")
    stamp, compact = _STAMP.fullmatch(text), _COMPACT.fullmatch(text)
    found = read_as_of("-".join(compact.groups()) if compact else stamp[1] if stamp else text)
    return found if isinstance(found, Message) else found.day


def sum_entry(measure: Measure, heading_unit: str) -> Convert:
    """Return what reads a number to be summed: exact, in the unit of its heading."""
    scale, unit = split_unit(heading_unit) if heading_unit else (measure.scale, measure.unit)
    if unit != measure.unit:
        scale = measure.scale

    def convert(value: Value) -> Meaning | Finding:
        if value is None or (isinstance(value, str) and value.strip() in ("", "-", "—", "/")):
            return None
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return exact(value) * scale
        amount = read_amount(str(value), measure.unit, scale)
        if isinstance(amount, Message) or amount.approx:
            why = (
                amount
                if isinstance(amount, Message)
                else msg("A list is summed of exact numbers only.")
            )
            return error(
                "number-refused",
                NOWHERE,
                why,
                msg("Type it like 1222; if there is none, leave the cell empty."),
            )
        return amount.value

    return convert
