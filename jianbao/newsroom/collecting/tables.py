"""A unit's own table, read as if its headings were ours.

    sheets, what was told about its columns ──read_sheets──▶ Reading

Each sheet is put into our words, once for each dataset it may hold, and then
read by the reader of day files. What no word is known for is asked.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jianbao.diagnostics import Checked, Finding, Place, error, msg
from jianbao.model import AsOf, Campaign, Dataset, Observation, Unit
from jianbao.newsroom.collecting.dating import dated, with_year
from jianbao.newsroom.collecting.keeping import as_of_typed
from jianbao.reading.daybooks import WORDS_ONLY, by_name, endless, hidden_parts
from jianbao.reading.grids import MOST_COLUMNS, MOST_ROWS, Cell, Kind, Sheet
from jianbao.reading.headings import (
    as_of_in,
    heading_row,
    hidden_findings,
    is_helper,
    known_columns,
    plain,
    split_heading,
)
from jianbao.reading.layouts import NAMES, listed
from jianbao.reading.loose import SHEET, LooseFigure, read_loose
from jianbao.reading.scalars import half_width
from jianbao.reading.sheets import read_sheet

Words = Mapping[str, str]
"""What was told of a unit's table: a heading, label or sheet's name → 数据表.指标; "" for none."""
PASSED_OVER = "备注"
_NUMBER = re.compile(r"[近约]?\d[\d.,]*[%万亿]?[余多]?[^\d\W]{0,4}")
_ASKED = frozenset(("heading-unknown", "figure-unknown"))


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word of a unit's table that nobody has explained, and what it may mean."""

    word: str
    place: Place
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a unit's table reports, what is wrong with it, and what has to be asked."""

    observations: tuple[Observation, ...] = ()
    findings: tuple[Finding, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    loose: tuple[LooseFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known about a file beside what it says itself.

    Attributes:
        words: What was told about its columns.
        as_of: Where somebody named it.
        near: The day that is collected for; a unit that writes 12月3日 means the one close to it.
    """

    words: Words
    as_of: AsOf | None = None
    near: date | None = None


def read_sheets(sheets: Sequence[Sheet], campaign: Campaign, unit: Unit, asked: Asked) -> Reading:
    """Return what the sheets of a unit's file report; `campaign` is as it is declared."""
    observations: list[Observation] = []
    findings: list[Finding] = []
    unknown: list[Unknown] = []
    loose: list[LooseFigure] = []
    words = {plain(word): path for word, path in asked.words.items()}
    for given in sheets:
        if not given.cells or _is_passed_over(given, campaign, sheets):
            continue
        sheet = with_year(given, asked.near)
        findings += [*hidden_parts(sheet), *hidden_findings(sheet)]
        if sheet.reach[0] > MOST_ROWS or sheet.reach[1] > MOST_COLUMNS:
            findings.append(endless(sheet))
            continue
        if plain(sheet.name) == SHEET:
            one_off = _read_loose(sheet, campaign, unit, asked.as_of)
            loose += one_off.value
            findings += one_off.findings
            continue
        for target in _targets(sheet, campaign, unit, words):
            one = _read_as(sheet, target, words, asked.as_of)
            observations += one.observations
            findings += one.findings
            unknown += one.unknown
        if not _targets(sheet, campaign, unit, words):
            findings.append(_no_table(sheet))
            unknown += _unknown_headings(sheet, _datasets(campaign, unit), words)
    observations += [figure.observation for figure in loose]
    if not observations and not findings:
        place = Place(sheets[0].path if sheets else "")
        findings.append(
            error("nothing-reported", place, msg("Not one figure is filled in."),
                  msg("Ask the unit for the table that it filled in."))
        )  # fmt: skip
    return Reading(
        tuple(observations),
        tuple(dict.fromkeys(findings)),
        tuple(_first_of_each(unknown)),
        tuple(loose),
    )


def _read_loose(
    sheet: Sheet, campaign: Campaign, unit: Unit, as_of: AsOf | None
) -> Checked[tuple[LooseFigure, ...]]:
    """Return the one-off figures of a sheet; whose source is not said, the unit vouches for."""
    read = read_loose(dated(sheet, as_of), campaign)
    named = tuple(
        replace(one, measure=replace(one.measure, source=one.measure.source or unit.name))
        for one in read.value
    )
    return Checked(named, tuple(_with_option(finding) for finding in read.findings))


def _is_passed_over(sheet: Sheet, campaign: Campaign, sheets: Sequence[Sheet]) -> bool:
    """Say whether a sheet is nobody's figures: hidden lists, explanations, a cover without any."""
    if plain(sheet.name) in (*by_name(campaign), SHEET):
        return False
    cover = not _has_numbers(sheet) and any(map(_has_numbers, sheets))
    return sheet.hidden or plain(sheet.name) in WORDS_ONLY or cover


def _has_numbers(sheet: Sheet) -> bool:
    return any(
        cell.kind is Kind.NUMBER or _NUMBER.fullmatch(half_width(cell.text).strip())
        for cell in sheet.cells.values()
    )


@dataclass(frozen=True, slots=True)
class _Target:
    """A dataset that a sheet is read for, and the others it is read for too."""

    dataset: Dataset
    others: tuple[Dataset, ...] = ()


def _datasets(campaign: Campaign, unit: Unit) -> tuple[Dataset, ...]:
    """Return the datasets that a unit reports, or reports a part of."""
    names = dict.fromkeys(share.dataset for share in unit.shares)
    return tuple(campaign.datasets[name] for name in names)


def _targets(sheet: Sheet, campaign: Campaign, unit: Unit, words: Words) -> tuple[_Target, ...]:
    """Return which datasets a sheet holds: the one of its name, else those it has words of."""
    named = by_name(campaign).get(plain(sheet.name))
    told = words.get(plain(sheet.name), "").split(".")[0]
    if told in campaign.datasets:
        named = campaign.datasets[told]
    if named:
        return (_Target(named),)
    there = {split_heading(cell.text)[0] for cell in sheet.cells.values() if cell.kind is Kind.TEXT}
    there |= {plain(cell.text) for cell in sheet.cells.values() if cell.kind is Kind.TEXT}
    meant = {words[word].split(".")[0] for word in there if word in words}
    found = tuple(
        dataset
        for dataset in _datasets(campaign, unit)
        if dataset.name in meant or there & _numbers_of(dataset)
    )
    return tuple(_Target(one, tuple(o for o in found if o is not one)) for one in found)


def _numbers_of(dataset: Dataset) -> set[str]:
    """Return the headings that a dataset's numbers may have."""
    return {word for word, column in known_columns(dataset).items() if column.dimension < 0}


def _read_as(sheet: Sheet, target: _Target, words: Words, as_of: AsOf | None) -> Reading:
    """Return what a sheet reports of one dataset."""
    dataset = target.dataset
    ours = _without_foreign_rows(_translated(sheet, target, words), dataset)
    stated = as_of_in(sheet, sheet.rows)
    if as_of and isinstance(stated, AsOf) and stated.moment != as_of.moment:
        return Reading(findings=(_other_as_of(sheet, stated, as_of),))
    read = read_sheet(dated(ours, as_of), dataset)
    unknown = [
        Unknown(
            sheet.at(*_at(sheet, finding.place)).text or finding.place.text,
            finding.place,
            _choices(dataset, finding.rule),
        )
        for finding in read.findings
        if finding.rule in _ASKED and finding.place.text
    ]
    if any(finding.rule == "heading-missing" for finding in read.findings) and not read.value:
        unknown += _unknown_headings(sheet, (dataset,), words)
    findings = tuple(_with_option(finding) for finding in read.findings)
    return Reading(read.value, findings, tuple(unknown))


def _with_option(finding: Finding) -> Finding:
    """Return a finding with what else can be done where the table is the unit's own."""
    if finding.rule == "heading-unknown":
        option = msg("{hint} Or say it once: --column “{word}=dataset.measure”.",
                     hint=finding.hint, word=split_heading(finding.place.text)[0])  # fmt: skip
        return replace(finding, hint=option)
    if finding.rule == "as-of-missing":
        return replace(finding, hint=msg("{hint} Or add --as-of and the day.", hint=finding.hint))
    return finding


def _at(sheet: Sheet, place: Place) -> tuple[int, int]:
    """Return the cell at a place of a sheet."""
    return next((at for at in sheet.cells if sheet.place(*at).cell == place.cell), (0, 0))


def _choices(dataset: Dataset, rule: str) -> tuple[str, ...]:
    measures = tuple(f"{dataset.name}.{name}" for name in (*dataset.measures, *dataset.ratios))
    members = tuple(f"{dataset.name}.{m}" for d in dataset.dimensions for m in d.members)
    heads = tuple(f"{dataset.name}.{d.name}" for d in dataset.dimensions)
    if rule == "figure-unknown" and dataset.dimensions:
        return members
    return (*heads, *measures)


def _translated(sheet: Sheet, target: _Target, words: Words) -> Sheet:
    """Return the sheet with the words that were explained, and those of other datasets, in ours."""
    known = set(known_columns(target.dataset))
    foreign = {word for other in target.others for word in known_columns(other)} - known

    def ours(cell: Cell) -> Cell:
        if cell.kind is not Kind.TEXT:
            return cell
        name, unit = split_heading(cell.text)
        key = plain(cell.text)
        path = words.get(key, words.get(name))
        if path is None:
            return replace(cell, text=PASSED_OVER) if {name, key} & foreign else cell
        first, *steps = path.split(".")
        if first != target.dataset.name or (not path):
            return replace(cell, text=PASSED_OVER)
        if not steps:
            return cell
        numbers = steps[-1] in target.dataset.measures or steps[-1] in target.dataset.ratios
        return replace(cell, text=f"{steps[-1]}（{unit}）" if unit and numbers else steps[-1])

    return replace(sheet, cells={at: ours(cell) for at, cell in sheet.cells.items()})


def _without_foreign_rows(sheet: Sheet, dataset: Dataset) -> Sheet:
    """Return a sheet with a measure a row without the rows of other datasets."""
    if dataset.dimensions:
        return sheet
    heading = heading_row(sheet, {*known_columns(dataset), *NAMES})
    columns = listed(sheet, heading) if heading else None
    if columns is None:
        return sheet
    away = {
        row for row, column in sheet.cells
        if row > heading and column == columns[0] and sheet.at(row, column).text == PASSED_OVER
    }  # fmt: skip
    return replace(sheet, cells={at: cell for at, cell in sheet.cells.items() if at[0] not in away})


def _unknown_headings(sheet: Sheet, datasets: Sequence[Dataset], words: Words) -> Iterator[Unknown]:
    """Yield the headings of a sheet of which not one is known: texts above a number."""
    choices = tuple(c for dataset in datasets for c in _choices(dataset, "heading-unknown"))
    for row, below in zip(sheet.rows, sheet.rows[1:], strict=False):
        heads = [(n, cell) for n, cell in sheet.row(row) if cell.kind is Kind.TEXT]
        if len(heads) > 1 and any(sheet.at(below, n).kind is Kind.NUMBER for n, _ in heads):
            for number, cell in heads:
                if not is_helper(cell.text) and plain(cell.text) not in words:
                    yield Unknown(cell.text, sheet.place(row, number), choices)
            return


def _first_of_each(unknown: Sequence[Unknown]) -> Iterator[Unknown]:
    """Yield each word once, with all that it may mean."""
    by_word: dict[str, Unknown] = {}
    for one in unknown:
        known = by_word.get(one.word)
        choices = dict.fromkeys((*(known.choices if known else ()), *one.choices))
        by_word[one.word] = Unknown(one.word, (known or one).place, tuple(choices))
    yield from by_word.values()


def _no_table(sheet: Sheet) -> Finding:
    return error(
        "table-unknown",
        sheet.place(),
        msg("No heading of this sheet is known, so it is not clear what it reports."),
        msg("Say which column is what, once: --column “heading=dataset.measure”."),
    )


def _other_as_of(sheet: Sheet, stated: AsOf, as_of: AsOf) -> Finding:
    return error(
        "table-as-of",
        sheet.place(),
        msg("The table is as of {stated}, not of {as_of}.", stated=as_of_typed(stated),
            as_of=as_of_typed(as_of)),
        msg("Correct --as-of, or ask the unit for the right table."),
    )  # fmt: skip
