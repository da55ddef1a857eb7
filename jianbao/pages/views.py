"""What templates see: plain frozen views of a bulletin, with its figures written.

Bulletin, Story…, writings ──▶ BulletinView
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from markupsafe import Markup, escape

from jianbao.figures.language import Written
from jianbao.figures.writing import Form, write
from jianbao.model import (
    Bulletin,
    Campaign,
    Correction,
    PagePlan,
    Photo,
    Section,
    Story,
    StripItem,
)
from jianbao.pages.charts.blocks import Panels, Settings
from jianbao.pages.charts.setting import place_charts
from jianbao.pages.flow import (
    Flow,
    ItemView,
    PhotoView,
    PieceView,
    StripView,
    items_of,
    without_anchors,
)
from jianbao.pages.imprints import ImprintView, day_text, imprint_view
from jianbao.pages.renditions import Rendition
from jianbao.pages.weave import plain, weave
from jianbao.reading.braces import MARK
from jianbao.reading.pictures import Picture

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


@dataclass(frozen=True, slots=True)
class SectionView:
    """What stands under one crosshead.

    Attributes:
        pieces: The body with its photos and strips where they stand.
    """

    heads: tuple[Markup, ...]
    body: Markup
    place: str
    pieces: tuple[PieceView, ...]


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story with its figures written.

    Attributes:
        items: Its paragraphs that have a run-in head.
        before: Photos and strips that stand before the text.
        after: The closing with its photos and strips.
        anchor: Name of its place on the web page, which stays when it moves to another slot.
    """

    headline: tuple[Markup, ...]
    kicker: Markup
    deck: Markup
    standfirst: Markup
    byline: Markup
    sections: tuple[SectionView, ...]
    closing: Markup
    photos: tuple[PhotoView, ...]
    strips: tuple[tuple[StripView, ...], ...]
    place: str
    items: tuple[ItemView, ...]
    before: tuple[PieceView, ...]
    after: tuple[PieceView, ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class PageView:
    """A page and the stories in its slots, the lead first."""

    name: str
    number: int
    number_text: str
    layout: str
    stories: Mapping[str, tuple[StoryView, ...]]


@dataclass(frozen=True, slots=True)
class BulletinView:
    """A bulletin as templates see it."""

    address: str
    title: str
    campaign_title: str
    organisation: str
    number: str
    total: int
    day: str
    day_text: str
    weekday: str
    paper: str
    editors: Mapping[str, str]
    pages: tuple[PageView, ...]
    imprint: ImprintView
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """What a bulletin's pages are made from.

    Attributes:
        stories: By path.
        writings: What stands for each quote of a story, by the story's path.
        pictures: By their path in the bulletin's folder.
        panels: What the charts of a story show, by the story's path.
        charts: The same, set for both editions; empty as long as nothing is made.
        masthead: The publication's name.
        renditions: The pictures in the sizes of the web, by path; empty as long as nothing is made.
        corrections: What was put right after it came out, the newest first.
        rows: How many rows each story's text takes by "story@width", where it is arranged.
    """

    bulletin: Bulletin
    campaign: Campaign
    stories: Mapping[str, Story]
    writings: Mapping[str, Sequence[Written]]
    pictures: Mapping[str, Picture]
    panels: Panels = field(default_factory=dict)
    charts: Settings = field(default_factory=dict)
    masthead: str = ""
    renditions: Mapping[str, Rendition] = field(default_factory=dict)
    corrections: Sequence[Correction] = ()
    rows: Mapping[str, int] = field(default_factory=dict)


def view(material: Material, web: bool, paper: str = "") -> BulletinView:
    """Return the bulletin's view for one edition: the web's, or print on `paper`."""
    bulletin, campaign = material.bulletin, material.campaign
    pages = tuple(_page(material, plan, web) for plan in bulletin.pages)
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


def _page(material: Material, plan: PagePlan, web: bool) -> PageView:
    slots = sorted(plan.stories, key=lambda slot: slot != "lead")
    stories = {
        slot: tuple(_story(material, material.stories[path], web) for path in plan.stories[slot])
        for slot in slots
    }
    return PageView(plan.name, plan.number, f"{plan.number:02d}版", plan.layout, stories)


def _story(material: Material, story: Story, web: bool) -> StoryView:
    writings = material.writings[story.path]
    charts = material.charts.get(story.path, ())

    def put(html: str) -> Markup:
        return place_charts(weave(html, writings, web), charts, web)

    photos = tuple(_photo(photo, material, writings, web) for photo in story.photos)
    strips = tuple(tuple(_strip(item, writings, web) for item in strip) for strip in story.strips)
    flow = Flow(list(photos), list(strips))
    before = tuple(flow.first([*(section.body for section in story.sections), story.closing]))

    def part(section: Section) -> SectionView:
        heads, body = tuple(put(line) for line in section.heads), put(section.body)
        place = f"{section.place.path}:{section.place.line}"
        return SectionView(heads, without_anchors(body), place, tuple(flow.through(body)))

    return StoryView(
        headline=tuple(put(line) for line in story.headline),
        kicker=put(story.kicker),
        deck=put(story.deck),
        standfirst=put(story.standfirst),
        byline=put(story.byline),
        sections=tuple(part(section) for section in story.sections),
        closing=without_anchors(put(story.closing)),
        photos=photos,
        strips=strips,
        place=f"{story.path}:1",
        items=tuple(items_of(story, writings, web)),
        before=before,
        after=tuple(flow.through(put(story.closing))),
        anchor=anchor_of(story.path),
    )


def headline_of(story: StoryView) -> str:
    """Return a story's headline in one line, its figures as text."""
    return "".join(plain(line) for line in story.headline)


def anchor_of(path: str) -> str:
    """Return the name of a story's place on the web page, after the story's file.

    >>> anchor_of("content/yunxi/2026-47/lead.md")
    'story-lead'
    """
    return "story-" + "-".join(PurePosixPath(path).stem.split())


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


def _strip(item: StripItem, writings: Sequence[Written], web: bool) -> StripView:
    first, more = item.value.strip(), ""
    if split := re.fullmatch(rf"({MARK.pattern})\s+(.+)", first):
        first, more = split[1], split[split.re.groups]
    label, value, change = (weave(text, writings, web) for text in (item.label, first, more))
    mark = MARK.fullmatch(first)
    figure = writings[int(mark[1])].figure if mark else None
    number = write(figure, Form(unit=False)) if figure else None
    text = plain(value)
    if not isinstance(number, str) or not text.startswith(number):
        return StripView(label, value, text, "", change)
    return StripView(label, value, number, str(escape(text[len(number) :])), change)
