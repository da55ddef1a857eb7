"""Bulletins as far as the press: read, drafted, checked, their pages made.

addresses ──by campaign──▶ Reported, plans ──each──▶ Draft ──▶ Composed
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import perf_counter

from jianbao.delivery.manifest import marks
from jianbao.diagnostics import Checked, Finding, stops
from jianbao.figures.counting import with_counts
from jianbao.model import Bulletin
from jianbao.model.reviewed import Printed
from jianbao.model.sealed import Maker
from jianbao.newsroom.sealing.checking import check_seal
from jianbao.pipeline.drafting import make_draft, without_echoes
from jianbao.pipeline.making import make_editions
from jianbao.pipeline.runs import Composed, Draft, Findings, Looked, Run
from jianbao.proofreading import check_bulletin, check_ledgers
from jianbao.proofreading.bulletins import Numbering, numbering
from jianbao.proofreading.plans import fills
from jianbao.reading.noting import Sights, noting
from jianbao.reading.sites import Reported, addresses, read_reported
from jianbao.site.archive import Neighbours, planned


@dataclass(frozen=True, slots=True)
class Desk:
    """What the bulletins of one campaign share; its findings keep all of them back.

    Attributes:
        around: The addresses of the bulletins before and after each one.
        seen: What was looked at for it.
    """

    reported: Reported | None
    plans: dict[str, Bulletin]
    numbers: Numbering
    refused: dict[str, Findings]
    findings: Findings
    around: Mapping[str, Neighbours]
    seen: Sights


class Bench:
    """Where one process composes: one desk lies open, that of the campaign at hand."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._campaign, self._digest = "", ""
        self._desk: Desk | None = None
        self._told = False

    def open(self, campaign: str) -> Desk:
        """Return the desk of a campaign; the one that lies open, if it is that."""
        if self._desk is None or campaign != self._campaign:
            self._campaign, self._desk = campaign, open_desk(self.run, campaign)
            self._digest = marks(self._desk.seen)
            self._told = False
        return self._desk

    def compose(self, address: str) -> Composed:
        """Return one bulletin as far as the press."""
        start = perf_counter()
        campaign, opened = address.split("/", maxsplit=1)[0], {}
        desk = self.open(campaign)
        if not self._told:
            self._told, opened = True, desk.seen
        with noting() as seen:
            composed = compose_one(self.run, desk, address)
        return replace(composed, looked=Looked(seen, self._digest, opened, perf_counter() - start))


def open_desk(run: Run, key: str) -> Desk:
    """Read what was reported in a campaign, and the plans of all its bulletins."""
    with noting() as seen:
        read = read_reported(run.settings.root, key, run.shelf)
        plans = _plans(run, key)
    known = {address: plan.value for address, plan in plans.items() if plan.value}
    reported, among = None, run.settings.among
    if read.value:
        reported = with_counts(read.value, [plan.as_of for plan in known.values()])
    return Desk(
        reported,
        known,
        numbering(known.values()),
        {address: plan.findings for address, plan in plans.items()},
        (*read.findings, *(check_ledgers(reported) if reported else ())),
        planned(plan for address, plan in known.items() if address in (among or known)),
        seen,
    )


def _plans(run: Run, key: str) -> dict[str, Checked[Bulletin | None]]:
    """Return the plan of each bulletin of a campaign, with what is wrong with it."""
    root = run.settings.root
    with run.shelf.opened(f"plans of {key}") as board:
        return {
            address: board.take(address, Bulletin, partial(_plan, root, address))
            for address in addresses(root, key)
        }


def _plan(root: Path, address: str) -> Checked[Bulletin | None]:
    from jianbao.reading.office import read_bulletin

    return read_bulletin(root, *address.split("/"))


def compose_one(run: Run, desk: Desk, address: str) -> Composed:
    """Return one bulletin as far as the press."""
    findings = (*desk.findings, *desk.refused[address])
    bulletin = desk.plans.get(address)
    if bulletin is None or desk.reported is None:
        return Composed(address, findings)
    run.tell(address, "check")
    found = (*findings, *check_bulletin(bulletin, desk.numbers))
    draft = make_draft(run, desk.reported, bulletin)
    return _drafted(run, draft, bulletin, found, desk.around[address])


def _drafted(
    run: Run,
    draft: Checked[Draft | None],
    bulletin: Bulletin,
    found: Sequence[Finding],
    neighbours: Neighbours,
) -> Composed:
    address, waivers = bulletin.address, bulletin.waivers
    findings = (*found, *without_echoes(draft.findings, found))
    if draft.value is None:
        return Composed(address, findings, waivers)
    findings = (*findings, *_sealed(run, draft.value))
    full = fills(bulletin, draft.value.material.stories, run.office.layouts)
    if stops(run.settled(findings, waivers)) or run.settings.fast:
        return Composed(address, findings, waivers, full)
    made = make_editions(run, draft.value, neighbours)
    return Composed(address, (*findings, *made.findings), waivers, full, made.value)


def _sealed(run: Run, draft: Draft) -> Findings:
    """Return what is wrong where a bulletin was published already and would be another now."""
    material = draft.material

    def now() -> Printed:
        from jianbao.newsroom.reviewing.printing import printed

        return printed(material, draft.book, run.office)

    def maker() -> Maker:
        from jianbao.reading.makers import read_maker

        return read_maker(run.office.templates)

    return check_seal(run.settings.root, material.bulletin.address, now, maker)
