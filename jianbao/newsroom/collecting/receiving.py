"""Look at a file that a unit sent, and say what of it would be taken.

    bytes ──look_at──▶ Look ──settled──▶ what is new, what changed, what stands in the way

Nothing is written here. A file with an error gives nothing at all.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from jianbao.diagnostics import Finding, Place, error, msg, stops
from jianbao.model import AsOf, Observation, Unit
from jianbao.newsroom.collecting.desk import Desk, the_unit
from jianbao.newsroom.collecting.filled import Mark, form_faults, mark_of
from jianbao.newsroom.collecting.placing import misplaced
from jianbao.newsroom.collecting.tables import Asked, Unknown, read_sheets
from jianbao.reading.collected import Receipt, read_columns
from jianbao.reading.grids import Kind, Sheet
from jianbao.reading.headings import labelled
from jianbao.reading.loose import LooseFigure
from jianbao.reading.tabular import read_tables

_UNIT = re.compile(r"(?:填报|报送|填表|上报)(?:单位|部门)(?P<colon>[:：]?)(?P<value>.*)")


@dataclass(frozen=True, slots=True)
class Hints:
    """What somebody says about the files: the unit, the as-of, which column is what."""

    unit: str = ""
    as_of: AsOf | None = None
    words: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """A file that was looked at.

    Attributes:
        path: As it was named.
        unit: None where it cannot be told whose it is.
        came: When it was there, by the file's own time; None where that is not known.
        observations: What is to be taken: all of it, or the days that were not taken before.
        loose: What its one-off figures are, which no dataset declares.
        days: Every day that it speaks of.
        before: The unit and receipt of the same file, where it was taken whole before.
        words: What was told now about the unit's own table, and is to be remembered.
    """

    path: str
    data: bytes
    unit: Unit | None = None
    came: datetime | None = None
    observations: tuple[Observation, ...] = ()
    loose: tuple[LooseFigure, ...] = ()
    days: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    before: tuple[str, Receipt] | None = None
    words: Mapping[str, str] | None = None

    @property
    def sha256(self) -> str:
        """The file's digest."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def is_good(self) -> bool:
        """Whether it can be taken."""
        return bool(self.observations) and not stops(self.findings)


def look_at(desk: Desk, path: str, data: bytes, hints: Hints) -> Look:
    """Return what is in a file, whose it is, and what is wrong with it.

    Of a file that was taken before, only the days that broke off then are still to be taken.
    """
    look = Look(path, data)
    before = tuple(desk.receipts(look.sha256))
    taken = {report.day for report, _ in before}
    if before and taken.issuperset(before[0][1].days):
        return replace(look, before=(before[0][0].unit, before[0][1]))
    sheets = read_tables(path, data)
    if not sheets.value:
        return replace(look, findings=sheets.findings)
    mark = mark_of(sheets.value)
    unit = _unit(desk, path, sheets.value, mark, hints)
    if isinstance(unit, Finding):
        return replace(look, findings=(*sheets.findings, unit))
    look = replace(look, unit=unit)
    faults = tuple(form_faults(mark, sheets.value, desk.campaign.key, unit)) if mark else ()
    if stops(faults):
        return replace(look, findings=faults)
    known = read_columns(desk.root, desk.campaign.key, unit.name)
    told = dict(hints.words or {})
    asked = Asked({**known.value, **told}, hints.as_of, desk.period.last)
    declared = replace(desk.campaign, datasets=desk.known.declared)
    reading = read_sheets(sheets.value, declared, unit, asked)
    findings = (*sheets.findings, *known.findings, *reading.findings)
    if not stops(findings):
        findings = (*findings, *misplaced(desk, unit, reading.observations, hints.as_of))
    return replace(
        look,
        observations=tuple(o for o in reading.observations if str(o.as_of.day) not in taken),
        loose=tuple(f for f in reading.loose if str(f.observation.as_of.day) not in taken),
        days=tuple(sorted({str(item.as_of.day) for item in reading.observations})),
        findings=tuple(dict.fromkeys((*faults, *findings))),
        unknown=reading.unknown,
        words=told,
    )


def _unit(
    desk: Desk, path: str, sheets: Sequence[Sheet], mark: Mark | None, hints: Hints
) -> Unit | Finding:
    """Return whose table it is: as the form says, the table, the option, or the file's name."""
    known = desk.campaign.units
    stated = (mark.unit if mark else "") or _stated_unit(sheets)
    if hints.unit:
        wanted = the_unit(desk.campaign, hints.unit)
        if isinstance(wanted, Unit) and stated and stated != wanted.name and stated in known:
            return error(
                "form-foreign",
                Place(path),
                msg("This is the table of {stated}, not of {unit}.", stated=stated,
                    unit=wanted.name),
                msg("Leave --unit out, or name the unit whose table it is."),
            )  # fmt: skip
        return wanted
    if stated in known:
        return known[stated]
    name = PurePosixPath(path).name
    named = [unit for unit in known if unit in name]
    named = [u for u in named if not any(u != other and u in other for other in named)]
    if len(named) == 1 and not mark:
        return known[named[0]]
    if stated:
        return the_unit_in(path, stated, desk)
    return error(
        "unit-unclear",
        Place(path),
        msg("It cannot be told which unit this table comes from."),
        msg("Say it: --unit and the name; or put it into the file's name, or beside {label}.",
            label="填报单位"),
    )  # fmt: skip


def the_unit_in(path: str, name: str, desk: Desk) -> Unit | Finding:
    """Return the unit that a file names, or a finding in that file."""
    found = the_unit(desk.campaign, name)
    return replace(found, place=Place(path)) if isinstance(found, Finding) else found


def _stated_unit(sheets: Sequence[Sheet]) -> str:
    """Return what stands beside 填报单位 in the first sheet that says it."""
    for sheet in sheets:
        for row, column in labelled(sheet, sheet.rows[:8], _UNIT):
            cell = sheet.at(row, column)
            match = _UNIT.fullmatch(cell.text.strip())
            text = (match["value"] if match else cell.text).strip(" ：:\u3000")
            if text and cell.kind is Kind.TEXT:
                return text
    return ""
