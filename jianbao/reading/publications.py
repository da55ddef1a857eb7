"""Read the record of what was published when and by whom, which only Jianbao writes."""

from pathlib import Path

import yaml

from jianbao.reading.files import is_file, read_text

RECORD = "data/published.yaml"


def read_publications(root: Path) -> list[dict[str, object]]:
    """Return the rows of the record, the oldest first; none where nothing was published."""
    if not is_file(root, RECORD):
        return []
    text = read_text(root, RECORD).value
    known = yaml.safe_load(text) if text else None
    rows = known.get("publications") if isinstance(known, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
