"""Write what was taken of the units' files.

    Settlement ──write──▶ data/<campaign>/collected/

An original is there before the figures that came from it. A unit's figures as of a day are one
file, replaced in one step. A table of two days makes two files, each of which says so: where the
second was never written, collecting the table once more finds that, and writes it alone.
"""

from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath

from jianbao.newsroom.collecting.desk import Desk
from jianbao.newsroom.collecting.keeping import (
    Kept,
    columns_text,
    report_text,
    write_original,
)
from jianbao.newsroom.collecting.receiving import Look
from jianbao.newsroom.collecting.settling import Settlement
from jianbao.newsroom.keeping import keep
from jianbao.reading.collected import Change, Receipt, columns_path, read_columns


def write(settlement: Settlement, moment: datetime, by: str) -> tuple[str, ...]:
    """Write what was taken and return the files written."""
    desk = settlement.desk
    at = _minute(moment)
    receipts: dict[str, list[Receipt]] = {}
    changes: dict[str, list[Change]] = {}
    units: dict[str, str] = {}
    for settled in settlement.files:
        look = settled.look
        if not settled.taken or look.unit is None:
            continue
        sha256 = write_original(desk.root, desk.campaign.key, look.path, look.data)
        receipt = Receipt(
            at, by, PurePosixPath(look.path).name, sha256, arrival(look, moment), days=look.days
        )
        for part in settled.parts:
            units[part.path] = look.unit.name
            receipts.setdefault(part.path, []).append(replace(receipt, new=part.new))
            changes.setdefault(part.path, []).extend(
                Change(at, delta.name, delta.before, delta.after) for delta in part.deltas
            )
        _remember(desk, look)
    for path, unit in units.items():
        old = next((report for report in desk.reports if report.path == path), None)
        kept = Kept(
            unit,
            (*(old.received if old else ()), *receipts[path]),
            (*(old.changes if old else ()), *changes[path]),
            settlement.kept[path],
        )
        text = report_text(desk.campaign, desk.known.declared, kept)
        keep(desk.root / path, text.encode())
    return tuple(units)


def arrival(look: Look, moment: datetime) -> str:
    """Return when a unit's file was there: when it was saved last, and never after `moment`.

    Whoever collects on Friday what lay in the folder on Wednesday makes nobody late.
    """
    return _minute(min(look.came or moment, moment))


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _remember(desk: Desk, look: Look) -> None:
    """Write down what was told about a unit's own table."""
    if not look.words or look.unit is None:
        return
    key, unit = desk.campaign.key, look.unit.name
    words = {**read_columns(desk.root, key, unit).value, **look.words}
    keep(desk.root / columns_path(key, unit), columns_text(unit, words).encode())
