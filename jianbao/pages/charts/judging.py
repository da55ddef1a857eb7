"""What cannot be shown as it was asked for, before anything is drawn.

    Asked, Panel ──judge──▶ findings

Two units on one axis, a part stacked on its own whole, a bar of progress below
zero: each would be read wrong, so none of them is drawn.
"""

from collections.abc import Iterator

from jianbao.diagnostics import NOTHING, Finding, Message, error, msg, note
from jianbao.model import Breakdown, ChartKind, Dataset
from jianbao.pages.charts.asking import ACROSS_TIME, Asked
from jianbao.pages.charts.filling import unit_of
from jianbao.pages.charts.panels import ABSENT, Panel
from jianbao.pages.charts.scenes import NAME, NUMBER, ems
from jianbao.pages.charts.tabular import measure

ON_ONE_AXIS = (ChartKind.BARS, ChartKind.STACK, ChartKind.LINE)
MOST = {
    ChartKind.BARS: 20,
    ChartKind.PROGRESS: 14,
    ChartKind.STACK: 7,
    ChartKind.LINE: 4,
    ChartKind.NUMBERS: 8,
    ChartKind.TABLE: 30,
}
MOST_FILLS = 4


def unfit(asked: Asked) -> Iterator[Finding]:
    """Yield why what is asked for cannot be shown in this way, whatever the numbers are."""
    members = asked.kind is ChartKind.LINE and asked.by not in (None, ACROSS_TIME)
    if members and len(asked.names) > 1:
        yield error(
            "chart-kind",
            asked.place(asked.names[1]).place,
            msg("Lines of members show one measure."),
            msg("Name one measure, or write “by time” for a line each measure."),
        )
    elif asked.kind in ON_ONE_AXIS:
        yield from _mixed_units(asked)
    if asked.kind is ChartKind.PROGRESS:
        yield from _nothing_to_reach(asked)
    if asked.kind is ChartKind.STACK:
        yield from _unstackable(asked)


def _mixed_units(asked: Asked) -> Iterator[Finding]:
    first, *others = asked.names
    unit = unit_of(asked.dataset, first)
    for name in others:
        other = unit_of(asked.dataset, name)
        if other != unit:
            same = [n for n in _known(asked.dataset) if unit_of(asked.dataset, n) == unit]
            yield error(
                "chart-units",
                asked.place(name).place,
                msg(
                    "{first} is counted in {unit}, {name} in {other}; one axis cannot show both.",
                    first=first, unit=unit or "1", name=name, other=other or "1",
                ),
                msg("Name measures of one unit ({names}), or ask for a table.",
                    names="、".join(same)),
            )  # fmt: skip
            return


def _known(dataset: Dataset) -> tuple[str, ...]:
    return (*dataset.measures, *dataset.ratios)


def _nothing_to_reach(asked: Asked) -> Iterator[Finding]:
    """Yield measures that have neither a whole nor a limit."""
    dataset = asked.dataset
    for name in asked.names:
        measure = dataset.measures.get(name)
        if measure and measure.unit != "%" and not measure.at_most:
            rates = [*dataset.ratios, *(n for n, m in dataset.measures.items() if m.at_most)]
            yield error(
                "chart-kind",
                asked.place(name).place,
                msg("{name} has nothing that its progress could be measured against.", name=name),
                msg("Name one of {names}.", names="、".join(rates)) if rates else NOTHING,
            )


def _unstackable(asked: Asked) -> Iterator[Finding]:
    dataset = asked.dataset
    rates = [name for name in asked.names if unit_of(dataset, name) == "%"]
    if rates:
        why = msg("{name} is a percentage; percentages are not stacked.", name=rates[0])
        yield error("chart-kind", asked.place(rates[0]).place, why, msg("Write kind: progress."))
        return
    for name in asked.names:
        whole = dataset.measures[name].at_most
        while whole and whole not in asked.names:
            whole = dataset.measures[whole].at_most
        if whole:
            why = msg("{name} is a part of {whole}; in one stack it would count twice.",
                      name=name, whole=whole)  # fmt: skip
            yield error("chart-stack", asked.place(name).place, why, msg("Write kind: bars."))
    whole_of = len(asked.names) == 1 and asked.by is not None and asked.by >= 0
    if whole_of and dataset.dimensions[asked.by or 0].breakdown is Breakdown.OVERLAPPING:
        why = msg("The members of {name} overlap; in one stack they would count twice.",
                  name=dataset.dimensions[asked.by or 0].name)  # fmt: skip
        place = (asked.chart.by or asked.chart.path[0]).place
        yield error("chart-stack", place, why, msg("Write kind: bars."))


def unshowable(asked: Asked, panel: Panel) -> Iterator[Finding]:
    """Yield what is wrong with the numbers themselves, or with their room."""
    place = asked.chart.path[0].place
    if not any(value.figure for value in panel.values):
        why = msg("Nothing of what this shows was reported.")
        yield error("chart-empty", place, why, msg("Name something else, or take the block out."))
        return
    if asked.kind is ChartKind.LINE and len(panel.rows) < 2:
        why = msg("{dataset} was reported once so far; a line needs two.", dataset=panel.dataset)
        yield error("chart-kind", place, why, msg("Write kind: numbers, or kind: bars."))
        return
    faults = (*_below_zero(asked, panel), *_crowded(asked, panel))
    yield from faults
    absent = [row.label for row in panel.rows if any(v.text == ABSENT for v in row.values)]
    if absent and not faults:
        names = "、".join(absent[:6]) + ("……" if len(absent) > 6 else "")
        why = msg("Not all was reported: {names}; “未报” is printed there.", names=names)
        yield note("chart-gaps", place, why)


def _below_zero(asked: Asked, panel: Panel) -> Iterator[Finding]:
    if asked.kind not in (ChartKind.PROGRESS, ChartKind.STACK):
        return
    for row in panel.rows:
        if any(value.size is not None and value.size < 0 for value in row.values):
            yield error(
                "chart-negative",
                asked.chart.path[0].place,
                msg("{name} is below zero, which this kind of chart cannot show.", name=row.label),
                msg("Write kind: bars."),
            )
            return


def _crowded(asked: Asked, panel: Panel) -> Iterator[Finding]:
    """Yield one finding where there are more bars, lines or columns than can be read."""
    place = asked.chart.path[0].place
    if panel.kind is ChartKind.TABLE and measure(panel) is None:
        why = msg("This table is wider than its column.")
        how = msg("Name fewer measures, or take a layout with wider columns.")
        yield error("chart-crowded", place, why, how)
    elif many := _too_much(panel):
        how = msg("Show fewer of them, or ask for a table.")
        yield error("chart-crowded", place, many, how)
    elif panel.kind is not ChartKind.TABLE and (long := _too_long(panel)):
        how = msg("Give it a shorter name, or ask for a table.")
        yield error("chart-crowded", place, long, how)


def _too_much(panel: Panel) -> Message | None:
    most, columns = MOST[panel.kind], len(panel.columns)
    count = len(panel.rows)
    if panel.kind is ChartKind.LINE:
        count = columns
    elif panel.kind in (ChartKind.BARS, ChartKind.PROGRESS):
        count *= columns
    if count > most:
        return msg("{count} are too many to be told apart here; at most {most} are.",
                   count=count, most=most)  # fmt: skip
    if panel.kind in (ChartKind.BARS, ChartKind.STACK) and columns > MOST_FILLS:
        return msg("{count} are too many to be told apart here; at most {most} are.",
                   count=columns, most=MOST_FILLS)  # fmt: skip
    return None


def _too_long(panel: Panel) -> Message | None:
    """Return why a name or a number has no room in the column."""
    longest = max((row.label for row in panel.rows), key=ems)
    number = max(ems(value.text) for value in panel.values) * NUMBER
    if ems(longest) * NAME > panel.width or number > panel.width / 2:
        return msg("{name} does not fit in the column.", name=longest)
    return None
