"""What the bulletins in the output tell of themselves, not read again while they are as they were.

    output/*/*/bulletin.json, text.js ──▶ Listed, with the digests of what pages show
                                      ──▶ sentences of a bulletin, those that quote figures

What one bulletin says is a line of what is remembered. It counts where the last build saw both its
files and neither has changed since; everything is noted as if it had been read. Sentences are read
only where a page or the index needs them, and no more of them are held than these need at a time.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from jianbao.delivery.packing import digest_of
from jianbao.delivery.shelf import Shelf
from jianbao.reading.files import LARGEST_PICTURE, folders_in, read_bytes
from jianbao.reading.noting import (
    CONTENT,
    FOLDERS,
    LINK,
    Sights,
    digest,
    jot_folders,
    look,
    note_again,
    noting,
    unchanged,
)
from jianbao.reading.records import RECORD, entry_from, read_record
from jianbao.site.records import Listed, record, shown_of
from jianbao.site.texts import FILE, Quote, Text, quotes_of, read_script

_PARTS = 6
NOTHING: Mapping[str, Mapping[str, bytes]] = MappingProxyType({})


class Catalogue:
    """The bulletins of one output; what they say is kept on `shelf`.

    `coming` are the files of bulletins that are to be delivered, by their addresses; they are read
    as if they lay there, until they are `settled`.

    Attributes:
        marks: The digest of each bulletin's sentences, by its address.
    """

    def __init__(
        self, output: Path, shelf: Shelf, coming: Mapping[str, Mapping[str, bytes]] = NOTHING
    ) -> None:
        self.output, self.shelf = output, shelf
        self._coming, self._staying = coming, dict[str, tuple[Listed | None, str]]()
        self._seen: Sights = {}
        self._lines = ""
        self._place = os.path.abspath(output)  # noqa: PTH100  (as sights name it)
        self._quotes: dict[str, tuple[Quote, ...]] = {}
        self.marks: dict[str, str] = {}

    def settled(self) -> None:
        """Read what was coming where it lies now; the others count as they were read."""
        for address in self._coming:
            self._staying.pop(address, None)
        self._coming = NOTHING

    def read(self) -> tuple[Listed, ...]:
        """Return each bulletin that lies in the output; a damaged record is passed over."""
        key = self._key("catalogue")
        kept = self._lines or self._kept(key)
        lines = {line.partition("\t")[0]: line for line in kept.split("\n") if line}
        note_again(self._seen)
        with noting() as seen:
            read = {
                folder: self._staying.get(folder) or self._look(folder, line)
                for folder, line in self._folders(lines)
            }
        note_again(seen)
        self._staying = read
        self._seen = {key: sight for key, sight in seen.items() if key[0] != FOLDERS}
        self._lines = "\n".join(line for _, line in read.values() if line)
        if self._lines != kept and self.shelf.memo:
            self.shelf.memo.put(key, self._lines.encode())
        found = tuple(listed for listed, _ in read.values() if listed)
        self.marks = {listed.entry.address: listed.text for listed in found}
        return found

    def _folders(self, lines: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yield the folders that bulletins lie in, or will lie in, with what was kept of each."""
        coming = [address.split("/", maxsplit=1) for address in self._coming]
        for above in sorted({*folders_in(self.output), *(above for above, _ in coming)}):
            jot_folders(self.output, f"{above}/")
            own = not (self.output / above).is_symlink()
            new = {name for other, name in coming if other == above}
            for name in sorted({*folders_in(self.output / above), *new}):
                folder = f"{above}/{name}"
                yield folder, lines.get(folder, "") if own and name not in new else ""

    def _look(self, folder: str, line: str) -> tuple[Listed | None, str]:
        """Return what the bulletin in a folder says, and the line that keeps it."""
        listed = self._as_it_was(line.split("\t", _PARTS)) if line else None
        return (listed, line) if listed else self._read(folder)

    def text(self, address: str) -> Text:
        """Return a bulletin's sentences; none of one that was made before search was."""
        return text_in(self._data(address), address)

    def quotes(self, addresses: Sequence[str]) -> list[tuple[Quote, ...]]:
        """Return the sentences that quote figures of each of these bulletins of one campaign."""
        missing = [address for address in addresses if address not in self._quotes]
        key = self._key("quotes", *dict.fromkeys(a.partition("/")[0] for a in addresses))
        kept = _quotes_from(self._kept(key)) if missing else {}
        for address in missing:
            mark, known = kept.get(address, ("", ()))
            same = mark and mark == self.marks.get(address)
            self._quotes[address] = known if same else _quotes_of(self.text(address))
        found = [self._quotes[address] for address in addresses]
        now = {a: (self.marks.get(a, ""), q) for a, q in zip(addresses, found, strict=True)}
        if missing and now != kept and self.shelf.memo:
            self.shelf.memo.put(key, json.dumps(now, ensure_ascii=False).encode())
        return found

    def _as_it_was(self, parts: list[str]) -> Listed | None:
        """Return what a line says, None where any of it has changed since, or is damaged."""
        if len(parts) <= _PARTS:
            return None
        folder, mark, text, shown, said, address, body = parts
        place = f"{self._place}/{folder}"
        own = self._same(f"{place}/{RECORD}", mark)
        theirs = self._same(f"{self._place}/{address}/{FILE}", text)
        known = self.shelf.entries
        entry = (known.get(body) or entry_from(body)) if own and theirs else None
        link = look(LINK + place)
        if entry is None or link.mark:
            return None
        known[body] = entry
        note_again({**own, **theirs, LINK + place: link})
        return Listed(entry, shown, said, text)

    def _same(self, path: str, mark: str) -> Sights:
        """Return what is seen of a file that is as the last build saw it; else nothing."""
        key = CONTENT + path
        sight = self.shelf.known.get(key)
        if sight and sight.mark == mark and sight.stamp and unchanged(key, sight.stamp):
            return {key: sight}
        return {}

    def _read(self, folder: str) -> tuple[Listed | None, str]:
        """Return what a bulletin says, and the line that keeps it."""
        coming = self._coming.get(folder)
        data = coming.get(RECORD, b"") if coming else read_record(self.output, folder)
        entry = entry_from(data)
        if entry is None:
            return None, ""
        text = self._data(entry.address)
        quotes = self._quotes[entry.address] = _quotes_of(text_in(text, entry.address))
        shown, said = digest(record(shown_of(entry))), digest_of(quotes)
        listed = Listed(entry, shown, said, digest(text))
        body = data.decode().rstrip("\n")
        parts = (folder, digest(data), listed.text, shown, said, entry.address, body)
        line = "\t".join(parts)
        return listed, line if line.count("\t") == _PARTS and "\n" not in line else ""

    def _data(self, address: str) -> bytes:
        if address in self._coming:
            return self._coming[address].get(FILE, b"")
        return read_bytes(self.output, f"{address}/{FILE}", LARGEST_PICTURE).value or b""

    def _key(self, *names: str) -> str:
        return digest_of(self.shelf.made_by, self._place, *names)

    def _kept(self, key: str) -> str:
        return ((self.shelf.memo and self.shelf.memo.get(key)) or b"").decode(errors="replace")


def text_in(data: bytes, address: str) -> Text:
    """Return the sentences of a bulletin's script; none of one that is damaged."""
    try:
        return read_script(data)
    except (ValueError, KeyError, TypeError):
        return Text(address, (), ())


def _quotes_of(text: Text) -> tuple[Quote, ...]:
    """Return what a bulletin quotes; nothing where its script was damaged."""
    try:
        return quotes_of(text)
    except IndexError:
        return ()


def _quotes_from(text: str) -> dict[str, tuple[str, tuple[Quote, ...]]]:
    """Return what was kept of bulletins' quotes, with the digests of their sentences."""
    try:
        return {
            address: (mark, tuple(Quote(a, h, s, tuple(figures)) for a, h, s, figures in quotes))
            for address, (mark, quotes) in json.loads(text or "{}").items()
        }
    except (ValueError, TypeError, AttributeError):
        return {}
