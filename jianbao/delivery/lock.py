"""One at a time: a lock for whoever writes into the site's own files.

    with site_lock(root, worker, now) as taken:
        if taken: …say so, write nothing…

The lock is a few lines of YAML, so that somebody who finds it can read whose it
is. A lock whose program has gone from this computer is taken over; one left on
another computer only a person can judge, so it is explained.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from jianbao.diagnostics import Finding, Message, Place, error, msg, why_of
from jianbao.reading.files import read_text
from jianbao.reading.tree import Text, read_tree

LOCK = "data/.lock.yaml"
_LONG = timedelta(hours=1)
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Worker:
    """Who is at work: the person's name on this computer, the program's number, the command."""

    name: str
    host: str
    pid: int
    doing: str


@dataclass(frozen=True, slots=True)
class _Held:
    """A lock as it lies there; `since` is None where it cannot be read."""

    worker: Worker
    since: datetime | None


@contextmanager
def site_lock(root: Path, worker: Worker, now: datetime) -> Iterator[Finding | None]:
    """Hold the site at `root` while the block runs; yields a finding where somebody else does.

    With a finding nothing is held, and nothing may be written.
    """
    fault = _take(root / LOCK, worker, now)
    try:
        yield fault
    finally:
        if fault is None:
            _leave(root / LOCK, worker)


def _take(file: Path, worker: Worker, now: datetime) -> Finding | None:
    for _ in range(_TRIES):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
        except FileExistsError:
            held = _read(file)
            if held is None:
                continue  # it was just given back
            if not _left_behind(held, worker):
                return _busy(held, worker, now)
            if _take_over(file, held, worker, now):
                return None
            continue
        except OSError as fault:
            why = msg("The folder cannot be written to: {why}.", why=why_of(fault))
            return error("site-unwritable", Place(LOCK), why)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(_text(worker, now))
        return None
    held = _read(file)
    return _busy(held or _Held(Worker("", "", 0, ""), None), worker, now)


def _leave(file: Path, worker: Worker) -> None:
    """Give the lock back; one that somebody else has taken meanwhile is left alone."""
    held = _read(file)
    if held is None or held.worker == worker:
        with suppress(FileNotFoundError):
            file.unlink()


def _text(worker: Worker, now: datetime) -> str:
    """Return the lock as it is written; a quoted text of JSON is one of YAML too."""
    names = ("name", "host", "pid", "doing")
    values = {name: str(getattr(worker, name)).replace('"', "'") for name in names}
    lines = [f'{name}: "{value}"' for name, value in values.items()]
    return "\n".join([*lines, f'since: "{now:%Y-%m-%d %H:%M:%S}"', ""])


def _read(file: Path) -> _Held | None:
    """Return whose the lock is, None where there is none any more."""
    text = read_text(file.parent, file.name)
    if text.value is None:
        return None
    items = read_tree(LOCK, text.value).value.items
    values = {name: entry.value for name, (_, entry) in items.items() if isinstance(entry, Text)}
    pid = values.get("pid", "")
    try:
        since = datetime.strptime(values.get("since", ""), "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007
    except ValueError:
        since = None
    worker = Worker(
        values.get("name", ""),
        values.get("host", ""),
        int(pid) if pid.isdecimal() and len(pid) < 10 else 0,
        values.get("doing", ""),
    )
    return _Held(worker, since)


def _left_behind(held: _Held, worker: Worker) -> bool:
    """Say whether the lock's program certainly runs no more: it ran on this computer."""
    if held.worker.host != worker.host or held.worker.pid <= 0 or os.name != "posix":
        return False
    try:
        os.kill(held.worker.pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _take_over(file: Path, held: _Held, worker: Worker, now: datetime) -> bool:
    """Write our name into a lock that was left behind; False where somebody was quicker.

    All who may do this are on one computer, so its own file locks keep them apart.
    """
    try:
        import fcntl

        with file.open("r+", encoding="utf-8") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            same = os.fstat(stream.fileno()).st_ino == file.stat().st_ino
            if not same or _read(file) != held:
                return False
            stream.truncate(0)
            stream.write(_text(worker, now))
            stream.flush()
            return True
    except (OSError, ImportError):  # where there are no file locks, nothing is taken over
        return False


def _busy(held: _Held, worker: Worker, now: datetime) -> Finding:
    there = held.worker
    if not there.name or held.since is None:
        return error(
            "site-busy",
            Place(LOCK),
            msg("Somebody is writing into this site, and it cannot be read who."),
            _hint_delete(),
        )
    what = msg(
        "{name} on computer {host} has been busy with {command} since {since}.",
        name=there.name,
        host=there.host,
        command=there.doing,
        since=f"{held.since:%m-%d %H:%M}",
    )
    if _left_behind(held, worker) or now - held.since > _LONG:
        return error("site-busy", Place(LOCK), what, _hint_delete())
    hint = msg("Wait until it is done, then run the command again.")
    return error("site-busy", Place(LOCK), what, hint)


def _hint_delete() -> Message:
    return msg(
        "That is long: ask there. If nobody is at it any more, delete the file {path}.", path=LOCK
    )
