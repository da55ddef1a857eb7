"""One run: every bulletin that is not fresh is composed, pressed and delivered, in order.

office, addresses ──▶ composed ──▶ pressed, in workers ──▶ delivered ──▶ Outcome

Few bulletins are composed here, while workers get ready to press. Of many, each is made from its
plan to its PDF by one worker, so that there are no more processes than processors.

What is kept in memory does not grow with the number of bulletins: only so many are ahead that
each worker has its next task at hand.
"""

import gc
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from time import perf_counter

from jianbao.delivery.bytecode import Bytecode
from jianbao.delivery.limits import Limits, StoppedError, bounded
from jianbao.delivery.manifest import Past
from jianbao.delivery.output import Folders, heal
from jianbao.delivery.pressing import Press, Ticket, open_press
from jianbao.delivery.program import itself
from jianbao.delivery.shelf import Shelf
from jianbao.delivery.workers import Workers
from jianbao.diagnostics import Place, stops
from jianbao.pipeline.accounting import Account
from jianbao.pipeline.composing import Bench
from jianbao.pipeline.finishing import Foresight, deliver, deliver_shared, finish
from jianbao.pipeline.hiring import are_many, awaited, made_whole
from jianbao.pipeline.recalling import of_targets, once
from jianbao.pipeline.runs import (
    Composed,
    Outcome,
    Result,
    Run,
    Speak,
    Tell,
    in_english,
    in_this_process,
    untold,
)
from jianbao.pipeline.waiting import check_waiting, waiting
from jianbao.press.garbage import undisturbed
from jianbao.press.tasks import warm_up
from jianbao.press.troubles import stopped
from jianbao.reading.noting import noting
from jianbao.reading.sites import addresses, chosen, read_office
from jianbao.settings import Settings

_AHEAD = 2
_TOGETHER, _LONG = 16, 0.5  # bulletins, and seconds, at a time


def run(
    settings: Settings,
    tell: Tell,
    say: Speak = in_english,
    past: Past | None = None,
    workers: Workers | None = None,
    delivering: bool = False,
) -> Outcome:
    """Return what became of the chosen bulletins; with `past`, only what changed is made.

    `workers` are those that were started ahead; who started them ends them.
    """
    start = perf_counter()
    account = Account(settings, past, delivering)
    with noting() as listed:
        every = addresses(settings.root)
        idle = waiting(settings.root, every)
    wanted = chosen(every, settings.targets, idle)
    stale = account.stale(wanted.value)
    whole = made_whole(settings, len(stale))
    papers = 0 if whole else awaited(settings, past)
    ready = None if whole else workers
    with open_press(settings, account.made_by, papers, ready) as press:
        with noting() as seen:
            office = read_office(settings.root, settings.templates, _office_shelf(press, past))
        language = settings.language or (office.value.site.language if office.value else "zh")
        findings = (*press.findings, *office.findings, *wanted.findings)
        if office.value is None or stops(findings):
            return Outcome(findings, kept=wanted.value if delivering else (), language=language)
        shelf = Shelf(press.memo, itself(), past.sights if past else {})
        this = Run(settings, office.value, tell, delivering, every, say(language), press, shelf)
        bench, code = Bench(this), Bytecode(office.value.templates, itself())
        account.open_office(office.value.site.language, office.findings, seen)
        with noting() as reported:
            early = check_waiting(this, idle)
        account.open_list(every, {**listed, **reported}, early)
        if delivering:
            heal(settings.output)
        results = {}
        foresight = Foresight(bench, account, wanted.value)
        office_read = perf_counter()
        for result in _results(bench, press, stale, foresight):
            results[result.address] = result
            account.enter(result)
    made = tuple(address for address, result in results.items() if result.paths)
    bulletins_made = perf_counter()
    fresh = tuple(a for a in wanted.value if a not in results and account.delivered(a))
    lying = tuple(a for a in wanted.value if a in (*made, *fresh))
    with undisturbed():
        shared = deliver_shared(this, account, lying, foresight) if delivering else ((), ())
        account.close()
    code.keep()
    found = (
        results[address].findings if address in results else account.findings(address)
        for address in wanted.value
    )
    return Outcome(
        once(chain(findings, of_targets(early, settings.targets), *found, shared[0])),
        (*chain.from_iterable(result.paths for result in results.values()), *shared[1]),
        made,
        tuple(a for a in wanted.value if delivering and a not in (*made, *fresh)),
        language,
        tuple(chain.from_iterable(result.fills for result in results.values())),
        fresh,
        {
            "": {"office": office_read - start, "shared": perf_counter() - bulletins_made},
            **{address: result.seconds for address, result in results.items()},
        },
    )


def _office_shelf(press: Press, past: Past | None) -> Shelf:
    """Return where the office's file is kept: whether a face is there depends on the machine."""
    return Shelf(press.memo, press.made_by, past.sights if past else {})


def _results(
    bench: Bench, press: Press, stale: Sequence[str], foresight: Foresight
) -> Iterator[Result]:
    """Yield what became of each bulletin, in order."""
    run = bench.run
    for address in stale:
        run.tell(address, "waits")
    ahead: deque[tuple[Composed | Result, dict[str, Ticket]]] = deque()
    for made in _made(bench, stale):
        jobs = made.editions.jobs if isinstance(made, Composed) and made.editions else {}
        if jobs:
            run.tell(made.address, "press")
        ahead.append((made, {name: press.submit(job) for name, job in jobs.items()}))
        while ahead and sum(len(papers) for _, papers in ahead) >= _AHEAD * press.width:
            yield _ended(run, _finished(run, press, *ahead.popleft()))
    if ahead and press.width and run.delivering:
        foresight.look(made for made, _ in ahead if isinstance(made, Composed))
    while ahead:
        yield _ended(run, _finished(run, press, *ahead.popleft()))


def _finished(run: Run, press: Press, made: Composed | Result, papers: dict[str, Ticket]) -> Result:
    """Wait for the PDFs of a bulletin, and deliver it unless there is an error."""
    if isinstance(made, Result):
        return made
    with Folders(run.settings.output) as folders:
        return deliver(run, [_completed(run, press, made, papers, folders)], folders)[0]


def _completed(
    run: Run, press: Press, made: Composed, papers: dict[str, Ticket], folders: Folders
) -> Result:
    """Wait for the PDFs of a bulletin, and return what becomes of it once it is delivered."""
    taken = {name: press.take(ticket) for name, ticket in papers.items()}
    result = finish(run, made, {name: each.pressed for name, each in taken.items()}, folders)
    if taken:
        pressing = sum(each.seconds for each in taken.values())
        result = replace(result, seconds={**result.seconds, "press": pressing})
    return result


def _ended(run: Run, result: Result) -> Result:
    """Tell what became of a bulletin."""
    end = "done" if result.paths else "kept"
    run.tell(result.address, end if run.delivering else "checked")
    return result


def _smaller(shelf: Shelf) -> Shelf:
    """Return the shelf without what the last build looked at, for another process."""
    return Shelf(shelf.memo, shelf.made_by)


class _Ready:
    """What a worker begins with: what lies ready here where it is forked, else made anew there."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def __call__(self) -> Bench:
        return self._bench

    def __reduce__(self) -> tuple[object, ...]:
        return partial, (Bench, replace(self._bench.run, shelf=_smaller(self._bench.run.shelf)))


def _made(bench: Bench, stale: Sequence[str]) -> Iterator[Composed | Result]:
    """Yield each bulletin as far as the press, or what became of one that is not pressed."""
    run = bench.run
    limits = Limits(run.settings.task_seconds, run.settings.task_megabytes)
    whole = made_whole(run.settings, len(stale))
    if not are_many(run.settings, len(stale)):
        yield from (_made_here(bench, address, limits) for address in stale)
        return
    there = Bench(replace(run, tell=untold, press=run.press if whole else in_this_process()))
    # What all need is read and imported here, once: those that are forked share it.
    with undisturbed():
        there.open(stale[0].split("/")[0])
    if whole and run.settings.pdf:
        warm_up()
    gc.freeze()
    most = max(1, min(_TOGETHER, len(stale) // (4 * run.settings.jobs))) if whole else 1
    following, size = iter(stale), 1  # until it is known how long they take
    days: dict[str, str] = {}
    with Workers(run.settings.jobs, limits, _Ready(there)) as workers:
        ask = partial(workers.submit, _make_all, whole=whole)
        first = islice(following, 2 * _AHEAD * workers.width)
        waiting = deque(([address], ask([address])) for address in first)
        while waiting:
            some, answer = waiting.popleft()
            for address in some:
                run.tell(address, "check")
            try:
                made = answer.result()
            except StoppedError as fault:
                alone = len(some) == 1
                made = [_broken_off(some[0], fault)] if alone else [_alone(ask, a) for a in some]
                heal(run.settings.output)  # what was written before
            size = min(most, _in_time(made))
            if more := list(islice(following, size)):
                waiting.append((more, ask(more)))
            days |= {one.address: one.day for one in made if isinstance(one, Result) and one.paths}
            yield from made
        if run.shelf.memo and days.keys() == {*run.known}:
            _index_ahead(workers, days)


def _index_ahead(workers: Workers, days: Mapping[str, str]) -> None:
    """Have the index of bulletins that were all made anew made by the workers, to be taken over."""
    from jianbao.site.searching import blocks

    for answer in [workers.submit(_index, block.addresses) for block in blocks(days)]:
        with suppress(StoppedError):  # it is made with the lists then
            answer.result()


def _index(bench: Bench, addresses: Sequence[str]) -> None:
    from jianbao.delivery.shared import index_block

    index_block(bench.run.settings.output, bench.run.shelf, addresses)


def _in_time(made: Sequence[Composed | Result]) -> int:
    """Return how many bulletins like these are made before one waits too long for the others."""
    took = [sum(one.seconds.values()) for one in made if isinstance(one, Result)]
    return max(1, int(_LONG * len(took) / (sum(took) or _LONG)))


def _alone(
    ask: Callable[[Sequence[str]], Future[list[Composed | Result]]], address: str
) -> Composed | Result:
    """Return a bulletin that was made together with others, one of which was broken off."""
    try:
        return ask([address]).result()[0]
    except StoppedError as fault:
        return _broken_off(address, fault)


def _made_here(bench: Bench, address: str, limits: Limits) -> Composed | Result:
    """Return a bulletin as far as the press, made in this process under the limits of a worker."""
    try:
        with bounded(limits):
            return _make_all(bench, [address])[0]
    except StoppedError as fault:
        return _broken_off(address, fault)


def _broken_off(address: str, fault: StoppedError) -> Result:
    place = Place(f"content/{address}/bulletin.yaml")
    return Result(address, (stopped(place, fault.why),), again=True)


def _make_all(
    bench: Bench, addresses: Sequence[str], whole: bool = False
) -> list[Composed | Result]:
    """Return these bulletins as `_make` does.

    They are seen on the disk together, which takes as long as one.
    """
    with undisturbed(), Folders(bench.run.settings.output) as folders:
        made = [_make(bench, address, whole, folders) for address in addresses]
        ended = deliver(bench.run, [one for one in made if isinstance(one, Result)], folders)
    known = {one.address: one for one in ended}
    return [known.get(one.address, one) for one in made]


def _make(bench: Bench, address: str, whole: bool, folders: Folders) -> Composed | Result:
    """Return a bulletin as far as the press; without anything to press, it is finished here.

    With `whole` it is pressed here too. What is finished lies ready in `folders`.
    """
    composed, press = bench.compose(address), bench.run.press
    jobs = composed.editions.jobs if composed.editions else {}
    if jobs and not whole:
        return composed
    papers = {name: press.submit(job) for name, job in jobs.items()}
    return _completed(bench.run, press, composed, papers, folders)
