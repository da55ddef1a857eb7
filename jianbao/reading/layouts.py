"""The rows of a dataset's sheet: whose each number is, and in what it is counted.

Layout ──numbers──▶ a member a row        Layout ──pairs──▶ a measure a row (指标｜数)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jianbao.diagnostics import Finding, Place, error, msg
from jianbao.model import AsOf, Dataset, Members
from jianbao.reading.campaigns import split_unit
from jianbao.reading.grids import At, Kind, Sheet
from jianbao.reading.headings import (
    NOTHING_REPORTED,
    TOTALS,
    Column,
    column_of,
    known_columns,
    plain,
    split_heading,
)
from jianbao.reading.numbers import NumberCell
from jianbao.reading.shaping import nearest

NAMES, _VALUES = ("指标", "指标名称", "名称"), ("数", "数值", "数量", "本期", "填报数")


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet with what its columns mean, and where its headings stand."""

    sheet: Sheet
    dataset: Dataset
    columns: Mapping[int, Column]
    heading: int
    unit: str
    as_of: AsOf

    def unit_of(self, column: Column) -> str:
        """Return the unit its heading gives, or the one in the sheet's corner where it fits."""
        measure = self.dataset.measures.get(column.name)
        fits = measure and split_unit(self.unit)[1] == measure.unit
        return column.unit or (self.unit if fits else "")

    @property
    def below(self) -> tuple[int, ...]:
        """The rows under the headings."""
        return tuple(row for row in self.sheet.rows if row > self.heading)


def numbers(layout: Layout, findings: list[Finding]) -> Iterator[NumberCell]:
    """Yield members, name and cell of each number, from the top."""
    sheet = layout.sheet
    merged: set[At] = set()
    for row in layout.below:
        cells = [
            (number, column)
            for number, column in layout.columns.items()
            if column.dimension < 0 and sheet.at(row, number).text not in NOTHING_REPORTED
        ]
        hidden = {
            sheet.covered[row, number]
            for number, column in layout.columns.items()
            if column.dimension < 0 and (row, number) in sheet.covered
        }
        merged |= {at for at in hidden if at[0] > layout.heading and sheet.at(*at).text}
        if not cells:
            continue
        members = _members(layout, row)
        if isinstance(members, Finding):
            findings.append(members)
            continue
        for number, column in cells:
            head = sheet.down(layout.heading, number)[0]
            yield NumberCell(members, column.name, layout.unit_of(column), (row, number), head)
    findings += [
        error(
            "cell-merged",
            sheet.place(*at),
            msg("This number stands in a merged cell: it is not clear which row it belongs to."),
            msg("Unmerge the cells, and write each number in its own row."),
        )
        for at in sorted(merged)
        if sheet.at(*at).kind is Kind.NUMBER
    ]


def _members(layout: Layout, row: int) -> Members | Finding:
    """Return whose numbers a row holds; None where it is a total."""
    chosen: list[str | None] = [None] * len(layout.dataset.dimensions)
    total = False
    ordered = sorted(layout.columns.items(), key=lambda item: item[1].dimension)
    for number, column in ordered:
        if column.dimension < 0:
            continue
        dimension = layout.dataset.dimensions[column.dimension]
        names = {plain(w): m.name for m in dimension.members.values() for w in (m.name, m.printed)}
        at, cell = layout.sheet.down(row, number)
        word = plain(cell.text)
        if word in names:
            chosen[column.dimension] = names[word]
        elif word in TOTALS or (total and not word):
            total = True
        else:
            if not word:
                return _no_member(layout.sheet.place(row, number), dimension.name)
            return error(
                "figure-unknown",
                layout.sheet.place(*at),
                msg("There is no {name} under {dimension}.", name=word, dimension=dimension.name),
                nearest(word, list(dimension.members)),
            )
    return tuple(chosen)


def _no_member(place: Place, dimension: str) -> Finding:
    return error(
        "member-missing",
        place,
        msg("There are numbers in this row, and nothing under {name}.", name=dimension),
        msg("Write whose numbers they are, or “合计”."),
    )


def listed(sheet: Sheet, heading: int) -> tuple[int, int, int] | None:
    """Return the columns of names, values and units where a sheet lists a measure a row."""
    heads = {plain(cell.text): number for number, cell in sheet.row(heading)}
    name = next((heads[word] for word in NAMES if word in heads), 0)
    value = next((heads[word] for word in _VALUES if word in heads), 0)
    return (name, value, heads.get("单位", 0)) if name and value else None


def pairs(
    layout: Layout, columns: tuple[int, int, int], findings: list[Finding]
) -> Iterator[NumberCell]:
    """Yield the numbers of a sheet with a measure a row."""
    known = known_columns(layout.dataset)
    for row in layout.below:
        name, value, unit = columns
        if layout.sheet.at(row, value).text in NOTHING_REPORTED:
            continue
        text = layout.sheet.at(row, name).text
        column = column_of(text, known)
        if column is None:
            findings.append(
                error(
                    "figure-unknown",
                    layout.sheet.place(row, name if text else value),
                    msg(
                        "{dataset} has nothing named {name}.",
                        dataset=layout.dataset.name,
                        name=text,
                    ),
                    nearest(split_heading(text)[0], list(known)),
                )
            )
            continue
        typed = plain(layout.sheet.at(row, unit).text) if unit else ""
        counted_in, at = (typed, unit) if typed else (layout.unit_of(column), name)
        yield NumberCell((), column.name, counted_in, (row, value), (row, at))
