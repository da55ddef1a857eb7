"""The nouns of a modular page: a story to be placed, and the rectangle it is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf

from jianbao.pages.bonds import Bonds
from jianbao.pages.headlines import NO_BONDS
from jianbao.pages.modular.heads import Head

FIRST, LAST = 4, 76
COLUMN, GAP, COLUMNS = 126.0, 12.6, 5
ROW = 13.0
# Lines of a box with an upright head: its columns' number, and the widths they may have: the
# narrower where that fills the box better.
UPRIGHT = {2: (1, (198.0, 180.0)), 3: (2, (162.0, 153.0))}
WIDTHS = (COLUMN, *(width for _, widths in UPRIGHT.values() for width in widths))


class Form(StrEnum):
    """How a module is made: its head above the text, below its photo, or down its side."""

    PLAIN = "plain"
    PHOTO = "photo"
    BOX = "box"


@dataclass(frozen=True, slots=True)
class Item:
    """A story as the arrangement sees it; what is compared but not hashed are mappings.

    Attributes:
        lines: How many lines its text takes, by the width of a column.
        heads: Its headline as its writer broke it, tags taken off.
        photo: How wide its photo is for its height; 0 without one.
        widest: How wide it may become without looking coarse, in points.
        caption: How wide its caption is on one line, in points.
        fixed: Columns and rows of its wide charts, which take the photo's place; 0 without.
        highest: Rows of the highest of what stands in its text and is not divided; 0 without.
        kicker: Whether it has a kicker, as with deck.
        bonds: What belongs together where its headline is broken.
    """

    lines: Mapping[float, int] = field(hash=False)
    heads: tuple[str, ...]
    photo: float = 0.0
    widest: float = inf
    caption: float = 0.0
    fixed: tuple[int, int] = (0, 0)
    highest: int = 0
    kicker: bool = False
    deck: bool = False
    is_lead: bool = False
    bonds: Bonds = field(default=NO_BONDS, hash=False)


@dataclass(frozen=True, slots=True)
class Module:
    """One story's rectangle. Rows are counted from 1, lengths are points at 四开.

    Attributes:
        story: Its index.
        columns: How many columns of the page it takes.
        head: Lines, size and rows of its head.
        white: Rows of white more around it.
        head_top: Where that begins.
        photo: Left, width, top row and rows with the caption; none where all are 0.
        caption_rows: How many rows of it are the caption's.
        text_top: Where the text begins.
        text_left: Its left edge, text_wide its width, measure that of each of its columns.
        column_rows: How many rows each column of text has.
        gap: How far they are apart.
        rule: Left and width of the rule half a row above it; none where both are 0.
        rule_left: Whether a rule parts it from its left neighbour.
    """

    story: int
    form: Form
    left: float
    wide: float
    top: int
    rows: int
    head: Head
    head_top: int
    photo: tuple[float, float, int, int]
    text_top: int
    text_left: float
    text_wide: float
    column_rows: tuple[int, ...]
    measure: float = COLUMN
    gap: float = GAP
    caption_rows: int = 1
    white: int = 0
    is_lead: bool = False
    rule: tuple[float, float] = (0.0, 0.0)
    rule_left: bool = False


def span(columns: int) -> float:
    """Return how wide so many columns are.

    >>> [round(span(n), 1) for n in (1, 2, 3, 5)]
    [126.0, 264.6, 403.2, 680.4]
    """
    return columns * COLUMN + (columns - 1) * GAP
