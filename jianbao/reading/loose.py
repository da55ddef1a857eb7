"""One-off figures: the sheet 零星数 (组｜名｜数｜单位｜来源｜截至), and the datasets it makes.

    Sheet ──read_loose──▶ Checked[loose figures] ──loose_datasets──▶ Checked[datasets by name]

A group becomes a dataset without dimensions, and each name in it a measure, so
that `{{ 会议.常委会 }}` is written, checked and followed like any other figure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from jianbao.diagnostics import Checked, Finding, Message, Place, error, msg
from jianbao.model import AsOf, Campaign, Dataset, Measure, Observation
from jianbao.reading.campaigns import split_unit
from jianbao.reading.grids import Sheet
from jianbao.reading.headings import (
    NOTHING_REPORTED,
    as_of_in,
    as_of_of,
    heading_row,
    plain,
)
from jianbao.reading.numbers import Counted, NumberCell, read_number
from jianbao.reading.scalars import NAME, RESERVED, half_width

SHEET = "零星数"
_HEADINGS = {
    "组": ("组", "组别", "类别"),
    "名": ("名", "名称", "指标"),
    "数": ("数", "数值", "数量"),
    "单位": ("单位", "计量单位"),
    "来源": ("来源", "数据来源"),
    "截至": ("截至", "截至时间", "截至日期"),
}


@dataclass(frozen=True, slots=True)
class LooseFigure:
    """A figure that no dataset declares: its measure, and what was observed."""

    measure: Measure
    observation: Observation


@dataclass(frozen=True, slots=True)
class _Table:
    sheet: Sheet
    columns: Mapping[str, int]
    as_of: AsOf | Finding | None

    def text(self, row: int, head: str) -> str:
        """Return what stands under a heading, "" where there is no such column."""
        column = self.columns.get(head, 0)
        return half_width(self.sheet.down(row, column)[1].text).strip() if column else ""

    def place(self, row: int, head: str) -> Place:
        """Return the place of a row's cell under a heading."""
        return self.sheet.place(row, self.columns.get(head, 1))


def read_loose(sheet: Sheet, campaign: Campaign) -> Checked[tuple[LooseFigure, ...]]:
    """Return the figures of a sheet 零星数, with a finding for each row that gives none."""
    words = {plain(word): head for head, many in _HEADINGS.items() for word in many}
    heading = heading_row(sheet, words)
    columns = {words[w]: c for c, cell in sheet.row(heading) if (w := plain(cell.text)) in words}
    missing = [head for head in ("组", "名", "数", "单位") if head not in columns]
    if missing:
        why = msg("No column is headed {name}.", name="、".join(missing))
        hint = msg("Head the columns {names}.", names="｜".join(_HEADINGS))
        return Checked((), (error("heading-missing", sheet.place(), why, hint),))
    above = [row for row in sheet.rows if row < heading]
    table = _Table(sheet, columns, as_of_in(sheet, above))
    findings: list[Finding] = []
    figures: dict[tuple[str, str], LooseFigure] = {}
    for row in sheet.rows:
        if row <= heading or table.text(row, "数") in NOTHING_REPORTED:
            continue
        figure = _figure(table, row, campaign, findings)
        if figure is None:
            continue
        name = (figure.observation.dataset, figure.measure.name)
        if name in figures:
            findings.append(
                error(
                    "figure-twice",
                    table.place(row, "名"),
                    msg("{name} is given twice for the same group.", name=name[1]),
                    msg("Keep one of the two."),
                )
            )
        else:
            figures[name] = figure
    return Checked(tuple(figures.values()), (*findings, *mixed(figures.values())))


def _figure(
    table: _Table, row: int, campaign: Campaign, findings: list[Finding]
) -> LooseFigure | None:
    group, name = table.text(row, "组"), table.text(row, "名")
    fault = _name_fault(table, row, campaign)
    as_of = _as_of(table, row)
    if isinstance(as_of, Finding):
        fault = fault or as_of
    typed = table.text(row, "单位")
    if not typed and not fault:
        fault = error(
            "value-missing",
            table.place(row, "数"),
            msg("It is not said what {name} is counted in.", name=name),
            msg("Write the unit in the column “单位”."),
        )
    if fault or isinstance(as_of, Finding):
        findings += [fault] if fault else []
        return None
    scale, unit = split_unit(typed)
    at, unit_at = (row, table.columns["数"]), (row, table.columns["单位"])
    number = NumberCell((), name, typed if unit == "%" else "", at, unit_at)
    amount = read_number(table.sheet, number, Counted(name, unit, scale), findings)
    if amount is None:
        return None
    place = table.place(row, "数")
    measure = Measure(name, unit, place, name, scale, source=table.text(row, "来源"))
    return LooseFigure(measure, Observation(group, (), name, amount, as_of, place))


def _name_fault(table: _Table, row: int, campaign: Campaign) -> Finding | None:
    for head, known in (("组", campaign), ("名", None)):
        word = table.text(row, head)
        place = table.place(row, head if word else "数")
        if fault := name_fault(head, word, place, known):
            return fault
    return None


def name_fault(head: str, word: str, place: Place, campaign: Campaign | None) -> Finding | None:
    """Return why a group or figure cannot be called so; no group is called like a dataset."""
    if not NAME.fullmatch(word) or word in RESERVED:
        return error(
            "name-refused",
            place,
            msg("{name} cannot be a name.", name=word)
            if word
            else msg("Nothing stands under {name} in this row.", name=head),
            msg("A name begins with a letter or a Chinese character, without blanks or marks."),
        )
    if campaign and word in campaign.datasets:
        return error(
            "group-declared",
            place,
            msg("{name} is a dataset of its own.", name=word),
            msg("Report it under its own name {name}, or choose another group.", name=word),
        )
    return None


def _as_of(table: _Table, row: int) -> AsOf | Finding:
    """Return the row's own as-of, else the sheet's."""
    if table.text(row, "截至"):
        found = as_of_of(table.sheet.down(row, table.columns["截至"])[1])
        if isinstance(found, Message):
            return error("as-of-refused", table.place(row, "截至"), found)
        return found
    if table.as_of is not None:
        return table.as_of
    return error(
        "as-of-missing",
        table.place(row, "数"),
        msg("It is not said as of when this figure is."),
        msg("Write 截至 and the day above the headings, or add a column 截至."),
    )


def mixed(figures: Iterable[LooseFigure]) -> Iterable[Finding]:
    """Yield a finding for each figure whose as-of is not the one of its group."""
    first: dict[str, Observation] = {}
    for figure in figures:
        item = figure.observation
        known = first.setdefault(item.dataset, item)
        if known.as_of.moment != item.as_of.moment:
            yield error(
                "as-of-mixed",
                item.place,
                msg("The figures of {name} are as of different moments.", name=item.dataset),
                msg("Put figures of another moment into a group of their own."),
            )


def loose_datasets(figures: Iterable[LooseFigure]) -> Checked[Mapping[str, Dataset]]:
    """Return a dataset for each group; a unit that changes between files is a finding."""
    groups: dict[str, dict[str, Measure]] = {}
    findings: list[Finding] = []
    for figure in figures:
        measure = figure.measure
        group = groups.setdefault(figure.observation.dataset, {})
        known = group.setdefault(measure.name, measure)
        if known.unit != measure.unit:
            findings.append(
                error(
                    "unit-differs",
                    measure.place,
                    msg(
                        "{name} is counted in {unit} elsewhere, not in {other}.",
                        name=measure.name,
                        unit=known.unit,
                        other=measure.unit,
                    ),
                    msg("Use one unit, or another name."),
                )
            )
        group[measure.name] = replace(measure, place=known.place)
    datasets = {
        name: Dataset(name, name, (), measures, {}, next(iter(measures.values())).place)
        for name, measures in groups.items()
    }
    return Checked(datasets, tuple(findings))
