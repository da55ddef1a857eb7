"""Bulletins as far as the press: read, drafted, checked, their pages made.

addresses ──by campaign──▶ Reported, plans ──each──▶ Draft ──▶ Composed
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from jianbao.diagnostics import Checked, Finding, stops
from jianbao.figures.counting import with_counts
from jianbao.model import Bulletin
from jianbao.newsroom.reviewing.printing import printed
from jianbao.newsroom.sealing.checking import check_seal
from jianbao.pipeline.drafting import make_draft, without_echoes
from jianbao.pipeline.making import make_editions
from jianbao.pipeline.runs import Composed, Draft, Findings, Run
from jianbao.proofreading import check_bulletin, check_ledgers
from jianbao.proofreading.plans import fills
from jianbao.reading.makers import read_maker
from jianbao.reading.sites import Reported, chosen, read_bulletins, read_reported
from jianbao.site.archive import Neighbours, planned


@dataclass(frozen=True, slots=True)
class Desk:
    """What the bulletins of one campaign share; its findings keep all of them back.

    Attributes:
        around: The addresses of the bulletins before and after each one.
    """

    reported: Reported | None
    plans: dict[str, Bulletin]
    refused: dict[str, Findings]
    findings: Findings
    around: Mapping[str, Neighbours]


def compose(run: Run, wanted: Iterable[str]) -> Iterator[Composed]:
    """Yield each bulletin as far as the press, in order."""
    for key, group in groupby(wanted, key=lambda address: address.split("/")[0]):
        desk = open_desk(run, key)
        for address in group:
            yield compose_one(run, desk, address)


def open_desk(run: Run, key: str) -> Desk:
    """Read what was reported in a campaign, and the plans of all its bulletins."""
    read = read_reported(run.settings.root, key)
    plans = read_bulletins(run.settings.root, chosen(run.known, [key]).value)
    known = {address: plan.value for address, plan in plans.items() if plan.value}
    reported = None
    if read.value:
        reported = with_counts(read.value, [plan.as_of for plan in known.values()])
    return Desk(
        reported,
        known,
        {address: plan.findings for address, plan in plans.items()},
        (*read.findings, *(check_ledgers(reported) if reported else ())),
        planned(known.values()),
    )


def compose_one(run: Run, desk: Desk, address: str) -> Composed:
    """Return one bulletin as far as the press."""
    findings = (*desk.findings, *desk.refused[address])
    bulletin = desk.plans.get(address)
    if bulletin is None or desk.reported is None:
        return Composed(address, findings)
    run.tell(address, "check")
    found = (*findings, *check_bulletin(bulletin, tuple(desk.plans.values())))
    draft = make_draft(run, desk.reported, bulletin)
    composed = _compose(run, draft, bulletin, found, desk.around[address])
    return replace(composed, reported=desk.reported)


def _compose(
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
    return check_seal(
        run.settings.root,
        material.bulletin.address,
        lambda: printed(material, draft.book, run.office),
        lambda: read_maker(run.office.templates),
    )
