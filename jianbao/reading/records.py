"""Read back what earlier builds have put into the output."""

import json
from pathlib import Path

from jianbao.model import Entry


def read_records(output: Path) -> tuple[Entry, ...]:
    """Return an entry for each bulletin that lies in `output`; a damaged record is passed over."""
    entries = []
    for file in sorted(output.glob("*/*/bulletin.json")):
        try:
            values = json.loads(file.read_bytes())
            entries.append(Entry(**{**values, "pdfs": tuple(values["pdfs"])}))
        except (OSError, ValueError, TypeError, KeyError):
            continue
    return tuple(entries)
