"""Tables with members across the head: 街道 down, 来电｜来信 across, a number where they meet.

    Sheet, Dataset ──cross_of──▶ Cross        Layout, Cross ──crossed──▶ numbers

Two members of one dimension in one row stand there in no other kind of table. What
is counted is named above or below them (项目｜已完成), in the rows themselves, or is
the only thing the dataset counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from jianbao.diagnostics import Finding, error, msg
from jianbao.model import Dataset
from jianbao.reading.grids import At, Cell, Kind, Sheet
from jianbao.reading.headings import (
    HELPERS,
    NOTHING_REPORTED,
    TOTALS,
    Column,
    column_of,
    known_columns,
    plain,
    split_heading,
)
from jianbao.reading.layouts import Layout
from jianbao.reading.numbers import NumberCell
from jianbao.reading.shaping import nearest

_WITHIN, _ALIKE = 30, 0.5


@dataclass(frozen=True, slots=True)
class Cross:
    """Where the head of such a table stands, and whose members are across it.

    Attributes:
        top: First row of the head.
        bottom: Last row of it.
    """

    dimension: int
    top: int
    bottom: int


@dataclass(slots=True)
class _Meaning:
    """What the words beside and above a number say of it."""

    members: dict[int, str | None] = field(default_factory=dict)
    name: str = ""
    unit: str = ""
    unit_at: At = (0, 0)


def cross_of(sheet: Sheet, dataset: Dataset) -> Cross | None:
    """Return the head of a table with members across it; None for any other sheet."""
    names = [_names(dataset, index) for index in range(len(dataset.dimensions))]
    known = known_columns(dataset)
    for row in sheet.rows[:_WITHIN]:
        cells = [cell for _, cell in sheet.row(row)]
        if any(cell.kind is Kind.NUMBER for cell in cells):
            continue
        words = [plain(cell.text) for cell in cells]
        for index, members in enumerate(names):
            if not _is_across(words, members) or any(column_of(w, known) for w in words[1:]):
                continue
            top = row - 1 if _names_measures(sheet, row - 1, known) else row
            bottom = row + 1 if _names_measures(sheet, row + 1, known) else row
            return Cross(index, top, bottom)
    return None


def _names(dataset: Dataset, index: int) -> Mapping[str, str]:
    members = dataset.dimensions[index].members.values()
    return {
        plain(word): member.name for member in members for word in (member.name, member.printed)
    }


def _is_across(words: Sequence[str], members: Mapping[str, str]) -> bool:
    """Say whether a row's words are members: two of them, or one beside a total or a slip."""
    there = {members[word] for word in words if word in members}
    others = [word for word in words[1:] if word not in members]
    alike = [w for w in others if w in TOTALS or get_close_matches(w, members, 1, _ALIKE)]
    return len(there) > 1 or bool(there and alike)


def _names_measures(sheet: Sheet, row: int, known: Mapping[str, object]) -> bool:
    """Say whether a row holds the names of measures above or below members, and no number."""
    cells = [cell for _, cell in sheet.row(row)] if row else []
    named = [c for c in cells if plain(c.text) in known or split_heading(c.text)[0] in known]
    return bool(named) and not any(cell.kind is Kind.NUMBER for cell in cells)


def crossed(layout: Layout, cross: Cross, findings: list[Finding]) -> Iterator[NumberCell]:
    """Yield members, name and cell of each number, from the top."""
    sheet = layout.sheet
    columns = _columns(layout, cross, findings)
    for row in layout.below:
        cells = [n for n in columns if sheet.at(row, n).text not in NOTHING_REPORTED]
        if not cells:
            continue
        for number in cells:
            meaning = _Meaning({**columns[number].members}, columns[number].name)
            meaning.unit, meaning.unit_at = columns[number].unit, columns[number].unit_at
            fault = _beside(layout, row, min(columns), meaning)
            at = (row, number)
            if fault:
                findings.append(fault)
                break
            if unnamed := _unnamed(layout, meaning, at):
                findings.append(unnamed)
                return
            members = tuple(meaning.members.get(i) for i in range(len(layout.dataset.dimensions)))
            unit = layout.unit_of(Column(name=meaning.name, unit=meaning.unit))
            yield NumberCell(members, meaning.name, unit, at, meaning.unit_at)


def _columns(layout: Layout, cross: Cross, findings: list[Finding]) -> dict[int, _Meaning]:
    """Return what the head says of each column of numbers."""
    sheet, dataset = layout.sheet, layout.dataset
    names, known = _names(dataset, cross.dimension), known_columns(dataset)
    columns: dict[int, _Meaning] = {}
    for number in range(1, sheet.width + 1):
        meaning = _Meaning()
        for row in range(cross.top, cross.bottom + 1):
            at, cell = _shown(sheet, row, number)
            word = plain(cell.text)
            measure = column_of(cell.text, known)
            if word in names:
                meaning.members[cross.dimension] = names[word]
            elif word in TOTALS:
                meaning.members.setdefault(cross.dimension, None)
            elif measure and measure.dimension < 0:
                meaning.name, meaning.unit, meaning.unit_at = measure.name, measure.unit, at
            elif word and meaning.members:
                why = msg("No column of this sheet is known as {name}.", name=cell.text)
                findings.append(
                    error("heading-unknown", sheet.place(*at), why, nearest(word, list(names)))
                )
        if meaning.members:
            columns[number] = meaning
        elif columns and (fault := _stray(layout, cross, number, list(names))):
            findings.append(fault)
    return columns


def _stray(layout: Layout, cross: Cross, number: int, names: list[str]) -> Finding | None:
    """Return the finding for a column of numbers headed by something unknown."""
    sheet = layout.sheet
    if not any(sheet.at(row, number).kind is Kind.NUMBER for row in layout.below):
        return None
    heads = [_shown(sheet, row, number) for row in range(cross.top, cross.bottom + 1)]
    at, cell = next(((at, cell) for at, cell in heads if cell.text), heads[-1])
    word = plain(cell.text)
    if word in HELPERS:
        return None
    if not word:
        why = msg("There are numbers in this column, and no heading above them.")
        return error("heading-missing", sheet.place(cross.bottom, number), why)
    why = msg("No column of this sheet is known as {name}.", name=cell.text)
    return error("heading-unknown", sheet.place(*at), why, nearest(word, names))


def _shown(sheet: Sheet, row: int, column: int) -> tuple[At, Cell]:
    """Return the cell that shows in the head: a merged one goes down and to the right."""
    at = sheet.covered.get((row, column), (row, column))
    return at, sheet.at(*at)


def _beside(layout: Layout, row: int, first: int, meaning: _Meaning) -> Finding | None:
    """Put what the words left of the numbers say into `meaning`, or return what is wrong."""
    sheet, dataset = layout.sheet, layout.dataset
    known = known_columns(dataset)
    for number in range(1, first):
        at, cell = sheet.down(row, number)
        word = plain(cell.text)
        others = [i for i in range(len(dataset.dimensions)) if i not in meaning.members]
        found = next((i for i in others if word in _names(dataset, i)), None)
        measure = column_of(cell.text, known)
        if found is not None:
            meaning.members[found] = _names(dataset, found)[word]
        elif measure and measure.dimension < 0:
            meaning.name, meaning.unit, meaning.unit_at = measure.name, measure.unit, at
        elif word and word not in TOTALS and cell.kind is not Kind.NUMBER:
            wanted = [name for i in others for name in _names(dataset, i).values()]
            under = dataset.dimensions[others[0]].name if others else dataset.name
            why = msg("There is no {name} under {dimension}.", name=cell.text, dimension=under)
            near = nearest(word, [*wanted, *([] if meaning.name else dataset.measures)])
            return error("figure-unknown", sheet.place(*at), why, near)
    return None


def _unnamed(layout: Layout, meaning: _Meaning, at: At) -> Finding | None:
    """Let the only measure be meant where none is named; with several, return a finding."""
    measures = layout.dataset.measures
    if meaning.name:
        return None
    if len(measures) == 1:
        meaning.name, meaning.unit_at = next(iter(measures)), at
        return None
    return error(
        "heading-missing",
        layout.sheet.place(*at),
        msg(
            "It is not said what is counted here: {names} are possible.", names="、".join(measures)
        ),
        msg("Write it in a row above the members, such as {name}.", name=next(iter(measures))),
    )
