"""Read campaign.yaml: what a campaign counts, by what, and in which units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from jianbao.diagnostics import Checked, Finding, Place, error, msg
from jianbao.model import Breakdown, Campaign, Dataset, Dimension, Measure, Member, Ratio, Rounding
from jianbao.reading.countings import counting_of, ledger_faults, ledger_of
from jianbao.reading.files import read_text
from jianbao.reading.scalars import SCALES
from jianbao.reading.shaping import checked_shape, nearest, place_of
from jianbao.reading.tree import Table, read_tree
from jianbao.reading.units import read_rounds

if TYPE_CHECKING:
    from jianbao.reading.shapes import DatasetShape, RatioShape

_KEYS = frozenset(
    "title organisation masthead datasets name dimensions breakdown measures ratios cadence source "
    "definition reporter since unit at_most cumulative of decimals rounding ledger "
    "file sheet date key columns show sum where publishes cut_off units contact".split()
)


def read_campaign(root: Path, key: str) -> Checked[Campaign | None]:
    """Return the campaign in data/`key`/, or None and what is wrong with its file."""
    from jianbao.reading.shapes import CampaignShape

    path = f"data/{key}/campaign.yaml"
    text = read_text(root, path)
    if text.value is None:
        return Checked(None, text.findings)
    tree = read_tree(path, text.value, _KEYS)
    shape = checked_shape(CampaignShape, tree.value) if not tree.findings else Checked(None)
    findings = [*text.findings, *tree.findings, *shape.findings]
    if shape.value is None:
        return Checked(None, tuple(findings))
    datasets = {}
    for name, dataset in shape.value.datasets.items():
        findings += _faults(tree.value, name, dataset)
        findings += ledger_faults(tree.value, name, dataset)
        datasets[name] = replace(
            _dataset(tree.value, name, dataset), ledger=ledger_of(tree.value, key, name, dataset)
        )
    rounds = read_rounds(tree.value, shape.value, datasets)
    campaign = Campaign(
        key,
        shape.value.title,
        shape.value.organisation,
        datasets,
        shape.value.masthead,
        *rounds.value,
    )
    return Checked(campaign, (*findings, *rounds.findings))


def _dataset(tree: Table, name: str, shape: DatasetShape) -> Dataset:
    def place(*path: str) -> Place:
        return place_of(tree, "datasets", name, *path)

    measures = {}
    for key, measure in shape.measures.items():
        scale, unit = split_unit(measure.unit)
        measures[key] = Measure(
            key,
            unit,
            place("measures", key),
            measure.name or key,
            scale,
            measure.at_most,
            measure.cumulative,
            measure.definition,
            measure.source,
            counting_of(measure),
        )
    return Dataset(
        name=name,
        printed=shape.name or name,
        dimensions=_dimensions(shape),
        measures=measures,
        ratios={key: _ratio(key, r, place("ratios", key)) for key, r in shape.ratios.items()},
        place=place(),
        cadence=shape.cadence,
        source=shape.source,
        definition=shape.definition,
        reporter=shape.reporter,
        since=shape.since,
    )


def split_unit(unit: str) -> tuple[int, str]:
    """Return how many of the base unit a unit stands for, and the base unit.

    >>> split_unit("万元")
    (10000, '元')
    """
    unit = unit.strip("“”‘’").replace("％", "%")
    for word in ("万亿", "万", "亿"):
        if unit.startswith(word) and len(unit) > len(word):
            return SCALES[word], unit[len(word) :]
    return 1, unit


def _dimensions(shape: DatasetShape) -> tuple[Dimension, ...]:
    dimensions = []
    for name, members in shape.dimensions.items():
        printed: Mapping[str, str]
        if isinstance(members, dict):
            printed = {key: member.name or key for key, member in members.items()}
        else:
            printed = {key: key for key in members}
        word = shape.breakdown
        breakdown = word.get(name, "exhaustive") if isinstance(word, dict) else word
        dimensions.append(
            Dimension(
                name,
                {key: Member(key, label) for key, label in printed.items()},
                Breakdown(breakdown),
            )
        )
    return tuple(dimensions)


def _ratio(name: str, shape: RatioShape, place: Place) -> Ratio:
    part, whole = (word.strip() for word in re.split(r"[/／]", shape.of))
    decimals = {"": shape.decimals} if isinstance(shape.decimals, int) else dict(shape.decimals)
    return Ratio(name, part, whole, place, decimals, Rounding(shape.rounding), shape.name or name)


def _faults(tree: Table, name: str, shape: DatasetShape) -> list[Finding]:
    """Return what is wrong between the names of one dataset."""
    found: list[Finding] = []
    seen: dict[str, str] = {}
    groups = [("measures", list(shape.measures)), ("ratios", list(shape.ratios))]
    groups += [("dimensions", list(members)) for members in shape.dimensions.values()]
    for group, keys in groups:
        for key in keys:
            if key in seen:
                place = place_of(tree, "datasets", name, group, key)
                found.append(
                    error(
                        "name-twice",
                        place,
                        msg("{name} names two things in {dataset}.", name=key, dataset=name),
                        msg("Give one of them another name."),
                    )
                )
            seen[key] = group
    known = list(shape.measures)
    for key, measure in shape.measures.items():
        if measure.at_most and measure.at_most not in shape.measures:
            place = place_of(tree, "datasets", name, "measures", key, "at_most")
            found.append(_unknown(place, measure.at_most, known))
    for key, ratio in shape.ratios.items():
        place = place_of(tree, "datasets", name, "ratios", key, "of")
        words = [part.strip() for part in re.split(r"[/／]", ratio.of)]
        found += [_unknown(place, word, known) for word in words if word not in shape.measures]
    return found


def _unknown(place: Place, name: str, known: list[str]) -> Finding:
    return error(
        "measure-unknown",
        place,
        msg("No measure is named {name}.", name=name),
        nearest(name, known),
    )
