"""Look up what a chart or table asks for: its dataset, members, dimension, measures and ratios.

    Chart, Book ──understand──▶ Checked[Asked | None]

A name that is not there is a finding with the nearest one that is. Which way of
showing fits the names is decided here where the writer does not say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jianbao.diagnostics import Checked, Finding, Message, error, msg
from jianbao.figures.book import Book
from jianbao.model import Chart, ChartKind, Dataset, Members, Word
from jianbao.reading.charts import TIME
from jianbao.reading.shaping import nearest

ACROSS_TIME = -1


@dataclass(frozen=True, slots=True)
class Asked:
    """What a chart asks for, looked up.

    Attributes:
        by: Index of the dimension that rows are members of; ACROSS_TIME; None for no such rows.
        names: Measures and ratios, in the order asked for.
    """

    chart: Chart
    dataset: Dataset
    members: Members
    by: int | None
    names: tuple[str, ...]
    kind: ChartKind

    def place(self, name: str) -> Word:
        """Return the word that names a measure, or the dataset's where none does."""
        known = {word.text: word for word in (*self.chart.path, *self.chart.names)}
        return known.get(name, self.chart.path[0])


def understand(book: Book, chart: Chart) -> Checked[Asked | None]:
    """Return what a chart asks for, None with findings where a name is not known."""
    chart = _parted(book, chart)
    dataset = book.campaign.datasets.get(chart.path[0].text)
    if dataset is None:
        why = msg("There is no dataset {name}.", name=chart.path[0].text)
        return Checked(None, (unknown(chart.path[0], why, list(book.campaign.datasets)),))
    findings: list[Finding] = []
    chart = _with_last_name(dataset, chart)
    members = members_of(dataset, chart.path[1:], findings)
    by = _by(dataset, chart, members, findings)
    names = _names(dataset, chart, findings)
    if findings:
        return Checked(None, tuple(findings))
    kind = chart.kind or _fitting(dataset, names, by)
    if kind is ChartKind.LINE and chart.by is None:
        by = ACROSS_TIME
    if kind is ChartKind.NUMBERS and chart.by is None:
        by = None
    names = names or _all(dataset, kind)
    return Checked(Asked(chart, dataset, members, by, names, kind))


def _parted(book: Book, chart: Chart) -> Chart:
    """Take 重建按类别, written without blanks, for 重建 by 类别."""
    first, sign, rest = chart.path[0].text.partition("按")
    known = book.campaign.datasets
    if chart.by or len(chart.path) > 1 or not rest or first not in known or first + sign in known:
        return chart
    place = chart.path[0].place
    split = place.column + len(first)
    path = (Word(first, place.words(place.column, split)),)
    return replace(chart, path=path, by=Word(rest, place.words(split + 1, place.end_column)))


def _with_last_name(dataset: Dataset, chart: Chart) -> Chart:
    """Take the measure at the end of a path, 实事.完成率, for the only one asked for."""
    last = chart.path[-1]
    if len(chart.path) == 1 or chart.names or last.text not in (*dataset.measures, *dataset.ratios):
        return chart
    return replace(chart, path=chart.path[:-1], names=(last,))


def unknown(word: Word, why: Message, known: Sequence[str]) -> Finding:
    """Return the finding for a name that is not there, with the nearest that is."""
    return error("figure-unknown", word.place, why, nearest(word.text, known))


def members_of(
    dataset: Dataset, words: Sequence[Word], findings: list[Finding], others: tuple[str, ...] = ()
) -> Members:
    """Return the members a path names, in declared order; `others` might stand there too."""
    chosen: list[str | None] = [None] * len(dataset.dimensions)
    used = 0
    for word in words:
        left = range(used, len(chosen))
        step = next((i for i in left if word.text in dataset.dimensions[i].members), None)
        if step is None:
            why = msg("{dataset} has no member {name}.", dataset=dataset.name, name=word.text)
            known = [member for i in left for member in dataset.dimensions[i].members]
            known += others
            findings.append(unknown(word, why, known))
            break
        chosen[step], used = word.text, step + 1
    return tuple(chosen)


def _by(dataset: Dataset, chart: Chart, members: Members, findings: list[Finding]) -> int | None:
    """Return what rows are members of: as asked, else the first dimension the path leaves open."""
    free = [i for i, member in enumerate(members) if member is None]
    if chart.by is None:
        return free[0] if free else None
    name = chart.by.text
    if name in TIME:
        return ACROSS_TIME
    found = next((i for i in free if dataset.dimensions[i].name == name), None)
    if found is None:
        why = msg("{dataset} is not broken down by {name}.", dataset=dataset.name, name=name)
        known = [dataset.dimensions[i].name for i in free]
        findings.append(unknown(chart.by, why, [*known, TIME[0]]))
    return found


def _names(dataset: Dataset, chart: Chart, findings: list[Finding]) -> tuple[str, ...]:
    known = [*dataset.measures, *dataset.ratios]
    for word in chart.names:
        if word.text not in known:
            why = msg("{dataset} has nothing named {name}.", dataset=dataset.name, name=word.text)
            findings.append(unknown(word, why, known))
    return tuple(dict.fromkeys(word.text for word in chart.names))


def _fitting(dataset: Dataset, names: Sequence[str], by: int | None) -> ChartKind:
    """Return how these names are best shown."""
    if by == ACROSS_TIME:
        return ChartKind.LINE
    if by is None:
        return ChartKind.NUMBERS
    rates = all(name in dataset.ratios or dataset.measures[name].unit == "%" for name in names)
    return ChartKind.PROGRESS if names and rates else ChartKind.BARS


def _all(dataset: Dataset, kind: ChartKind) -> tuple[str, ...]:
    """Return the names that are meant where none are."""
    if kind is ChartKind.PROGRESS:
        limited = [name for name, measure in dataset.measures.items() if measure.at_most]
        return tuple(dataset.ratios or limited or dataset.measures)
    if kind in (ChartKind.TABLE, ChartKind.NUMBERS):
        return (*dataset.measures, *dataset.ratios)
    return tuple(dataset.measures)


def whom_to_ask(book: Book, dataset: Dataset) -> Message:
    """Return the hint that says who has the numbers."""
    if not dataset.reporter:
        return msg("Add it in data/{campaign}/.", campaign=book.campaign.key)
    return msg(
        "Ask {unit}, then add it in data/{campaign}/.",
        unit=dataset.reporter,
        campaign=book.campaign.key,
    )
