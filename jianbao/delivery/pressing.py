"""Where PDFs are pressed: in this process, in child processes under limits.

Job ──▶ Executor ──▶ Pressed, or why the pressing was broken off
"""

import os
from collections.abc import Mapping
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager
from typing import TypeVar

from jianbao.delivery.workers import InThisProcess, Limits, StoppedError, Workers
from jianbao.press.jobs import Fault, Job, Pressed, Trouble
from jianbao.settings import Settings

Answer = TypeVar("Answer")
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


def measure_job(job: Job) -> Mapping[str, int]:
    """Return how many rows each text that is to be measured takes."""
    from jianbao.press.measuring import measure

    return measure(job)


def oversets_job(job: Job) -> tuple[Trouble, ...]:
    """Return a trouble for each frame of the job's pages whose text does not fit."""
    from jianbao.press.measuring import oversets

    return oversets(job)


def rooms_job(job: Job, paths: frozenset[str]) -> Mapping[str, tuple[int, ...]]:
    """Return the lines that fit of each of these stories that is too long for its first frame."""
    from jianbao.press.measuring import rooms

    return rooms(job, paths)


def warm_up() -> None:
    """Import the engine before there is anything to press."""
    import jianbao.press.engine  # noqa: F401


def pressed(future: Future[Pressed]) -> Pressed:
    """Wait for a PDF and return it; one that was broken off is empty and says why."""
    try:
        return future.result()
    except StoppedError as stopped:
        return Pressed(b"", 0, (Trouble(Fault.STOPPED, stopped.why),))


def answered(future: Future[Answer], otherwise: Answer) -> Answer:
    """Wait for an answer and return it, or `otherwise` where it was broken off.

    The pages then are set without it; whatever broke it off is said when they are pressed.
    """
    try:
        return future.result()
    except StoppedError:
        return otherwise


def usual_jobs() -> int:
    """Return a worker for each processor that may be used, less where memory is short."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(1, min(len(os.sched_getaffinity(0)), memory // 2 // _A_WORKER))
