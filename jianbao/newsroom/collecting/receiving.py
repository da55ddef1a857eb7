"""Look at a file that a unit sent, and say what of it would be taken.

    bytes ──look_at──▶ Look ──settled──▶ what is new, what changed, what stands in the way

Nothing is written here. A file with an error gives nothing at all.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from jianbao.diagnostics import Finding, Place, error, msg, stops, warning
from jianbao.model import AsOf, Observation, Unit
from jianbao.newsroom.collecting.desk import Desk, the_unit
from jianbao.newsroom.collecting.filled import Mark, form_faults, mark_of
from jianbao.newsroom.collecting.keeping import as_of_typed
from jianbao.newsroom.collecting.tables import Asked, Reading, Unknown, read_sheets
from jianbao.reading.collected import Receipt, read_columns
from jianbao.reading.grids import Kind, Sheet
from jianbao.reading.headings import labelled
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
        before: The unit and receipt of the same file, where it was taken before.
        words: What was told now about the unit's own table, and is to be remembered.
    """

    path: str
    data: bytes
    unit: Unit | None = None
    observations: tuple[Observation, ...] = ()
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
    """Return what is in a file, whose it is, and what is wrong with it."""
    look = Look(path, data)
    before = next(((u, r) for u, r in desk.receipts() if r.sha256 == look.sha256), None)
    if before:
        return replace(look, before=before)
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
    asked = Asked({**known.value, **told}, hints.as_of)
    reading = read_sheets(sheets.value, desk.campaign, unit, asked)
    findings = (*sheets.findings, *known.findings, *reading.findings)
    if not stops(findings):
        findings = (*findings, *_misplaced(desk, unit, reading, hints))
    return replace(
        look,
        observations=reading.observations,
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


def _misplaced(desk: Desk, unit: Unit, reading: Reading, hints: Hints) -> Iterator[Finding]:
    """Yield a finding where numbers are another unit's, or of another time."""
    for item in reading.observations:
        covering = [s for s in unit.shares if s.dataset == item.dataset]
        whole = all(member is None for member in item.members)
        if not any(share.covers(item.members, item.name) for share in covering) and not (
            whole and covering and item.members
        ):
            yield error(
                "figure-foreign",
                item.place,
                msg("{unit} does not report {name}.", unit=unit.name, name=name_of(item)),
                msg("Take it out of the table; or add it to the unit in campaign.yaml."),
            )
    seen: set[tuple[str, AsOf]] = set()
    for item in reading.observations:
        if (item.dataset, item.as_of) not in seen:
            seen.add((item.dataset, item.as_of))
            yield from _out_of_time(desk, unit, item, hints)


def _out_of_time(desk: Desk, unit: Unit, item: Observation, hints: Hints) -> Iterator[Finding]:
    period, dataset = desk.period, desk.campaign.datasets[item.dataset]
    place = Place(item.place.path, sheet=item.place.sheet)
    stated, wanted = as_of_typed(item.as_of), str(period.last)
    if desk.today < item.as_of.day <= period.last:
        yield warning(
            "as-of-early",
            place,
            msg("The table is as of {stated}, and that day has not come yet.", stated=stated),
            msg("Ask the unit whether its figures may still change; if so, collect them that day."),
        )
    if item.as_of.day > period.last:
        yield error(
            "as-of-ahead",
            place,
            msg("The table is as of {stated}, later than this bulletin's {wanted}.",
                stated=stated, wanted=wanted),
            msg("Ask the unit whether the day is mistyped; or start the next bulletin first."),
        )  # fmt: skip
    elif hints.as_of is None and _is_old(desk, unit, item):
        yield error(
            "form-old",
            place,
            msg("The table is as of {stated}: that is an earlier bulletin's, "
                "this one goes from {first} to {last}.",
                stated=stated, first=period.first, last=period.last),
            msg("Ask for this time's table. To correct earlier figures, add --as-of {stated}.",
                stated=stated),
        )  # fmt: skip
    elif _is_shared(desk, item.dataset) and dataset.cadence in ("day", "week"):
        others = {
            o.as_of for o in desk.observations
            if o.dataset == item.dataset and period.first <= o.as_of.day <= period.last
        } or {AsOf(period.last)}  # fmt: skip
        if hints.as_of is None and item.as_of.moment not in {one.moment for one in others}:
            yield error(
                "as-of-apart",
                place,
                msg("Several units report {dataset}, all as of {wanted}; this table is as of "
                    "{stated}.", dataset=item.dataset,
                    wanted="、".join(sorted(as_of_typed(one) for one in others)), stated=stated),
                msg("Ask the unit for its figures of that day: figures of two days do not add up."),
            )  # fmt: skip


def _is_shared(desk: Desk, dataset: str) -> bool:
    return (
        sum(any(s.dataset == dataset for s in u.shares) for u in desk.campaign.units.values()) > 1
    )


def _is_old(desk: Desk, unit: Unit, item: Observation) -> bool:
    """Say whether a table is an earlier bulletin's; a month's end may lie before the period."""
    if item.as_of.day >= desk.period.first:
        return False
    if desk.campaign.datasets[item.dataset].cadence in ("day", "week"):
        return True
    mine = f"/{unit.name}.yaml"
    known = [o.as_of.moment for o in desk.observations
             if o.dataset == item.dataset and not o.place.path.endswith(mine)]  # fmt: skip
    return bool(known) and item.as_of.moment <= max(known)


def name_of(item: Observation) -> str:
    """Return a number's name, as it is quoted."""
    steps = (item.dataset, *item.members, item.name)
    return ".".join(step for step in steps if step)
