"""The sheet of a dataset with groups: a member a row, a measure a column, totals that add up."""

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from jianbao.model import Members
from jianbao.newsroom.collecting.cells import (
    guard,
    offer,
    open_cell,
    pattern_of,
    percent,
    put_fixed,
    put_formula,
    put_head,
    put_last,
    rate,
)
from jianbao.newsroom.collecting.keeping import unit_of
from jianbao.newsroom.collecting.leaf import FIRST, NOTES, Leaf


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what: this time's numbers and ratios, the remark, last time's numbers."""

    now: Mapping[str, int]
    note: int
    last: Mapping[str, int]

    def cell(self, name: str, row: int) -> str:
        """Return the cell of a number, such as C5; "" where it has no column."""
        return f"{get_column_letter(self.now[name])}{row}" if name in self.now else ""


def put_table(leaf: Leaf) -> int:
    """Write a member a row, a column a measure; a total that adds up; last time's beside it."""
    wide = len(leaf.dataset.dimensions)
    now = {name: wide + 1 + n for n, name in enumerate((*leaf.measures, *leaf.ratios))}
    note = wide + len(now) + 1
    columns = _Columns(now, note, {name: note + 1 + n for n, name in enumerate(leaf.measures)})
    heads = (
        *(dimension.name for dimension in leaf.dataset.dimensions),
        *(f"{name}（{unit_of(leaf.dataset.measures[name])}）" for name in leaf.measures),
        *(f"{name}（%）" for name in leaf.ratios),
        "备注",
        *(f"上期{name}" for name in leaf.measures),
    )
    for column, text in enumerate(heads, 1):
        put_head(leaf.sheet, (FIRST - 1, column), text)
    for row, members in enumerate(leaf.members, FIRST):
        _row(leaf, row, members, columns)
    end = FIRST + len(leaf.members) - 1
    nowhere: Members = (None,) * wide
    if end > FIRST and any(share.members == nowhere for share in leaf.shares):
        _total(leaf, end, nowhere, columns)
    letter = get_column_letter(note)
    offer(leaf.sheet, f"{letter}{FIRST}:{letter}{end}", NOTES)
    return len(heads)


def _row(leaf: Leaf, row: int, members: Members, columns: _Columns) -> None:
    for column, member in enumerate(members, 1):
        put_fixed(leaf.sheet, (row, column), member)
    for name in leaf.measures:
        measure, before = leaf.dataset.measures[name], leaf.last.get((members, name))
        at = (row, columns.now[name])
        if leaf.covers(members, name):
            open_cell(leaf.sheet, at, pattern_of(measure, before))
            guard(leaf.sheet, columns.cell(name, row), columns.cell(measure.at_most, row))
        else:
            put_fixed(leaf.sheet, at)
        put_last(leaf.sheet, (row, columns.last[name]), before, measure)
    _rates(leaf, row, columns)
    open_cell(leaf.sheet, (row, columns.note))


def _rates(leaf: Leaf, row: int, columns: _Columns) -> None:
    for name in leaf.ratios:
        ratio, places = leaf.dataset.ratios[name], leaf.decimals(name)
        formula = rate(columns.cell(ratio.part, row), columns.cell(ratio.whole, row), places)
        put_formula(leaf.sheet, (row, columns.now[name]), formula, percent(places))


def _total(leaf: Leaf, end: int, nowhere: Members, columns: _Columns) -> None:
    """Write the 合计 row: sums where the members make up the whole, else cells to fill in."""
    row = end + 1
    whole = all(one.breakdown == "exhaustive" for one in leaf.dataset.dimensions)
    for column in range(1, len(nowhere) + 1):
        put_fixed(leaf.sheet, (row, column), "合计")
    for name in leaf.measures:
        measure, before = leaf.dataset.measures[name], leaf.last.get((nowhere, name))
        column = columns.now[name]
        letter = get_column_letter(column)
        area = f"{letter}{FIRST}:{letter}{end}"
        if whole and measure.unit != "%":
            formula = f'=IF(COUNT({area})={end - FIRST + 1},SUM({area}),"")'
            put_formula(leaf.sheet, (row, column), formula)
        elif before:
            open_cell(leaf.sheet, (row, column), pattern_of(measure, before))
        else:
            put_fixed(leaf.sheet, (row, column))
        put_last(leaf.sheet, (row, columns.last[name]), before, measure)
    put_fixed(leaf.sheet, (row, columns.note))
    _rates(leaf, row, columns)
