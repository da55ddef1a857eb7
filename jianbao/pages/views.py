"""What templates see: plain frozen views of a bulletin, with its figures written.

Bulletin, Story…, writings ──▶ BulletinView
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from markupsafe import Markup

from jianbao.figures.language import Written
from jianbao.model import Bulletin, Campaign, Correction, Story
from jianbao.pages.charts.blocks import Panels, Settings
from jianbao.pages.charts.setting import Setting
from jianbao.pages.flow import ItemView, PhotoView, PieceView, StripView
from jianbao.pages.imprints import ImprintView
from jianbao.pages.renditions import Rendition
from jianbao.pages.weave import plain
from jianbao.reading.pictures import Picture


@dataclass(frozen=True, slots=True)
class SectionView:
    """What stands under one crosshead.

    Attributes:
        pieces: The body with its photos and strips where they stand.
        words: The body without its charts, for layouts that have places of their own for these.
        charts: Each with its HTML and the rows it takes in print.
    """

    heads: tuple[Markup, ...]
    body: Markup
    place: str
    pieces: tuple[PieceView, ...]
    words: Markup
    charts: tuple[Setting, ...]

    def over(self, width: float) -> "SectionView":
        """Return it with the charts of its body so many points wide, as high as they were."""
        body = str(self.body)
        for chart in self.charts:
            if chart.print in body:
                body = body.replace(chart.print, chart.within(width))
        return replace(self, body=Markup(body))


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story with its figures written.

    Attributes:
        items: Its paragraphs that have a run-in head.
        before: Photos and strips that stand before the text.
        after: The closing with its photos and strips.
        anchor: Name of its place on the web page, which stays when it moves to another slot.
        closing_place: The line on which its closing begins.
        as_of: When the numbers of its strips were true, if all at one time.
        wide: In print, the charts that stand over several columns, in a place of their own.
        turned_to: The number of the page it goes on at, 0 where it ends here.
        turned_from: The number of the page it began on, 0 where it begins here.
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
    closing_place: str = ""
    as_of: str = ""
    wide: tuple[Setting, ...] = ()
    turned_to: int = 0
    turned_from: int = 0

    def over(self, width: float) -> "StoryView":
        """Return it for columns so many points wide: its charts are drawn to fill them."""
        return replace(self, sections=tuple(section.over(width) for section in self.sections))

    @property
    def wide_rows(self) -> int:
        """The rows its wide charts take one above the other, a row of white above each."""
        return sum(chart.rows + 1 for chart in self.wide)

    @property
    def wide_span(self) -> int:
        """Over how many columns they stand; 0 where there are none."""
        return max((chart.span for chart in self.wide), default=0)


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
        elsewhere: The same by paper, of stories that stand in another layout there.
        charts: The same, set for both editions; empty as long as nothing is made.
        masthead: The publication's name.
        renditions: The pictures in the sizes of the web, by path; empty as long as nothing is made.
        look: Pictures of the office's look by the name the templates give them: masthead.
        corrections: What was put right after it came out, the newest first.
        turns: After how many characters each story goes on on another page, by its path; empty as
            long as nobody knows.
        rows: How many rows each story's text takes by "story@width", where it is arranged.
    """

    bulletin: Bulletin
    campaign: Campaign
    stories: Mapping[str, Story]
    writings: Mapping[str, Sequence[Written]]
    pictures: Mapping[str, Picture]
    panels: Panels = field(default_factory=dict)
    elsewhere: Mapping[str, Panels] = field(default_factory=dict)
    charts: Settings = field(default_factory=dict)
    masthead: str = ""
    renditions: Mapping[str, Rendition] = field(default_factory=dict)
    corrections: Sequence[Correction] = ()
    look: Mapping[str, Picture] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    turns: Mapping[str, int] = field(default_factory=dict)


def headline_of(story: StoryView) -> str:
    """Return a story's headline in one line, its figures as text."""
    return "".join(plain(line) for line in story.headline)


def anchor_of(path: str) -> str:
    """Return the name of a story's place on the web page, after the story's file.

    >>> anchor_of("content/yunxi/2026-47/lead.md")
    'story-lead'
    """
    return "story-" + "-".join(PurePosixPath(path).stem.split())
