"""Read the files that a bulletin was made from, to be kept beside it, byte by byte.

paths ──read_sources──▶ Source: path, bytes, kind
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from jianbao.diagnostics import Checked, Finding
from jianbao.reading.files import LARGEST_PICTURE, is_file, read_bytes

_KINDS = {
    ".yaml": "application/yaml",
    ".md": "text/markdown",
    ".csv": "text/csv",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file that people wrote, as it lies on the disk."""

    path: str
    data: bytes
    mime: str


def read_sources(root: Path, paths: Iterable[str]) -> Checked[tuple[Source, ...]]:
    """Return the files of the site at these paths, each once, in order of path."""
    sources: list[Source] = []
    findings: list[Finding] = []
    for path in sorted({path for path in paths if is_file(root, path)}):
        data = read_bytes(root, path, LARGEST_PICTURE)
        findings += data.findings
        if data.value is not None:
            kind = _KINDS.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
            sources.append(Source(path, data.value, kind))
    return Checked(tuple(sources), tuple(findings))
