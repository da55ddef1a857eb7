"""What a review command reads of one bulletin: its draft, and its figures as they once were.

Settings, campaign/bulletin ──draft_of──▶ Draft + findings
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jianbao.diagnostics import Checked, Finding, error, msg
from jianbao.figures.book import Book, open_book
from jianbao.figures.counting import with_counts
from jianbao.figures.series import earlier
from jianbao.figures.writing import write
from jianbao.model import AsOf, Bulletin
from jianbao.newsroom.reviewing.changes import Base, Changes, compared, figures_of
from jianbao.pipeline.drafting import make_draft
from jianbao.pipeline.runs import Draft, Run, untold
from jianbao.reading.looks import Template
from jianbao.reading.scalars import read_as_of
from jianbao.reading.seals import printed_last
from jianbao.reading.shaping import nearest
from jianbao.reading.sites import (
    Office,
    Reported,
    addresses,
    chosen,
    read_bulletins,
    read_office,
    read_reported,
)
from jianbao.settings import Settings


@dataclass(frozen=True, slots=True)
class Case:
    """A bulletin that is being reviewed, with what stands around it.

    Attributes:
        before: The campaign's earlier bulletins, the latest first.
        after: Its later ones, the earliest first.
        reported: Everything its units reported, ledgers counted for every bulletin.
    """

    run: Run
    draft: Draft
    reported: Reported
    before: tuple[Bulletin, ...]
    after: tuple[Bulletin, ...]

    @property
    def office(self) -> Office:
        """What all bulletins share."""
        return self.run.office

    @property
    def bulletin(self) -> Bulletin:
        """The bulletin's plan."""
        return self.draft.material.bulletin

    @property
    def address(self) -> str:
        """Its target on the command line."""
        return self.bulletin.address


def open_case(settings: Settings, address: str) -> Checked[Case | None]:
    """Return one bulletin with its figures written, or None and what is in the way.

    Findings are those of its figures and words; those of its layout take a pressing.
    """
    office = read_office(settings.root, settings.templates)
    known = addresses(settings.root)
    if office.value is None:
        return Checked(None, office.findings)
    wanted = _one(known, address)
    if wanted.value is None:
        return Checked(None, wanted.findings)
    address = wanted.value
    run = Run(settings, office.value, untold, delivering=False, known=known)
    campaign = address.split("/")[0]
    read = read_reported(settings.root, campaign)
    plans = read_bulletins(settings.root, [a for a in known if a.split("/")[0] == campaign])
    plan = plans[address]
    findings = (*office.findings, *read.findings, *plan.findings)
    if read.value is None or plan.value is None:
        return Checked(None, findings)
    others = sorted((p.value for p in plans.values() if p.value), key=_order)
    reported = with_counts(read.value, [other.as_of for other in others])
    draft = make_draft(run, reported, plan.value)
    findings = run.settled((*findings, *draft.findings), plan.value.waivers)
    if draft.value is None:
        return Checked(None, findings)
    here = _order(plan.value)
    before = tuple(other for other in reversed(others) if _order(other) < here)
    after = tuple(other for other in others if _order(other) > here)
    return Checked(Case(run, draft.value, reported, before, after), findings)


def drafted(case: Case, bulletin: Bulletin) -> Draft | None:
    """Return the draft of another bulletin of the same campaign, None where it has gaps."""
    return make_draft(case.run, case.reported, bulletin).value


def book_at(case: Case, as_of: AsOf) -> Book:
    """Return the campaign's figures as of another moment."""
    reported = with_counts(case.reported, [as_of])
    return open_book(reported.campaign, reported.observations, as_of, case.office.documents).value


def compare(
    settings: Settings, target: str, since: str
) -> Checked[tuple[Changes, Mapping[str, Template]] | None]:
    """Return a bulletin's figures beside those of `since`, and the templates to show them with.

    `since` is a bulletin or a day; the last bulletin where "".
    """
    case = open_case(settings, target)
    if case.value is None:
        return Checked(None, case.findings)
    base = base_of(case.value, since)
    if isinstance(base, Finding):
        return Checked(None, (base,))
    draft = case.value.draft
    found = compared(draft.material, draft.book, base, case.findings)
    return Checked((found, case.value.office.templates), case.findings)


def base_of(case: Case, since: str) -> Base | Finding:
    """Return what a bulletin is compared with, or why there is no such thing."""
    known = {name: b for b in (*case.after, *case.before) for name in (b.address, b.key)}
    wanted = known.get(since.strip("/")) if since else next(iter(case.before), None)
    if wanted:
        draft = drafted(case, wanted)
        told = told_by(case.run.settings.root, wanted.address)
        return Base(wanted.address, *_printed_by(case, wanted, draft), told)
    if not since:
        return Base("", earlier(case.draft.book))
    as_of = read_as_of(since)
    if isinstance(as_of, AsOf):
        return Base(since, book_at(case, as_of))
    why = msg("There is no bulletin and no day {name} to compare with.", name=since)
    return error("target-unknown", case.bulletin.place, why, nearest(since, list(known)))


def told_by(root: Path, address: str) -> Mapping[str, str]:
    """Return what readers of a sealed bulletin were told, by the figure's path."""
    printed = printed_last(root, address)
    figures = printed.figures if printed else ()
    return {figure.path: figure.text for figure in figures if figure.asked == figure.path}


def _printed_by(
    case: Case, bulletin: Bulletin, draft: Draft | None
) -> tuple[Book, Mapping[str, str]]:
    """Return a bulletin's book, and the figures it prints as they are written by themselves."""
    if draft is None:
        return book_at(case, bulletin.as_of), {}
    figures = ((path, write(figure)) for path, (figure, _) in figures_of(draft.material).items())
    return draft.book, {path: text for path, text in figures if isinstance(text, str)}


def _order(bulletin: Bulletin) -> tuple[str, str]:
    return (bulletin.day.isoformat(), bulletin.key)


def _one(known: tuple[str, ...], target: str) -> Checked[str | None]:
    """Return the bulletin a target names; of a campaign, its last one."""
    wanted = chosen(known, [target])
    last = max(wanted.value, key=in_order, default=None)
    return Checked(last, wanted.findings)


def in_order(address: str) -> tuple[tuple[int, str], ...]:
    """Return what puts addresses in order: numbers by size, so that 2026-9 comes before 2026-10."""
    parts = re.split(r"(\d+)", address)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)
