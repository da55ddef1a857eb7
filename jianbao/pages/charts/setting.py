"""Set a panel as a figure of the page: for print in whole rows, for the web with its numbers.

    Panel, writings ──set_panel──▶ print HTML and web HTML

In print the figure's height is a whole number of the text's rows, so that
lines stay level behind it. On the web the numbers stand in a table under the
drawing as well, each linked to where it comes from.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import ceil

from markupsafe import Markup, escape

from jianbao.figures.language import Written
from jianbao.model import ChartKind
from jianbao.pages.charts import bars, lines, stacks
from jianbao.pages.charts.drawing import Draw, Drawn, draw
from jianbao.pages.charts.listing import Listing, fitted
from jianbao.pages.charts.panels import Panel
from jianbao.pages.charts.scenes import Scene, ems
from jianbao.pages.charts.tabular import PAD, measure
from jianbao.pages.charts.typeset import counted, items, numbers, table
from jianbao.pages.charts.wording import foot, spoken
from jianbao.pages.weave import plain, weave
from jianbao.reading.charts import MARK

# What print.css sets them in, in points of the layout.
TITLE, TITLE_LEADING, FOOT, FOOT_LEADING, NUMBER_LEADING = 9.0, 13.0, 7.0, 9.0, 26.0
AROUND = 13.0
WEB_WIDTH = 162.0
BROAD, LONG = 3, 12
"""How many columns of numbers, or of a list, and how many rows a column of text shows well."""
_SHORT = 16
_TABLE_SIDES = 2  # of a cell, above and below
SCENES: dict[ChartKind, Callable[[Panel], Scene]] = {
    ChartKind.BARS: bars.bars,
    ChartKind.PROGRESS: bars.progress,
    ChartKind.STACK: stacks.stack,
    ChartKind.LINE: lines.line,
}


@dataclass(frozen=True, slots=True)
class Setting:
    """A panel as HTML, for either edition, and the rows it takes in print.

    Attributes:
        panel: What it shows, with `writings`, where it can be set higher to fill a page.
        span: Over how many of the page's columns it stands, `width` points wide.
        draw: Draws it, where it is set in another size.
    """

    print: Markup
    web: Markup
    rows: int = 0
    panel: Panel | None = None
    writings: Sequence[Written] = ()
    span: int = 1
    width: float = 0
    draw: Draw = field(default=draw, compare=False)

    @property
    def most(self) -> int:
        """By how many rows it can be made higher and still look well."""
        return int(_growth(self.panel) / self.panel.row) if self.panel else 0

    def over(self, width: float) -> "Setting | None":
        """Return it set so many points wide, for print alone; None for a list."""
        if self.panel is None:
            return None
        panel = replace(self.panel, width=width)
        printed = _print(panel, _drawn(panel, self.draw), self.writings)
        return replace(
            self, print=printed, rows=_rows_of(printed), panel=panel, width=width, span=0
        )

    def within(self, width: float) -> Markup:
        """Return it for print so many points wide, in as many rows as it takes now."""
        wider = self.over(width)
        if wider is None or wider.rows > self.rows:
            return self.print
        return wider.grown(self.rows - wider.rows)

    def grown(self, rows: int) -> Markup:
        """Return it for print, so many rows higher."""
        if not rows or self.panel is None:
            return self.print
        panel = replace(self.panel, taller=rows * self.panel.row)
        return _print(panel, _drawn(panel, self.draw), self.writings)


@dataclass(frozen=True, slots=True)
class _Words:
    """The texts around a panel, figures written."""

    title: Markup
    under: tuple[Markup, ...]

    @property
    def foot(self) -> Markup:
        """The parts of the foot, none broken that fits a line."""
        parts = (
            Markup("<span{}>{}</span>").format(
                Markup(' class="whole"') if ems(plain(part)) <= _SHORT else "", part
            )
            for part in self.under
        )
        return Markup("　").join(parts)


def set_panel(panel: Panel, writings: Sequence[Written], draw: Draw = draw) -> Setting:
    """Return a panel for both editions; on the web it is drawn as wide as a phone's column."""
    wide = replace(panel, width=WEB_WIDTH)
    narrow_one = _drawn(panel, draw)
    wide_one = narrow_one if wide == panel else _drawn(wide, draw)
    printed = _print(panel, narrow_one, writings)
    web = _web(wide, wide_one, writings)
    return Setting(printed, web, _rows_of(printed), panel, writings, panel.span, panel.width, draw)


def set_list(listing: Listing, writings: Sequence[Written]) -> Setting:
    """Return a list for both editions."""
    fit = fitted(listing)
    assert fit, "a list too wide for its column was refused"
    printed = _words_of_list(listing, writings, web=False)
    shown = _words_of_list(listing, writings, web=True)
    print_ = _framed(listing, printed, items(listing, fit), fit.height)
    web = _captioned(listing, shown, _scrolling(shown, items(listing)))
    return Setting(print_, web, _rows_of(print_), span=listing.span, width=listing.width)


def _rows_of(html: str) -> int:
    rows = re.search(r'data-rows="(\d+)"', html)
    return int(rows[1]) if rows else 0


def _words_of_list(listing: Listing, writings: Sequence[Written], web: bool) -> _Words:
    """Return title and foot of a list; how many rows it has comes first."""
    note = [weave(f"注：{listing.note}", writings, web)] if listing.note else []
    credit = [weave(f"制表：{listing.credit}", writings, web)] if listing.credit else []
    own = (escape(part) for part in foot(listing))
    parts = (counted(listing, web), *note, *own, *credit)
    return _Words(weave(listing.title, writings, web), parts)


def _growth(panel: Panel) -> float:
    """Return how many points higher a panel may be set: a plot twice, a bar twice as thick."""
    count = len(panel.values_of_rows)
    match panel.kind:
        case ChartKind.LINE:
            return 65.0
        case ChartKind.STACK:
            return 39.0 if len(panel.columns) == 1 else 0.0
        case ChartKind.TABLE:
            return 6.0 * (len(panel.lined_up) + 1)
        case ChartKind.BARS | ChartKind.PROGRESS | ChartKind.NUMBERS:
            return 13.0 * count
        case _:
            return 0.0


def _drawn(panel: Panel, draw: Draw) -> Drawn | None:
    """Return the panel's drawing, None for what is set in type alone."""
    return draw(SCENES[panel.kind](panel)) if panel.kind in SCENES else None


def place_charts(html: Markup, charts: Sequence[Setting | None], web: bool) -> Markup:
    """Return `html` with the chart set in place of each mark."""

    def put(match: re.Match[str]) -> str:
        index = int(match[1])
        chart = charts[index] if index < len(charts) else None
        if chart is not None and chart.span > 1 and not web:
            return ""  # it stands over several columns, in a place of its own
        return "" if chart is None else str(chart.web if web else chart.print)

    return Markup(MARK.sub(put, html))


def charts_in(html: str, charts: Sequence[Setting | None]) -> tuple[Setting, ...]:
    """Return the charts whose marks stand in `html`, in its order."""
    found = (charts[int(mark)] for mark in MARK.findall(html) if int(mark) < len(charts))
    return tuple(chart for chart in found if chart is not None)


def without_charts(html: str) -> str:
    """Return `html` for layouts that have places of their own for charts."""
    return MARK.sub("", html)


def _words(panel: Panel, writings: Sequence[Written], web: bool) -> _Words:
    """Return title and foot, figures written."""
    credit = [weave(f"制图：{panel.credit}", writings, web)] if panel.credit else []
    note = [weave(f"注：{panel.note}", writings, web)] if panel.note else []
    cut = panel.kind is ChartKind.LINE and lines.starts_above_zero(panel)
    own = [escape(lines.NOT_FROM_ZERO)] if cut else []
    if not web and panel.kind is ChartKind.LINE and lines.leaves_out(panel):
        own.append(escape(lines.LEFT_OUT))  # on the web all stand below the drawing
    parts = (*note, *own, *(escape(part) for part in foot(panel)), *credit)
    return _Words(weave(panel.title, writings, web), parts)


def _print(panel: Panel, drawn: Drawn | None, writings: Sequence[Written]) -> Markup:
    """Return the figure for print, as many rows of the text high as it says."""
    inner, height = _inside(panel, drawn)
    lines = (
        len(panel.values_of_rows)
        if panel.kind is ChartKind.NUMBERS
        else _TABLE_SIDES * (len(panel.lined_up) + 1)
    )
    more = f"--taller: {panel.taller / lines:.2f}" if panel.taller else ""
    return _framed(panel, _words(panel, writings, web=False), inner, height, more)


def _framed(
    panel: Panel | Listing, words: _Words, inner: Markup, height: float, more: str = ""
) -> Markup:
    """Return what stands between title and foot as a figure of whole rows.

    `more` says in CSS how much higher each line of type is set.
    """
    title, lines_above = _titled(words.title, panel.width)
    above = lines_above * TITLE_LEADING
    below = _foot_rows([plain(part) for part in words.under], panel.width) * FOOT_LEADING
    rows = ceil((above + height + below + AROUND) / panel.row)
    spare = rows * panel.row - above - height - below
    return Markup(
        '<figure class="chart of-{}" data-rows="{}" style="--rows: {}; --spare: {:.2f}{}">'
        '<div class="frame">\n<p class="chart-title">{}</p>\n{}\n'
        "<figcaption>{}</figcaption>\n</div></figure>"
    ).format(panel.kind, rows, rows, spare, f"; {more}" if more else "", title, inner, words.foot)


def _titled(title: Markup, width: float) -> tuple[Markup, int]:
    """Return a title and how many lines it takes: one too long is broken behind its colon."""
    lines = _rows(plain(title), TITLE, width)
    parts = title.split("：", 1)
    if lines == 1 or len(parts) == 1:
        return title, lines
    broken = Markup("：<br>").join(parts)
    return broken, sum(_rows(plain(part) + "：", TITLE, width) for part in parts)


def _rows(text: str, size: float, width: float) -> int:
    """Return how many lines a text takes that is broken between any two characters."""
    return max(1, ceil(ems(text) * size / (width - size))) if ems(text) * size > width else 1


def _foot_rows(parts: Sequence[str], width: float) -> int:
    """Return how many lines the foot takes, of parts that are broken only if they must be."""
    lines, room = 1, width
    for part in parts:
        size = ems(part) * FOOT
        if size <= room:
            room -= size + FOOT
            continue
        breaks = ems(part) > _SHORT
        start = room if breaks and room > 2 * FOOT else width
        lines += (room < width and start == width) + max(0, ceil((size - start) / (width - FOOT)))
        room = 0 if breaks else width - size - FOOT
    return lines


def _inside(panel: Panel, drawn: Drawn | None) -> tuple[Markup, float]:
    """Return what stands between title and foot in print, and how high it is."""
    if drawn:
        size = Markup('style="--wide: {:g}; --high: {:.2f}"').format(drawn.width, drawn.height)
        said = Markup("<title>{}</title>").format(spoken(panel))
        return _svg(drawn, size, said), drawn.height
    if panel.kind is ChartKind.NUMBERS:
        count = len(panel.values_of_rows)
        return numbers(panel), count * NUMBER_LEADING + panel.taller
    grid = measure(panel)
    assert grid, "a table too wide for its column was refused"
    cols = Markup("").join(
        Markup('<col style="width: calc({:.2f} * var(--pt))">').format(width)
        for width in grid.widths
    )
    return table(panel, cols, grid.widths[0] - PAD), grid.height + panel.taller


def _svg(drawn: Drawn, attributes: Markup, first: Markup) -> Markup:
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {:g} {:.2f}" {}>{}{}</svg>'
    ).format(drawn.width, drawn.height, attributes, first, Markup(drawn.inner))


def _web(panel: Panel, drawn: Drawn | None, writings: Sequence[Written]) -> Markup:
    """Return the figure for the web: the drawing, and its numbers in a table."""
    words = _words(panel, writings, web=True)
    if panel.kind is ChartKind.NUMBERS:
        inner = numbers(panel, web=True)
    elif drawn is None:
        inner = _scrolling(words, table(panel))
    else:
        size = Markup('role="img" aria-label="{}" width="{:g}" height="{:.0f}"').format(
            spoken(panel), drawn.width, drawn.height
        )
        inner = _svg(drawn, size, Markup("")) + Markup(
            "\n<details><summary>数据表</summary>\n{}\n</details>"
        ).format(_scrolling(words, table(panel)))
    return _captioned(panel, words, inner)


def _captioned(panel: Panel | Listing, words: _Words, inner: Markup) -> Markup:
    return Markup(
        '<figure class="chart of-{}{}">\n<p class="chart-title">{}</p>\n{}\n'
        "<figcaption>{}</figcaption>\n</figure>"
    ).format(panel.kind, _extent(panel), words.title, inner, words.foot)


def _extent(panel: Panel | Listing) -> str:
    """Return how a table lies on a wide screen: across all columns, or on into the next ones."""
    if isinstance(panel, Panel) and panel.kind is not ChartKind.TABLE:
        return ""
    if len(panel.columns) > BROAD:
        return " broad"
    return " long" if len(panel.rows) > LONG else ""


def _scrolling(words: _Words, table: Markup) -> Markup:
    """Return a table in a region that scrolls sideways where a phone is too narrow."""
    return Markup(
        '<div class="chart-table" role="group" aria-label="{}" tabindex="0">{}</div>'
    ).format(plain(words.title), table)
