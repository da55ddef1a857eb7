"""Keep account of what was looked at on the disk, and look again whether it has changed.

every look ──jot──▶ sights: what was looked at ──▶ what was there

A sight's key is a sign for the kind of look, then the path: `=` a file's content, `-` the names
of the files in a folder, `/` those of the folders in it, `?` whether there is a file or a folder,
`%` a file's size, `@` where links lead to, `~` whether a folder is a link, `#` a file as a whole,
by its stamp. What was not there is a sight too: it might come.
A mark says what was there; a stamp, where there is one, spares looking closely again. What is a
link has none: what it leads to may change, and the link stays as it was.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from hashlib import file_digest, sha256
from io import BufferedReader
from typing import NamedTuple

CONTENT, FILES, FOLDERS, KIND, SIZE, REAL, LINK, WHOLE = "=-/?%@~#"
Stamp = tuple[int, int, int, int]


class Sight(NamedTuple):
    """What was there: its mark, and a stamp that cannot stay the same when the mark changes."""

    mark: str
    stamp: Stamp | None = None


Sights = dict[str, Sight]
_SIGHTS: ContextVar[Sights | None] = ContextVar("sights", default=None)


@contextmanager
def noting() -> Iterator[Sights]:
    """Give what is looked at while the block runs; what it held before is noted no longer."""
    seen: Sights = {}
    token = _SIGHTS.set(seen)
    try:
        yield seen
    finally:
        _SIGHTS.reset(token)


def noted() -> bool:
    """Return whether anybody keeps account."""
    return _SIGHTS.get() is not None


def jot(kind: str, path: str | os.PathLike[str], sight: Sight | None = None) -> None:
    """Keep what is there; the first look counts, so that a change meanwhile is a change."""
    seen = _SIGHTS.get()
    if seen is None:
        return
    key = kind + os.path.abspath(path)  # noqa: PTH100  (links are left as they are)
    if key not in seen:
        seen[key] = sight or look(key)


def jot_folders(root: str | os.PathLike[str], path: str) -> None:
    """Keep which of the folders between `root` and a file in it are links."""
    seen = _SIGHTS.get()
    if seen is None:
        return
    home = os.path.abspath(root)  # noqa: PTH100
    folder = os.path.dirname(os.path.abspath(os.path.join(home, path)))  # noqa: PTH100, PTH118, PTH120
    while len(folder) > len(home) and LINK + folder not in seen:
        seen[LINK + folder] = _link(folder)
        folder = os.path.dirname(folder)  # noqa: PTH120


def note_again(sights: Sights) -> None:
    """Keep what an earlier look has seen, where what it gave is taken without looking."""
    seen = _SIGHTS.get()
    if seen is not None:
        for key, sight in sights.items():
            seen.setdefault(key, sight)


def doubt() -> None:
    """Note what will be seen otherwise next time: whatever is made of it is made again."""
    jot(KIND, "/", Sight("doubt"))


def look(key: str) -> Sight:
    """Return what is there now."""
    return _LOOKS[key[0]](key[1:])


def still(seen: Sights) -> bool:
    """Return whether everything that was seen is as it was."""
    return all(
        (sight.stamp and unchanged(key, sight.stamp)) or look(key).mark == sight.mark
        for key, sight in seen.items()
    )


def stamp_of(found: os.stat_result) -> Stamp:
    """Return size, moments of change in nanoseconds, and the file's number on its disk."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def unchanged(key: str, stamp: Stamp) -> bool:
    """Return whether a file or folder still has the stamp it had."""
    try:
        return stamp_of(os.lstat(key[1:])) == stamp
    except OSError:
        return False


def digest(data: bytes) -> str:
    """Return the mark of a content."""
    return sha256(data).hexdigest()


def open_regular(path: str | os.PathLike[str]) -> BufferedReader:
    """Open a file to read it; raises OSError for a pipe or a device, which never ends."""
    file = open(path, "rb", opener=_at_once)  # noqa: SIM115
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    return file


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)


def _content(path: str) -> Sight:
    try:
        with open_regular(path) as file:
            stamp = stamp_of(os.fstat(file.fileno()))
            return content_sight(path, file_digest(file, sha256).hexdigest(), stamp)
    except OSError as fault:
        return Sight(f"!{fault.errno}")


def content_sight(path: str | os.PathLike[str], mark: str, stamp: Stamp) -> Sight:
    """Return what is seen of a file with this content; where it is a link, where that leads too."""
    if os.path.islink(path):  # noqa: PTH114  (thousands of them)
        return Sight(f"{mark} {os.path.realpath(path)}")
    return Sight(mark, stamp)


def _names(path: str, folders: bool) -> Sight:
    try:
        own = os.lstat(path)
        with os.scandir(path) as entries:
            found = [(e.name, e.is_dir(), e.is_symlink()) for e in entries if e.name[0] != "."]
    except OSError as fault:
        return Sight(f"!{fault.errno}")
    names = "\n".join(sorted(name for name, folder, _ in found if folder == folders))
    # What a link leads to may turn from a file into a folder, and its own folder stays as it was.
    links = stat.S_ISLNK(own.st_mode) or any(link for _, _, link in found)
    return Sight(digest(os.fsencode(names)), None if links else stamp_of(own))


def _kind(path: str) -> Sight:
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
    except OSError as fault:
        return Sight(f"!{fault.errno}")
    return Sight("file" if stat.S_ISREG(mode) else "folder" if stat.S_ISDIR(mode) else "other")


def _size(path: str) -> Sight:
    try:
        own = os.lstat(path)
        if stat.S_ISLNK(own.st_mode):
            return Sight(f"{os.stat(path).st_size} {os.path.realpath(path)}")  # noqa: PTH116
        return Sight(str(own.st_size))
    except OSError as fault:
        return Sight(f"!{fault.errno}")


def _real(path: str) -> Sight:
    return Sight(os.path.realpath(path))


def _link(path: str) -> Sight:
    return Sight(os.path.realpath(path) if os.path.islink(path) else "")  # noqa: PTH114


def _whole(path: str) -> Sight:
    try:
        return Sight(":".join(map(str, stamp_of(os.stat(path)))))  # noqa: PTH116
    except OSError as fault:
        return Sight(f"!{fault.errno}")


_LOOKS: dict[str, Callable[[str], Sight]] = {
    CONTENT: _content,
    FILES: partial(_names, folders=False),
    FOLDERS: partial(_names, folders=True),
    KIND: _kind,
    SIZE: _size,
    REAL: _real,
    LINK: _link,
    WHOLE: _whole,
}
