"""What is written: stories, with their photos, charts, strips and quoted figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from jianbao.diagnostics import Place


@dataclass(frozen=True, slots=True)
class Quote:
    """A figure quoted in a story: what stands between {{ and }}, and where.

    Attributes:
        source: As written between the braces.
        place: The stretch between the braces.
    """

    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of a story. Caption and credit are HTML with marks for figures.

    Attributes:
        focus: What must not be cut off: how far from the left and from the top, 0 to 1.
    """

    path: str
    caption: str
    credit: str
    alt: str
    place: Place
    focus: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Word:
    """A word somebody wrote, and where it stands."""

    text: str
    place: Place


class ChartKind(StrEnum):
    """How figures are shown to the eye."""

    BARS = "bars"
    PROGRESS = "progress"
    STACK = "stack"
    LINE = "line"
    NUMBERS = "numbers"
    TABLE = "table"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart or table a story asks for, in the writer's words; no figure is looked up yet.

    Attributes:
        path: The dataset and members it is about.
        by: The dimension it is broken down by, or time; None leaves that to the dataset.
            The column that a list is put in order by.
        names: Measures and ratios, or columns of a list; all where there are none.
        kind: The asked one, TABLE for a table, LIST for a list; None leaves it to the figures.
        order: "falling" or "rising" by size; "" keeps the official order.
        most: How many rows of a list are printed; 0 leaves it to us.
        totals: Where a table has its total: "first", "last" or "none".
        title: As HTML with marks, as are credit and note; "" leaves it to the dataset.
        options: Where each option's value stands, by the option's name.
    """

    path: tuple[Word, ...]
    by: Word | None
    names: tuple[Word, ...]
    place: Place
    kind: ChartKind | None = None
    order: str = ""
    totals: str = "first"
    most: int = 0
    title: str = ""
    credit: str = ""
    note: str = ""
    options: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StripItem:
    """One number of a strip of figures: its label, and its value as HTML with marks."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one crosshead: its lines, and paragraphs as HTML with marks.

    In the body, `<hr class="photo">` or `figures` is where the story's next photo or strip stands.
    """

    heads: tuple[str, ...]
    body: str
    place: Place


@dataclass(frozen=True, slots=True)
class Story:
    """One Markdown file. Texts are cleaned HTML in which marks stand for quotes and charts."""

    path: str
    headline: tuple[str, ...]
    kicker: str
    deck: str
    standfirst: str
    byline: str
    sections: tuple[Section, ...]
    closing: str
    photos: tuple[Photo, ...]
    strips: tuple[tuple[StripItem, ...], ...]
    quotes: tuple[Quote, ...]
    lines: tuple[Place, ...]
    charts: tuple[Chart, ...] = ()
