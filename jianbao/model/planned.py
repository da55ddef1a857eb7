"""What is planned and made: bulletins and their pages, the site, what lies in output/."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from jianbao.diagnostics import Place
from jianbao.model.editions import Copying, Edition, Printing
from jianbao.model.imprint import Imprint
from jianbao.model.publishing import Target
from jianbao.model.reported import AsOf, Person
from jianbao.model.reviewed import PRESETS, Process


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page of a bulletin: its layout, and the paths of the stories for each of its slots.

    Attributes:
        place: Where the layout is named.
        places: Where each slot's stories are named.
        continued: The paths of stories that go on in a slot here from an earlier page.
        papers: The papers it is printed on; all of the bulletin's where empty.
    """

    layout: str
    name: str
    number: int
    stories: Mapping[str, tuple[str, ...]]
    place: Place
    places: Mapping[str, Place] = field(default_factory=dict)
    continued: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    papers: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The page's stories in the order of its slots."""
        return tuple(path for paths in self.stories.values() for path in paths)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding the office accepts for this bulletin, with its reason and who says so."""

    rule: str
    where: str
    reason: str
    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One numbered, dated publication, as planned in bulletin.yaml.

    Attributes:
        period: The first and last day it reports on; None where that is not said.
    """

    campaign: str
    key: str
    number: str
    total: int
    day: date
    as_of: AsOf
    papers: tuple[str, ...]
    editors: Mapping[str, str]
    pages: tuple[PagePlan, ...]
    waivers: tuple[Waiver, ...]
    place: Place
    imprint: Imprint = field(default_factory=Imprint)
    editions: tuple[Edition, ...] = ()
    period: tuple[date, date] | None = None

    def pages_on(self, paper: str) -> tuple[PagePlan, ...]:
        """Return the pages that are printed on a paper."""
        return tuple(page for page in self.pages if not page.papers or paper in page.papers)

    @property
    def address(self) -> str:
        """Its target on the command line and its folder in output/."""
        return f"{self.campaign}/{self.key}"


@dataclass(frozen=True, slots=True)
class Look:
    """The office's own colours and faces for print, each empty where ours stands.

    Attributes:
        colours: By name (red, rule, tint), as #d0021b.
        faces: Fonts by the part they play (title, song, hei, kai, fang), the first that is
            installed is taken; ours come behind.
        masthead: A picture in data/ that stands for the publication's name.
        place: Where that is named.
    """

    colours: Mapping[str, str] = field(default_factory=dict)
    faces: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    masthead: str = ""
    place: Place = field(default_factory=lambda: Place("data/site.yaml"))


@dataclass(frozen=True, slots=True)
class Site:
    """The office: its name, language, what it has decided of rules and editions, who signs."""

    title: str
    organisation: str
    language: str
    severities: Mapping[str, str]
    masthead: str = ""
    address: str = ""  # readers find the site there; links are relative where it is not said
    editions: tuple[Edition, ...] = ()
    printing: Printing = field(default_factory=Printing)
    copying: Copying = field(default_factory=Copying)
    process: Process = PRESETS["机关"]
    proofing: Copying = field(default_factory=Copying)
    look: Look = field(default_factory=Look)
    targets: tuple[Target, ...] = ()
    people: tuple[Person, ...] = ()  # of the register, whose names hold together


@dataclass(frozen=True, slots=True)
class Correction:
    """A mistake in a bulletin that was put right after it came out, as its page says so.

    Attributes:
        day: When it was put right, as 2026-11-20.
        old: The page as it was before, beside the one put right; "" where that was not kept.
    """

    day: str
    text: str
    old: str = ""


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """A story of a bulletin that lies in output/: the name of its place on the page, its head."""

    anchor: str
    headline: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a page points to and that lies outside its own folder, and who wrote it.

    Attributes:
        href: As written, relative to the page.
        path: The file that it was written in: a story or a template.
        line: Its line there; 0 where that is not known.
        text: That line.
    """

    href: str
    path: str
    line: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A bulletin that lies in output/, as the pages that link the bulletins know it.

    Attributes:
        label: Its number in words: 第47期.
        day: As 2026-11-20.
        as_of: The moment its figures are true at, as 2026-11-19 or 2026-11-19T24.
        figures: The paths of the figures it prints, in the order in which they are first quoted.
        anchors: Every name on its page that a link may end in.
        links: What its page points to outside its folder.
        files: Everything in its folder.
        neighbours: The addresses its page names as the bulletin before and after, or "".
    """

    address: str
    title: str
    campaign_title: str
    organisation: str
    number: str
    day: str
    pdfs: tuple[str, ...]
    label: str = ""
    as_of: str = ""
    stories: tuple[StoryEntry, ...] = ()
    anchors: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    neighbours: tuple[str, str] = ("", "")
    files: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def campaign(self) -> str:
        """The campaign's key."""
        return self.address.split("/")[0]
