"""The whole story on one page.

    read_office ──▶ for each bulletin: draft ──▶ make ──▶ deliver ──▶ the list of all

1. `read_office`, `read_reported`, `read_bulletins`: what is written where.
2. `draft`: stories, the book of figures as of the bulletin, every quote
   written, and everything proofreading has to say. All faults of a bulletin are
   found in one go, so that a clerk mends them in one go.
3. `make`: pages to HTML, HTML to PDF. Only a draft without errors gets here,
   since a page with gaps cannot be fitted.
4. `deliver`: a bulletin's folder changes all at once. One with an error keeps
   its old output, and the others are built all the same.
"""

from collections.abc import Sequence
from itertools import chain, groupby

from jianbao.delivery.output import deliver_file, deliver_folder
from jianbao.delivery.shared import shared_files
from jianbao.diagnostics import Finding, stops
from jianbao.figures.counting import with_counts
from jianbao.model import Bulletin
from jianbao.pipeline.drafting import make_draft, without_echoes
from jianbao.pipeline.making import make_editions
from jianbao.pipeline.runs import Outcome, Result, Run, Tell, untold
from jianbao.proofreading import check_bulletin, check_ledgers
from jianbao.proofreading.plans import fills
from jianbao.reading.sites import (
    Reported,
    addresses,
    chosen,
    read_bulletins,
    read_office,
    read_reported,
)
from jianbao.settings import Settings


def build(settings: Settings, tell: Tell = untold) -> Outcome:
    """Check and make the chosen bulletins and deliver those without errors."""
    return _run(settings, tell, delivering=True)


def check(settings: Settings, tell: Tell = untold) -> Outcome:
    """Check the chosen bulletins, layout included unless `fast`, and deliver nothing."""
    return _run(settings, tell, delivering=False)


def _run(settings: Settings, tell: Tell, delivering: bool) -> Outcome:
    office = read_office(settings.root, settings.templates)
    language = settings.language or (office.value.site.language if office.value else "zh")
    every = addresses(settings.root)
    wanted = chosen(every, settings.targets)
    findings = (*office.findings, *wanted.findings)
    if office.value is None or stops(findings):
        return Outcome(findings, kept=wanted.value if delivering else (), language=language)
    run = Run(settings, office.value, tell, delivering, every)
    results: dict[str, Result] = {}
    for campaign, group in groupby(wanted.value, key=lambda address: address.split("/")[0]):
        results |= _run_campaign(run, campaign, tuple(group))
    findings = tuple(dict.fromkeys(chain(findings, *(r.findings for r in results.values()))))
    paths = tuple(path for result in results.values() for path in result.paths)
    if paths:
        shared = shared_files(run.office, settings.root, settings.output)
        findings = (*findings, *shared.findings)
        paths += tuple(deliver_file(settings.output, *file) for file in shared.value.items())
    made = tuple(address for address, result in results.items() if result.paths)
    kept = tuple(address for address in results if delivering and address not in made)
    full = tuple(fill for result in results.values() for fill in result.fills)
    return Outcome(findings, paths, made, kept, language, full)


def _run_campaign(run: Run, key: str, group: Sequence[str]) -> dict[str, Result]:
    """Run the bulletins of one campaign; what is wrong with its data keeps all of them back."""
    read = read_reported(run.settings.root, key)
    plans = read_bulletins(run.settings.root, chosen(run.known, [key]).value)
    known = [plan.value for plan in plans.values() if plan.value]
    reported = with_counts(read.value, [plan.as_of for plan in known]) if read.value else None
    faults = (*read.findings, *(check_ledgers(reported) if reported else ()))
    results = {}
    for address in group:
        plan = plans[address]
        findings = [*faults, *plan.findings]
        if plan.value is None or reported is None:
            results[address] = Result(run.settled(findings))
            continue
        run.tell(address, "check")
        findings += check_bulletin(plan.value, known)
        results[address] = _run_bulletin(run, reported, plan.value, findings)
        made = "done" if results[address].paths else "kept"
        run.tell(address, made if run.delivering else "checked")
    return results


def _run_bulletin(
    run: Run, reported: Reported, bulletin: Bulletin, found: Sequence[Finding]
) -> Result:
    draft = make_draft(run, reported, bulletin)
    waivers = bulletin.waivers
    findings = (*found, *without_echoes(draft.findings, found))
    if draft.value is None:
        return Result(run.settled(findings, waivers))
    full = fills(bulletin, draft.value.material.stories, run.office.layouts)
    if stops(run.settled(findings, waivers)) or run.settings.fast:
        return Result(run.settled(findings, waivers), fills=full)
    made = make_editions(run, draft.value)
    settled = run.settled((*findings, *made.findings), waivers)
    if stops(settled) or not run.delivering:
        return Result(settled, fills=full)
    paths = deliver_folder(run.settings.output, bulletin.address, made.value)
    return Result(settled, paths, full)
