"""Read back what earlier builds have put into the output."""

import json
from functools import lru_cache
from pathlib import Path

from jianbao.model import Correction, Entry, Link, StoryEntry
from jianbao.reading.files import LARGEST_TEXT, folders_in, read_bytes

RECORD = "bulletin.json"
_NAMES = frozenset(Entry.__slots__)
_ROWS = (("stories", StoryEntry), ("links", lru_cache(4096)(Link)), ("corrections", Correction))
"""Thousands of bulletins have the same dozen links, which are one value then."""


def read_records(output: Path) -> tuple[Entry, ...]:
    """Return an entry for each bulletin that lies in `output`; a damaged record is passed over."""
    entries = []
    folders = [
        f"{above}/{name}" for above in folders_in(output) for name in folders_in(output / above)
    ]
    for folder in folders:
        entry = entry_from(read_record(output, folder))
        if entry:
            entries.append(entry)
    return tuple(entries)


def read_record(output: Path, folder: str) -> bytes:
    """Return the record of the bulletin in a folder of the output, b"" where there is none."""
    return read_bytes(output, f"{folder}/{RECORD}", LARGEST_TEXT).value or b""


def entry_from(record: bytes | str) -> Entry | None:
    """Return the entry of a record, None of a damaged one."""
    try:
        return _entry(json.loads(record))
    except (ValueError, TypeError, AttributeError):
        return None


def _entry(values: dict[str, object]) -> Entry:
    """Return the entry of a record; one that another version wrote may know more or less."""
    known = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in values.items()
        if key in _NAMES
    }
    for key, part in _ROWS:
        rows = known.get(key)
        if isinstance(rows, tuple):
            known[key] = tuple(part(**row) for row in rows)
    return Entry(**known)  # type: ignore[arg-type]
