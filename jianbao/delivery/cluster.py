"""The same press on a Dask cluster: bytes out, bytes back, on machines with package and fonts.

scheduler ──▶ each worker's fingerprint ──compared with ours──▶ Executor of those that agree

Dask gives the task of a worker that dies to another. A worker that lacks a font or has another
version would set other lines, so it is found before it is given anything.
"""

from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from jianbao.delivery.program import fingerprint
from jianbao.diagnostics import NOTHING, Finding, Message, Place, error, msg, warning

_PATIENCE = 20
_RETRIES = 2


@dataclass(frozen=True, slots=True)
class Cluster:
    """The workers of a cluster that press as this computer does.

    Attributes:
        executor: Gives them tasks; None where there are none.
        width: How many they are.
        lost: What is raised where a task was lost with every worker that tried it.
    """

    executor: Executor | None
    width: int
    findings: tuple[Finding, ...]
    lost: tuple[type[Exception], ...] = ()


@contextmanager
def open_cluster(address: str) -> Iterator[Cluster]:
    """Give a cluster's workers; without any that is fit, an error says why."""
    try:
        from distributed import Client, KilledWorker
    except ImportError:
        hint = msg("Install it with its extra: {name}.", name="jianbao[cluster]")
        yield _none(address, msg("What talks to a cluster is not installed."), hint)
        return
    try:
        client: Any = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as fault:
        why = msg("The cluster does not answer: {why}.", why=str(fault).rstrip(".") or "?")
        yield _none(address, why, msg("Write its scheduler's address, such as tcp://host:8786."))
        return
    with client:
        said: Mapping[str, object] = client.run(fingerprint, on_error="return")
        ours = fingerprint()
        unlike = {worker: _unlike(ours, theirs) for worker, theirs in sorted(said.items())}
        fit = [worker for worker, why in unlike.items() if why is None]
        findings = tuple(
            warning("cluster-worker", Place(worker), why, msg("It is not used for this build."))
            for worker, why in unlike.items()
            if why
        )
        if not fit:
            none = _none(address, msg("The cluster has no worker that presses as this computer."))
            yield Cluster(None, 0, (*findings, *none.findings))
            return
        executor = client.get_executor(workers=fit, retries=_RETRIES, pure=False)
        yield Cluster(executor, len(fit), findings, (KilledWorker,))


def _none(address: str, why: Message, hint: Message = NOTHING) -> Cluster:
    return Cluster(None, 0, (error("cluster-unfit", Place(address), why, hint),))


def _unlike(ours: Mapping[str, str], theirs: object) -> Message | None:
    """Return how a worker differs from this computer, None where it does not."""
    if not isinstance(theirs, dict):
        return msg("This worker cannot be asked: {why}.", why=str(theirs).rstrip("."))
    for name in sorted(ours.keys() | theirs.keys()):
        if ours.get(name) == theirs.get(name):
            continue
        kind, _, what = name.partition(" ")
        if kind != "font":
            return msg("This worker has another {what} than this computer.", what=name)
        if name not in theirs:
            return msg("This worker lacks the font {font}.", font=what)
        return msg("This worker has another font {font} than this computer.", font=what)
    return None
