"""What goes to the press and what comes back: plain values that any process can carry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from jianbao.press.wishes import Wish


@dataclass(frozen=True, slots=True)
class Resource:
    """A file a page refers to, such as a photo."""

    data: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Job:
    """One PDF to press: a complete HTML document, and what it refers to by relative path.

    Attributes:
        wishes: What is to be made of the pressed pages, by file name.
    """

    html: str
    resources: Mapping[str, Resource]
    wishes: Mapping[str, Wish] = field(default_factory=dict)
    variant: str = "pdf/ua-1"


class Fault(StrEnum):
    """What kind of trouble the press met."""

    OVERSET = "overset"
    EMPTY = "empty"
    HOLE = "hole"
    FITTED = "fitted"
    RESET = "reset"
    PULLED = "pulled"
    LAST = "last"
    GLYPH = "glyph"
    PICTURE = "picture"
    COARSE = "coarse"
    WIDE = "wide"
    CROSSED = "crossed"
    ENGINE = "engine"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something the press met.

    Attributes:
        what: The frame's label, the character, the picture's path, the head of a WIDE table,
            the name of what is CROSSED, the engine's own words, or why it was stopped: "time",
            "memory", "killed".
        where: "path:line" of the story as the page names it; "" where unknown.
        characters: How many do not fit, or are there; of a coarse picture, dots per inch.
        lines: How many lines do not fit, or are left empty; where FITTED or RESET, did not fit, or
            were left empty (less than 0); where PULLED or LAST, stood on the last page.
        means: The part of the page that was FITTED, how the paragraph begins that was RESET or by
            which a page was PULLED in, or what is under what is CROSSED; "" where that leaves the
            type area.
        rows: By how many rows or lines that was made higher; of what is CROSSED, millimetres.
    """

    fault: Fault
    what: str
    where: str = ""
    characters: int = 0
    lines: int = 0
    means: str = ""
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text: its page from 0, its column's left edge, its foot, its height.

    Points, from the upper left corner of the trimmed page.
    """

    page: int
    left: float
    foot: float
    height: float


@dataclass(frozen=True, slots=True)
class Pressed:
    """A PDF, empty where the engine gave up, and everything the press met on the way.

    Attributes:
        pdf: The pages with their bleed, tagged, as everything else is made from them.
        files: What was wished for, by file name.
        lines: Where the lines of running text stand.
    """

    pdf: bytes
    pages: int
    troubles: tuple[Trouble, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
