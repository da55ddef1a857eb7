"""Read who reports what until when: `units`, `cut_off` and `publishes` of campaign.yaml.

A unit that only stands as a dataset's `reporter` reports that dataset; what a
ledger counts nobody reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from jianbao.diagnostics import Checked, Finding, Message, Place, error, msg
from jianbao.model import CutOff, Dataset, Rhythm, Share, Unit
from jianbao.reading.files import is_hidden
from jianbao.reading.schedules import read_cut_off, read_rhythm
from jianbao.reading.shaping import nearest, place_of, value_place
from jianbao.reading.tree import Table

if TYPE_CHECKING:
    from jianbao.reading.shapes import CampaignShape, UnitShape

Rounds = tuple[Mapping[str, Unit], Rhythm | None]
_RHYTHMS = "每周五、隔周二、每月10日、每月末、工作日"
_CUT_OFFS = "星期四 12:00、前1天 17:00、前2个工作日 12:00、当天 9:00"
_NO_NAME = frozenset('/\\:*?"<>|')


def read_rounds(
    tree: Table, shape: CampaignShape, datasets: Mapping[str, Dataset]
) -> Checked[Rounds]:
    """Return the reporting units by name and when bulletins come out, with what is wrong there."""
    findings: list[Finding] = []
    rhythm = read_rhythm(shape.publishes) if shape.publishes else None
    if isinstance(rhythm, Message):
        hint = msg("Write it like: {examples}.", examples=_RHYTHMS)
        findings.append(error("schedule-refused", value_place(tree, "publishes"), rhythm, hint))
        rhythm = None
    usual = _cut_off(tree, shape.cut_off, ("cut_off",), findings) or CutOff()
    units: dict[str, Unit] = {}
    for name, unit in shape.units.items():
        findings += _name_faults(place_of(tree, "units", name), name)
        shares = tuple(_shares(tree, name, unit, datasets, findings))
        cut = _cut_off(tree, unit.cut_off, ("units", name, "cut_off"), findings)
        units[name] = Unit(name, shares, cut or usual, place_of(tree, "units", name), unit.contact)
    taken = {share.dataset for unit in units.values() for share in unit.shares}
    for dataset in datasets.values():
        name = dataset.reporter
        if not name or dataset.ledger or dataset.name in taken:
            continue
        place = place_of(tree, "datasets", dataset.name, "reporter")
        known = units.get(name) or Unit(name, (), usual, place)
        findings += _name_faults(place, name) if name not in units else ()
        units[name] = Unit(
            name, (*known.shares, _whole(dataset)), known.cut_off, known.place, known.contact
        )
    findings += _overlaps(units)
    return Checked((units, rhythm), tuple(findings))


def _whole(dataset: Dataset) -> Share:
    return Share(dataset.name, (None,) * len(dataset.dimensions))


def _cut_off(
    tree: Table, typed: str, path: tuple[str, ...], findings: list[Finding]
) -> CutOff | None:
    if not typed:
        return None
    found = read_cut_off(typed)
    if isinstance(found, Message):
        hint = msg("Write it like: {examples}.", examples=_CUT_OFFS)
        findings.append(error("schedule-refused", value_place(tree, *path), found, hint))
        return None
    return found


def _name_faults(place: Place, name: str) -> Iterator[Finding]:
    """Yield a finding where a unit's name cannot be that of a file."""
    if not name.strip() or name.startswith(".") or any(c in _NO_NAME or is_hidden(c) for c in name):
        yield error(
            "name-refused",
            place,
            msg("{name} cannot be a unit's name: files are named after it.", name=name),
            msg('Leave out / \\ : * ? " < > |, and dots at its beginning.'),
        )


def _shares(
    tree: Table,
    name: str,
    unit: UnitShape,
    datasets: Mapping[str, Dataset],
    findings: list[Finding],
) -> Iterator[Share]:
    listed = [unit.datasets] if isinstance(unit.datasets, str) else unit.datasets
    if not listed:
        yield from (_whole(d) for d in datasets.values() if d.reporter == name and not d.ledger)
    for index, path in enumerate(listed):
        steps: tuple[str | int, ...] = ("units", name, "datasets")
        place = value_place(tree, *steps, *(() if isinstance(unit.datasets, str) else (index,)))
        share = share_of(path, datasets, place)
        if isinstance(share, Finding):
            findings.append(share)
        else:
            yield share


def share_of(path: str, datasets: Mapping[str, Dataset], place: Place) -> Share | Finding:
    """Return what dataset[.member][.measure] names, or the finding that says why nothing."""
    first, *steps = path.strip().split(".")
    dataset = datasets.get(first)
    if dataset is None:
        why = msg("There is no dataset {name}.", name=first)
        return error("dataset-unknown", place, why, nearest(first, list(datasets)))
    if dataset.ledger:
        why = msg("{name} is counted from its ledger, so no unit reports it.", name=first)
        return error("unit-counted", place, why, msg("Take it out of the list."))
    members: list[str | None] = [None] * len(dataset.dimensions)
    measure = ""
    for step in steps:
        at = next((i for i, d in enumerate(dataset.dimensions) if step in d.members), None)
        if at is not None and members[at] is None and not measure:
            members[at] = step
        elif step in dataset.measures and not measure:
            measure = step
        else:
            known = [member for d in dataset.dimensions for member in d.members]
            why = msg("{dataset} has nothing named {name}.", dataset=first, name=step)
            return error("figure-unknown", place, why, nearest(step, [*known, *dataset.measures]))
    return Share(first, tuple(members), measure)


def _overlaps(units: Mapping[str, Unit]) -> Iterator[Finding]:
    """Yield a finding for each pair of units that would report one number."""
    owned = [(unit, share) for unit in units.values() for share in unit.shares]
    for (one, mine), (other, theirs) in combinations(owned, 2):
        same = mine.dataset == theirs.dataset and (
            mine.measure == theirs.measure or "" in (mine.measure, theirs.measure)
        )
        if same and all(
            None in (a, b) or a == b for a, b in zip(mine.members, theirs.members, strict=True)
        ):
            yield error(
                "unit-overlap",
                other.place,
                msg("{one} and {other} both report {name}.", one=one.name, other=other.name,
                    name=theirs.path if None not in theirs.members else mine.path),
                msg("One number is reported by one unit."),
            )  # fmt: skip
