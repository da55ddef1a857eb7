"""Limits in this process: what takes too much is broken off, and what comes after has its own."""

import resource
import signal
import threading
import time

import pytest

from jianbao.delivery.limits import Limits, StoppedError, bounded


def greedy() -> int:
    """Want ten gigabytes."""
    return len(b"a" * 10**10)


def endless() -> None:
    """Never come to an end, and take every fault for something else."""
    while True:
        try:
            time.sleep(60)
        except StoppedError as fault:
            raise StoppedError("caught") from fault


def test_what_wants_too_much_memory_is_broken_off() -> None:
    """The limit is beyond what the process has, and gone afterwards."""
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with pytest.raises(StoppedError, match="memory"), bounded(Limits(megabytes=200)):
        greedy()

    assert resource.getrlimit(resource.RLIMIT_DATA) == before
    with bounded(Limits(megabytes=200)):
        assert bytearray(100 * 1024 * 1024)


def test_what_takes_too_long_is_broken_off() -> None:
    """The alarm rings in the block and not after it."""
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(StoppedError, match="caught"), bounded(Limits(seconds=1)):
        endless()

    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) == before


def test_a_fault_that_is_none_of_the_limits_stays_what_it_is() -> None:
    """A bug of ours is not called a lack of memory."""
    with pytest.raises(KeyError), bounded(Limits(5, 200)):
        raise KeyError("ours")


def test_in_a_thread_memory_is_bounded() -> None:
    """Only the main thread hears an alarm; no other may set one."""
    said = []

    def work() -> None:
        try:
            with bounded(Limits(5, 200)):
                greedy()
        except StoppedError as fault:
            said.append(fault.why)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert said == ["memory"]
