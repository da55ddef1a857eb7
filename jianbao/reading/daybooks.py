"""Read a day's workbook: a sheet a dataset, and the sheet 零星数 for one-off figures.

    <day>.xlsx ──▶ sheets ──▶ Checked[Daybook]

The equal of a day's YAML file: what it gives is the same observations.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jianbao.diagnostics import Checked, Finding, Message, error, msg, note
from jianbao.model import Campaign, Dataset, Observation
from jianbao.reading.grids import MOST_COLUMNS, MOST_ROWS, Sheet, letters
from jianbao.reading.headings import hidden_findings, plain
from jianbao.reading.loose import SHEET, LooseFigure, read_loose
from jianbao.reading.shaping import nearest
from jianbao.reading.sheets import read_sheet
from jianbao.reading.workbooks import read_workbook

WORDS_ONLY = frozenset(("填表说明", "填报说明", "说明", "目录"))
_LONGEST_NAME = 31  # of a sheet, by Excel


@dataclass(frozen=True, slots=True)
class Daybook:
    """What a day's file reports: of the declared datasets, and beside them."""

    observations: tuple[Observation, ...] = ()
    loose: tuple[LooseFigure, ...] = ()


def read_daybook(root: Path, path: str, campaign: Campaign) -> Checked[Daybook]:
    """Return what the workbook at `path` reports, with what is wrong with it."""
    sheets = read_workbook(root, path)
    observations: list[Observation] = []
    loose: list[LooseFigure] = []
    findings = list(sheets.findings)
    datasets = by_name(campaign)
    for sheet in sheets.value:
        dataset = datasets.get(plain(sheet.name))
        if not sheet.cells or (not dataset and _passed_over(sheet)):
            continue
        findings += [*hidden_parts(sheet), *hidden_findings(sheet)]
        if sheet.reach[0] > MOST_ROWS or sheet.reach[1] > MOST_COLUMNS:
            findings.append(endless(sheet))
        elif plain(sheet.name) == SHEET:
            figures = read_loose(sheet, campaign)
            loose += figures.value
            findings += figures.findings
        elif dataset is None:
            findings.append(_unknown(sheet, campaign))
        else:
            reported = read_sheet(sheet, dataset)
            observations += reported.value
            findings += reported.findings
    observations += [figure.observation for figure in loose]
    return Checked(Daybook(tuple(observations), tuple(loose)), tuple(findings))


def endless(sheet: Sheet) -> Finding:
    """Return the finding for a sheet that reaches further than any table does."""
    row, column = sheet.reach
    return error(
        "sheet-too-large",
        sheet.place(),
        msg("The sheet reaches to cell {cell}.", cell=f"{letters(column)}{row}"),
        msg("Delete the empty rows below and the empty columns beside the table."),
    )


def by_name(campaign: Campaign) -> Mapping[str, Dataset]:
    """Return the datasets under every name a sheet may give them."""
    known: dict[str, Dataset] = {}
    for dataset in campaign.datasets.values():
        known[plain(dataset.printed[:_LONGEST_NAME])] = dataset
    return known | {plain(name): dataset for name, dataset in campaign.datasets.items()}


def _passed_over(sheet: Sheet) -> bool:
    """Say whether a sheet that is no dataset is nobody's business: words, or a hidden list."""
    return plain(sheet.name) != SHEET and (sheet.hidden or plain(sheet.name) in WORDS_ONLY)


def _unknown(sheet: Sheet, campaign: Campaign) -> Finding:
    known = [*campaign.datasets, SHEET]
    return error(
        "dataset-unknown",
        sheet.place(),
        msg("There is no dataset {name}.", name=sheet.name),
        nearest(sheet.name, known),
    )


def hidden_parts(sheet: Sheet) -> Iterator[Finding]:
    """Yield a note where a part of the sheet that is read cannot be seen."""
    rows = [str(row) for row in sheet.hidden_rows if row in sheet.rows]
    there = {column for _, column in sheet.cells}
    columns = [letters(column) for column in sheet.hidden_columns if column in there]
    if sheet.hidden:
        yield _note(sheet, msg("The sheet is hidden, and is read all the same."))
    if rows:
        what = msg("Rows {names} are hidden, and are read all the same.", names="、".join(rows))
        yield _note(sheet, what)
    if columns:
        what = msg(
            "Columns {names} are hidden, and are read all the same.", names="、".join(columns)
        )
        yield _note(sheet, what)


def _note(sheet: Sheet, what: Message) -> Finding:
    return note("cells-hidden", sheet.place(), what)
