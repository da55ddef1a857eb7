"""Read one sheet as one dataset: title, as-of, headings, a row each member.

    Sheet, Dataset ──read_sheet──▶ Checked[observations]

What a cell shows is read like typed text, by `scalars`. The 合计 row gives the
stated totals, and a ratio's column stated ratios; both are checked, like those
of a YAML file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from jianbao.diagnostics import Checked, Finding, Place, error, msg
from jianbao.model import Dataset, Members, Observation
from jianbao.reading.crosses import Cross, cross_of, crossed
from jianbao.reading.grids import Kind, Sheet
from jianbao.reading.headings import (
    Column,
    as_of_in,
    column_of,
    heading_row,
    is_helper,
    known_columns,
    plain,
    split_heading,
    unit_in,
)
from jianbao.reading.layouts import NAMES, Layout, listed, numbers, pairs
from jianbao.reading.numbers import Counted, NumberCell, read_number
from jianbao.reading.shaping import nearest


def read_sheet(sheet: Sheet, dataset: Dataset) -> Checked[tuple[Observation, ...]]:
    """Return what a sheet reports of a dataset, with a finding for each cell in the way."""
    crossing = cross_of(sheet, dataset)
    if crossing:
        return _read_cross(sheet, dataset, crossing)
    known = known_columns(dataset)
    words = {*known, *(() if dataset.dimensions else NAMES)}
    heading = heading_row(sheet, words)
    above = [row for row in sheet.rows if row < heading]
    if not heading:
        return Checked((), (_no_headings(sheet, dataset),))
    findings: list[Finding] = []
    below = [row for row in sheet.rows if row > heading]
    as_of = as_of_in(sheet, above) or as_of_in(sheet, below) or _no_as_of(sheet)
    if isinstance(as_of, Finding):
        return Checked((), (as_of,))
    columns = _columns(sheet, heading, known, findings)
    layout = Layout(sheet, dataset, columns, heading, unit_in(sheet, above), as_of)
    vertical = listed(sheet, heading) if not dataset.dimensions else None
    if vertical:
        findings.clear()
        found = list(pairs(layout, vertical, findings))
    else:
        findings += _nothing_above(sheet, heading, columns)
        layout = replace(layout, columns=_with_dimensions(layout))
        found = list(numbers(layout, findings))
    observations = _observations(layout, found, findings)
    return Checked(observations, tuple(findings))


def _read_cross(sheet: Sheet, dataset: Dataset, cross: Cross) -> Checked[tuple[Observation, ...]]:
    """Return what a sheet reports whose members stand across the head."""
    above = [row for row in sheet.rows if row < cross.top]
    below = [row for row in sheet.rows if row > cross.bottom]
    as_of = as_of_in(sheet, above) or as_of_in(sheet, below) or _no_as_of(sheet)
    if isinstance(as_of, Finding):
        return Checked((), (as_of,))
    findings: list[Finding] = []
    layout = Layout(sheet, dataset, {}, cross.bottom, unit_in(sheet, above), as_of)
    found = list(crossed(layout, cross, findings))
    return Checked(_observations(layout, found, findings), tuple(findings))


def _no_headings(sheet: Sheet, dataset: Dataset) -> Finding:
    return error(
        "heading-missing",
        sheet.place(),
        msg("No row of this sheet has the headings of {dataset}.", dataset=dataset.name),
        msg(
            "Put them above the numbers: {names}.",
            names="、".join([*(d.name for d in dataset.dimensions), *dataset.measures]),
        ),
    )


def _no_as_of(sheet: Sheet) -> Finding:
    return error(
        "as-of-missing",
        sheet.place(),
        msg("It is not said as of when these figures are."),
        msg("Above the headings, write 截至 in one cell and 2021-12-21 in the cell beside it."),
    )


def _columns(
    sheet: Sheet, heading: int, known: Mapping[str, Column], findings: list[Finding]
) -> dict[int, Column]:
    """Return what the columns hold, and put unknown and doubled headings among the findings."""
    columns: dict[int, Column] = {}
    seen: set[tuple[int, str]] = set()
    for number, cell in sheet.row(heading):
        column = column_of(cell.text, known)
        at = sheet.down(heading, number)[0]
        if column is None:
            if not is_helper(cell.text):
                findings.append(_unknown(sheet.place(*at), cell.text, known))
        elif (column.dimension, column.name) in seen:
            findings.append(
                error(
                    "heading-twice",
                    sheet.place(*at),
                    msg("Two columns are headed {name}.", name=cell.text),
                    msg("Keep one of the two."),
                )
            )
        else:
            seen.add((column.dimension, column.name))
            columns[number] = column
    return columns


def _unknown(place: Place, name: str, known: Mapping[str, Column]) -> Finding:
    return error(
        "heading-unknown",
        place,
        msg("No column of this sheet is known as {name}.", name=name),
        nearest(split_heading(name)[0], list(known)),
    )


def _nothing_above(sheet: Sheet, heading: int, columns: Mapping[int, Column]) -> Iterator[Finding]:
    """Yield a finding for each column of numbers that has no heading."""
    for number in range(1, sheet.width + 1):
        if number in columns or sheet.down(heading, number)[1].text:
            continue
        rows = (r for r in sheet.rows if r > heading and sheet.at(r, number).kind is Kind.NUMBER)
        row = next(rows, 0)
        if row:
            yield error(
                "heading-missing",
                sheet.place(row, number),
                msg("There are numbers in this column, and no heading above them."),
                msg("Write a heading above them, or head the column “备注”."),
            )


def _with_dimensions(layout: Layout) -> dict[int, Column]:
    """Return the columns, and with them a column of members that is headed otherwise or not."""
    columns = dict(layout.columns)
    for index, dimension in enumerate(layout.dataset.dimensions):
        if any(column.dimension == index for column in columns.values()):
            continue
        members = {plain(w) for m in dimension.members.values() for w in (m.name, m.printed)}
        for number in range(1, layout.sheet.width + 1):
            words = {plain(layout.sheet.down(row, number)[1].text) for row in layout.below}
            if number not in columns and words & members:
                columns[number] = Column(dimension=index)
                break
    return columns


def _observations(
    layout: Layout, numbers: list[NumberCell], findings: list[Finding]
) -> tuple[Observation, ...]:
    """Return the numbers as observations; one given twice is a finding."""
    found: dict[tuple[Members, str], Observation] = {}
    missing = _missing_dimension(layout, numbers) if layout.columns else None
    if missing:
        findings.append(missing)
        return ()
    for number in numbers:
        counted = Counted.of(layout.dataset, number.name)
        amount = read_number(layout.sheet, number, counted, findings)
        place = layout.sheet.place(*number.at)
        if amount is None:
            continue
        if (number.members, number.name) in found:
            findings.append(
                error(
                    "figure-twice",
                    place,
                    msg("{name} is given twice for the same group.", name=number.name),
                    msg("Keep one of the two."),
                )
            )
            continue
        found[number.members, number.name] = Observation(
            layout.dataset.name, number.members, number.name, amount, layout.as_of, place
        )
    return tuple(found.values())


def _missing_dimension(layout: Layout, numbers: list[NumberCell]) -> Finding | None:
    """Return a finding where rows cannot be told apart because a dimension has no column."""
    there = {column.dimension for column in layout.columns.values()}
    keys = [(number.members, number.name) for number in numbers]
    for index, dimension in enumerate(layout.dataset.dimensions):
        if index not in there and len(set(keys)) < len(keys):
            return error(
                "heading-missing",
                layout.sheet.place(),
                msg("No column is headed {name}.", name=dimension.name),
                msg(
                    "Put one before the numbers, with {names} in it.",
                    names="、".join(member.printed for member in dimension.members.values()),
                ),
            )
    return None
