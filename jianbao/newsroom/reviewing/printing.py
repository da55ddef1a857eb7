"""Take down everything a bulletin prints, from its stories and figures and not from its PDF.

Material, Book, Office ──printed──▶ Printed

Reading order, figures written. What no reader sees is left out: comments, the
files and lines figures come from, stories the plan does not name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import PurePosixPath

from jianbao.diagnostics import Finding, Place
from jianbao.figures.book import Book
from jianbao.figures.language import Written, evaluate, parse
from jianbao.figures.resolve import Figure
from jianbao.model import AsOf, Photo, Quote, Site, Story, StripItem
from jianbao.model.reported import Precision
from jianbao.model.reviewed import IMPRINT, PLAN, TABLES, Passage, Printed, PrintedFigure
from jianbao.pages.charts.blocks import Shown
from jianbao.pages.charts.listing import Listing
from jianbao.pages.charts.wording import KINDS, foot
from jianbao.pages.editions import quoted_figures
from jianbao.pages.provenance import Origin, listed, origins
from jianbao.pages.tables import TableView, tables
from jianbao.pages.viewing import view
from jianbao.pages.views import Material
from jianbao.pages.weave import exact, plain, weave
from jianbao.reading.charts import MARK as CHART
from jianbao.reading.looks import Template
from jianbao.reading.sites import Office

_ANCHOR = re.compile(r'(<hr class="(?:photo|figures)">|' + CHART.pattern.replace("(", "(?:") + ")")
_BLOCK_END = re.compile(r"</(?:p|li|h\d|tr|caption)>|<br ?/?>")
_BOLD = re.compile(r"</?(?:strong|b)\b[^>]*>")
_SILENT = re.compile(r"</?(?:p|ul|ol|li|h\d|table|thead|tbody|tr|caption|div|hr)\b[^>]*>")
_ASKED = re.compile(r"""figure\(\s*["'](.+?)["']\s*\)""")


def printed(material: Material, book: Book, office: Office) -> Printed:
    """Return the record of a bulletin; two with one digest are the same to every reader."""
    folder = f"content/{material.bulletin.address}/"
    texts = {
        IMPRINT: tuple(_imprint(material, office.site)),
        PLAN: tuple(_plan(material)),
    }
    for path in _paths(material):
        texts[path.removeprefix(folder)] = tuple(_story(material, material.stories[path]))
    year = material.bulletin.day.year
    known = tables(book, quoted_figures(material), year)
    texts[TABLES] = tuple(_tables(known, listed(origins(material, book))))
    own = {name: template for name, template in office.templates.items() if not template.shipped}
    figures = (*_figures(material, folder), *_asked_by(own, book, year))
    pictures = {name: sha256(p.data).hexdigest() for name, p in sorted(material.pictures.items())}
    looks = {name: sha256(t.text.encode()).hexdigest() for name, t in sorted(own.items())}
    return Printed(texts, figures, pictures, looks)


def _paths(material: Material) -> Iterator[str]:
    """Yield the bulletin's stories in the order of its plan, each once."""
    yield from dict.fromkeys(path for page in material.bulletin.pages for path in page.paths)


def _imprint(material: Material, site: Site) -> Iterator[Passage]:
    bulletin = material.bulletin
    shown = view(material, web=False)
    imprint = shown.imprint
    lists = (f"{one.name}：{one.receivers}" for one in imprint.lists)
    said = {
        "刊名": imprint.masthead, "单位": site.organisation, "网站": site.title,
        "专项活动": f"{shown.campaign_title}（{shown.organisation}）",
        "期号": imprint.number, "总期号": imprint.total,
        "日期": f"{shown.day_text}　{shown.weekday}", "密级": imprint.secret,
        "编印单位": imprint.compiler, "准印证": imprint.permit, "纸": "、".join(bulletin.papers),
        "身份": imprint.profile, "印数": str(imprint.run or ""), "报送": "　".join(lists),
        "内部资料": "　".join(imprint.lines),
        "编辑": "　".join(f"{task}：{name}" for task, name in bulletin.editors.items()),
    }  # fmt: skip
    return (Passage(role, text) for role, text in said.items() if text)


def _plan(material: Material) -> Iterator[Passage]:
    for page in material.bulletin.pages:
        slots = (
            f"{slot}＝{'、'.join(PurePosixPath(path).name for path in paths)}"
            for slot, paths in page.stories.items()
        )
        yield Passage(f"{page.number:02d}版", f"{page.name}　{page.layout}　{'　'.join(slots)}")


def _story(material: Material, story: Story) -> Iterator[Passage]:
    """Yield a story's passages in reading order; photos and strips where they stand."""
    yield from _Reader(material, story).passages()
    shown = (
        one
        for page in view(material, web=False).pages
        for stories in page.stories.values()
        for one in stories
    )
    as_of = next((one.as_of for one in shown if one.place == f"{story.path}:1"), "")
    if as_of:
        yield Passage("截至", f"数字截至{as_of}")


class _Reader:
    """Reads one story through once, handing out its photos, strips and charts where they stand."""

    def __init__(self, material: Material, story: Story) -> None:
        self._story = story
        self._writings = material.writings[story.path]
        self._panels = list(material.panels.get(story.path, ()))
        self._photos = list(story.photos)
        self._strips = list(story.strips)

    def passages(self) -> Iterator[Passage]:
        """Yield what the reader meets, from the kicker to the closing."""
        story = self._story
        for role, text in (
            ("引题", story.kicker), ("主题", "／".join(story.headline)), ("副题", story.deck),
            ("导语", story.standfirst), ("署名", story.byline),
        ):  # fmt: skip
            yield from self._said(role, text)
        bodies = [*(section.body for section in story.sections), story.closing]
        yield from self._before("".join(bodies))
        for section in story.sections:
            yield from self._said("小标题", "／".join(section.heads))
            yield from self._body("正文", section.body)
        yield from self._body("结尾", story.closing)

    def _before(self, bodies: str) -> Iterator[Passage]:
        """Yield photos and strips that have no place of their own in the text."""
        while len(self._photos) > bodies.count('<hr class="photo">'):
            yield from self._photo(self._photos.pop(0))
        while len(self._strips) > bodies.count('<hr class="figures">'):
            yield from self._strip(self._strips.pop(0))

    def _body(self, role: str, body: str) -> Iterator[Passage]:
        for part in _ANCHOR.split(body):
            if part == '<hr class="photo">':
                yield from self._photo(self._photos.pop(0))
            elif part == '<hr class="figures">':
                yield from self._strip(self._strips.pop(0))
            elif chart := CHART.fullmatch(part):
                panel = self._panels[int(chart[1])]
                yield from self._chart(panel) if panel else ()
            else:
                for block in _BLOCK_END.split(part):
                    yield from self._said(role, block)

    def _said(self, role: str, html: str) -> Iterator[Passage]:
        text = _words(html, self._writings)
        if text:
            yield Passage(role, text)

    def _photo(self, photo: Photo) -> Iterator[Passage]:
        yield Passage("图片", photo.path)
        for role, text in (
            ("图片说明", photo.caption), ("图源", photo.credit), ("图片描述", photo.alt),
        ):  # fmt: skip
            yield from self._said(role, text)

    def _strip(self, items: Sequence[StripItem]) -> Iterator[Passage]:
        for item in items:
            yield from self._said("数字条", f"{item.label}：{item.value}")

    def _chart(self, panel: Shown) -> Iterator[Passage]:
        if isinstance(panel, Listing):
            yield from self._list(panel)
            return
        yield from self._said(KINDS[panel.kind], panel.title)
        for row in panel.lined_up:
            numbers = (
                f"{column}{value.text}" + (f"（{value.beside}）" if value.beside else "")
                for column, value in zip(panel.columns, row.values, strict=True)
            )
            yield Passage("图表", f"{row.label}：{'，'.join(numbers)}")
        under = (*foot(panel), panel.credit, panel.note, panel.subject, panel.by)
        yield from self._said("图表", "　".join(part for part in under if part))

    def _list(self, listing: Listing) -> Iterator[Passage]:
        """Yield a list's title, heads, rows, and what is said under it."""
        yield from self._said("列表", listing.title)
        yield Passage("列表", "｜".join(listing.columns))
        for row in listing.rows:
            yield Passage("列表", "｜".join(item.text for item in row))
        under = (listing.said, *foot(listing), listing.credit, listing.note)
        yield from self._said("列表", "　".join(part for part in under if part))


def _words(html: str, writings: Sequence[Written]) -> str:
    """Return a stretch of clean HTML as words; bold is kept as **, cells are parted by ｜."""
    bold = _BOLD.sub("**", html)
    cells = re.sub(r"</t[dh]>\s*<t[dh]\b[^>]*>", "｜", bold)
    return plain(weave(_SILENT.sub("", cells), writings, web=False)).strip()


def _tables(known: Sequence[TableView], origins: Sequence[Origin]) -> Iterator[Passage]:
    """Yield what the web page shows below the stories: tables, and where figures are from."""
    for table in known:
        yield Passage(table.name, f"截至{table.as_of}　{'｜'.join(table.columns)}")
        for label, *cells in table.rows:
            yield Passage(table.name, f"{label}：" + "｜".join(map(_cell, cells)))
    for origin in origins:
        said = (
            origin.text, origin.label, f"截至{origin.as_of}", origin.formula, origin.definition,
            origin.source, origin.last,
        )  # fmt: skip
        yield Passage(origin.path, "；".join(part for part in said if part))


def _cell(cell: object) -> str:
    return re.sub(r"<[^>]*>", "", str(cell)) or "未报"


def _figures(material: Material, folder: str) -> Iterator[PrintedFigure]:
    """Yield each figure at each place where a story or a chart prints it."""
    for path in _paths(material):
        story, name = material.stories[path], path.removeprefix(folder)
        for quote, written in zip(story.quotes, material.writings[path], strict=True):
            if written.figure:
                yield _figure(_asked(quote), written.figure, written.text, (name, quote.place))
        for panel in (shown for shown in material.panels.get(path, ()) if shown):
            for value in panel.values:
                if value.figure:
                    asked = f"{value.figure.path} | 图表"
                    yield _figure(asked, value.figure, value.text, (name, panel.place))


def _asked_by(own: Mapping[str, Template], book: Book, year: int) -> Iterator[PrintedFigure]:
    """Yield the figures that the office's own templates print."""
    for name, template in own.items():
        for number, line in enumerate(template.text.splitlines(), 1):
            for path in _ASKED.findall(line):
                place = Place(template.path, number)
                written = evaluate(book, Quote(path, place), year)
                if not isinstance(written, Finding) and written.figure:
                    where = (f"templates/{name}", place)
                    yield _figure(path, written.figure, written.text, where)


def _asked(quote: Quote) -> str:
    """Return what a quote asks for, written in one way however it was typed."""
    asked = parse(quote.source)
    filters = (f"{name} {argument}".strip() for name, argument in asked.filters)
    return " | ".join((".".join(asked.names), *filters))


def _figure(asked: str, figure: Figure, text: str, where: tuple[str, Place]) -> PrintedFigure:
    story, place = where
    return PrintedFigure(
        asked=asked,
        path=figure.path,
        label=figure.label,
        text=text,
        value=exact(figure),
        unit=figure.unit,
        as_of=stated(figure.as_of),
        story=story,
        line=place.line,
    )


def stated(as_of: AsOf) -> str:
    """Return an as-of in ISO form, as exactly as it was stated: 2026-11-19, 2026-10, …T24."""
    if as_of.precision is Precision.MONTH:
        return f"{as_of.day:%Y-%m}"
    return as_of.day.isoformat() + ("" if as_of.hour is None else f"T{as_of.hour:02d}")
