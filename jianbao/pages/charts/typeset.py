"""Set in type what needs no drawing: tables, and big numbers beside their names.

Panel ──table, numbers──▶ HTML; on the web each number is linked to where it comes from
"""

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from jianbao.figures.language import Written
from jianbao.figures.writing import Form, write
from jianbao.pages.charts.listing import Fit, Listing
from jianbao.pages.charts.panels import Panel, Row, Value
from jianbao.pages.charts.tabular import balanced, lines_of, parted
from jianbao.pages.headlines import ems
from jianbao.pages.weave import data_html, figure_html

NO_COLUMNS = Markup("")
BREAK = Markup("<br>")
_SHORT = 6  # ems: dates, numbers with their units and short names stay in one line on the web


def numbers(panel: Panel, web: bool = False) -> Markup:
    """Return big numbers: a line each, name left and number right, its unit small."""
    return Markup("\n").join(
        Markup('<p class="big"><span class="name">{}</span>{}</p>').format(
            name, Markup(" ") + _big(panel, value, web)
        )
        for row in panel.rows
        for name, value in _named(panel, row)
    )


def _named(panel: Panel, row: Row) -> Iterator[tuple[str, Value]]:
    for column, value in zip(panel.columns, row.values, strict=True):
        yield (f"{row.label}{column}" if panel.by and len(panel.columns) > 1 else row.label), value


def _big(panel: Panel, value: Value, web: bool) -> Markup:
    bare = write(value.figure, Form(unit=False)) if value.figure else value.text
    number = bare if isinstance(bare, str) and value.text.startswith(bare) else value.text
    split = Markup("{}<small>{}</small>").format(number, value.text.removeprefix(number))
    if not web or value.figure is None:
        return Markup('<span class="value">{}</span>').format(split)
    return Markup('<span class="value">{}</span>').format(_cell(panel, value))


def table(panel: Panel, cols: Markup = NO_COLUMNS, room: float = 0) -> Markup:
    """Return the panel as a table, its total set off; for print where `room` is its names'."""
    web = not room
    between = Markup("<wbr>") if web else Markup("<br>")
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(between.join(parted(head)))
        for head in panel.columns
    )
    first = panel.by or "指标"
    body = Markup("\n").join(
        Markup('<tr{}><th scope="row"{}>{}</th>{}</tr>').format(
            Markup(' class="total"') if row is panel.total else "",
            Markup(' class="short"') if web and ems(row.label) <= _SHORT else "",
            between.join((row.label,) if web else balanced(row.label, lines_of(row.label, room))),
            Markup("").join(_td(panel, value, web) for value in row.values),
        )
        for row in panel.lined_up
    )
    return Markup(
        '<table>{}\n<thead><tr><th scope="col">{}</th>{}</tr></thead>\n'
        "<tbody>\n{}\n</tbody>\n</table>"
    ).format(cols, first, head, body)


def _td(panel: Panel, value: Value, web: bool) -> Markup:
    if value.figure is None:
        return Markup('<td class="absent">{}</td>').format(value.text)
    beside = Markup(' <span class="beside">{}</span>').format(value.beside) if value.beside else ""
    return Markup("<td>{}{}</td>").format(_cell(panel, value) if web else value.text, beside)


def _cell(panel: Panel, value: Value) -> Markup:
    """Return a number for the web, linked to where it is from; one of an earlier as-of is not."""
    assert value.figure
    if value.figure.as_of != panel.now:
        return data_html(value.figure, value.text)
    return figure_html(Written(value.text, value.figure))


def items(listing: Listing, fit: Fit | None = None) -> Markup:
    """Return a list as a table; for print with every text in the lines it was fitted in."""
    cols = NO_COLUMNS
    heads: Sequence[Sequence[str]] = [(head,) for head in listing.columns]
    rows: Sequence[Sequence[Sequence[str]]] = [
        [(item.text,) for item in row] for row in listing.rows
    ]
    if fit:
        heads, rows = fit.head, fit.rows
        cols = Markup("").join(
            Markup('<col style="width: calc({:.2f} * var(--pt))">').format(width)
            for width in fit.widths
        )
    body = Markup("\n").join(
        Markup("<tr>{}</tr>").format(_cells(listing, row, Markup("td"), web=not fit))
        for row in rows
    )
    return Markup("<table>{}\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>").format(
        cols, _cells(listing, heads, Markup('th scope="col"')), body
    )


def _cells(
    listing: Listing, texts: Sequence[Sequence[str]], tag: Markup, *, web: bool = False
) -> Markup:
    return Markup("").join(
        Markup("<{}{}>{}</{}>").format(tag, _classes(look, lines, web), BREAK.join(lines), tag[:2])
        for lines, look in zip(texts, listing.looks, strict=True)
    )


def _classes(look: str, lines: Sequence[str], web: bool) -> Markup:
    short = web and 0 < ems("".join(lines)) <= _SHORT
    names = " ".join(name for name in (look, "short" if short else "") if name)
    return Markup(' class="{}"').format(names) if names else Markup("")


def counted(listing: Listing, web: bool) -> Markup:
    """Return how many rows a list has; on the web the figure says where it comes from."""
    count = listing.count
    before, found, after = listing.said.partition(count.text)
    if not web or not found or count.figure is None:
        return escape(listing.said)
    return escape(before) + figure_html(Written(count.text, count.figure)) + escape(after)
