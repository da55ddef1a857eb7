"""What the last build looked at and what it made of it: so that nothing is made twice.

    recall ──▶ Past ──fresh──▶ bulletins that would come out the same
    remember ◀── sights, outputs, findings of this build

A bulletin is fresh when everything that was looked at for it has the mark it had, and its output
is as it was left. A stamp spares reading a file again, unless the file was changed so shortly
before it was read that it may have been changed again within the same tick of the clock.
The manifest lies in the output, is never needed, and is not believed where it is damaged.
"""

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from jianbao.delivery.output import Outputs
from jianbao.delivery.plainly import finding_from, plainly
from jianbao.diagnostics import Finding
from jianbao.reading.noting import (
    CONTENT,
    Sight,
    Sights,
    Stamp,
    look,
    open_regular,
    unchanged,
)
from jianbao.settings import Settings

PLACE = ".jianbao"
KNOWN, MACHINE, OFFICE, SHARED = "#known", "#machine", "#office", "#shared"
_VERSION = 2
_PROOF = "proof.pdf"
_TICK = 2 * 10**9


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of a bulletin, or of the files that all share.

    Attributes:
        key: The digest of the program and of all that was looked at.
        own: What was looked at for it alone.
        groups: Whose sights it shares.
        outputs: Digest and stamp of each file by name; None where none were delivered.
    """

    key: str
    own: tuple[str, ...]
    groups: tuple[str, ...]
    outputs: Outputs | None
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class Past:
    """The last build's account, and what has come of its sights since.

    Attributes:
        started: When it began, in nanoseconds, as the output's disk tells the time.
        language: The office's.
        speaks: The language of this run, which may have been asked for in another.
        sights: Everything it looked at; brought up to date by `look_again`.
        touched: Whether a stamp has changed and the mark has not.
    """

    program: str
    started: int = 0
    language: str = ""
    speaks: str = ""
    known: tuple[str, ...] = ()
    sights: Sights = field(default_factory=dict)
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    touched: bool = False
    _digests: dict[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)

    @property
    def bulletins(self) -> tuple[str, ...]:
        """The addresses of the bulletins it tells of."""
        return tuple(name for name in self.entries if name[0] != "#")

    def look_again(self, rehash: bool) -> None:
        """Bring every sight up to date; with `rehash`, every file is read."""
        trusted = self.started - _TICK
        for key, sight in self.sights.items():
            stamp = sight.stamp
            if stamp and not (rehash and key[0] == CONTENT):
                settled = stamp[1] < trusted and stamp[2] < trusted
                if settled and unchanged(key, stamp):
                    continue
            found = look(key)
            if found != sight:
                self.touched = True
                self.sights[key] = found
            elif stamp:
                self.touched = True
        self._digests.clear()

    def covers(self, groups: Iterable[str]) -> bool:
        """Return whether what all share was made of these groups too."""
        entry = self.entries.get(SHARED)
        return entry is not None and set(groups) <= set(entry.groups)

    def key(self, entry: Entry) -> str:
        """Return the digest of what was looked at, as it is now; "" where a group is unknown."""
        if not all(group in self.groups for group in entry.groups):
            return ""
        shared = [self.digest(group) for group in entry.groups]
        own = {key: self.sights[key] for key in entry.own}
        return key_of(self.program, (*shared, *words(entry.outputs, self.speaks)), own)

    def digest(self, group: str) -> str:
        """Return the digest of a group's sights; a thousand bulletins may ask for it."""
        keys = self.groups.get(group, ())
        held = self._digests.get(group)
        if held is None or held[0] is not keys:
            held = (keys, marks({key: self.sights[key] for key in keys}))
            self._digests[group] = held
        return held[1]

    def see(self, seen: Sights) -> None:
        """Take in what was looked at."""
        self.sights.update(seen)
        self._digests.clear()

    def look_at(self, keys: Iterable[str]) -> None:
        """Bring sights up to date within a run, which has looked at all of them when it began."""
        for key in keys:
            stamp = self.sights[key].stamp if key in self.sights else None
            if not (stamp and unchanged(key, stamp)):
                self.sights[key] = look(key)
        self._digests.clear()

    def is_fresh(self, name: str, folder: Path, rehash: bool) -> bool:
        """Return whether a bulletin would come out as it lies there."""
        entry = self.entries.get(name)
        if entry is None or entry.key != self.key(entry):
            return False
        place = folder if name[0] == "#" else folder / name
        return all(
            _lies(place / file, digest, stamp, rehash)
            for file, (digest, stamp) in (entry.outputs or {}).items()
        )


def words(outputs: Iterable[str] | None, speaks: str) -> tuple[str, ...]:
    """Return the language where files were made in it: the proof says in it what was found."""
    return (speaks,) if outputs and _PROOF in outputs else ()


def data_of(addresses: Iterable[str]) -> tuple[str, ...]:
    """Return the groups of what was reported for these bulletins, one for each campaign."""
    return tuple(dict.fromkeys(f"data/{address.split('/')[0]}" for address in addresses))


def key_of(program: str, shared: Iterable[str], own: Mapping[str, Sight]) -> str:
    """Return the digest of a bulletin's input: the program, what is shared, what is its own."""
    return sha256("\n".join([program, *shared, marks(own)]).encode()).hexdigest()


def marks(sights: Mapping[str, Sight]) -> str:
    """Return the digest of what was seen, stamps apart."""
    found = sha256()
    for key in sorted(sights):
        found.update(f"{key}\0{sights[key].mark}\n".encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def recall(settings: Settings, program: str) -> Past | None:
    """Return the last build's account with every sight brought up to date; None without one."""
    try:
        with open_regular(settings.output / PLACE / "manifest") as file:
            digest, _, text = file.read().partition(b"\n")
        if sha256(text).hexdigest().encode() != digest:
            return None
        values = json.loads(text)
        if [values[name] for name in ("version", "program", "root")] != _from(program, settings):
            return None
        past = _past(values)
        now = begin(settings.output)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None
    past.look_again(settings.rehash)
    past.started, past.speaks = now, settings.language or past.language
    return past


def _from(program: str, settings: Settings) -> list[object]:
    """Return what an account has to begin with to be this program's and this site's."""
    return [_VERSION, program, str(settings.root.absolute())]


def begin(output: Path) -> int:
    """Return the output's disk's time in nanoseconds; 0 where nothing can be kept."""
    try:
        (output / PLACE).mkdir(parents=True, exist_ok=True)
        handle, name = mkstemp(dir=output / PLACE, prefix="new-")
    except OSError:
        return 0
    with os.fdopen(handle):
        started = os.fstat(handle).st_mtime_ns
    Path(name).unlink(missing_ok=True)
    return started


def remember(settings: Settings, past: Past) -> None:
    """Keep the account for the next build; where that cannot be done, everything is made again."""
    index = {key: number for number, key in enumerate(past.sights)}
    values = {
        **dict(zip(("version", "program", "root"), _from(past.program, settings), strict=True)),
        "started": past.started,
        "language": past.language,
        "known": past.known,
        "sights": [[key, *sight] for key, sight in past.sights.items()],
        "groups": {name: [index[key] for key in keys] for name, keys in past.groups.items()},
        "entries": {
            name: [
                entry.key,
                [index[key] for key in entry.own],
                entry.groups,
                entry.outputs,
                [plainly(item) for item in entry.findings],
            ]
            for name, entry in past.entries.items()
        },
    }
    data = json.dumps(values, ensure_ascii=True, separators=(",", ":")).encode()
    with suppress(OSError):
        (settings.output / PLACE).mkdir(parents=True, exist_ok=True)
        handle, name = mkstemp(dir=settings.output / PLACE, prefix="new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(sha256(data).hexdigest().encode() + b"\n" + data)
            Path(name).replace(settings.output / PLACE / "manifest")
        finally:
            Path(name).unlink(missing_ok=True)


def _lies(file: Path, digest: str, stamp: Stamp, rehash: bool) -> bool:
    if not rehash and unchanged(f"{CONTENT}{file}", stamp):
        return True
    return look(f"{CONTENT}{file}").mark == digest


def _past(values: Any) -> Past:
    rows = values["sights"]
    keys = [row[0] for row in rows]
    return Past(
        values["program"],
        values["started"],
        values["language"],
        "",
        tuple(values["known"]),
        {key: Sight(mark, stamp and tuple(stamp)) for key, mark, stamp in rows},
        {name: tuple(keys[n] for n in row) for name, row in values["groups"].items()},
        {
            name: Entry(
                key,
                tuple(keys[n] for n in own),
                tuple(groups),
                made and {file: (mark, tuple(stamp)) for file, (mark, stamp) in made.items()},
                tuple(finding_from(item) for item in findings),
            )
            for name, (key, own, groups, made, findings) in values["entries"].items()
        },
    )
