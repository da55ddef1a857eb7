"""The one door to the disk: every file, folder and absence that is looked at is noted.

path ──▶ text, however the office's programs saved it; bytes; names in a folder
"""

import os
import re
import stat
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from jianbao.diagnostics import Checked, Finding, Place, error, msg, why_of
from jianbao.reading.noting import (
    CONTENT,
    FILES,
    FOLDERS,
    KIND,
    REAL,
    SIZE,
    content_sight,
    digest,
    jot,
    jot_folders,
    noted,
    open_regular,
    stamp_of,
)

LARGEST_TEXT = 2 * 1024 * 1024
LARGEST_PICTURE = 32 * 1024 * 1024

_ENCODINGS = (
    (BOM_UTF8, "utf-8"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
    (b"", "utf-8"),
    (b"", "gb18030"),
)

# Zero-width and direction marks come along with text copied from web pages. They are
# not seen, and make two names that look the same differ.
INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f"
    "\ufeff\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0\ufff9\ufffa\ufffb"
)
_HIDDEN = re.compile(
    rf"[{re.escape(''.join(sorted(INVISIBLE)))}\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff"
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff\ufdd0-\ufdef\ufffe\uffff]"
)
# Marks that stand over and under a letter, more than any writing has; signs that choose a letter's
# form, one after the other, carry what nobody sees.
_PILED = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4,}"
    "|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2,}"
)


def read_text(root: Path, path: str) -> Checked[str | None]:
    """Return the text of `root`/`path` with plain line ends, or None with a finding.

    UTF-8 with or without a byte order mark, UTF-16 with one, else GB18030, which
    Excel and older editors in Chinese offices write.
    """
    data = read_bytes(root, path, LARGEST_TEXT)
    if data.value is None:
        return Checked(None, data.findings)
    text = _decoded(data.value)
    if text is None:
        return Checked(None, (not_text(path),))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    findings = piled_findings(path, text)
    if not _HIDDEN.search(text):
        return Checked(text, findings)
    return Checked(shown(text), (*findings, *invisible_findings(path, text)))


def read_bytes(root: Path, path: str, largest: int) -> Checked[bytes | None]:
    """Return what `root`/`path` holds, or None with a finding."""
    size = _allowed(root, path, largest)
    if size.value is None:
        jot(SIZE, root / path)
        return Checked(None, size.findings)
    try:
        with (root / path).open("rb") as file:
            stamp = stamp_of(os.fstat(file.fileno()))
            data = file.read()
    except OSError as fault:
        jot(CONTENT, root / path)
        return Checked(None, (_unreadable(path, fault),))
    if noted():
        jot(CONTENT, root / path, content_sight(root / path, digest(data), stamp))
    return Checked(data)


def bytes_of(folder: Path, path: str) -> bytes | None:
    """Return what a file holds, however large; None where there is none that can be read."""
    jot(CONTENT, folder / path)
    try:
        with open_regular(folder / path) as file:
            return file.read()
    except OSError:
        return None


def saved_at(file: Path) -> datetime | None:
    """Return when a file was last saved, by this office's clock; None where that is not known."""
    jot(SIZE, file)
    try:
        return datetime.fromtimestamp(file.stat().st_mtime).replace(microsecond=0)  # noqa: DTZ006
    except (OSError, OverflowError, ValueError):
        return None


@contextmanager
def opened(file: Path) -> Iterator[BinaryIO]:
    """Give a file that is too large to be held in memory."""
    jot(CONTENT, file)
    with file.open("rb") as stream:
        yield stream


def is_file(root: Path, path: str) -> bool:
    """Return whether there is such a file."""
    jot(KIND, root / path)
    try:
        return (root / path).is_file()
    except OSError:  # a name no disk can hold
        return False


def lies_in(folder: Path, path: str) -> bool:
    """Return whether a file is in `folder`, wherever links lead to."""
    jot(REAL, folder)
    jot(REAL, folder / path)
    return (folder / path).resolve().is_relative_to(folder.resolve())


def is_same(folder: Path, other: Path) -> bool:
    """Return whether two paths lead to one folder."""
    jot(REAL, folder)
    jot(REAL, other)
    return folder.resolve() == other.resolve()


def folders_in(folder: Path) -> tuple[str, ...]:
    """Return the names of the folders in a folder, in order; none where there is no such folder."""
    return tuple(name for name, is_folder in _names(folder, FOLDERS) if is_folder)


def files_in(folder: Path, *suffixes: str) -> tuple[str, ...]:
    """Return the names of the files in a folder, in order; with one of the suffixes, if any."""
    return tuple(
        name
        for name, is_folder in _names(folder, FILES)
        if not is_folder and (not suffixes or name.endswith(suffixes))
    )


def names_in(folder: Path) -> tuple[str, ...]:
    """Return the names of the files and the folders in a folder, in order."""
    return tuple(sorted({*files_in(folder), *folders_in(folder)}))


def files_below(folder: Path) -> tuple[str, ...]:
    """Return the paths of the files in a folder and in the folders in it, in order."""
    found = list(files_in(folder))
    for name in folders_in(folder):
        found += [f"{name}/{path}" for path in files_below(folder / name)]
    return tuple(sorted(found))


def _names(folder: Path, asked: str) -> list[tuple[str, bool]]:
    """Return name and kind of what is in a folder, less what is hidden: locks, other programs'."""
    jot(asked, folder)
    try:
        with os.scandir(folder) as entries:
            return sorted((e.name, e.is_dir()) for e in entries if e.name[0] != ".")
    except OSError:
        return []


def size_of(root: Path, path: str, largest: int) -> Checked[int | None]:
    """Return how many bytes a file has, or None with a finding where it is not to be read.

    Findings: file-missing, file-unreadable, file-too-large, and file-outside where `path` leads
    out of `root` by .. or a link. A pipe or a device never ends, and is not opened.
    """
    jot(SIZE, root / path)
    return _allowed(root, path, largest)


def _allowed(root: Path, path: str, largest: int) -> Checked[int | None]:
    """Return a file's size, or why it is not to be read; whoever asks notes what he sees of it."""
    place = Place(path)
    jot_folders(root, path)
    try:
        file = (root / path).resolve()
        known = file.stat()
    except FileNotFoundError:
        return Checked(None, (error("file-missing", place, msg("There is no such file.")),))
    except OSError as fault:
        return Checked(None, (_unreadable(path, fault),))
    except (RuntimeError, ValueError):  # links in a ring; a name with a zero byte
        return Checked(None, (error("file-missing", place, msg("There is no such file.")),))
    foreign = _no_file_of_ours(root, path, file, known.st_mode)
    if foreign:
        return Checked(None, (foreign,))
    size = known.st_size
    if size <= largest:
        return Checked(size)
    why = msg("The file has {size} bytes; at most {limit} are read.", size=size, limit=largest)
    return Checked(None, (error("file-too-large", place, why),))


def leads_out(path: str) -> Finding:
    """Return the finding for a file that leads out of the folder it lies in."""
    why = msg("The file leads out of the folder it lies in.")
    hint = msg("Copy the file itself here; a link to another place is not followed.")
    return error("file-outside", Place(path), why, hint)


def _no_file_of_ours(root: Path, path: str, file: Path, mode: int) -> Finding | None:
    """Return why a file that is there is not opened, or None."""
    if not file.is_relative_to(root.resolve()):
        return leads_out(path)
    if not stat.S_ISREG(mode):
        why = msg("This is no file with anything in it, but a folder or a device.")
        return error("file-unreadable", Place(path), why)
    return None


def not_text(path: str) -> Finding:
    """Return the finding for a file that is no text at all."""
    why = msg("The file is no text in UTF-8 or GB18030.")
    return error("file-encoding", Place(path), why)


def _unreadable(path: str, fault: OSError) -> Finding:
    why = msg("The file cannot be read: {why}.", why=why_of(fault))
    return error("file-unreadable", Place(path), why)


def _decoded(data: bytes) -> str | None:
    found = encoding_of(data)
    return data[len(found[0]) :].decode(found[1]) if found else None


def encoding_of(data: bytes) -> tuple[bytes, str] | None:
    """Return the byte order mark of a text and its encoding, None where it is no text."""
    for mark, encoding in _ENCODINGS:
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                continue
            return None if "\0" in text else (mark, encoding)
    return None


def piled_findings(path: str, text: str) -> tuple[Finding, ...]:
    """Return a finding for each line in which signs are piled on one character."""
    if not _PILED.search(text):
        return ()
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if piled := _PILED.search(line):
            start = max(piled.start(), 1)
            place = Place(path, number, start, start + 1, line)
            why = msg("{count} signs are piled on this character.", count=len(piled[0]))
            hint = msg("Delete it with them, and type it again.")
            found.append(error("invisible-character", place, why, hint))
    return tuple(found)


def invisible_findings(path: str, text: str) -> tuple[Finding, ...]:
    """Return a finding for each line with characters that cannot be seen."""
    if not _HIDDEN.search(text):
        return ()
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        column = next((index for index, char in enumerate(line, 1) if is_hidden(char)), 0)
        if column:
            place = Place(path, number, column, column + 1, line)
            code = f"U+{ord(line[column - 1]):04X}"
            found.append(
                error(
                    "invisible-character",
                    place,
                    msg("There is an invisible character here ({code}).", code=code),
                    msg("Delete it, or type the line again."),
                )
            )
    return tuple(found)


def hidden_in(text: str, place: Place) -> Iterator[Finding]:
    """Yield a finding where a text has something that cannot be seen, typed as an escape."""
    if found := _HIDDEN.search(text):
        code = f"U+{ord(found[0]):04X}"
        why = msg("There is an invisible character here ({code}).", code=code)
        yield error("invisible-character", place, why, msg("Delete it, or type the line again."))


def shown(text: str) -> str:
    """Return a text with a blank for each character that cannot be seen."""
    return _HIDDEN.sub(" ", text)


def plain(text: str) -> str:
    """Return a text in which nothing is hidden and nothing acts on a terminal: it is named instead.

    >>> plain("a\\x1b[31m")
    'a〈U+001B〉[31m'
    """
    seen = _PILED.sub("〈…〉", text.replace("\n", " "))
    return _HIDDEN.sub(lambda found: f"〈U+{ord(found[0]):04X}〉", seen)


def without_hidden(text: str) -> str:
    """Return a text without what cannot be seen."""
    return _HIDDEN.sub("", text)


def is_hidden(char: str) -> bool:
    """Say whether `char` is invisible, a control, or of the private use area our marks use."""
    return bool(_HIDDEN.fullmatch(char))
