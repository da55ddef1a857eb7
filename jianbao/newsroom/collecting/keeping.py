"""Keep what was taken: the unit's figures as of a day in one file, its originals beside them.

    UnitReport, observations ──report_text──▶ text ──keep──▶ data/<campaign>/collected/

The file is what a day file is, with a head that says who brought it when, and a
digest of itself. It is replaced in one step; the original is there before it.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath

from jianbao.model import Amount, AsOf, Campaign, Dataset, Measure, Observation, Precision
from jianbao.newsroom.keeping import keep
from jianbao.reading.collected import COLLECTED, Change, Receipt, digest_of
from jianbao.reading.loose import SHEET
from jianbao.reading.scalars import SCALES

_WORDS = {scale: word for word, scale in SCALES.items()}
_HEAD = """\
# 这个文件是“简报”收数时写的，请不要改；数要改，请报数的单位改表，再收一次。
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A unit's file as it is to be written."""

    unit: str
    received: Sequence[Receipt]
    changes: Sequence[Change]
    observations: Sequence[Observation]


def report_path(campaign: str, as_of: AsOf, unit: str) -> str:
    """Return where a unit's figures as of a day are kept."""
    return f"data/{campaign}/{COLLECTED}/{as_of.day}/{unit}.yaml"


def original_path(campaign: str, sha256: str, name: str) -> str:
    """Return where an original is kept: under its digest, so that none is kept twice."""
    suffix = PurePosixPath(name).suffix.lower()
    return f"data/{campaign}/{COLLECTED}/originals/{sha256}{suffix}"


def typed(amount: Amount, unit: str) -> str:
    """Return an amount as a clerk would type it, so that it is read back as the same.

    >>> from decimal import Decimal
    >>> typed(Amount(Decimal(116000), 10000, 1, "余"), "人")
    '11.6万余'
    """
    shown = f"{(amount.value / amount.scale):.{amount.places}f}"
    scale = _WORDS.get(amount.scale, "")
    before = amount.approx if amount.approx in ("近", "约") else ""
    after = amount.approx if amount.approx in ("余", "多") else ""
    return f"{before}{shown}{scale}{after}" + ("%" if unit == "%" else "")


def as_of_typed(as_of: AsOf) -> str:
    """Return an as-of as a clerk would type it."""
    if as_of.precision is Precision.MONTH:
        return f"{as_of.day:%Y-%m}"
    return f"{as_of.day}" if as_of.hour is None else f"{as_of.day} {as_of.hour:02}:00"


def report_text(campaign: Campaign, declared: Collection[str], kept: Kept) -> str:
    """Return a unit's file: YAML that is read like a day file, and compared line by line.

    What no dataset of campaign.yaml declares is a one-off figure.
    """
    lines = [f"unit: {_quoted(kept.unit)}", "received:", *map(_receipt_line, kept.received)]
    if kept.changes:
        lines.append("changes:")
        lines += [
            f"  - {{at: {_quoted(c.at)}, name: {_quoted(c.name)}, "
            f"before: {_quoted(c.before)}, after: {_quoted(c.after)}}}"
            for c in kept.changes
        ]
    lines.append("figures:")
    order = list(campaign.datasets)
    by_dataset = sorted(kept.observations, key=lambda item: order.index(item.dataset))
    groups = {n: tuple(g) for n, g in groupby(by_dataset, key=lambda item: item.dataset)}
    for name, items in groups.items():
        if name in declared:
            lines += _dataset_lines(campaign, name, items)
    if loose := {name: items for name, items in groups.items() if name not in declared}:
        lines += [f"  {SHEET}:"]
        for name, items in loose.items():
            lines += _group_lines(campaign.datasets[name], items)
    body = "\n".join(lines) + "\n"
    return f"{_HEAD}# 校验码 {digest_of(body)}\n{body}"


def _receipt_line(one: Receipt) -> str:
    days = f", days: {_quoted(' '.join(one.days))}" if len(one.days) > 1 else ""
    return (
        f"  - {{at: {_quoted(one.at)}, by: {_quoted(one.by)}, came: {_quoted(one.came)}, "
        f"new: {one.new}{days}, file: {_quoted(one.file)}, sha256: {one.sha256}}}"
    )


def _group_lines(dataset: Dataset, items: Sequence[Observation]) -> Iterable[str]:
    """Yield a group of one-off figures, each with its unit and its source."""
    yield f"    {dataset.name}:"
    yield f"      截至: {as_of_typed(items[0].as_of)}"
    for item in items:
        measure = dataset.measures[item.name]
        facts = (
            f"数: {_quoted(typed(item.amount, measure.unit))}, 单位: {_quoted(unit_of(measure))}"
        )
        facts += f", 来源: {_quoted(measure.source)}" if measure.source else ""
        yield f"      {item.name}: {{{facts}}}{_source(item)}"


def unit_of(measure: Measure) -> str:
    """Return a measure's unit as campaign.yaml has it: 万元 where it is counted in 万."""
    return {10_000: "万", 100_000_000: "亿"}.get(measure.scale, "") + measure.unit


def _dataset_lines(campaign: Campaign, name: str, items: Sequence[Observation]) -> Iterable[str]:
    dataset = campaign.datasets[name]
    yield f"  {name}:"
    yield f"    截至: {as_of_typed(items[0].as_of)}"
    groups: dict[tuple[str, ...], list[Observation]] = {}
    for item in items:
        steps = tuple(member or "全部" for member in item.members)
        groups.setdefault(() if set(steps) <= {"全部"} else steps, []).append(item)
    for steps, group in groups.items():
        indent = "    "
        for step in steps:
            yield f"{indent}{step}:"
            indent += "  "
        for item in group:
            measure = dataset.measures.get(item.name)
            unit = measure.unit if measure else "%"
            yield f"{indent}{item.name}: {typed(item.amount, unit)}{_source(item)}"


def _quoted(text: str) -> str:
    """Return a text as YAML takes it, whatever is in it."""
    return json.dumps(text, ensure_ascii=False)


def _source(item: Observation) -> str:
    """Return the cell a number came from as a comment; one that was kept keeps the one it has."""
    if item.place.cell:
        sheet = " ".join(item.place.sheet.split())
        return f"  # {sheet}!{item.place.cell}"
    known = re.search(r"  # .*$", item.place.text)
    return known.group() if known else ""


def columns_text(unit: str, words: Mapping[str, str]) -> str:
    """Return the file that remembers what the columns of a unit's own table are."""
    lines = [f"  {_quoted(word)}: {_quoted(path)}" for word, path in sorted(words.items())]
    head = "# 这个文件是“简报”记的：这个单位自己的表里，哪一列是什么数；空着的不读。\n"
    return "\n".join([f"{head}unit: {_quoted(unit)}", "columns:", *lines, ""])


def write_original(root: Path, campaign: str, name: str, data: bytes) -> str:
    """Keep an original under its digest and return the digest."""
    sha256 = hashlib.sha256(data).hexdigest()
    file = root / original_path(campaign, sha256, name)
    if not file.exists():
        keep(file, data)
    return sha256


def same(one: Observation, other: Observation) -> bool:
    """Say whether two observations report the same: value, precision and as-of."""
    return (one.amount, one.as_of.moment) == (other.amount, other.as_of.moment)
