"""What was public before, so that one can go back.

    mirror ──keep──▶ history/<number>.json and each file once, by its digest

The last ten publications are kept; files are linked, so they take no room of their own
as long as they are still public.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jianbao.delivery.publishing.mirror import link_or_copy
from jianbao.delivery.publishing.planning import Mark

_KEPT = 10


@dataclass(frozen=True, slots=True)
class Publication:
    """What was public after one publication: its number, from 1, and the files."""

    number: int
    files: Mapping[str, Mark]


def publications(home: Path) -> tuple[Publication, ...]:
    """Return the publications that are kept, the oldest first; one that is damaged is left out."""
    found = []
    for file in sorted((home / "history").glob("*.json")):
        try:
            files = json.loads(file.read_text(encoding="utf-8"))
            marks = {path: Mark(str(d), int(size)) for path, (d, size) in files.items()}
            found.append(Publication(int(file.stem), marks))
        except (OSError, ValueError, AttributeError, TypeError):
            continue
    return tuple(found)


def keep(home: Path, site: Path, files: Mapping[str, Mark]) -> int:
    """Remember the mirror as a publication, and return its number; nothing new, nothing kept."""
    known = publications(home)
    if known and known[-1].files == files:
        return known[-1].number
    number = known[-1].number + 1 if known else 1
    for path, mark in files.items():
        _store(home, site / path, mark)
    rows = {path: [mark.digest, mark.size] for path, mark in sorted(files.items())}
    part = home / "history" / f"{number:05d}.part"
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_text(json.dumps(rows, ensure_ascii=False, indent=0), encoding="utf-8")
    part.replace(part.with_suffix(".json"))
    _forget(home)
    return number


def bring_back(home: Path, site: Path, publication: Publication) -> bool:
    """Make the mirror what it was; False, with nothing changed, where files are gone."""
    if not all(_object(home, mark).is_file() for mark in publication.files.values()):
        return False
    fresh = home / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    for path, mark in publication.files.items():
        place = fresh / path
        place.parent.mkdir(parents=True, exist_ok=True)
        link_or_copy(str(_object(home, mark)), str(place))
    shutil.rmtree(site, ignore_errors=True)
    fresh.rename(site)
    return True


def _store(home: Path, file: Path, mark: Mark) -> None:
    place = _object(home, mark)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        link_or_copy(str(file), str(place))


def _object(home: Path, mark: Mark) -> Path:
    return home / "objects" / mark.digest[:2] / mark.digest


def _forget(home: Path) -> None:
    """Let go of all but the last publications, and of files that none of them has."""
    known = publications(home)
    for old in known[:-_KEPT]:
        (home / "history" / f"{old.number:05d}.json").unlink()
    if len(known) <= _KEPT:
        return
    needed = {mark.digest for one in known[-_KEPT:] for mark in one.files.values()}
    for file in (home / "objects").glob("*/*"):
        if file.name not in needed:
            file.unlink()
