"""Decide what is taken of the files that were looked at.

    Desk, Looks ──settle──▶ Settlement

Each file is tried beside everything reported so far: what would be wrong then is
told at the spreadsheet's own cell, and with an error nothing of the file is
taken. Two files of one unit that disagree are both left, since nobody here can
know which is right.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePosixPath

from jianbao.diagnostics import Checked, Finding, error, msg, stops
from jianbao.figures.book import open_book
from jianbao.model import AsOf, Campaign, Members, Observation
from jianbao.newsroom.collecting.desk import Desk
from jianbao.newsroom.collecting.expecting import is_computed
from jianbao.newsroom.collecting.keeping import report_path, same, typed
from jianbao.newsroom.collecting.placing import name_of
from jianbao.newsroom.collecting.receiving import Look
from jianbao.proofreading import check_book
from jianbao.reading.loose import LooseFigure, loose_datasets

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
class Part:
    """What a file brings for one day.

    Attributes:
        path: The file that the unit's figures of that day are kept in.
        new: How many figures nobody has reported before.
        deltas: What was reported otherwise before.
    """

    path: str
    new: int
    deltas: tuple[Delta, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of one file; nothing of it is taken unless `taken`."""

    look: Look
    findings: tuple[Finding, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def deltas(self) -> tuple[Delta, ...]:
        """What was reported otherwise before."""
        return tuple(delta for part in self.parts for delta in part.deltas)

    def count(self, campaign: Campaign) -> int:
        """Return how many figures a file reports, without the rates and sums that follow."""
        return sum(
            item.name in dataset.measures and not (None in item.members and is_computed(dataset))
            for item in self.look.observations
            for dataset in (campaign.datasets[item.dataset],)
        )

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
    """What is reported, file by file, and the groups it needs; the only thing that changes."""

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
    after = state.desk.with_reported(state.desk.campaign, state.observations)
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
    groups = _with_groups(state.desk, look)
    desk = state.desk.with_reported(groups.value, state.observations)
    reported = {_key(item) for item in desk.observations}
    trial = dict(state.by_path)
    parts: list[Part] = []
    for path, items in _by_path(desk, look, unit).items():
        replaced = {(item.dataset, item.as_of.moment) for item in items}
        old = state.by_path.get(path, [])
        gone = [item for item in old if (item.dataset, item.as_of.moment) in replaced]
        new = sum(_key(item) not in reported for item in items)
        parts.append(Part(path, new, tuple(_deltas(desk, path, gone, items))))
        trial[path] = [item for item in old if item not in gone] + items
    known = set(_proof(desk, look, state.by_path))
    found = [finding for finding in _proof(desk, look, trial) if finding not in known]
    findings = (*look.findings, *groups.findings, *dict.fromkeys(found))
    if not stops(findings):
        state.desk, state.by_path = desk, trial
    return Settled(look, findings, tuple(parts))


def _with_groups(desk: Desk, look: Look) -> Checked[Campaign]:
    """Return the campaign with a dataset for each group of a file's one-off figures."""
    known = [
        LooseFigure(dataset.measures[item.name], item)
        for item in desk.observations
        if item.dataset not in desk.known.declared
        for dataset in (desk.campaign.datasets[item.dataset],)
    ]
    groups = loose_datasets([*known, *look.loose])
    datasets = {**desk.known.declared, **groups.value}
    return Checked(replace(desk.campaign, datasets=datasets), groups.findings)


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
