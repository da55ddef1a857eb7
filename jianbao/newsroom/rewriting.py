"""Change stretches of a text file and leave every other byte as it was.

bytes ──original──▶ Original ──changed──▶ bytes ──save──▶ disk
"""

import os
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

from jianbao.reading.files import encoding_of, is_hidden

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Edit:
    """Words to put in the place of a stretch: line and columns from 1, the end not included."""

    line: int
    column: int
    end_column: int
    words: str


@dataclass(frozen=True, slots=True)
class Original:
    """A text file as it lies on the disk, taken apart so that it can be put together again."""

    mark: bytes
    encoding: str
    text: str

    @property
    def data(self) -> bytes:
        """Every byte of the file."""
        return self.mark + self.text.encode(self.encoding)

    @property
    def lines(self) -> tuple[str, ...]:
        """Its lines without their ends."""
        return tuple(_LINE_END.split(self.text))

    @property
    def read_lines(self) -> tuple[str, ...]:
        """Its lines as every check reads them: what cannot be seen is a blank."""
        return tuple("".join(" " if is_hidden(c) else c for c in line) for line in self.lines)

    @property
    def line_end(self) -> str:
        """How its first line ends."""
        found = _LINE_END.search(self.text)
        return found.group() if found else "\n"


def original(data: bytes) -> Original | None:
    """Return a file taken apart, None where it is no text."""
    found = encoding_of(data)
    if found is None:
        return None
    mark, encoding = found
    return Original(mark, encoding, data[len(mark) :].decode(encoding))


def changed(whole: Original, edits: Iterable[Edit]) -> bytes:
    """Return the bytes of the file with `edits` made; no two may touch the same characters.

    >>> whole = Original(b"", "gb18030", "甲\\r\\n完成693件。\\r\\n")
    >>> changed(whole, [Edit(2, 3, 7, "{{ 乙 }}")]).decode("gb18030")
    '甲\\r\\n完成{{ 乙 }}。\\r\\n'
    """
    starts = [0, *(match.end() for match in _LINE_END.finditer(whole.text))]
    text = whole.text
    for edit in sorted(edits, key=lambda edit: (edit.line, edit.column), reverse=True):
        start = starts[edit.line - 1]
        before, after = text[: start + edit.column - 1], text[start + edit.end_column - 1 :]
        text = before + edit.words + after
    return whole.mark + text.encode(whole.encoding)


def relined(whole: Original, lines: Sequence[str]) -> bytes:
    """Return the bytes of the file with other lines, each with the line end it had."""
    return whole.mark + whole.line_end.join(lines).encode(whole.encoding)


def save(file: Path, before: bytes, after: bytes) -> bool:
    """Replace a file in one step; False where somebody changed it since it was read.

    A link stays a link, and the file keeps its permissions.
    """
    file = file.resolve()
    handle, name = mkstemp(prefix=f".{file.name}.", dir=file.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(after)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(file, fresh)
        if file.read_bytes() != before:
            return False
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
    return True
