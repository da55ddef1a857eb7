"""Look up which rows of a ledger a list is to print: those behind a figure, and no others.

    Chart, Book, LedgerTables ──list_of──▶ Checked[Listing | None]

A list is asked for by a figure's name, so the number of its rows is that figure
and stands in the page a second time without being counted a second time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import escape

from jianbao.diagnostics import Checked, Finding, error, msg, warning
from jianbao.figures.book import Book
from jianbao.figures.counting import rows_behind
from jianbao.figures.resolve import Figure, Unresolved, resolve
from jianbao.figures.writing import write, write_as_of
from jianbao.model import Chart, Dataset, Members, Word
from jianbao.pages.charts.asking import members_of, unknown, whom_to_ask
from jianbao.pages.charts.items import aligned, column_named, columns_of, head_of, look_of, reader
from jianbao.pages.charts.listing import Listing, fitted
from jianbao.pages.charts.panels import Value
from jianbao.pages.charts.wording import source, subject
from jianbao.reading.ledgers import LedgerTable
from jianbao.reading.shaping import nearest
from jianbao.reading.slots import Layout

MOST = 30
Tables = Mapping[str, LedgerTable]
"""The ledgers by the name of the dataset that is counted from them."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a list asks for, looked up.

    Attributes:
        measure: Whose rows they are.
        columns: As the ledger heads them.
        by: The column that rows are put in order by; "" keeps the ledger's order.
    """

    chart: Chart
    dataset: Dataset
    table: LedgerTable
    members: Members
    measure: str
    columns: tuple[str, ...]
    by: str


def list_of(
    book: Book, tables: Tables, chart: Chart, layout: Layout, year: int
) -> Checked[Listing | None]:
    """Return one list, None with findings where it cannot be printed."""
    understood = _understood(book, tables, chart)
    asked = understood.value
    if asked is None:
        return Checked(None, understood.findings)
    path = (asked.dataset.name, *(m for m in asked.members if m), asked.measure)
    figure = resolve(book, path)
    if not isinstance(figure, Figure):
        assert isinstance(figure, Unresolved), "the path ends with a measure"
        place, how = chart.path[0].place, whom_to_ask(book, asked.dataset)
        return Checked(None, (error("chart-empty", place, figure.why, how),))
    rows = rows_behind(asked.table, asked.dataset, asked.members, asked.measure, figure.as_of)
    if not rows:
        why = msg("No row of {name} is to be listed; the list is left out.", name=figure.label)
        return Checked(None, (warning("list-empty", chart.path[0].place, why),))
    listing = _filled(asked, figure, _in_order(asked, rows, year), layout, year)
    if fitted(listing) is None:
        why = msg("This list is wider than its column.")
        how = msg("Name fewer columns, or take a layout with wider columns.")
        return Checked(None, (error("chart-crowded", chart.path[0].place, why, how),))
    return Checked(listing)


def _understood(book: Book, tables: Tables, chart: Chart) -> Checked[_Asked | None]:
    chart = _parted(book, chart)
    first = chart.path[0]
    dataset = book.campaign.datasets.get(first.text)
    if dataset is None:
        why = msg("There is no dataset {name}.", name=first.text)
        return Checked(None, (unknown(first, why, list(book.campaign.datasets)),))
    if dataset.ledger is None:
        why = msg("{dataset} is not counted from a ledger.", dataset=dataset.name)
        counted = [name for name, other in book.campaign.datasets.items() if other.ledger]
        how = msg("Lists can be made of: {names}.", names="、".join(counted))
        ask_for_table = msg("Ask for a table: /// table | {name}.", name=dataset.name)
        return Checked(
            None, (error("list-ledger", first.place, why, how if counted else ask_for_table),)
        )
    table = tables.get(dataset.name)
    if table is None:  # it could not be read, and that was said
        return Checked(None)
    findings: list[Finding] = []
    chart, measure = _measure(dataset, chart)
    members = members_of(dataset, chart.path[1:], findings, others=tuple(dataset.measures))
    columns = [_column(dataset, table, word, findings) for word in chart.names]
    by = _column(dataset, table, chart.by, findings) if chart.by else ""
    if findings:
        return Checked(None, tuple(findings))
    shown = tuple(dict.fromkeys(columns)) or _usual(dataset, table)
    return Checked(_Asked(chart, dataset, table, members, measure, shown, by))


def _parted(book: Book, chart: Chart) -> Chart:
    """Take 诉求.逾期按期限, written without blanks, for 诉求.逾期 by 期限."""
    last = chart.path[-1]
    path, sign, rest = last.text.partition("按")
    if chart.by or not path or not rest or last.text in book.campaign.datasets:
        return chart
    split = last.place.column + len(path)
    by = Word(rest, last.place.words(split + len(sign), last.place.end_column))
    words = (*chart.path[:-1], Word(path, last.place.words(last.place.column, split)))
    return replace(chart, path=words, by=by)


def _measure(dataset: Dataset, chart: Chart) -> tuple[Chart, str]:
    """Return the measure whose rows are meant: the path's last name, else the one of all rows."""
    last = chart.path[-1].text
    if len(chart.path) > 1 and last in dataset.measures:
        return replace(chart, path=chart.path[:-1]), last
    every = sorted(
        dataset.measures.values(), key=lambda m: (bool(m.counting.summed), len(m.counting.where))
    )
    return chart, every[0].name


def _column(dataset: Dataset, table: LedgerTable, word: Word, findings: list[Finding]) -> str:
    found = column_named(table, dataset, word.text)
    if found is None:
        known = columns_of(table)
        why = msg("The list has no column {name}, or campaign.yaml does not show it.",
                  name=word.text)  # fmt: skip
        near = nearest(word.text, known)
        add = msg(
            "Known here: {names}. Any other is named in campaign.yaml: ledger: {{show: [{name}]}}.",
            names="、".join(known[:12]),
            name=word.text,
        )
        hint = add if near.text.startswith("Known") else near
        findings.append(error("list-column", word.place, why, hint))
    return found or ""


def _usual(dataset: Dataset, table: LedgerTable) -> tuple[str, ...]:
    """Return the columns shown where none are named: those of `show`, else all that are read."""
    assert dataset.ledger is not None
    return dataset.ledger.show or columns_of(table)


def _in_order(asked: _Asked, rows: Sequence[int], year: int) -> tuple[int, ...]:
    """Return the rows as they are to be printed; those with an empty cell there come last."""
    if not asked.by:
        return tuple(reversed(rows) if asked.chart.order == "falling" else rows)
    read = reader(asked.table, asked.dataset, asked.by, year)
    keys = {index: read(index).order for index in rows}
    filled = [index for index in rows if keys[index] is not None]
    filled.sort(key=lambda index: keys[index] or (), reverse=asked.chart.order == "falling")
    return (*filled, *(index for index in rows if keys[index] is None))


def _filled(
    asked: _Asked, figure: Figure, rows: Sequence[int], layout: Layout, year: int
) -> Listing:
    chart, dataset = asked.chart, asked.dataset
    shown = rows[: chart.most or MOST]
    readers = [reader(asked.table, dataset, column, year) for column in asked.columns]
    columns = [aligned([read(index) for index in shown]) for read in readers]
    about = subject(dataset, asked.members)
    measure = dataset.measures[asked.measure]
    whole = not measure.counting.where
    count = _count(asked, figure, len(rows))
    text = write(figure)
    assert isinstance(text, str), "a figure's own way of writing always fits it"
    return Listing(
        columns=tuple(head_of(dataset, column) for column in asked.columns),
        looks=tuple(
            look_of(dataset, name, items)
            for name, items in zip(asked.columns, columns, strict=True)
        ),
        rows=tuple(zip(*columns, strict=True)),
        count=Value(text, figure),
        said=_said(count, len(rows), len(shown))
        + ("" if not measure.counting.summed else f"，合计{text}"),
        place=chart.place,
        now=figure.as_of,
        as_of=write_as_of(figure.as_of, year),
        source=source(dataset, (asked.measure,)),
        width=layout.column,
        row=layout.row,
        title=chart.title or str(escape(about if whole else f"{about}：{measure.printed}")),
        credit=chart.credit,
        note=chart.note,
    )


def _count(asked: _Asked, figure: Figure, rows: int) -> str:
    """Return how many rows there are, with their measure word.

    A figure that counts rows is that number: were it not, the page would contradict itself.
    """
    measures = asked.dataset.measures
    if not measures[asked.measure].counting.summed:
        assert figure.amount.value == rows, f"{figure.path} counts {rows} rows"
        return f"{rows}{figure.unit}"
    counting = next((m for m in measures.values() if not m.counting.summed), None)
    return f"{rows}{counting.unit if counting else '项'}"


def _said(count: str, rows: int, shown: int) -> str:
    """Return how many rows there are and how many are printed.

    >>> _said("240件", 240, 20)
    '共240件，列出20件'
    >>> _said("12件", 12, 12)
    '共12件'
    """
    unit = count.removeprefix(str(rows))
    return f"共{count}" + (f"，列出{shown}{unit}" if shown < rows else "")
