"""Read back what earlier builds have put into the output."""

import json
from pathlib import Path

from jianbao.model import Correction, Entry, Link, StoryEntry
from jianbao.reading.files import LARGEST_TEXT, folders_in, read_bytes


def read_records(output: Path) -> tuple[Entry, ...]:
    """Return an entry for each bulletin that lies in `output`; a damaged record is passed over."""
    entries = []
    folders = [
        f"{above}/{name}" for above in folders_in(output) for name in folders_in(output / above)
    ]
    for folder in folders:
        data = read_bytes(output, f"{folder}/bulletin.json", LARGEST_TEXT)
        try:
            entries.append(_entry(json.loads(data.value or b"")))
        except (ValueError, TypeError, KeyError):
            continue
    return tuple(entries)


def _entry(values: dict[str, object]) -> Entry:
    """Return the entry of a record; one that another version wrote may know more or less."""
    known = {key: values[key] for key in Entry.__slots__ if key in values}
    parts = {"stories": StoryEntry, "links": Link, "corrections": Correction}
    for key, part in parts.items():
        rows = known.get(key, [])
        assert isinstance(rows, list)
        known[key] = tuple(part(**row) for row in rows)
    tuples = {key: tuple(value) for key, value in known.items() if isinstance(value, list)}
    return Entry(**{**known, **tuples})  # type: ignore[arg-type]
