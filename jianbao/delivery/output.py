"""Write a folder beside its place, then switch: a killed build leaves the old one whole.

files ──▶ output/.jianbao/stage-…/new ──exchange──▶ output/<campaign>/<bulletin>/

A stage is locked while its build lives. `heal` clears away those whose build was killed; it
first puts back an old folder, where the system could not exchange two and was killed between.
"""

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Self

from jianbao.reading.noting import CONTENT, Stamp, look, open_regular, stamp_of

Output = tuple[str, Stamp]
"""The digest and the stamp of a file that was delivered."""
Outputs = Mapping[str, Output]

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_STAGES = ".jianbao"
_STAGE = "stage-"


class Folders:
    """Folders that are written beside their places, and are switched when all are on the disk.

    To wait for the disk takes as long for one as for many.
    """

    def __init__(self, output: Path) -> None:
        self._output = output
        self._fresh: dict[str, Path] = {}
        self._open = ExitStack()
        self._stage: Path | None = None

    def __enter__(self) -> Self:
        """Begin; nothing is written yet."""
        return self

    def __exit__(self, *fault: object) -> None:
        """Clear away what was not switched."""
        self._open.close()

    def put(self, address: str, files: Mapping[str, bytes]) -> Outputs:
        """Write the files that are to be the folder of an address; return what each is now."""
        if self._stage is None:
            self._stage = self._open.enter_context(_staged(self._output))
        fresh = self._stage / f"new{len(self._fresh) or ''}"
        shutil.rmtree(fresh, ignore_errors=True)  # of one that could not be written
        fresh.mkdir(mode=0o755)
        for folder in {os.path.dirname(name) for name in files} - {""}:  # noqa: PTH120
            (fresh / folder).mkdir(parents=True, exist_ok=True)
        # Taken before the folder is seen: what another build puts there later is not ours.
        placed = {name: _write(fresh / name, data, False) for name, data in files.items()}
        self._fresh[address] = fresh
        return placed

    def switch(self, lasting: bool = True) -> Mapping[str, OSError]:
        """Put the folders in their places; return those that could not be put, and why.

        Unless they are to be `lasting`, nobody waits for the disk before.
        """
        failed: dict[str, OSError] = {}
        if self._stage and self._fresh and lasting:
            try:
                _flush(self._stage)
            except OSError as fault:
                return dict.fromkeys(self._fresh, fault)
        for address, fresh in self._fresh.items():
            place = self._output / address
            try:
                _make_above(self._output, place)
                _switch(fresh, place, fresh.parent, address)
            except OSError as fault:
                failed[address] = fault
        self._fresh.clear()
        return failed


def deliver_folder(
    output: Path, address: str, files: Mapping[str, bytes], lasting: bool = True
) -> Outputs:
    """Replace the folder `output`/`address` by `files`; return what each of them is now.

    Unless it is to be `lasting`, nobody waits for the disk before the folder is switched.
    """
    with Folders(output) as folders:
        placed = folders.put(address, files)
        for fault in folders.switch(lasting).values():
            raise fault
    return placed


def deliver_file(output: Path, name: str, data: bytes) -> Path:
    """Replace the file `output`/`name` in one step and return where it is."""
    place = output / name
    with _staged(output) as stage:
        _write(stage / "file", data)
        _make_above(output, place)
        (stage / "file").replace(place)
    return place


def deliver_changed(output: Path, files: Mapping[str, bytes]) -> Outputs:
    """Write those files that are not there already, each in one step; return what all are now.

    They are not forced onto the disk one by one: each can be made again from the
    bulletins' records, and one that was lost is found to differ at the next run.
    """
    known = {name: _held(output / name, data) for name, data in files.items()}
    placed = {name: stamp for name, stamp in known.items() if stamp}
    if len(placed) < len(files):
        with _staged(output) as stage:
            for name in files.keys() - placed.keys():
                _make_above(output, output / name)
                placed[name] = _replace(output / name, stage / "file", files[name])
    return {name: (sha256(data).hexdigest(), placed[name]) for name, data in files.items()}


def clear_away(output: Path, files: Outputs) -> None:
    """Remove files that a build has made, and folders that are empty then.

    A file that is not as it was made is somebody's own by now, and stays; a name that leads out of
    the output was never made.
    """
    home = output.resolve()
    for name, (digest, _) in files.items():
        place = home / name
        with suppress(OSError):
            inside = place.is_relative_to(home) and place.resolve() == place
            if inside and look(f"{CONTENT}{place}").mark == digest:
                place.unlink()
                place.parent.rmdir()


def _make_above(output: Path, place: Path) -> None:
    """Make the folder of a file or a folder within the output, which itself may be a link.

    Raises OSError where one of the folders in it leads elsewhere: there nothing is written.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.parent.resolve() != output.resolve() / place.parent.relative_to(output):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(place.parent))


def _held(place: Path, data: bytes) -> Stamp | None:
    """Return the stamp of a file that is there and holds these bytes, else None."""
    try:
        with open_regular(place) as file:
            found = os.fstat(file.fileno())
            same = found.st_size == len(data) and file.read() == data
    except OSError:
        return None
    return stamp_of(found) if same else None


def _replace(place: Path, file: Path, data: bytes) -> Stamp:
    """Put a file in its place and return its stamp, as its own handle tells it.

    The renaming is a change of it too, and by then another build's file may stand there.
    """
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        file.replace(place)
        return stamp_of(os.fstat(stream.fileno()))


def heal(output: Path) -> None:
    """Clear away what killed builds have left; a build that is still at work is left alone."""
    for stage in _stages(output):
        with suppress(OSError):
            handle = os.open(stage, os.O_RDONLY | os.O_DIRECTORY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _put_back(stage, output)
                shutil.rmtree(stage, ignore_errors=True)
            finally:
                os.close(handle)


def _stages(output: Path) -> list[Path]:
    """List the stages; another build may take the last of them away meanwhile."""
    with suppress(FileNotFoundError):
        return [file for file in (output / _STAGES).iterdir() if file.name.startswith(_STAGE)]
    return []


def _put_back(stage: Path, output: Path) -> None:
    """Put an old folder back, unless a new one is there or another build has just put one."""
    old, note = stage / "old", stage / "address"
    if old.is_dir() and note.is_file():
        place = output / note.read_text(encoding="utf-8")
        if not place.exists():
            with suppress(OSError):
                old.rename(place)


@contextmanager
def _staged(output: Path) -> Iterator[Path]:
    """Give a folder on the output's disk that is locked, and cleared away afterwards."""
    stage, handle = _stage(output)
    try:
        yield stage
    finally:
        _put_back(stage, output)
        try:
            stage.rmdir()  # most are empty by now
        except OSError:
            shutil.rmtree(stage, ignore_errors=True)
        os.close(handle)
        with suppress(OSError):  # which is empty where nothing else is kept
            (output / _STAGES).rmdir()


def _stage(output: Path) -> tuple[Path, int]:
    """Return a new folder and its lock; one that was taken for a leftover is made anew."""
    while True:
        # Another build that is done may take the folder away between any two looks at it.
        with suppress(FileNotFoundError, FileExistsError):
            (output / _STAGES).mkdir(parents=True, exist_ok=True)
            stage = Path(mkdtemp(prefix=_STAGE, dir=output / _STAGES))
            handle = os.open(stage, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(handle, fcntl.LOCK_EX)
            if stage.exists():
                return stage, handle
            os.close(handle)


def _flush(folder: Path) -> None:
    """See everything on the disk at once: a file at a time, that takes most of a build."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if ctypes.CDLL(None, use_errno=True).syncfs(handle):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    except AttributeError:
        os.sync()
    finally:
        os.close(handle)


def _write(file: Path, data: bytes, flush: bool = True) -> Output:
    """Write a file, and see it on the disk before anything is switched to it; return what it is."""
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        if flush:
            os.fsync(stream.fileno())
        return sha256(data).hexdigest(), stamp_of(os.fstat(stream.fileno()))


def _switch(fresh: Path, place: Path, stage: Path, address: str) -> None:
    """Put `fresh` at `place`; where the system can, the two change places in one step.

    Nothing is asked before it is done: another build may put its folder there, or take
    one away, between the question and the deed.
    """
    while not (_put(fresh, place) or _exchange(fresh, place)):
        shutil.rmtree(stage / "old", ignore_errors=True)
        _write(stage / "address", address.encode())
        with suppress(FileNotFoundError):
            place.rename(stage / "old")


def _put(fresh: Path, place: Path) -> bool:
    """Move a folder to a place that is free; False where something is there."""
    try:
        fresh.rename(place)
    except OSError as fault:
        if fault.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
            raise
        return False
    return True


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places; False where the system cannot (Linux can)."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    done: int = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return done == 0
