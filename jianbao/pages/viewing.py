"""The view of a bulletin for one edition: every figure written, every picture and chart in place.

Material, edition ──view──▶ BulletinView
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from markupsafe import Markup, escape

from jianbao.figures.language import Written
from jianbao.figures.writing import Form, write, write_as_of
from jianbao.model import PagePlan, Photo, Section, Story, StripItem
from jianbao.pages.charts.setting import charts_in, place_charts, without_charts
from jianbao.pages.flow import Flow, PhotoView, StripView, items_of, without_anchors
from jianbao.pages.imprints import day_text, imprint_view
from jianbao.pages.turning import divided
from jianbao.pages.views import (
    BulletinView,
    Material,
    PageView,
    SectionView,
    StoryView,
    anchor_of,
    headline_of,
)
from jianbao.pages.weave import plain, weave
from jianbao.reading.braces import MARK
from jianbao.reading.heads import closing_line

Turns = Mapping[str, tuple[int, int, int]]
"""Of each story that goes on: after how many characters, from which page, to which."""
_SPACE = re.compile(r"\s")
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


def view(material: Material, web: bool, paper: str = "") -> BulletinView:
    """Return the bulletin's view for one edition: the web's, or print on `paper`.

    The web shows the pages of the first paper.
    """
    bulletin, campaign = material.bulletin, material.campaign
    plans = bulletin.pages_on(paper or bulletin.papers[0])
    turns = {} if web else _turns(material, plans)
    pages = tuple(_page(material, plan, turns, web) for plan in plans)
    lead = next(iter(pages[0].stories.values()))[0]
    return BulletinView(
        address=bulletin.address,
        title=headline_of(lead),
        campaign_title=campaign.title,
        organisation=campaign.organisation,
        number=bulletin.number,
        total=bulletin.total,
        day=bulletin.day.isoformat(),
        day_text=day_text(bulletin.day),
        weekday=WEEKDAYS[bulletin.day.weekday()],
        paper=paper,
        editors=bulletin.editors,
        pages=pages,
        imprint=imprint_view(bulletin, material.masthead),
        corrections=tuple(material.corrections),
    )


def _page(material: Material, plan: PagePlan, turns: Turns, web: bool) -> PageView:
    """Return a page; where a story goes on elsewhere, print has its parts and the web the whole."""
    named = [*plan.stories, *(slot for slot in plan.continued if slot not in plan.stories)]
    stories: dict[str, tuple[StoryView, ...]] = {}
    for slot in sorted(named, key=lambda slot: slot != "lead"):
        own = (_part(material, path, turns, web, 0) for path in plan.stories.get(slot, ()))
        others = (
            _part(material, path, turns, web, 1)
            for path in plan.continued.get(slot, ())
            if path in turns
        )
        if told := (*own, *others):
            stories[slot] = told
    return PageView(plan.name, plan.number, f"{plan.number:02d}版", plan.layout, stories)


def _turns(material: Material, pages: Sequence[PagePlan]) -> Turns:
    """Return where each story that goes on within these pages is divided."""
    begins = {path: page.number for page in pages for path in page.paths}
    return {
        path: (material.turns[path], begins[path], page.number)
        for page in pages
        for paths in page.continued.values()
        for path in paths
        if path in material.turns and path in begins
    }


def _part(material: Material, path: str, turns: Turns, web: bool, part: int) -> StoryView:
    story = _story(material, material.stories[path], web)
    if path not in turns:
        return story
    count, begins, goes_on = turns[path]
    first, second = divided([(section.heads, section.body) for section in story.sections],
                            count - len(_SPACE.sub("", plain(story.standfirst))))  # fmt: skip
    if part == 0:
        sections = tuple(
            replace(section, heads=heads, body=body)
            for section, (heads, body) in zip(story.sections, first, strict=False)
        )
        return replace(
            story, sections=sections, photos=story.photos[:1], strips=(), closing=Markup(""),
            byline=Markup(""), turned_to=goes_on,
        )  # fmt: skip
    later = story.sections[len(story.sections) - len(second) :]
    sections = tuple(
        replace(section, heads=heads, body=body)
        for section, (heads, body) in zip(later, second, strict=True)
    )
    return replace(
        story, sections=sections, photos=story.photos[1:], wide=(), kicker=Markup(""),
        deck=Markup(""), standfirst=Markup(""), turned_from=begins,
        place=later[0].place if later else story.place,
    )  # fmt: skip


def _story(material: Material, story: Story, web: bool) -> StoryView:
    writings = material.writings[story.path]
    charts = material.charts.get(story.path, ())

    @cache  # a section's text is set whole, in pieces, as an item and as its words
    def put(html: str) -> Markup:
        return place_charts(weave(html, writings, web), charts, web)

    photos = tuple(_photo(photo, material, writings, web) for photo in story.photos)
    strips = tuple(
        tuple(_strip(item, writings, web, material.bulletin.day.year) for item in strip)
        for strip in story.strips
    )
    flow = Flow(list(photos), list(strips))
    before = tuple(flow.first([*(section.body for section in story.sections), story.closing]))

    def part(section: Section) -> SectionView:
        heads, body = tuple(put(line) for line in section.heads), put(section.body)
        place = f"{section.place.path}:{section.place.line}"
        words = without_anchors(put(without_charts(section.body)))
        own = charts_in(section.body, charts)
        pieces = tuple(flow.through(body))
        return SectionView(heads, without_anchors(body), place, pieces, words, own)

    return StoryView(
        headline=tuple(put(line) for line in story.headline),
        kicker=put(story.kicker),
        deck=put(story.deck),
        standfirst=put(story.standfirst),
        byline=put(story.byline),
        sections=tuple(part(section) for section in story.sections),
        closing=without_anchors(put(story.closing)),
        closing_place=f"{story.path}:{closing_line(story.lines) or 1}",
        photos=photos,
        strips=strips,
        place=f"{story.path}:1",
        items=tuple(items_of(story, put)),
        before=before,
        after=tuple(flow.through(put(story.closing))),
        anchor=anchor_of(story.path),
        as_of=_as_of(strips),
        wide=() if web else tuple(chart for chart in charts if chart and chart.span > 1),
    )


def _photo(photo: Photo, material: Material, writings: Sequence[Written], web: bool) -> PhotoView:
    picture = material.pictures[photo.path]
    rendition = material.renditions.get(photo.path) if web else None
    caption = weave(photo.caption, writings, web)
    return PhotoView(
        src=rendition.src if rendition else photo.path,
        caption=caption,
        credit=photo.credit,
        alt=photo.alt or plain(caption),
        width=picture.width,
        height=picture.height,
        place=f"{photo.place.path}:{photo.place.line}",
        focus=" ".join(f"{100 * share:.0f}%" for share in photo.focus),
        sizes=rendition.sizes if rendition else (),
    )


def _as_of(strips: Sequence[Sequence[StripView]]) -> str:
    """Return the one as-of of a story's strips, "" where there are several or none."""
    known = {item.as_of for strip in strips for item in strip if item.as_of}
    return next(iter(known)) if len(known) == 1 else ""


def _strip(item: StripItem, writings: Sequence[Written], web: bool, year: int) -> StripView:
    first, more = item.value.strip(), ""
    if split := re.fullmatch(rf"({MARK.pattern})\s+(.+)", first):
        first, more = split[1], split[split.re.groups]
    label, value, change = (weave(text, writings, web) for text in (item.label, first, more))
    mark = MARK.fullmatch(first)
    figure = writings[int(mark[1])].figure if mark else None
    number = write(figure, Form(unit=False)) if figure else None
    text = plain(value)
    as_of = write_as_of(figure.as_of, year) if figure else ""
    if not isinstance(number, str) or not text.startswith(number):
        return StripView(label, value, text, "", change, as_of)
    return StripView(label, value, number, str(escape(text[len(number) :])), change, as_of)
