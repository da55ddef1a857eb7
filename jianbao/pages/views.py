"""What templates see: plain frozen views of a bulletin, with its figures written.

Bulletin, Story…, writings ──▶ BulletinView
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from jianbao.figures.language import Written
from jianbao.figures.writing import Form, write
from jianbao.model import Bulletin, Campaign, PagePlan, Photo, Section, Story, StripItem
from jianbao.pages.weave import weave
from jianbao.reading.braces import MARK
from jianbao.reading.looks import Picture

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A picture as templates see it; size in pixels."""

    src: str
    caption: Markup
    credit: str
    alt: str
    width: int
    height: int
    place: str


@dataclass(frozen=True, slots=True)
class StripView:
    """One number of a strip: label, the whole writing, and its number and unit apart."""

    label: Markup
    value: Markup
    number: str
    unit: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """What stands under one crosshead."""

    heads: tuple[Markup, ...]
    body: Markup
    place: str


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story with its figures written."""

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


@dataclass(frozen=True, slots=True)
class PageView:
    """A page and the stories in its slots."""

    name: str
    number: int
    number_text: str
    layout: str
    stories: Mapping[str, StoryView]


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


@dataclass(frozen=True, slots=True)
class Material:
    """What a bulletin's pages are made from.

    Attributes:
        stories: By path.
        writings: What stands for each quote of a story, by the story's path.
        pictures: By their path in the bulletin's folder.
    """

    bulletin: Bulletin
    campaign: Campaign
    stories: Mapping[str, Story]
    writings: Mapping[str, Sequence[Written]]
    pictures: Mapping[str, Picture]


def plain(html: Markup) -> str:
    """Return the text of a piece of HTML; unlike `striptags`, full-width blanks stay."""
    return Markup(re.sub(r"<[^>]*>", "", html)).unescape()


def view(material: Material, web: bool, paper: str = "") -> BulletinView:
    """Return the bulletin's view for one edition: the web's, or print on `paper`."""
    bulletin, campaign = material.bulletin, material.campaign
    pages = tuple(_page(material, plan, web) for plan in bulletin.pages)
    lead = next(iter(pages[0].stories.values()))
    return BulletinView(
        address=bulletin.address,
        title="".join(plain(line) for line in lead.headline),
        campaign_title=campaign.title,
        organisation=campaign.organisation,
        number=bulletin.number,
        total=bulletin.total,
        day=bulletin.day.isoformat(),
        day_text=f"{bulletin.day.year}年{bulletin.day.month}月{bulletin.day.day}日",
        weekday=WEEKDAYS[bulletin.day.weekday()],
        paper=paper,
        editors=bulletin.editors,
        pages=pages,
    )


def _page(material: Material, plan: PagePlan, web: bool) -> PageView:
    stories = {
        slot: _story(material, material.stories[path], web) for slot, path in plan.stories.items()
    }
    return PageView(plan.name, plan.number, f"{plan.number:02d}版", plan.layout, stories)


def _story(material: Material, story: Story, web: bool) -> StoryView:
    writings = material.writings[story.path]

    def put(html: str) -> Markup:
        return weave(html, writings, web)

    return StoryView(
        headline=tuple(put(line) for line in story.headline),
        kicker=put(story.kicker),
        deck=put(story.deck),
        standfirst=put(story.standfirst),
        byline=put(story.byline),
        sections=tuple(_section(section, writings, web) for section in story.sections),
        closing=put(story.closing),
        photos=tuple(_photo(photo, material, writings, web) for photo in story.photos),
        strips=tuple(
            tuple(_strip(item, writings, web) for item in strip) for strip in story.strips
        ),
        place=f"{story.path}:1",
    )


def _section(section: Section, writings: Sequence[Written], web: bool) -> SectionView:
    heads = tuple(weave(line, writings, web) for line in section.heads)
    body = weave(section.body, writings, web)
    return SectionView(heads, body, f"{section.place.path}:{section.place.line}")


def _photo(photo: Photo, material: Material, writings: Sequence[Written], web: bool) -> PhotoView:
    picture = material.pictures[photo.path]
    caption = weave(photo.caption, writings, web)
    return PhotoView(
        src=photo.path,
        caption=caption,
        credit=photo.credit,
        alt=photo.alt or plain(caption),
        width=picture.width,
        height=picture.height,
        place=f"{photo.place.path}:{photo.place.line}",
    )


def _strip(item: StripItem, writings: Sequence[Written], web: bool) -> StripView:
    label, value = (weave(text, writings, web) for text in (item.label, item.value))
    mark = MARK.fullmatch(item.value.strip())
    figure = writings[int(mark[1])].figure if mark else None
    number = write(figure, Form(unit=False)) if figure else None
    text = plain(value)
    if not isinstance(number, str) or not text.startswith(number):
        return StripView(label, value, text, "")
    return StripView(label, value, number, str(escape(text[len(number) :])))
