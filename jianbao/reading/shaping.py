"""How a wrong shape is told to whoever wrote the file, and where it stands.

Table ──checked_shape──▶ Checked[shape | None]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING, TypeVar

from jianbao.diagnostics import NOTHING, Checked, Finding, Message, Place, error, msg
from jianbao.reading.tree import Entry, Row, Table, Text

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from jianbao.reading.stages import Shape

AnyShape = TypeVar("AnyShape", bound="Shape")


def checked_shape(shape: type[AnyShape], table: Table) -> Checked[AnyShape | None]:
    """Return the file's table in its shape, or None and a finding for each wrong place."""
    from pydantic import ValidationError

    try:
        return Checked(shape.model_validate(plain(table)))
    except ValidationError as fault:
        findings = tuple(_finding(shape, table, item) for item in _of_one_kind(fault.errors()))
        return Checked(None, findings)


def _of_one_kind(faults: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Return the faults but for those that want another kind of value than the one that is there.

    Where a value may be of two kinds, pydantic says of each what it lacks of it.
    """
    told: dict[tuple[str | int, ...], ErrorDetails] = {}
    for fault in sorted(faults, key=lambda f: (f["type"] in _OF_ANOTHER_KIND, -len(_steps(f)))):
        steps = _steps(fault)
        inner = any(other[: len(steps)] == steps for other in told)
        if not (inner and fault["type"] in _OF_ANOTHER_KIND):
            told[steps] = fault
    return [fault for fault in faults if fault in told.values()]


def _steps(fault: ErrorDetails) -> tuple[str | int, ...]:
    """Return the keys and places in lists that lead to a fault."""
    return tuple(step for step in fault["loc"] if isinstance(step, int) or not _is_type(step))


def plain(entry: Entry) -> object:
    """Return the tree as the dicts, lists and texts that pydantic takes."""
    if isinstance(entry, Table):
        return {name: plain(value) for name, (_, value) in entry.items.items()}
    if isinstance(entry, Row):
        return [plain(item) for item in entry.items]
    return entry.value


def value_place(table: Table, *path: str | int) -> Place:
    """Return where the text at `path` itself stands; its key where it is no text."""
    entry: Entry = table
    for step in path:
        if isinstance(entry, Table) and str(step) in entry.items:
            entry = entry.items[str(step)][1]
        elif isinstance(entry, Row) and isinstance(step, int) and step < len(entry.items):
            entry = entry.items[step]
    return entry.place if isinstance(entry, Text) and entry.value else place_of(table, *path)


def place_of(table: Table, *path: str | int) -> Place:
    """Return where the value at `path` stands, or the deepest key of it that is there."""
    entry: Entry = table
    place = table.place
    for step in path:
        if isinstance(entry, Table) and str(step) in entry.items:
            key, entry = entry.items[str(step)]
            place = key.place
        elif isinstance(entry, Row) and isinstance(step, int) and step < len(entry.items):
            entry = entry.items[step]
            place = entry.place
    return place


_WITH_EXAMPLE = ("string_pattern_mismatch", "date_from_datetime_parsing")
_OF_ANOTHER_KIND = ("dict_type", "list_type", "string_type", "int_type", "int_parsing")
_KINDS = {
    "missing": msg("{name} is missing here."),
    "dict_type": msg("Lines of the form name: value belong under this."),
    "list_type": msg("A list belongs here."),
    "string_type": msg("A single text belongs here, not a group of lines."),
    "string_too_short": msg("Nothing is written here."),
    "too_short": msg("Nothing is listed here."),
    "too_long": msg("More is listed here than there is room for."),
    "int_parsing": msg("A whole number belongs here."),
    "float_parsing": msg("A number belongs here."),
    "less_than_equal": msg("This number is too large."),
    "greater_than_equal": msg("This number is too small."),
    "date_from_datetime_parsing": msg("A day is wanted here, such as 2021-12-23."),
    "bool_parsing": msg("true or false belongs here."),
    "literal_error": msg("This word is not known here."),
    "string_pattern_mismatch": msg(
        "Only the number belongs here: 47; 7-8 for two in one, s1 for a supplement."
    ),
}


def _finding(shape: type[Shape], table: Table, fault: ErrorDetails) -> Finding:
    from jianbao.reading.examples import example_of
    from jianbao.reading.shapes import BulletinShape, SiteShape

    steps = _steps(fault)
    place = place_of(table, *steps)
    name = str(steps[-1]) if steps else ""
    if fault["type"] == "missing":
        place = place_of(table, *steps[:-1]) if steps[1:] else Place(place.path)
    if fault["type"] == "extra_forbidden":
        near = nearest(name, _keys_at(shape, steps[:-1]))
        if shape is BulletinShape and not steps[1:] and name in SiteShape.model_fields:
            near = msg("Write it in data/site.yaml.")
        return error("key-unknown", place, msg("{name} is not known here.", name=name), near)
    if fault["type"] == "value_error":
        # A list's entry is known by what it says, not by where it stands.
        said = str(fault["input"]) if steps and isinstance(steps[-1], int) else name
        return error("name-refused", place, *_name_fault(said, str(fault["msg"])))
    if fault["type"] != "missing":
        place = value_place(table, *steps)
    kind = _KINDS.get(fault["type"], msg("This is not written as it should be."))
    message = msg(kind.text, name=name)
    expected = fault.get("ctx", {}).get("expected")
    hint = NOTHING
    if expected:
        hint = msg("Write one of: {words}.", words="、".join(filter(None, _words(str(expected)))))
    elif fault["type"] not in _WITH_EXAMPLE and (example := example_of(shape, steps)):
        hint = msg("Write it like {example}.", example=example)
    return error(
        "value-missing" if fault["type"] == "missing" else "value-refused", place, message, hint
    )


def _words(expected: str) -> list[str]:
    """Return the words pydantic expects: `'', 'day' or 'week'`."""
    return re.split(" or |, ", expected.replace("'", ""))


def _is_type(step: str) -> bool:
    """Say whether a step of pydantic's loc names a branch of a union, not a key."""
    return step in ("str", "int", "[key]") or step.startswith(
        ("list[", "dict[", "literal[", "function", "constrained")
    )


def _name_fault(name: str, why: str) -> tuple[Message, Message]:
    if "expression" in why:
        return msg("A ratio is one measure divided by another."), msg("Write it as part / whole.")
    if "reserved" in why:
        return msg("{name} has a meaning of its own.", name=name), msg("Choose another name.")
    return (
        msg("{name} cannot be a name.", name=name),
        msg(
            "A name begins with a letter or a Chinese character and has no blanks "
            "or marks in it; a longer printed name goes under name:."
        ),
    )


def _keys_at(shape: type[Shape], steps: Sequence[str | int]) -> list[str]:
    """Return the keys that the shape knows at this depth of the file."""
    from jianbao.reading import shapes, stages

    depth = [step for step in steps if isinstance(step, str)]
    homes: dict[str, type[Shape]] = {
        "datasets": shapes.DatasetShape,
        "measures": shapes.MeasureShape,
        "ratios": shapes.RatioShape,
        "dimensions": shapes.MemberShape,
        "pages": shapes.PageShape,
        "waivers": shapes.WaiverShape,
        "ledger": shapes.LedgerShape,
        "print": shapes.PrintShape,
        "office": shapes.CopyShape,
        "proof": shapes.ProofShape,
        "slots": shapes.SlotShape,
        "review": stages.ReviewShape,
        "order": stages.StageShape,
        "beside": stages.StageShape,
        "units": shapes.UnitShape,
    }
    home = next((homes[step] for step in reversed(depth) if step in homes), shape)
    return list(home.model_fields)


def nearest(name: str, known: Sequence[str]) -> Message:
    """Return the hint that names the nearest of `known`, or all of them where few are near."""
    if match := meant(name, known):
        return msg("Write {name}.", name=match)
    return msg("Known here: {names}.", names="、".join(known[:12])) if known else NOTHING


def meant(name: str, known: Sequence[str], likeness: float = 0.5) -> str:
    """Return the one of `known` that is the nearest; nothing where two are as near, or none is.

    >>> meant("已竣", ["项目", "已竣工"]), meant("已竣工", ["已开工", "已完工"])
    ('已竣工', '')
    """
    near = get_close_matches(name, known, n=2, cutoff=likeness)
    alike = [SequenceMatcher(None, one, name).ratio() for one in near]
    return near[0] if near and (len(near) == 1 or alike[0] > alike[1]) else ""
