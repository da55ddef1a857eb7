"""The book of figures a bulletin may print: one observation for each cell.

    observations, as-of ──open_book──▶ Checked[Book]

A dataset speaks with its latest as-of that is not after the bulletin's own;
figures of two as-ofs are never mixed within a dataset.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jianbao.diagnostics import Checked, Finding, error, msg
from jianbao.model import AsOf, Campaign, Document, Members, Observation

Cell = tuple[str, Members, str]
"""Dataset, members, and name of a measure or stated ratio."""


@dataclass(frozen=True, slots=True)
class Book:
    """What a bulletin may print.

    Attributes:
        cells: The observations of each dataset's as-of.
        as_ofs: The as-of each dataset speaks with; a dataset that is not in it said nothing yet.
    """

    campaign: Campaign
    as_of: AsOf
    cells: Mapping[Cell, Observation] = field(default_factory=dict)
    as_ofs: Mapping[str, AsOf] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)


def open_book(
    campaign: Campaign,
    observations: Iterable[Observation],
    as_of: AsOf,
    documents: Mapping[str, Document],
) -> Checked[Book]:
    """Return the book as of `as_of`; one cell reported in two files is an error."""
    known = [item for item in observations if item.as_of.moment <= as_of.moment]
    as_ofs: dict[str, AsOf] = {}
    for item in known:
        latest = as_ofs.get(item.dataset)
        if latest is None or item.as_of.moment > latest.moment:
            as_ofs[item.dataset] = item.as_of
    cells: dict[Cell, Observation] = {}
    findings: list[Finding] = []
    for item in known:
        if item.as_of.moment != as_ofs[item.dataset].moment:
            continue
        cell = (item.dataset, item.members, item.name)
        if cell in cells:
            findings.append(_twice(cells[cell], item))
        else:
            cells[cell] = item
    return Checked(Book(campaign, as_of, cells, as_ofs, documents), tuple(findings))


def _twice(first: Observation, second: Observation) -> Finding:
    return error(
        "figure-twice",
        second.place,
        msg(
            "{name} as of the same moment already stands in {path}, line {line}.",
            name=second.name,
            path=first.place.path,
            line=first.place.line,
        ),
        msg("Keep one of the two."),
    )
