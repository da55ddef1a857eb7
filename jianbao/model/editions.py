"""The nouns of making: which files a bulletin is made into, on which paper, to whose wishes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from jianbao.diagnostics import Place

POINTS = 72 / 25.4
"""Points in a millimetre."""


class Edition(StrEnum):
    """A file that a bulletin can be made into, named as its file is."""

    BULLETIN = "bulletin"
    PRINT = "print"
    ARCHIVE = "archive"
    PROOF = "proof"
    OFFICE = "office"
    WORD = "word"
    PASTE = "paste"


NOT_PRESSED = frozenset({Edition.WORD, Edition.PASTE})
"""What is made without the press: texts that go on being edited elsewhere."""


class Imposition(StrEnum):
    """How pages stand on the sheets of paper."""

    NONE = "none"
    DUPLEX = "duplex"
    BOOKLET = "booklet"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that pages are made for.

    Attributes:
        width: Of the trimmed page, in millimetres, as is `height`.
        margins: Top, right, bottom and left, in points: they leave the type area.
        body: Size of the body text in points, which every length of a layout grows with.
    """

    name: str
    width: float
    height: float
    margins: tuple[float, float, float, float]
    body: float


PAPERS: Mapping[str, Paper] = {
    paper.name: paper
    for paper in (
        Paper("四开", 275, 390, (58.7, 49.5, 58.7, 49.5), 9),
        Paper("A3", 297, 420, (63.2, 54.5, 63.2, 54.5), 9.6923),
        Paper("A4", 210, 297, (37 * POINTS, 26 * POINTS, 99, 28 * POINTS), 9),
    )
}
"""Every paper by its name; the newspaper's type area is 680.4 × 988 pt at 四开."""


@dataclass(frozen=True, slots=True)
class Printing:
    """What the printer asked for: `print:` in site.yaml.

    Attributes:
        profile: The printer's ICC profile, as a path relative to the site; "" where none is named.
        condition: Name of the printing condition, such as FOGRA39; the profile's own name where "".
        bleed: Millimetres of picture beyond the trimmed page.
        ink: Most ink on one spot, in percent of the four together.
        red: The inks of the red head in percent: cyan, magenta, yellow, black.
        outlines: Whether letters become shapes (转曲).
        black: Whether everything is printed in black alone.
        papers: Which of a bulletin's papers the printer gets; all where none is named.
        place: Where it stands in site.yaml.
    """

    profile: str = ""
    condition: str = ""
    bleed: float = 3
    marks: bool = True
    ink: int = 300
    red: tuple[float, float, float, float] = (0, 100, 100, 0)
    outlines: bool = False
    black: bool = False
    imposition: Imposition = Imposition.NONE
    papers: tuple[str, ...] = ()
    place: Place = field(default_factory=lambda: Place("data/site.yaml"))


@dataclass(frozen=True, slots=True)
class Copying:
    """How the office prints on its own machine: `office:` or `proof:` in site.yaml.

    Attributes:
        paper: The paper in the machine, which pages are reduced to; "" leaves their size.
        papers: Which of a bulletin's papers are wanted; all where none is named.
    """

    paper: str = ""
    black: bool = False
    imposition: Imposition = Imposition.NONE
    papers: tuple[str, ...] = ()


EDGE = 5.0
"""Millimetres that an office's machine does not print at the edges of a paper."""


def scale_onto(paper: Paper, width: float, height: float) -> float:
    """Return how much smaller a sheet of so many millimetres becomes on a paper, turned if need be.

    >>> round(scale_onto(PAPERS["A4"], 275, 390), 2), scale_onto(PAPERS["A3"], 210, 297)
    (0.73, 1.0)
    """
    wide, high = paper.width, paper.height
    if width <= wide + 0.4 and height <= high + 0.4:
        return 1.0
    if width > height:
        wide, high = high, wide
    return min((wide - 2 * EDGE) / width, (high - 2 * EDGE) / height)


def chosen(
    site: Sequence[Edition], bulletin: Sequence[Edition], asked: Sequence[str]
) -> tuple[Edition, ...]:
    """Return the editions to make: the bulletin's choice, else the site's, and what was asked for.

    What is asked for at one build comes on top, so that the build takes nothing out of the output.
    """
    wanted = {*(bulletin or site or (Edition.BULLETIN,)), *map(Edition, asked)}
    return tuple(edition for edition in Edition if edition in wanted)
