"""What one task may take of time and memory, and what is said of one that took more."""

import errno
import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

_AGAIN = 10.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may use; 0 is no limit.

    Attributes:
        seconds: By the clock, and of the processor.
        megabytes: Of memory, beyond what its process had when it was warm.
    """

    seconds: int = 0
    megabytes: int = 0


class StoppedError(Exception):
    """A task was broken off; `why` is "time", "memory" or "killed"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@contextmanager
def bounded(limits: Limits) -> Iterator[None]:
    """Break off what is done in this process and takes too much; raises StoppedError.

    What a library does outside of Python is interrupted when it comes back, and time is watched in
    the main thread only: a process of its own (`workers`) is the stricter way.
    """
    before, most = resource.getrlimit(resource.RLIMIT_DATA)
    if limits.megabytes:
        resource.setrlimit(resource.RLIMIT_DATA, (ceiling(limits, most), most))
    try:
        with _alarmed(limits.seconds):
            yield
    except Exception as fault:
        if limits.megabytes and is_out_of_memory(fault):
            raise StoppedError("memory") from fault
        raise
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (before, most))


def ceiling(limits: Limits, most: int = resource.RLIM_INFINITY) -> int:
    """Return how many bytes this process may have, `most` at the most, if it gets so much more."""
    more = memory_of() + limits.megabytes * 1024 * 1024
    return more if most == resource.RLIM_INFINITY else min(more, most)


def is_out_of_memory(fault: object) -> bool:
    """Say whether a task ran into its limit; extensions and the system say so in their own ways.

    An extension that gets no memory may fail without saying why, which Python calls a
    SystemError; such a process is not to be trusted any further either.
    """
    refused = isinstance(fault, OSError) and fault.errno == errno.ENOMEM
    return refused or isinstance(fault, MemoryError | SystemError)


@contextmanager
def _alarmed(seconds: int) -> Iterator[None]:
    """Raise StoppedError in the block after so long; again if somebody there caught it."""
    if not seconds or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _late)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _late(_number: int, _frame: FrameType | None) -> None:
    raise StoppedError("time")


def memory_of(process: int | str = "self") -> int:
    """Return the bytes that count for the limit so far: what was written to before a fork too."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[5]
    except (OSError, IndexError):
        return 0
    return int(pages) * resource.getpagesize()
