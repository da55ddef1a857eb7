"""Read a file that `collect` wrote: a unit's figures as of a day, and how they came in.

    data/<campaign>/collected/<day>/<unit>.yaml ──read_report──▶ Checked[UnitReport]

Only Jianbao writes these. Each carries a digest of itself, so that a number
changed in it by hand is told: it would be in no unit's spreadsheet.
"""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from jianbao.diagnostics import Checked, Finding, Place, error, msg
from jianbao.reading.files import is_file, read_text
from jianbao.reading.tree import Entry, Row, Table, Text, read_tree

COLLECTED = "collected"
_DIGEST = re.compile(r"# 校验码 ([0-9a-f]{64})\n")
_KEYS = frozenset(
    "unit received changes figures at by file sha256 came new days name before after".split()
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A file that was taken: when, by whom, what it was called, its SHA-256.

    Attributes:
        came: When the unit's file was there, by the file's own time; never after `at`.
        new: How many figures nobody had reported before; a correction brings none.
        days: The days its figures are of, each kept in a file of its own.
    """

    at: str
    by: str
    file: str
    sha256: str
    came: str = ""
    new: int = 0
    days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that a later file gave otherwise; "" where it was not reported."""

    at: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class UnitReport:
    """What a unit reported as of a day; `figures` are in the form of a day file."""

    path: str
    unit: str
    received: tuple[Receipt, ...] = ()
    changes: tuple[Change, ...] = ()
    figures: Table = field(default_factory=lambda: Table({}, Place("")))

    @property
    def day(self) -> str:
        """The day its figures are of."""
        return self.path.split("/")[-2]


def digest_of(body: str) -> str:
    """Return the digest that stands above what a file says."""
    return hashlib.sha256(body.encode()).hexdigest()


def read_report(root: Path, path: str, names: Collection[str] = ()) -> Checked[UnitReport | None]:
    """Return a unit's file, or None with what is wrong with it."""
    text = read_text(root, path)
    if text.value is None:
        return Checked(None, text.findings)
    tree = read_tree(path, text.value, _KEYS | set(names))
    findings = [*text.findings, *tree.findings]
    digest = _DIGEST.search(text.value)
    if digest is None or digest_of(text.value[digest.end() :]) != digest[1]:
        findings.append(_edited(path))
    if findings:
        return Checked(None, tuple(findings))
    items = {name: entry for name, (_, entry) in tree.value.items.items()}
    figures = items.get("figures")
    report = UnitReport(
        path,
        _text(items.get("unit")),
        tuple(_receipt(entry) for entry in _rows(items, "received")),
        tuple(Change(*_texts(e, "at", "name", "before", "after")) for e in _rows(items, "changes")),
        figures if isinstance(figures, Table) else Table({}, Place(path)),
    )
    return Checked(report)


def _receipt(entry: Entry) -> Receipt:
    at, by, file, sha256, came = _texts(entry, "at", "by", "file", "sha256", "came")
    new, days = _texts(entry, "new", "days")
    brought = int(new) if new.isdecimal() else 0
    return Receipt(at, by, file, sha256, came, brought, tuple(days.split()))


def _edited(path: str) -> Finding:
    return error(
        "collected-edited",
        Place(path),
        msg("This file was changed by hand; only collect writes it."),
        msg("Delete it and collect the unit's spreadsheet again; the unit corrects its figures."),
    )


def _rows(items: dict[str, Entry], name: str) -> tuple[Entry, ...]:
    entry = items.get(name)
    return entry.items if isinstance(entry, Row) else ()


def _text(entry: Entry | None) -> str:
    return entry.value if isinstance(entry, Text) else ""


def _texts(entry: Entry, *names: str) -> tuple[str, ...]:
    known = entry.items if isinstance(entry, Table) else {}
    return tuple(_text(known[name][1]) if name in known else "" for name in names)


def columns_path(campaign: str, unit: str) -> str:
    """Return where it is remembered what the columns of a unit's own table are."""
    return f"data/{campaign}/{COLLECTED}/columns/{unit}.yaml"


def read_columns(root: Path, campaign: str, unit: str) -> Checked[dict[str, str]]:
    """Return what was told about a unit's own table: heading → 数据表.指标, "" for passed over."""
    path = columns_path(campaign, unit)
    if not is_file(root, path):
        return Checked({})
    text = read_text(root, path)
    tree = read_tree(path, text.value or "", ("unit", "columns"))
    findings = (*text.findings, *tree.findings)
    entry = tree.value.items.get("columns")
    known = entry[1].items if entry and isinstance(entry[1], Table) else {}
    words = {name: _text(value) for name, (_, value) in known.items()}
    return Checked(words, findings)
