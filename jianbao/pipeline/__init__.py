"""The whole story on one page.

    read_office ──▶ for each bulletin: draft ──▶ make ──▶ press ──▶ deliver ──▶ the list of all

1. `read_office`, `read_reported`, `read_bulletins`: what is written where.
2. `draft`: stories, the book of figures as of the bulletin, every quote
   written, and everything proofreading has to say. All faults of a bulletin are
   found in one go, so that a clerk mends them in one go.
3. `make`: pages to HTML. Only a draft without errors gets here, since a page
   with gaps cannot be fitted.
4. `press`: HTML to PDF, in workers, while the next bulletins are made.
5. `deliver`: a bulletin's folder changes all at once. One with an error keeps
   its old output, and the others are built all the same.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future
from dataclasses import replace
from itertools import chain

from jianbao.delivery.output import deliver_folder
from jianbao.delivery.pressing import open_press, press_job, pressed
from jianbao.delivery.shared import deliver_site
from jianbao.diagnostics import stops
from jianbao.pipeline.composing import compose
from jianbao.pipeline.making import bind_editions
from jianbao.pipeline.proofing import make_proof
from jianbao.pipeline.runs import (
    Composed,
    Outcome,
    Result,
    Run,
    Speak,
    Tell,
    in_english,
    untold,
)
from jianbao.press.jobs import Pressed
from jianbao.reading.sites import addresses, chosen, read_office
from jianbao.settings import Settings

_AHEAD = 2


def build(settings: Settings, tell: Tell = untold, say: Speak = in_english) -> Outcome:
    """Check and make the chosen bulletins and deliver those without errors."""
    return _run(settings, tell, say, delivering=True)


def check(settings: Settings, tell: Tell = untold) -> Outcome:
    """Check the chosen bulletins, layout included unless `fast`, and deliver nothing."""
    return _run(settings, tell, in_english, delivering=False)


def _run(settings: Settings, tell: Tell, say: Speak, *, delivering: bool) -> Outcome:
    with open_press(settings) as press:
        office = read_office(settings.root, settings.templates)
        language = settings.language or (office.value.site.language if office.value else "zh")
        every = addresses(settings.root)
        wanted = chosen(every, settings.targets)
        findings = (*office.findings, *wanted.findings)
        if office.value is None or stops(findings):
            return Outcome(findings, kept=wanted.value if delivering else (), language=language)
        run = Run(settings, office.value, tell, delivering, every, say(language), press)
        for address in wanted.value:
            tell(address, "waits")
        results = dict(_results(run, press, wanted.value))
    findings = tuple(dict.fromkeys(chain(findings, *(r.findings for r in results.values()))))
    paths = tuple(path for result in results.values() for path in result.paths)
    if paths:
        read = {a.split("/")[0]: r.reported for a, r in results.items() if r.paths and r.reported}
        shared = deliver_site(run.office, settings.root, settings.output, read)
        findings = (*findings, *run.settled(shared.findings))
        paths += shared.value
    made = tuple(address for address, result in results.items() if result.paths)
    kept = tuple(address for address in results if delivering and address not in made)
    full = tuple(fill for result in results.values() for fill in result.fills)
    return Outcome(findings, paths, made, kept, language, full)


def _results(run: Run, press: Executor, wanted: Iterable[str]) -> Iterator[tuple[str, Result]]:
    """Yield what became of each bulletin, in order; some are made ahead while others are pressed.

    Of those ahead there are only so many that each worker has its next task at hand: what is
    kept in memory does not grow with the number of bulletins.
    """
    ahead: deque[tuple[Composed, dict[str, Future[Pressed]]]] = deque()
    for composed in compose(run, wanted):
        jobs = composed.editions.jobs if composed.editions else {}
        if jobs:
            run.tell(composed.address, "press")
        ahead.append((composed, {n: press.submit(press_job, job) for n, job in jobs.items()}))
        while sum(len(futures) for _, futures in ahead) > _AHEAD * run.settings.jobs:
            yield _finished(run, press, *ahead.popleft())
    while ahead:
        yield _finished(run, press, *ahead.popleft())


def _finished(
    run: Run, press: Executor, composed: Composed, futures: Mapping[str, Future[Pressed]]
) -> tuple[str, Result]:
    """Wait for the PDFs of a bulletin, and deliver it unless there is an error."""
    papers = {name: pressed(future) for name, future in futures.items()}
    result = finish(run, press, composed, papers)
    made = "done" if result.paths else "kept"
    run.tell(composed.address, made if run.delivering else "checked")
    return composed.address, replace(result, reported=composed.reported)


def finish(run: Run, press: Executor, composed: Composed, papers: Mapping[str, Pressed]) -> Result:
    """Return what became of a bulletin; one without errors is delivered."""
    if composed.editions is None:
        return Result(run.settled(composed.findings, composed.waivers), fills=composed.fills)
    bound = bind_editions(composed.editions, papers, run.office.layouts)
    settled = run.settled((*composed.findings, *bound.findings), composed.waivers)
    if stops(settled) or bound.value is None or not run.delivering:
        return Result(settled, fills=composed.fills)
    proof = make_proof(run, press, composed.editions, papers, settled)
    if proof.findings:
        return Result((*settled, *run.settled(proof.findings)), fills=composed.fills)
    files = {**bound.value, **proof.value}
    paths = deliver_folder(run.settings.output, composed.address, files)
    return Result(settled, paths, composed.fills)
