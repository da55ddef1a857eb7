"""What was read or made before, by the content of all that it came from.

    name, read ──▶ the value as it was read the last time, if everything looked at then is as it was

A value is kept with the marks of everything that was looked at while it was read, and is given
back only where each of these is the same now. What had a finding is read again, so that it says
so again. Everything looked at counts as looked at by whoever takes the value.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar, cast

from jianbao.delivery.memo import Memo
from jianbao.delivery.packing import digest_of, pack, unpack
from jianbao.diagnostics import Checked
from jianbao.model import Entry
from jianbao.reading.noting import Sight, Sights, look, note_again, noting
from jianbao.reading.pictures import Picture, develop

Value = TypeVar("Value")
Other = TypeVar("Other")
Kept = tuple[dict[str, str], object]


@dataclass(slots=True)
class Board:
    """Values of one sort, by name; `known` is what the last build looked at, as it is now."""

    kept: dict[str, Kept]
    known: Mapping[str, Sight]
    taken: dict[str, Kept] = field(default_factory=dict)

    def take(
        self, name: str, kind: type[Value], read: Callable[[], Checked[Value | None]]
    ) -> Checked[Value | None]:
        """Return what `read` gives, without reading where that would give the same."""
        try:
            marks, value = self.kept[name]
            now = {key: self.known.get(key) or look(key) for key in marks}
            same = all(now[key].mark == mark for key, mark in marks.items())
        except (KeyError, TypeError, ValueError, AttributeError):  # none, or damaged
            same = False
        if same and now and isinstance(value, kind):
            note_again(now)
            self.taken[name] = marks, value
            return Checked(value)
        with noting() as seen:
            found = read()
        note_again(seen)
        if found.value is not None and not found.findings:
            self.taken[name] = {key: sight.mark for key, sight in seen.items()}, found.value
        return found


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where values are kept between runs; without a memo nothing is.

    Attributes:
        made_by: The digest of the program, which is input of everything.
        known: What the last build looked at, as it is now; what is not there is looked at.
        entries: What was made of records in this run, by their texts.
    """

    memo: Memo | None = None
    made_by: str = ""
    known: Sights = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)

    @contextmanager
    def opened(self, name: str) -> Iterator[Board]:
        """Give the values of one sort while the block runs, and keep those that were taken."""
        key = digest_of(self.made_by, name)
        found = unpack((self.memo and self.memo.get(key)) or b"", dict) or {}
        board = Board(cast(dict[str, Kept], found), self.known)
        yield board
        if self.memo and board.taken != found:
            self.memo.put(key, pack(board.taken))

    def take(
        self, name: str, kind: type[Value], read: Callable[[], Checked[Value | None]]
    ) -> Checked[Value | None]:
        """Return what `read` gives, without reading where that would give the same."""
        with self.opened(name) as board:
            return board.take(name, kind, read)

    def developed(self, data: bytes) -> Checked[Picture | None]:
        """Return a picture fit for print; one that was without fault is not decoded again."""
        if self.memo is None:
            return develop(data)
        key = digest_of(self.made_by, "picture", data)
        mime, _, rest = (self.memo.get(key) or b"").partition(b"\n")
        size, _, kept = rest.partition(b"\n")
        if size:
            width, height = map(int, size.split())
            return Checked(Picture(kept or data, mime.decode(), width, height))
        found = develop(data)
        if (picture := found.value) and not found.findings:
            own = b"" if picture.data == data else picture.data
            head = f"{picture.mime}\n{picture.width} {picture.height}\n"
            self.memo.put(key, head.encode() + own)
        return found

    def made(
        self, kind: type[Value], make: Callable[[], Value | Other], *made_of: object
    ) -> Value | Other:
        """Return what `make` gives of these plain values, which is all that it follows from.

        What is of another kind, such as a finding, is not remembered.
        """
        if self.memo is None:
            return make()
        key = digest_of(self.made_by, kind.__name__, *made_of)
        known = unpack(self.memo.get(key) or b"", kind)
        if known is not None:
            return known
        made = make()
        if isinstance(made, kind):
            self.memo.put(key, pack(made))
        return made

    def parts(
        self, made_of: Sequence[str], make: Callable[[], Mapping[int, str]]
    ) -> Mapping[int, str]:
        """Return what `make` gives of files with these digests."""
        if self.memo is None or not all(made_of):
            return make()
        key = digest_of(self.made_by, "parts", made_of)
        try:
            known = json.loads(self.memo.get(key) or b"")
            return {int(number): str(part) for number, part in known.items()}
        except (ValueError, AttributeError):
            found = make()
            self.memo.put(key, json.dumps(found, ensure_ascii=False).encode())
            return found
