"""Where PDFs are pressed: in child processes under limits, or in this one; nothing twice.

Job ──submit──▶ memo, else Executor ──take──▶ Pressed, or why the pressing was broken off
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from jianbao.delivery.limits import Limits, StoppedError
from jianbao.delivery.manifest import PLACE
from jianbao.delivery.memo import Memo
from jianbao.delivery.packing import digest_of, pack, unpack
from jianbao.delivery.workers import InThisProcess, Workers
from jianbao.diagnostics import Finding
from jianbao.press.jobs import Fault, Job, Pressed, Trouble
from jianbao.press.tasks import Taken, press_timed, warm_up
from jianbao.reading.noting import doubt
from jianbao.settings import Settings

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Ticket:
    """A PDF that was asked for; `key` is "" where it need not be remembered."""

    future: Future[Taken]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """Presses jobs, and remembers what came of them.

    Attributes:
        width: How many jobs it presses at once.
        made_by: The digest of the program and the fonts, which are input of every job.
        patience: How many seconds a job may take on other computers; 0 waits for ever.
        lost: What is raised where every computer that tried a job was lost.
    """

    executor: Executor
    width: int = 0
    memo: Memo | None = None
    made_by: str = ""
    patience: int = 0
    lost: tuple[type[Exception], ...] = ()
    findings: tuple[Finding, ...] = ()

    def submit(self, job: Job) -> Ticket:
        """Ask for a PDF, which may be there already."""
        if self.memo is None:
            return Ticket(self.executor.submit(press_timed, job))
        key = digest_of(self.made_by, job)
        known = unpack(self.memo.get(key) or b"", Pressed)
        if known is None:
            return Ticket(self.executor.submit(press_timed, job), key)
        there: Future[Taken] = Future()
        there.set_result(Taken(known))
        return Ticket(there)

    def take(self, ticket: Ticket) -> Taken:
        """Wait for a PDF and return it; one that was broken off is empty and says why."""
        try:
            taken = ticket.future.result(self.patience or None)
        except StoppedError as stopped:
            return _broken_off(stopped.why)
        except self.lost:
            return _broken_off("killed")
        except TimeoutError:
            return _broken_off("time")
        if self.memo and ticket.key:
            self.memo.put(ticket.key, pack(taken.pressed))
        return taken

    def ask(self, question: Callable[..., Answer], *about: object, otherwise: Answer) -> Answer:
        """Wait for what the engine answers about pages; `otherwise` where it was broken off.

        What was answered before about the same pages is not asked again. Where it was broken off,
        the pages are set without it, and made again at the next build; whatever broke it off is
        said when they are pressed.
        """
        key = digest_of(self.made_by, question.__name__, *about) if self.memo else ""
        known = unpack(self.memo.get(key) or b"", type(otherwise)) if self.memo else None
        if known is not None:
            return known
        try:
            answer = self.executor.submit(question, *about).result(self.patience or None)
            if self.memo:
                self.memo.put(key, pack(answer))
            return answer
        except (StoppedError, TimeoutError):
            doubt()
        except self.lost:
            doubt()
        return otherwise


def _broken_off(why: str) -> Taken:
    return Taken(Pressed(b"", 0, (Trouble(Fault.STOPPED, why),)))


@contextmanager
def open_press(
    settings: Settings, made_by: str = "", papers: int = 1, ready: Workers | None = None
) -> Iterator[Press]:
    """Give the press of a run; there are no more workers than `papers`, and none without `jobs`.

    Workers that are `ready` are taken instead of new ones.
    """
    memo = Memo(settings.output / PLACE / "cache") if made_by else None
    if settings.cluster and settings.pdf and papers:
        from jianbao.delivery.cluster import open_cluster

        with open_cluster(settings.cluster) as found:
            there = found.executor or InThisProcess()
            patience = settings.task_seconds
            yield Press(there, found.width, memo, made_by, patience, found.lost, found.findings)
    elif ready:
        yield Press(ready, ready.width, memo, made_by)
    else:
        count = min(settings.jobs, papers) if settings.pdf else 0
        limits = Limits(settings.task_seconds, settings.task_megabytes)
        with Workers(count, limits, warm_up) if count else InThisProcess() as here:
            yield Press(here, count, memo, made_by)
    if memo:
        memo.tidy()
