"""Signing a bulletin, and how it stands: what `sign` and `status` ask of the pipeline.

Settings, target ──sign──▶ review.yaml       Settings, targets ──stand──▶ a Glance each
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from jianbao.diagnostics import Checked, Finding, Place, error, msg, stops
from jianbao.model import Bulletin
from jianbao.model.reviewed import Printed, Review
from jianbao.model.sealed import is_notice
from jianbao.newsroom.collecting.desk import open_desk
from jianbao.newsroom.collecting.standing import standing_of
from jianbao.newsroom.reviewing.differing import Difference, differences
from jianbao.newsroom.reviewing.glancing import Glance, glance
from jianbao.newsroom.reviewing.printing import printed
from jianbao.newsroom.reviewing.signing import Request, keep_review, signed
from jianbao.newsroom.reviewing.standing import Standing, standing, unready
from jianbao.pipeline import check
from jianbao.pipeline.reviewing import Case, in_order, open_case
from jianbao.pipeline.runs import Tell, untold
from jianbao.reading.files import files_in
from jianbao.reading.office import read_bulletin, read_site
from jianbao.reading.reviews import REVIEW, read_review
from jianbao.reading.seals import read_sealed
from jianbao.reading.sites import addresses, chosen
from jianbao.settings import Settings


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that was recorded, and how the bulletin's review stands with it.

    Attributes:
        path: Of the record, relative to the site.
        since: What was changed since the signature before it.
    """

    address: str
    path: str
    stages: tuple[Standing, ...]
    since: Difference

    @property
    def next(self) -> tuple[str, ...]:
        """The stages that are still to be signed, or anew."""
        return tuple(one.stage.name for one in self.stages if not one.holds)


@dataclass(frozen=True, slots=True)
class Ready:
    """A bulletin that was checked and can be signed, and everything it prints."""

    case: Case
    printed: Printed

    @property
    def address(self) -> str:
        """Its target on the command line."""
        return self.case.address


def ready(
    settings: Settings, target: str, request: Request, tell: Tell = untold
) -> Checked[Ready | None]:
    """Return a bulletin that may be signed as is asked; None with findings if it may not.

    The whole bulletin is checked, layout included: nobody signs what cannot be made.
    """
    case = open_case(settings, target)
    if case.value is None:
        return Checked(None, case.findings)
    found = Ready(case.value, printed_at(case.value))
    tried = _signed(settings, found, request)
    if stops(tried.findings):
        return Checked(None, tried.findings)
    outcome = check(replace(settings, targets=(found.address,)), tell)
    if stops(outcome.findings):
        why = msg("{address} has errors, and cannot be signed.", address=found.address)
        place = Place(f"content/{found.address}")
        refused = error("sign-errors", place, why, msg("Put them right first."))
        return Checked(None, (*outcome.findings, refused))
    return Checked(found, outcome.findings)


def sign(settings: Settings, found: Ready, request: Request) -> Checked[Signed | None]:
    """Record a signature for what was checked; whoever calls this holds the site's lock."""
    review = read_review(settings.root, found.address)
    after = _signed(settings, found, request)
    if stops(after.findings):
        return Checked(None, after.findings)
    keep_review(settings.root, found.address, after.value, request.scan)
    stages = standing(found.case.office.site.process, after.value, found.printed)
    path = f"content/{found.address}/{REVIEW}"
    return Checked(Signed(found.address, path, stages, _since(review.value, found.printed)))


def _signed(settings: Settings, found: Ready, request: Request) -> Checked[Review]:
    """Return the review as it lies there with the signature put to it."""
    review = read_review(settings.root, found.address)
    if stops(review.findings):
        return review
    process, place = found.case.office.site.process, Place(f"content/{found.address}")
    return signed(review.value, process, request, found.printed, place)


def _since(review: Review, now: Printed) -> Difference:
    """Return what was changed since the last signature of any stage."""
    if not review.signatures:
        return Difference()
    return differences(review.contents[review.signatures[-1].digest], now)


def printed_at(case: Case) -> Printed:
    """Return everything the bulletin on the case prints."""
    return printed(case.draft.material, case.draft.book, case.office)


def check_signed(settings: Settings, target: str) -> tuple[Finding, ...]:
    """Return why a bulletin may not be published: stages unsigned, or signed for other words."""
    case = open_case(settings, target)
    if case.value is None:
        return case.findings
    review = read_review(settings.root, case.value.address)
    if review.findings:
        return review.findings
    known = standing(case.value.office.site.process, review.value, printed_at(case.value))
    return tuple(unready(known, Place(f"content/{case.value.address}")))


def stand(settings: Settings, now: datetime) -> Checked[tuple[Glance, ...]]:
    """Return how the chosen bulletins stand; of each campaign its last one where none is chosen."""
    known = addresses(settings.root)
    wanted = chosen(known, settings.targets)
    if wanted.findings:
        return Checked((), wanted.findings)
    found: list[Glance] = []
    findings: list[Finding] = []
    for address in _latest(settings.root, wanted.value, settings.targets):
        plan = read_bulletin(settings.root, *address.split("/"))
        if plan.value is None:
            findings += plan.findings
            continue
        one = _glance(settings, plan.value, now)
        found.append(one.value)
        findings += one.findings
    return Checked(tuple(found), tuple(dict.fromkeys(findings)))


def _is_last(root: Path, bulletin: Bulletin) -> bool:
    return bulletin.address == max(addresses(root, bulletin.campaign), key=in_order)


def _latest(root: Path, known: Sequence[str], targets: Iterable[str]) -> tuple[str, ...]:
    """Return the named bulletins; of each campaign its last one, and what is being corrected."""
    named = {target.strip("/") for target in targets}
    last = {address.split("/")[0]: address for address in sorted(known, key=in_order)}
    return tuple(
        a for a in known if a in named or a == last[a.split("/")[0]] or _is_corrected(root, a)
    )


def _is_corrected(root: Path, address: str) -> bool:
    """Say whether a correction waits to be published; few bulletins have a notice at all."""
    notices = (n for n in files_in(root / "content" / address) if is_notice(n))
    return any(notices) and read_sealed(root, address).value.is_corrected


def _glance(settings: Settings, bulletin: Bulletin, now: datetime) -> Checked[Glance]:
    outcome = check(replace(settings, targets=(bulletin.address,), fast=True))
    review = read_review(settings.root, bulletin.address)
    case = open_case(settings, bulletin.address).value
    site = read_site(settings.root).value
    assert site
    content = printed_at(case) if case else None
    stages = standing(site.process, review.value, content)
    findings = (*outcome.findings, *review.findings)
    book = case.draft.book if case else None
    known = read_sealed(settings.root, bulletin.address).value
    sealed = known.seals[-1].day if known.seals and not known.is_corrected else ""
    dates = ("" if known.is_corrected else now.isoformat(" ", "minutes"), sealed)
    shown = glance(bulletin, findings, book, (site.process, stages), dates)
    desk = open_desk(settings.root, bulletin.campaign, now.date(), "" if sealed else bulletin.key)
    if desk.value is None:
        return Checked(shown, findings)
    period = desk.value.period
    if known.is_corrected:
        shown = replace(shown, corrected=known.corrections[-1].day)
    elif not sealed:
        shown = replace(shown, units=standing_of(desk.value, now), period=period)
    elif period.day > bulletin.day and _is_last(settings.root, bulletin):
        shown = replace(shown, next=period)
    return Checked(shown, findings)
