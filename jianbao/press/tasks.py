"""What a worker of the press is asked to do: each imports the engine where it is done.

Job ──press_timed──▶ Taken        Job ──measure_job, oversets_job, rooms_job──▶ what the engine says

A worker that is started early has imported nothing else, so nothing heavier than this may be
needed to understand what it is asked.
"""

import gc
from collections.abc import Mapping
from threading import Lock
from time import perf_counter
from typing import NamedTuple

from jianbao.press.garbage import undisturbed
from jianbao.press.jobs import Job, Pressed, Trouble

# A cluster's worker may run several tasks in threads, and the engine is patched while it presses.
_ONE_AT_A_TIME = Lock()


class Taken(NamedTuple):
    """What was pressed, and the seconds that took; none for what was remembered."""

    pressed: Pressed
    seconds: float = 0.0


def press_timed(job: Job) -> Taken:
    """Return the job's PDF and how long it took where it was pressed."""
    start = perf_counter()
    return Taken(press_job(job), perf_counter() - start)


def press_job(job: Job) -> Pressed:
    """Return the job's PDF; the engine is imported where this is done."""
    from jianbao.press.engine import press

    with _ONE_AT_A_TIME:
        return press(job)


def measure_job(job: Job) -> Mapping[str, int]:
    """Return how many rows each text that is to be measured takes."""
    from jianbao.press.measuring import measure

    with _ONE_AT_A_TIME:
        return measure(job)


def oversets_job(job: Job) -> tuple[Trouble, ...]:
    """Return a trouble for each frame of the job's pages whose text does not fit."""
    from jianbao.press.measuring import oversets

    with _ONE_AT_A_TIME:
        return oversets(job)


def rooms_job(job: Job, paths: frozenset[str]) -> Mapping[str, tuple[int, ...]]:
    """Return the lines that fit of each of these stories that is too long for its first frame."""
    from jianbao.press.measuring import rooms

    with _ONE_AT_A_TIME:
        return rooms(job, paths)


def warm_up() -> None:
    """Import the engine before there is anything to press.

    Modules stay, so they are not searched for garbage: neither now nor while pages are pressed.
    """
    from jianbao.press.loading import by_name, loaded_later

    with undisturbed(), by_name(), loaded_later():
        import jianbao.press.engine  # noqa: F401

        gc.freeze()
