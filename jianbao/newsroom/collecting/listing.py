"""The sheet of a dataset without groups: a measure a row."""

from openpyxl.formatting.rule import CellIsRule

from jianbao.newsroom.collecting.cells import (
    RED,
    change,
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


def put_list(leaf: Leaf) -> int:
    """Write a measure a row: name, unit, last value, this value, change, remark, definition."""
    sheet = leaf.sheet
    heads = ("指标", "单位", "上期数", "填报数", "增减", "备注", "口径")
    for column, text in enumerate(heads, 1):
        put_head(sheet, (FIRST - 1, column), text)
    rows = {name: row for row, name in enumerate(leaf.measures, FIRST)}
    for name, row in rows.items():
        measure, before = leaf.dataset.measures[name], leaf.last.get(((), name))
        put_fixed(sheet, (row, 1), name)
        put_fixed(sheet, (row, 2), unit_of(measure))
        put_last(sheet, (row, 3), before, measure)
        open_cell(sheet, (row, 4), pattern_of(measure, before))
        moved = change(f"D{row}", f"C{row}", measure, before)
        put_formula(sheet, (row, 5), moved) if moved else put_fixed(sheet, (row, 5))
        open_cell(sheet, (row, 6))
        said = (
            # In quotation marks: the bare name would be taken for a heading.
            "" if measure.printed == name else f"印作“{measure.printed}”",
            measure.definition or leaf.dataset.definition,
        )
        put_fixed(sheet, (row, 7), "。".join(words for words in said if words))
        limit = rows.get(measure.at_most)
        guard(sheet, f"D{row}", f"D{limit}" if limit else "")
    for row, name in enumerate(leaf.ratios, FIRST + len(rows)):
        ratio, places = leaf.dataset.ratios[name], leaf.decimals(name)
        formula = rate(f"D{rows[ratio.part]}", f"D{rows[ratio.whole]}", places)
        put_fixed(sheet, (row, 1), name)
        put_fixed(sheet, (row, 2), "%")
        for column in (3, 5, 6):
            put_fixed(sheet, (row, column))
        put_formula(sheet, (row, 4), formula, percent(places))
        put_fixed(sheet, (row, 7), f"{ratio.part}÷{ratio.whole}，自动计算")
    end = FIRST + len(rows)
    offer(sheet, f"F{FIRST}:F{end}", NOTES)
    red = CellIsRule(operator="lessThan", formula=["0"], font=RED)  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(f"E{FIRST}:E{end}", red)
    return len(heads)
