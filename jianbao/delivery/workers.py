"""Work in processes of our own, each task under limits: what is poisoned costs only itself.

    submit(function, …) ──thread──▶ child process ──▶ Future

A thread for each child: it hands the child one task, waits, and knows which task a
child died of, which a common pool does not. A child that takes too long is killed, one
that wants too much memory is refused it, and each gets a successor.
So does one that has grown.
"""

import ctypes
import os
import resource
import signal
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar

from jianbao.delivery.limits import Limits, StoppedError, ceiling, is_out_of_memory, memory_of

_PR_SET_PDEATHSIG = 1
GROWN = 256 * 1024 * 1024
Answer = TypeVar("Answer")
Asked = ParamSpec("Asked")
Task = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class InThisProcess(Executor):
    """Does each task at once, here, without limits."""

    def submit(
        self, fn: Callable[Asked, Answer], /, *args: Asked.args, **kwargs: Asked.kwargs
    ) -> Future[Answer]:
        """Return the answer, which is there already."""
        future: Future[Answer] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as fault:  # noqa: BLE001  (handed to whoever asks for the answer)
            future.set_exception(fault)
        return future


class Workers(Executor):
    """So many child processes, each with one task at a time; `warm` is done in each beforehand.

    Where `warm` returns something, it is kept there, and each task gets it as its first argument.

    Children are forked where this process has one thread only, which is quick, and
    started anew elsewhere: a lock held by a thread that was not forked is never let go.
    """

    def __init__(self, count: int, limits: Limits, warm: Callable[[], object]) -> None:
        self.width = count
        self._limits, self._warm = limits, warm
        self._idle: SimpleQueue[_Child] = SimpleQueue()
        self._children: set[_Child] = set()
        self._closed = False
        for _ in range(count):
            self._idle.put(self._child())
        self._threads = ThreadPoolExecutor(count)

    def submit(self, fn: Callable[..., Answer], /, *args: Any, **kwargs: Any) -> Future[Answer]:
        """Return the answer to come; StoppedError where the task was broken off."""
        return self._threads.submit(self._hand_over, (fn, args, kwargs))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """End the children when all is done; with `cancel_futures` at once, in mid-task."""
        if cancel_futures:
            self._closed = True
            self._threads.shutdown(wait=False, cancel_futures=True)
            for child in tuple(self._children):
                child.kill()
        self._threads.shutdown()
        for child in self._children:
            child.end()
        self._children.clear()

    def __exit__(self, kind: object, _fault: object, _trace: object) -> None:
        """End the children; whatever is still at work is of no use after an exception."""
        self.shutdown(cancel_futures=kind is not None)

    def _child(self) -> "_Child":
        others = tuple(child.pipe for child in self._children)
        child = _Child(self._limits, self._warm, others)
        self._children.add(child)
        return child

    def _successor(self, child: "_Child") -> "_Child":
        """End a child, and return another in its place unless there is no more to do."""
        self._children.discard(child)
        child.end()
        return child if self._closed else self._child()

    def _hand_over(self, task: Task) -> Any:
        child = self._idle.get()
        try:
            done, answer = child.ask(task)
        except StoppedError:
            child = self._successor(child)
            raise
        else:
            if child.has_grown:
                child = self._successor(child)
        finally:
            self._idle.put(child)
        if done:
            return answer
        raise answer


class _Child:
    """A process and the pipe to it."""

    def __init__(
        self, limits: Limits, warm: Callable[[], object], others: tuple[Connection, ...]
    ) -> None:
        forks = threading.active_count() == 1
        context = get_context("fork") if forks else get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._limits = limits
        self._ready = False
        self._first = 0
        inherited = (self.pipe, *others) if forks else ()
        arguments = (theirs, limits, warm, (os.getpid(), inherited))
        self._process = context.Process(target=_work, args=arguments, daemon=True)
        self._process.start()
        theirs.close()

    @property
    def has_grown(self) -> bool:
        """Whether it holds much more than after its first task.

        WeasyPrint and what it is built on keep a quarter of a megabyte of each page they set, and
        what is kept counts for the limit of the next task.
        """
        now = memory_of(self._process.pid or 0)
        self._first = self._first or now
        return now - self._first > GROWN

    def ask(self, task: Task) -> tuple[bool, Any]:
        """Return whether the task was done, and its answer or what went wrong."""
        try:
            if not self._ready:
                self._ready = self.pipe.recv()
            self.pipe.send(task)
            if not self.pipe.poll(self._limits.seconds or None):
                raise StoppedError("time")
            done, answer = self.pipe.recv()
        except (EOFError, OSError):
            self._process.join(1)
            late = self._process.exitcode == -signal.SIGXCPU
            raise StoppedError("time" if late else "killed") from None
        if isinstance(answer, MemoryError) or (
            self._limits.megabytes and not done and is_out_of_memory(answer)
        ):
            raise StoppedError("memory")
        return done, answer

    def kill(self) -> None:
        """Kill the process; it holds nothing that would be lost."""
        self._process.kill()

    def end(self) -> None:
        """Kill the process and let go of it."""
        self._process.kill()
        self._process.join()
        self.pipe.close()


def _work(
    pipe: Connection,
    limits: Limits,
    warm: Callable[[], object],
    parent: tuple[int, tuple[Connection, ...]],
) -> None:
    """Do what comes through the pipe until it is closed; the life of a child.

    It is told its parent's number, and the pipes to others that it has inherited.
    """
    _end_with(parent[0])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in parent[1]:
        other.close()
    kept = warm()
    if limits.megabytes:
        most = ceiling(limits)
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    pipe.send(True)
    while True:
        try:
            task: Task = pipe.recv()
        except (EOFError, OSError):
            return
        _limit_seconds(limits.seconds)
        pipe.send(_done(task, kept))


def _end_with(parent: int) -> None:
    """See that a child whose parent is killed writes nothing more; where that can be arranged."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _limit_seconds(seconds: int) -> None:
    """Let the next task use so much of the processor; it ends even where nobody waits for it."""
    if seconds:
        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime) + seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def _done(task: Task, kept: object) -> tuple[bool, Any]:
    fn, args, kwargs = task
    try:
        return True, fn(*args, **kwargs) if kept is None else fn(kept, *args, **kwargs)
    except Exception as fault:  # noqa: BLE001  (raised again where the answer is asked for)
        fault.add_note(traceback.format_exc())
        return False, fault
