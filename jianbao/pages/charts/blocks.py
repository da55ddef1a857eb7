"""The charts of a bulletin's stories: asked for, looked up, judged, and set.

stories, Book, layouts ──ask──▶ Checked[panels]      panels ──set_all──▶ settings
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from markupsafe import escape

from jianbao.diagnostics import Checked, Finding, error, msg, stops
from jianbao.figures.book import Book
from jianbao.figures.language import Written
from jianbao.figures.resolve import Figure
from jianbao.figures.writing import write_as_of
from jianbao.model import Bulletin, Chart, ChartKind, PagePlan, Story
from jianbao.pages.charts.asking import ACROSS_TIME, Asked, understand, whom_to_ask
from jianbao.pages.charts.drawing import Draw, draw
from jianbao.pages.charts.filling import columns_of, printed, rows_of, total_of
from jianbao.pages.charts.judging import unfit, unshowable
from jianbao.pages.charts.listing import Listing
from jianbao.pages.charts.lists import list_of
from jianbao.pages.charts.panels import Panel
from jianbao.pages.charts.setting import Setting, set_list, set_panel
from jianbao.pages.charts.wording import source, subject, title
from jianbao.reading.ledgers import LedgerTable
from jianbao.reading.slots import Layout, Slot

Shown = Panel | Listing
Panels = Mapping[str, Sequence[Shown | None]]
"""The panels of each story's blocks, by the story's path; None for one that cannot be shown."""
Settings = Mapping[str, Sequence[Setting | None]]
ANY = Layout("")


def ask(
    book: Book,
    ledgers: Iterable[LedgerTable],
    stories: Mapping[str, Story],
    bulletin: Bulletin,
    layouts: Mapping[str, Layout],
) -> Checked[Panels]:
    """Return the panels of every story; one that cannot be shown is a finding, and left out."""
    known = {
        path: (layouts[page.layout], (layouts[page.layout].slots or {}).get(slot))
        for page in reversed(bulletin.pages)
        for slot, paths in page.stories.items()
        for path in paths
        if page.layout in layouts
    }
    tables = {table.dataset: table for table in ledgers}
    panels: dict[str, list[Shown | None]] = {}
    findings: list[Finding] = []
    for path, story in stories.items():
        layout, slot = known.get(path, (ANY, None))
        spans = slot.spans if slot else ()
        for number, chart in enumerate(story.charts):
            widths = spans or (_room(layout, slot, number),)
            rooms = [replace(layout, column=width) for width in widths]
            shown = _narrowest(rooms, partial(_shown, book, tables, chart, year=bulletin.day.year))
            findings += shown.findings
            panels.setdefault(path, []).append(shown.value)
        panels[path] = _alike(panels.get(path, []), spans)
    return Checked(panels, tuple(findings))


def ask_elsewhere(
    book: Book,
    ledgers: Iterable[LedgerTable],
    stories: Mapping[str, Story],
    bulletin: Bulletin,
    layouts: Mapping[str, Layout],
) -> Checked[Mapping[str, Panels]]:
    """Return, by paper, the panels of stories that stand in another layout there than at first.

    A chart drawn for a newspaper's column would stand lost on the page of a brief.
    """
    first = _layouts(bulletin.pages)
    found: dict[str, Panels] = {}
    findings: list[Finding] = []
    for paper in bulletin.papers:
        pages = bulletin.pages_on(paper)
        here = _layouts(pages)
        moved = {
            path: story
            for path, story in stories.items()
            if story.charts and path in here and here[path] != first[path]
        }
        if moved:
            asked = ask(book, ledgers, moved, replace(bulletin, pages=pages), layouts)
            found[paper] = asked.value
            findings += asked.findings
    return Checked(found, tuple(findings))


def _layouts(pages: Sequence[PagePlan]) -> dict[str, str]:
    """Return the layout of the first page that each story stands on."""
    return {path: page.layout for page in reversed(pages) for path in page.paths}


def _narrowest(
    rooms: Sequence[Layout], show: Callable[[Layout], Checked[Shown | None]]
) -> Checked[Shown | None]:
    """Return a chart in the first room it is not too wide for, over so many columns."""
    shown: Checked[Shown | None] = Checked(None)
    for span, room in enumerate(rooms, start=1):
        shown = show(room)
        if not any(finding.rule == "chart-crowded" for finding in shown.findings):
            return replace(shown, value=shown.value and replace(shown.value, span=span))
    return shown


def _shown(
    book: Book, tables: Mapping[str, LedgerTable], chart: Chart, layout: Layout, year: int
) -> Checked[Shown | None]:
    if chart.kind is ChartKind.LIST:
        listing = list_of(book, tables, chart, layout, year)
        return Checked(listing.value, listing.findings)
    panel = panel_of(book, chart, layout, year)
    return Checked(panel.value, panel.findings)


def _alike(panels: Sequence[Shown | None], spans: Sequence[float]) -> list[Shown | None]:
    """Return a story's panels, all that stand over several columns over equally many."""
    most = max((panel.span for panel in panels if panel), default=1)
    return [
        replace(panel, span=most, width=spans[most - 1]) if panel and panel.span > 1 else panel
        for panel in panels
    ]


def _room(layout: Layout, slot: Slot | None, number: int) -> float:
    """Return how wide a slot's chart of this number is."""
    widths = slot.charts if slot else ()
    return widths[min(number, len(widths) - 1)] if widths else layout.column


def panel_of(book: Book, chart: Chart, layout: Layout, year: int) -> Checked[Panel | None]:
    """Return one panel, None with findings where it cannot be shown."""
    understood = understand(book, chart)
    asked = understood.value
    if asked is None:
        return Checked(None, understood.findings)
    as_of = book.as_ofs.get(asked.dataset.name)
    if as_of is None:
        name = asked.dataset.name
        why = msg("{dataset} was not reported up to the bulletin's date.", dataset=name)
        place = chart.path[0].place
        return Checked(None, (error("chart-empty", place, why, whom_to_ask(book, asked.dataset)),))
    findings = tuple(unfit(asked))
    if findings:
        return Checked(None, findings)
    panel = _filled(book, asked, layout, year)
    findings = tuple(unshowable(asked, panel))
    return Checked(None if stops(findings) else panel, findings)


def _filled(book: Book, asked: Asked, layout: Layout, year: int) -> Panel:
    chart, dataset = asked.chart, asked.dataset
    shows_total = chart.totals != "none" and (
        asked.kind is ChartKind.TABLE or (asked.kind is ChartKind.STACK and len(asked.names) == 1)
    )
    over_time = asked.by == ACROSS_TIME or asked.kind is ChartKind.LINE
    about = subject(dataset, asked.members)
    by = "时间" if over_time else "" if asked.by is None else dataset.dimensions[asked.by].name
    columns = columns_of(asked)
    only = set(asked.names) == set(dataset.measures) and len(asked.names) == 1
    names = [] if only else [printed(dataset, name) for name in asked.names]
    return Panel(
        kind=asked.kind,
        columns=columns,
        rows=rows_of(book, asked, year),
        place=chart.place,
        dataset=dataset.name,
        subject=about,
        by=by,
        now=book.as_ofs[dataset.name],
        as_of=write_as_of(book.as_ofs[dataset.name], year),
        source=source(dataset, asked.names),
        width=layout.column,
        row=layout.row,
        title=chart.title or str(escape(title(asked.kind, about, names))),
        credit=chart.credit,
        note=chart.note,
        total=total_of(book, asked) if shows_total else None,
        totals=chart.totals,
    )


def charted(panels: Panels) -> Iterator[Figure]:
    """Yield every figure that charts and tables show."""
    for story in panels.values():
        for panel in (shown for shown in story if shown):
            yield from (value.figure for value in panel.values if value.figure)


def set_all(
    panels: Panels, writings: Mapping[str, Sequence[Written]], draw: Draw = draw
) -> Settings:
    """Return every panel drawn by `draw` and set, by the story's path."""
    return {
        path: tuple(_set(panel, writings[path], draw) if panel else None for panel in story)
        for path, story in panels.items()
    }


def in_text(settings: Settings) -> Settings:
    """Return every panel as one that stands in the text, for what has no columns."""
    return {
        path: tuple(chart and replace(chart, span=1) for chart in charts)
        for path, charts in settings.items()
    }


def _set(shown: Shown, writings: Sequence[Written], draw: Draw) -> Setting:
    if isinstance(shown, Listing):
        return set_list(shown, writings)
    return set_panel(shown, writings, draw)
