"""Write a folder beside its place, then switch: a killed build leaves the old one whole.

files ──▶ output/.jianbao-new/… ──exchange──▶ output/<campaign>/<bulletin>/
"""

import ctypes
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_STAGE = ".jianbao-"


def deliver_folder(output: Path, address: str, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Replace the folder `output`/`address` by `files` and return where they now are."""
    place = output / address
    place.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(mkdtemp(prefix=_STAGE, dir=output))
    try:
        fresh = stage / "new"
        fresh.mkdir(mode=0o755)
        for name, data in files.items():
            _write(fresh / name, data)
        _switch(fresh, place, stage / "old")
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return tuple(place / name for name in files)


def deliver_file(output: Path, name: str, data: bytes) -> Path:
    """Replace the file `output`/`name` in one step and return where it is."""
    place = output / name
    place.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(mkdtemp(prefix=_STAGE, dir=output))
    try:
        _write(stage / "file", data)
        (stage / "file").replace(place)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return place


def deliver_changed(output: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write those files that are not there already, each in one step; return where all are.

    They are not forced onto the disk one by one: each can be made again from the
    bulletins' records, and one that was lost is found to differ at the next run.
    """
    places = {output / name: data for name, data in files.items()}
    changed = {place: data for place, data in places.items() if not _holds(place, data)}
    if changed:
        output.mkdir(parents=True, exist_ok=True)
        stage = Path(mkdtemp(prefix=_STAGE, dir=output))
        try:
            for place, data in changed.items():
                place.parent.mkdir(parents=True, exist_ok=True)
                (stage / "file").write_bytes(data)
                (stage / "file").replace(place)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    return tuple(places)


def _holds(place: Path, data: bytes) -> bool:
    """Return whether a file is there and holds these bytes."""
    try:
        return place.stat().st_size == len(data) and place.read_bytes() == data
    except OSError:
        return False


def _write(file: Path, data: bytes) -> None:
    """Write a file and see it on the disk before anything is switched to it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _switch(fresh: Path, place: Path, old: Path) -> None:
    """Put `fresh` at `place`; where the system can, the two change places in one step."""
    if not place.exists():
        fresh.rename(place)
    elif not _exchange(fresh, place):
        place.rename(old)
        fresh.rename(place)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places; False where the system cannot (Linux can)."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    done: int = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return done == 0
