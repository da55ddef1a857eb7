"""Which files have to go, and in which order, so that what a reader opens never leads nowhere.

    what is there, what is wanted ──plan──▶ Plan: stages of paths, then what is taken away

First what pages show, then pages that nobody links to yet, then the pages that now link to them;
what is no longer linked to goes last. Within a stage the order does not matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

HOME_PAGE = "index.html"
_SHOWN = frozenset(".css .js .woff2 .png .jpg .jpeg .webp .svg .gif .pdf .docx .xlsx .ico".split())


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file holds: SHA-256 in hexadecimal, and its size in bytes."""

    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be done at a target.

    Attributes:
        stages: Paths to send; a stage begins when the one before is done.
        gone: Paths to take away at the end, pages first.
        size: Bytes to send.
    """

    stages: tuple[tuple[str, ...], ...]
    gone: tuple[tuple[str, ...], ...]
    size: int

    @property
    def sent(self) -> tuple[str, ...]:
        """Every path to send, in order."""
        return tuple(path for stage in self.stages for path in stage)

    @property
    def removed(self) -> tuple[str, ...]:
        """Every path to take away, in order."""
        return tuple(path for stage in self.gone for path in stage)


def plan(have: Mapping[str, Mark], want: Mapping[str, Mark]) -> Plan:
    """Return the steps from what is there to what is wanted.

    >>> page, other = Mark("a", 1), Mark("b", 1)
    >>> plan({"index.html": page}, {"index.html": other, "a/1/index.html": page}).stages
    (('a/1/index.html',), ('index.html',))
    """
    stages: dict[int, list[str]] = {}
    for path, mark in want.items():
        if have.get(path) != mark:
            stages.setdefault(_stage(path, want, path not in have), []).append(path)
    gone: dict[bool, list[str]] = {}
    for path in have:
        if path not in want:
            gone.setdefault(_shows(path, have), []).append(path)
    return Plan(
        tuple(tuple(sorted(stages[number])) for number in sorted(stages)),
        tuple(tuple(sorted(gone[shown])) for shown in sorted(gone)),
        sum(want[path].size for stage in stages.values() for path in stage),
    )


def _stage(path: str, files: Mapping[str, Mark], new: bool) -> int:
    """Return when a file goes: 0 what pages show, 1-2 new pages, 3-4 changed ones, 5 home."""
    if path == HOME_PAGE:
        return 5
    if _shows(path, files):
        return 0
    return (1 if new else 3) + (_folder(path, files) is None)


def _shows(path: str, files: Mapping[str, Mark]) -> bool:
    """Say whether a file is shown by pages, and not a page or an index of pages itself."""
    if _folder(path, files) is not None:
        return not path.endswith(".html")
    pure = PurePosixPath(path)
    indexes = "search" in pure.parts[:-1]
    return pure.suffix in _SHOWN and not indexes


def _folder(path: str, files: Mapping[str, Mark]) -> str | None:
    """Return the bulletin's folder that a file lies in, None where it is the site's own."""
    address = "/".join(path.split("/")[:2])
    return address if f"{address}/bulletin.json" in files else None
