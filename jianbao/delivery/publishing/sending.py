"""Send files so that each is wholly old or wholly new, and read each back.

    Plan, files ──send──▶ target; its list of files always says what it certainly holds

Whatever stops it, the next run sees in the list what is still to do. Of a file that
was on its way only a part with another name can be left, and that is swept up.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import Protocol

from jianbao.delivery.publishing.planning import Mark, Plan, plan

LIST, COMING = ".jianbao-files.json", ".jianbao-coming.json"
_AT_ONCE = 6
_OFTEN = 40  # files after which the list is renewed
Tell = Callable[[str, int, int], None]
"""Told a path, and how many of how many files are done."""


class Remote(Protocol):
    """A place for files; every method may raise what its connection raises."""

    def read(self, path: str) -> bytes | None:
        """Return what a file holds, None where there is none."""

    def write(self, path: str, data: bytes, token: str) -> None:
        """Replace a file in one step; `token` names its part meanwhile."""

    def delete(self, path: str) -> None:
        """Take a file away, if it is there."""


class SpoiltError(Exception):
    """A file that was read back is not what was sent."""


@dataclass(slots=True)
class _Sending:
    """A transfer under way: what the target certainly holds, and how far it has got."""

    remote: Remote
    read: Callable[[str], bytes]
    want: Mapping[str, Mark]
    token: str
    held: dict[str, Mark]
    tell: Tell
    total: int
    done: int = 0
    lock: Lock = field(default_factory=Lock)

    def put(self, path: str) -> None:
        """Send one file, and read it back."""
        self.remote.write(path, self.read(path), self.token)
        if _mark(self.remote.read(path)) != self.want[path]:
            raise SpoiltError(path)
        self._settle(path, self.want[path])

    def drop(self, path: str) -> None:
        """Take one file away."""
        self.remote.delete(path)
        self._settle(path, None)

    def note(self) -> None:
        """Renew the target's list."""
        self.remote.write(LIST, listed(self.held), self.token)

    def _settle(self, path: str, mark: Mark | None) -> None:
        """Note that a step is done, and renew the list now and then."""
        with self.lock:
            if mark:
                self.held[path] = mark
            self.done += 1
            self.tell(path, self.done, self.total)
            if self.done % _OFTEN == 0:
                self.note()


def held_by(remote: Remote) -> dict[str, Mark]:
    """Return what a target holds: by its own list, and by a look where a transfer was cut off."""
    held = _read_list(remote.read(LIST))
    for path in _read_coming(remote.read(COMING))[1]:
        if path not in held:
            found = _mark(remote.read(path))
            if found:
                held[path] = found
    return held


def send(
    remote: Remote,
    want: Mapping[str, Mark],
    read: Callable[[str], bytes],
    tell: Tell = lambda _path, _done, _total: None,
) -> Plan:
    """Bring a target to what is wanted; raises what the connection raises, and SpoiltError.

    `read` returns a wanted file's bytes. Wherever it stops, the target holds whole files, each
    page's links lead somewhere, and what the target says of itself is true.
    """
    held = held_by(remote)
    token = sha256(listed(want)).hexdigest()[:12]
    _sweep(remote)
    steps = plan(held, want)
    moving = {*steps.sent, *steps.removed}
    # Each of these writes leaves the two lists true together: what was found comes into the
    # one before it leaves the other.
    remote.write(LIST, listed(held), token)
    if not moving:
        remote.delete(COMING)
        return steps
    still = {path: mark for path, mark in held.items() if path not in moving}
    sending = _Sending(remote, read, want, token, still, tell, len(moving))
    remote.write(COMING, _coming(token, [*steps.sent, *steps.removed]), token)
    sending.note()
    for stage in steps.stages:
        _all(sending.put, stage)
    for stage in steps.gone:
        _all(sending.drop, stage)
    sending.note()
    remote.delete(COMING)
    return steps


def _all(step: Callable[[str], None], paths: Sequence[str]) -> None:
    """Do a step for each path, several at once; the first fault stops the rest."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        futures = [pool.submit(step, path) for path in paths]
        try:
            for future in futures:
                future.result()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _sweep(remote: Remote) -> None:
    """Take away the parts that a transfer left behind when it was cut off."""
    token, paths = _read_coming(remote.read(COMING))
    for path in (*paths, LIST, COMING) if token else ():
        remote.delete(part_of(path, token))


def _mark(data: bytes | None) -> Mark | None:
    return None if data is None else Mark(sha256(data).hexdigest(), len(data))


def listed(held: Mapping[str, Mark]) -> bytes:
    """Return a target's list of files."""
    files = {path: [mark.digest, mark.size] for path, mark in sorted(held.items())}
    return json.dumps({"files": files}, ensure_ascii=False, indent=0).encode()


def _read_list(data: bytes | None) -> dict[str, Mark]:
    """Return a target's list; empty where it has none or somebody else wrote it."""
    try:
        files = json.loads(data)["files"] if data else {}
        return {str(path): Mark(str(digest), int(size)) for path, (digest, size) in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _coming(token: str, paths: Sequence[str]) -> bytes:
    return json.dumps({"token": token, "paths": paths}, ensure_ascii=False).encode()


def _read_coming(data: bytes | None) -> tuple[str, list[str]]:
    try:
        left = json.loads(data) if data else {"token": "", "paths": []}
        return str(left["token"]), [str(path) for path in left["paths"]]
    except (ValueError, KeyError, TypeError):
        return "", []


def part_of(path: str, token: str) -> str:
    """Return the name a file has while it is on its way.

    >>> part_of("yunxi/2026-47/index.html", "3f2a")
    'yunxi/2026-47/.index.html.3f2a.part'
    """
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}.{name}.{token}.part"
