"""What bulletin.yaml says about profile, imprint and receivers.

BulletinShape, its tree ──imprint_of──▶ Checked[Imprint]
"""

from collections.abc import Mapping
from datetime import date

from jianbao.diagnostics import Checked, Finding, Message, Place, error
from jianbao.model.imprint import LISTS, Imprint, Profile
from jianbao.reading.scalars import read_day
from jianbao.reading.shapes import BulletinShape
from jianbao.reading.shaping import value_place
from jianbao.reading.tree import Table

FIELDS = (
    "profile", "secret", "permit", "compiler", "recipients", "printer", "printed", "run", "send",
)  # fmt: skip


def imprint_of(tree: Table, plan: BulletinShape) -> Checked[Imprint]:
    """Return the imprint of a bulletin; a day that is none is a finding."""
    printed = read_day(plan.printed) if plan.printed else None
    findings: tuple[Finding, ...] = ()
    if isinstance(printed, Message):
        findings = (error("day-refused", value_place(tree, "printed"), printed),)
    imprint = Imprint(
        Profile(plan.profile),
        plan.secret,
        plan.permit,
        plan.compiler,
        plan.recipients,
        plan.printer,
        printed if isinstance(printed, date) else None,
        plan.run,
        {name: dict(plan.send[name]) for name in LISTS if name in plan.send},
        _places(tree, plan),
    )
    return Checked(imprint, findings)


def _places(tree: Table, plan: BulletinShape) -> Mapping[tuple[str, ...], Place]:
    places: dict[tuple[str, ...], Place] = {}
    for field in FIELDS:
        if field in tree.items:
            places[field,] = value_place(tree, field)
    for name, receivers in plan.send.items():
        for receiver in receivers:
            places["send", name, receiver] = _key_place(tree, name, receiver)
    return places


def _key_place(tree: Table, name: str, receiver: str) -> Place:
    """Return where a receiver's name stands."""
    lists = tree.items["send"][1]
    entry = lists.items[name][1] if isinstance(lists, Table) else lists
    return entry.items[receiver][0].place if isinstance(entry, Table) else tree.place
