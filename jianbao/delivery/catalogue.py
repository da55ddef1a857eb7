"""What the bulletins in the output tell of themselves, not read again while they are as they were.

    output/*/*/bulletin.json, text.js ──▶ Listed, with the digests of what pages show
                                      ──▶ sentences of a bulletin, those that quote figures

What one bulletin says is a line of what is remembered. It counts where the last build saw both its
files and neither has changed since; everything is noted as if it had been read. Sentences are read
only where a page or the index needs them, and no more of them are held than these need at a time.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from jianbao.delivery.packing import digest_of
from jianbao.delivery.shelf import Shelf
from jianbao.reading.files import LARGEST_PICTURE, folders_in, read_bytes
from jianbao.reading.noting import (
    CONTENT,
    LINK,
    Sights,
    digest,
    jot_folders,
    look,
    note_again,
    unchanged,
)
from jianbao.reading.records import RECORD, entry_from, read_record
from jianbao.site.records import Listed, record, shown_of
from jianbao.site.texts import FILE, Quote, Text, quotes_of, read_script

_PARTS = 6


class Catalogue:
    """The bulletins of one output; what they say is kept on `shelf`.

    Attributes:
        marks: The digest of each bulletin's sentences, by its address.
    """

    def __init__(self, output: Path, shelf: Shelf) -> None:
        self._output, self._shelf = output, shelf
        self._place = os.path.abspath(output)  # noqa: PTH100  (as sights name it)
        self._quotes: dict[str, tuple[Quote, ...]] = {}
        self.marks: dict[str, str] = {}

    def read(self) -> tuple[Listed, ...]:
        """Return each bulletin that lies in the output; a damaged record is passed over."""
        key = self._key("catalogue")
        kept = self._kept(key)
        lines = {line.partition("\t")[0]: line for line in kept.split("\n") if line}
        found, rows = [], []
        for above in folders_in(self._output):
            own = not (self._output / above).is_symlink()
            jot_folders(self._output, f"{above}/")
            for name in folders_in(self._output / above):
                folder = f"{above}/{name}"
                line = lines.get(folder, "") if own else ""
                listed = self._as_it_was(line.split("\t", _PARTS)) if line else None
                if listed is None:
                    listed, line = self._read(folder)
                if listed:
                    found.append(listed)
                if line:
                    rows.append(line)
        now = "\n".join(rows)
        if now != kept and self._shelf.memo:
            self._shelf.memo.put(key, now.encode())
        self.marks = {listed.entry.address: listed.text for listed in found}
        return tuple(found)

    def text(self, address: str) -> Text:
        """Return a bulletin's sentences; none of one that was made before search was."""
        return _text(self._data(address), address)

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
        if missing and now != kept and self._shelf.memo:
            self._shelf.memo.put(key, json.dumps(now, ensure_ascii=False).encode())
        return found

    def _as_it_was(self, parts: list[str]) -> Listed | None:
        """Return what a line says, None where any of it has changed since, or is damaged."""
        if len(parts) <= _PARTS:
            return None
        folder, mark, text, shown, said, address, body = parts
        place = f"{self._place}/{folder}"
        own = self._same(f"{place}/{RECORD}", mark)
        theirs = self._same(f"{self._place}/{address}/{FILE}", text)
        known = self._shelf.entries
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
        sight = self._shelf.known.get(key)
        if sight and sight.mark == mark and sight.stamp and unchanged(key, sight.stamp):
            return {key: sight}
        return {}

    def _read(self, folder: str) -> tuple[Listed | None, str]:
        """Return what a bulletin says, and the line that keeps it."""
        data = read_record(self._output, folder)
        entry = entry_from(data)
        if entry is None:
            return None, ""
        text = self._data(entry.address)
        quotes = self._quotes[entry.address] = _quotes_of(_text(text, entry.address))
        shown, said = digest(record(shown_of(entry))), digest_of(quotes)
        listed = Listed(entry, shown, said, digest(text))
        body = data.decode().rstrip("\n")
        parts = (folder, digest(data), listed.text, shown, said, entry.address, body)
        line = "\t".join(parts)
        return listed, line if line.count("\t") == _PARTS and "\n" not in line else ""

    def _data(self, address: str) -> bytes:
        return read_bytes(self._output, f"{address}/{FILE}", LARGEST_PICTURE).value or b""

    def _key(self, *names: str) -> str:
        return digest_of(self._shelf.made_by, self._place, *names)

    def _kept(self, key: str) -> str:
        return ((self._shelf.memo and self._shelf.memo.get(key)) or b"").decode(errors="replace")


def _text(data: bytes, address: str) -> Text:
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
