"""Decide what is taken of the files that were looked at, and write it.

    Desk, Looks ──settle──▶ Settlement ──write──▶ data/<campaign>/collected/

Each file is tried beside everything reported so far: what would be wrong then is
told at the spreadsheet's own cell, and with an error nothing of the file is
taken. Two files of one unit that disagree are both left, since nobody here can
know which is right.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath

from jianbao.diagnostics import Finding, error, msg, stops
from jianbao.figures.book import open_book
from jianbao.model import AsOf, Members, Observation
from jianbao.newsroom.collecting.desk import Desk
from jianbao.newsroom.collecting.keeping import (
    Kept,
    columns_text,
    report_path,
    report_text,
    same,
    typed,
    write_file,
    write_original,
)
from jianbao.newsroom.collecting.receiving import Look, name_of
from jianbao.proofreading import check_book
from jianbao.reading.collected import Change, Receipt, columns_path, read_columns

_SET_ASIDE = frozenset(("part-missing", "member-silent", "figure-stale"))
"""What only says that another unit has not reported yet: that is told at the end."""
_Key = tuple[str, Members, str, datetime]


@dataclass(frozen=True, slots=True)
class Delta:
    """A figure that is reported otherwise than before; `times` counts this change too."""

    name: str
    before: str
    after: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of one file; nothing of it is taken unless `taken`."""

    look: Look
    findings: tuple[Finding, ...] = ()
    deltas: tuple[Delta, ...] = ()

    @property
    def taken(self) -> bool:
        """Whether its figures are taken."""
        return self.look.is_good and not stops(self.findings)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What becomes of all files, and the desk as it is then; `kept` by the file it is kept in."""

    files: tuple[Settled, ...]
    desk: Desk
    kept: Mapping[str, Sequence[Observation]]


@dataclass(slots=True)
class _State:
    """What is reported, file by file; the only thing here that changes."""

    desk: Desk
    by_path: dict[str, list[Observation]] = field(default_factory=dict)

    @property
    def observations(self) -> tuple[Observation, ...]:
        """Everything that is reported now."""
        return tuple(item for items in self.by_path.values() for item in items)


def settle(desk: Desk, looks: Sequence[Look]) -> Settlement:
    """Return what becomes of each file, in their order."""
    state = _State(desk)
    for item in desk.observations:
        state.by_path.setdefault(item.place.path, []).append(item)
    apart = dict(_disagreeing(looks))
    settled = []
    for look in looks:
        if not look.is_good or look.unit is None:
            settled.append(Settled(look, look.findings))
        elif look.path in apart:
            settled.append(Settled(look, (*look.findings, apart[look.path])))
        else:
            settled.append(_tried(state, look, look.unit.name))
    after = desk.with_observations(state.observations)
    return Settlement(tuple(settled), after, state.by_path)


def _disagreeing(looks: Sequence[Look]) -> Iterator[tuple[str, Finding]]:
    """Yield a finding for each file that gives a number otherwise than another of its unit."""
    first: dict[tuple[str, _Key], tuple[Look, Observation]] = {}
    for look in looks:
        for item in look.observations if look.is_good and look.unit else ():
            known = first.setdefault(
                (look.unit.name if look.unit else "", _key(item)), (look, item)
            )
            if known[0] is not look and not same(known[1], item):
                yield look.path, _disagrees(known, (look, item))
                yield known[0].path, _disagrees((look, item), known)


def _disagrees(other: tuple[Look, Observation], own: tuple[Look, Observation]) -> Finding:
    return error(
        "files-disagree",
        own[1].place,
        msg(
            "{name} is {mine} here, and {theirs} in {other}, which comes from the same unit.",
            name=name_of(own[1]),
            mine=typed(own[1].amount, ""),
            theirs=typed(other[1].amount, ""),
            other=PurePosixPath(other[0].path).name,
        ),
        msg("Ask the unit which is right, and collect that one alone."),
    )


def _key(item: Observation) -> _Key:
    return (item.dataset, item.members, item.name, item.as_of.moment)


def _tried(state: _State, look: Look, unit: str) -> Settled:
    """Return what becomes of a file beside everything else; where it is taken, put it there."""
    desk = state.desk
    fresh = {path: tuple(items) for path, items in _by_path(desk, look, unit).items()}
    trial = dict(state.by_path)
    deltas: list[Delta] = []
    for path, items in fresh.items():
        replaced = {(item.dataset, item.as_of.moment) for item in items}
        old = state.by_path.get(path, [])
        gone = [item for item in old if (item.dataset, item.as_of.moment) in replaced]
        deltas += _deltas(desk, path, gone, items)
        trial[path] = [item for item in old if item not in gone] + list(items)
    known = set(_proof(desk, look, state.by_path))
    found = [finding for finding in _proof(desk, look, trial) if finding not in known]
    findings = (*look.findings, *dict.fromkeys(found))
    if not stops(findings):
        state.by_path = trial
    return Settled(look, findings, tuple(deltas))


def _by_path(desk: Desk, look: Look, unit: str) -> Mapping[str, list[Observation]]:
    """Return a file's observations by the file that they would be kept in."""
    found: dict[str, list[Observation]] = {}
    for item in look.observations:
        path = report_path(desk.campaign.key, item.as_of, unit)
        found.setdefault(path, []).append(item)
    return found


def _proof(
    desk: Desk, look: Look, by_path: Mapping[str, Sequence[Observation]]
) -> Iterator[Finding]:
    """Yield what proofreading has to say about the datasets that a file reports."""
    names = {item.dataset for item in look.observations}
    known = [item for items in by_path.values() for item in items if item.dataset in names]
    for day in sorted({item.as_of.day for item in look.observations} | {desk.period.last}):
        book = open_book(desk.campaign, known, AsOf(day), {})
        for finding in (*book.findings, *check_book(book.value, ())):
            if finding.rule not in _SET_ASIDE:
                yield finding


def _deltas(
    desk: Desk, path: str, old: Sequence[Observation], new: Sequence[Observation]
) -> Iterator[Delta]:
    """Yield what a unit now reports otherwise, or no longer."""
    if not old:
        return
    was, now = {_key(i): i for i in old}, {_key(i): i for i in new}
    report = next((one for one in desk.reports if one.path == path), None)
    for key in dict.fromkeys((*was, *now)):
        before, after = was.get(key), now.get(key)
        if before and after and same(before, after):
            continue
        one = before or after
        assert one is not None
        name = name_of(one)
        times = sum(change.name == name for change in report.changes) if report else 0
        yield Delta(name, _shown(desk, before), _shown(desk, after), times + 1)


def _shown(desk: Desk, item: Observation | None) -> str:
    if item is None:
        return ""
    measure = desk.campaign.datasets[item.dataset].measures.get(item.name)
    unit = measure.unit if measure else "%"
    return typed(item.amount, unit) + ("" if unit == "%" else unit)


def write(settlement: Settlement, moment: datetime, by: str) -> tuple[str, ...]:
    """Write what was taken, its originals first, and return the files written.

    A unit's file is replaced in one step; where a table speaks of two days there
    are two files, and collecting it once more completes what broke off.
    """
    desk = settlement.desk
    at = f"{moment:%Y-%m-%d %H:%M}"
    receipts: dict[str, list[Receipt]] = {}
    changes: dict[str, list[Change]] = {}
    units: dict[str, str] = {}
    for settled in settlement.files:
        look = settled.look
        if not settled.taken or look.unit is None:
            continue
        sha256 = write_original(desk.root, desk.campaign.key, look.path, look.data)
        receipt = Receipt(at, by, PurePosixPath(look.path).name, sha256)
        for number, path in enumerate(_by_path(desk, look, look.unit.name)):
            units[path] = look.unit.name
            receipts.setdefault(path, []).append(receipt)
            new = settled.deltas if number == 0 else ()
            changes.setdefault(path, []).extend(
                Change(at, delta.name, delta.before, delta.after) for delta in new
            )
        _remember(desk, look)
    for path, unit in units.items():
        old = next((report for report in desk.reports if report.path == path), None)
        kept = Kept(
            unit,
            (*(old.received if old else ()), *receipts[path]),
            (*(old.changes if old else ()), *changes[path]),
            settlement.kept[path],
        )
        write_file(desk.root / path, report_text(desk.campaign, kept).encode())
    return tuple(units)


def _remember(desk: Desk, look: Look) -> None:
    """Write down what was told about a unit's own table."""
    if not look.words or look.unit is None:
        return
    key, unit = desk.campaign.key, look.unit.name
    words = {**read_columns(desk.root, key, unit).value, **look.words}
    write_file(desk.root / columns_path(key, unit), columns_text(unit, words).encode())
