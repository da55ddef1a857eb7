"""Where PDFs are pressed: in this process, in child processes under limits.

Job ──▶ Executor ──▶ Pressed, or why the pressing was broken off
"""

import os
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager

from jianbao.delivery.workers import InThisProcess, Limits, StoppedError, Workers
from jianbao.press.jobs import Fault, Job, Pressed, Trouble
from jianbao.settings import Settings

_A_WORKER = 300 * 1024 * 1024


def open_press(settings: Settings) -> AbstractContextManager[Executor]:
    """Return where the run's jobs are pressed; with no `jobs`, this process."""
    if not (settings.jobs and settings.pdf):
        return InThisProcess()
    limits = Limits(settings.task_seconds, settings.task_megabytes)
    return Workers(settings.jobs, limits, warm_up)


def press_job(job: Job) -> Pressed:
    """Return the job's PDF; the engine is imported where this is done."""
    from jianbao.press.engine import press

    return press(job)


def warm_up() -> None:
    """Import the engine before there is anything to press."""
    import jianbao.press.engine  # noqa: F401


def pressed(future: Future[Pressed]) -> Pressed:
    """Wait for a PDF and return it; one that was broken off is empty and says why."""
    try:
        return future.result()
    except StoppedError as stopped:
        return Pressed(b"", 0, (Trouble(Fault.STOPPED, stopped.why),))


def usual_jobs() -> int:
    """Return a worker for each processor that may be used, less where memory is short."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(1, min(len(os.sched_getaffinity(0)), memory // 2 // _A_WORKER))
