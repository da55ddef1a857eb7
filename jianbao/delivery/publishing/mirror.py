"""A copy of what is public, as it lies on this computer.

    output/<bulletin>/ ──take──▶ mirror/<bulletin>/ ; the site's own files are made for these alone

What is edited in output/ later, signed or not, changes nothing here: only what is published
anew is taken again.
"""

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from jianbao.delivery.publishing.planning import Mark
from jianbao.model import Entry

HOME = ".published"
_SEEN = "seen.json"


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
    """Put a bulletin as it lies in `output` into the mirror, in the place of an older one.

    Only what readers get goes along: not the printer's file, the proof or the slips to sign.
    """
    address = entry.address
    fresh = site.parent / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    for name in entry.files:
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(output / address / name, fresh / name)
    drop(site, address)
    (site / address).parent.mkdir(parents=True, exist_ok=True)
    fresh.rename(site / address)


def drop(site: Path, address: str) -> None:
    """Take a bulletin out of the mirror."""
    shutil.rmtree(site / address, ignore_errors=True)


def clear_shared(site: Path) -> None:
    """Take out the site's own files: they are made anew for the bulletins that are there."""
    kept = set(addresses_in(site))
    for file in [path for path in site.rglob("*") if path.is_file()]:
        parts = file.relative_to(site).parts
        if "/".join(parts[:2]) not in kept:
            file.unlink()


def link_or_copy(source: str, target: str) -> None:
    """Give a file a second name; where the disk cannot, a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def marks(site: Path) -> Mapping[str, Mark]:
    """Return the mark of each public file; those not touched since the last time are not read."""
    remembered = _remembered(site.parent / _SEEN)
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
    _remember(site.parent / _SEEN, seen)
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


def _remembered(file: Path) -> dict[str, list[object]]:
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _remember(file: Path, seen: Mapping[str, list[object]]) -> None:
    part = file.with_suffix(".part")
    part.write_text(json.dumps(seen, ensure_ascii=False), encoding="utf-8")
    part.replace(file)
