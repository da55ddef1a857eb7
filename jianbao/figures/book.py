"""The book of figures a bulletin may print: one observation for each cell.

    observations, as-of ──open_book──▶ Checked[Book]

A dataset speaks with its latest as-of that is not after the bulletin's own;
figures of two as-ofs are never mixed within a dataset.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from jianbao.diagnostics import Checked, Finding, error, msg, where
from jianbao.model import AsOf, Campaign, Document, Members, Observation, Precision

Cell = tuple[str, Members, str]
"""Dataset, members, and name of a measure or stated ratio."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one dataset said at one as-of."""

    as_of: AsOf
    cells: Mapping[Cell, Observation]


@dataclass(frozen=True, slots=True)
class Book:
    """What a bulletin may print.

    Attributes:
        cells: The observations of each dataset's as-of.
        as_ofs: The as-of each dataset speaks with; a dataset that is not in it said nothing yet.
        snapshots: Each dataset's as-ofs up to the bulletin's, the earliest first.
    """

    campaign: Campaign
    as_of: AsOf
    cells: Mapping[Cell, Observation] = field(default_factory=dict)
    as_ofs: Mapping[str, AsOf] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    snapshots: Mapping[str, tuple[Snapshot, ...]] = field(default_factory=dict)


def open_book(
    campaign: Campaign,
    observations: Iterable[Observation],
    as_of: AsOf,
    documents: Mapping[str, Document],
) -> Checked[Book]:
    """Return the book as of `as_of`; one cell reported in two files is an error."""
    series: dict[str, dict[datetime, dict[Cell, Observation]]] = {}
    findings: list[Finding] = []
    until = as_of.moment
    for item in observations:
        moment = item.as_of.moment
        if moment > until:
            continue
        at = series.setdefault(item.dataset, {}).setdefault(moment, {})
        cell = (item.dataset, item.members, item.name)
        if cell in at:
            findings.append(_twice(at[cell], item))
        else:
            at[cell] = item
    snapshots = {
        name: tuple(Snapshot(_as_of(at.values()), at) for _, at in sorted(moments.items()))
        for name, moments in series.items()
    }
    cells = {cell: item for known in snapshots.values() for cell, item in known[-1].cells.items()}
    as_ofs = {name: known[-1].as_of for name, known in snapshots.items()}
    return Checked(Book(campaign, as_of, cells, as_ofs, documents, snapshots), tuple(findings))


def _as_of(items: Iterable[Observation]) -> AsOf:
    """Return how a moment is said of all that was reported of it: as exactly as the least exact.

    Who reports for 12月21日 and who for 12月21日24时 mean the same moment.
    """
    said = list(Precision)
    return min((item.as_of for item in items), key=lambda as_of: said.index(as_of.precision))


def _twice(first: Observation, second: Observation) -> Finding:
    return error(
        "figure-twice",
        second.place,
        msg(
            "{name} as of the same moment already stands in {place}.",
            name=second.name,
            place=where(first.place),
        ),
        msg("Keep one of the two."),
    )
