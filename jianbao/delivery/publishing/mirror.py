"""A copy of what is public, as it lies on this computer.

    output/<bulletin>/ ──take──▶ mirror/<bulletin>/ ; the site's own files are made for these alone

What is edited in output/ later, signed or not, changes nothing here: only what is published
anew is taken again.
"""

import json
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from jianbao.delivery.publishing.planning import Mark
from jianbao.model import Entry

HOME = ".published"
_SEEN, _MOVED = "seen.json", "moved.json"


def home_of(output: Path, target: str) -> Path:
    """Return where a target's mirror and history lie."""
    return output / HOME / sha256(target.encode()).hexdigest()[:12]


def site_of(output: Path, target: str) -> Path:
    """Return the mirror itself: its files are exactly the target's."""
    return home_of(output, target) / "site"


def addresses_in(site: Path) -> tuple[str, ...]:
    """Return the bulletins that are public, by address."""
    return tuple(sorted(
        file.parent.relative_to(site).as_posix() for file in site.glob("*/*/bulletin.json")
    ))  # fmt: skip


def take(output: Path, site: Path, entry: Entry) -> None:
    """Put a bulletin as it lies in `output` into the mirror to come.

    Only what readers get goes along: not the printer's file, the proof or the slips to sign.
    """
    address = entry.address
    fresh = site.parent / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    for name in entry.files:
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(output / address / name, fresh / name)
    (site / address).parent.mkdir(parents=True, exist_ok=True)
    fresh.rename(site / address)


def begin(site: Path, without: Collection[str]) -> Path:
    """Return the mirror to come, beside the one there is: its bulletins, less some, and no more.

    They are moved there and not copied, so that a thousand of them cost nothing; `give_up`
    moves them back, also where a publication was killed meanwhile.
    """
    coming = give_up(site)
    coming.mkdir(parents=True)
    moving = [address for address in addresses_in(site) if address not in without]
    _write(site.parent / _MOVED, moving)
    for address in moving:
        (coming / address).parent.mkdir(exist_ok=True)
        (site / address).rename(coming / address)
    return coming


def give_up(site: Path) -> Path:
    """Make the mirror what it was before one to come was begun, and return where that was.

    One that was killed while the two changed places is the mirror already.
    """
    coming, over, moved = (site.parent / name for name in ("coming", "over", _MOVED))
    if over.exists() and coming.exists() and not site.exists():
        coming.rename(site)
    for address in _read(moved, list):
        if (coming / address).exists() and not (site / address).exists():
            (site / address).parent.mkdir(parents=True, exist_ok=True)
            (coming / address).rename(site / address)
    for left in (coming, over):
        shutil.rmtree(left, ignore_errors=True)
    moved.unlink(missing_ok=True)
    return coming


def switch(site: Path, coming: Path) -> None:
    """Put the mirror to come in the place of the one there is."""
    over = site.parent / "over"
    if site.exists():
        site.rename(over)
    coming.rename(site)
    shutil.rmtree(over, ignore_errors=True)
    (site.parent / _MOVED).unlink(missing_ok=True)


def link_or_copy(source: str, target: str) -> None:
    """Give a file a second name; where the disk cannot, a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def marks(site: Path) -> Mapping[str, Mark]:
    """Return the mark of each public file; those not touched since the last time are not read."""
    remembered: dict[str, list[object]] = _read(site.parent / _SEEN, dict)
    found: dict[str, Mark] = {}
    seen: dict[str, list[object]] = {}
    for file in _files(site):
        path = file.relative_to(site).as_posix()
        stat = file.stat()
        stamp = [stat.st_size, stat.st_mtime_ns, stat.st_ino]
        old = remembered.get(path)
        digest = str(old[3]) if old and old[:3] == stamp else _digest(file)
        found[path] = Mark(digest, stat.st_size)
        seen[path] = [*stamp, digest]
    _write(site.parent / _SEEN, seen)
    return found


def _files(site: Path) -> Iterable[Path]:
    """Return the files readers get; what begins with a dot is the office's own."""
    return sorted(
        file
        for file in site.rglob("*")
        if file.is_file() and not any(p.startswith(".") for p in file.relative_to(site).parts)
    )


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        digest = sha256()
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


Known = TypeVar("Known", dict[str, list[object]], list[str])


def _read(file: Path, kind: type[Known]) -> Known:
    """Return what was written, empty where there is nothing of this kind."""
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return kind()
    return known if isinstance(known, kind) else kind()


def _write(file: Path, known: object) -> None:
    part = file.with_suffix(".part")
    part.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
    part.replace(file)
