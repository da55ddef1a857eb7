"""The topics of a page of figures over its three columns.

a story's sections, rows by "place@width" ──topics_of──▶ which topic stands in which column

The first topic stands over all columns where it has a chart. The others go down the columns in
the story's order, divided so that the tallest column is as low as can be; what the others are
lower by is put between their topics.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from jianbao.pages.views import SectionView, StoryView

COLUMNS = 3
WIDTH = 216
HEAD = 2
MOST_WHITE = 3.0


@dataclass(frozen=True, slots=True)
class Column:
    """The topics of one column, and the rows of white more between two of them."""

    topics: tuple[int, ...]
    white: float


@dataclass(frozen=True, slots=True)
class Topics:
    """How a page of figures is divided.

    Attributes:
        first: Whether the first topic stands over all columns; it takes `first_rows`.
    """

    first: bool
    first_rows: int
    columns: tuple[Column, ...]


def topics_of(story: StoryView, room: int, rows: Mapping[str, int]) -> Topics:
    """Return the division of a story's sections in so many rows."""
    sections = story.sections
    first = bool(sections and sections[0].charts)
    first_rows = _first_rows(sections[0], rows) if first else 0
    below = room - (first_rows + 1 if first else 0)
    heights = [_height(section, rows) for section in sections[first:]]
    columns = []
    for start, stop in _divided(heights):
        used = sum(heights[start:stop]) + max(0, stop - start - 1)
        gaps = max(1, stop - start - 1)
        white = min(MOST_WHITE, max(0, below - used) / gaps)
        columns.append(Column(tuple(range(start + first, stop + first)), white))
    return Topics(first, first_rows, tuple(columns))


def _first_rows(section: SectionView, rows: Mapping[str, int]) -> int:
    """Return the rows of a topic over all columns: its first chart, or what stands beside it."""
    big, *others = (chart.rows for chart in section.charts)
    return HEAD + max(big, _words(section, rows) + sum(others) + 1)


def _height(section: SectionView, rows: Mapping[str, int]) -> int:
    charts = sum(chart.rows for chart in section.charts)
    return (HEAD if section.heads else 0) + _words(section, rows) + charts


def _words(section: SectionView, rows: Mapping[str, int]) -> int:
    return rows.get(f"{section.place}@{WIDTH}", 1)


def _divided(heights: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield from where to where each column takes its topics."""
    count = len(heights)
    if count < COLUMNS:
        yield from ((index, index + 1) for index in range(count))
        return
    ways = combinations(range(1, count), COLUMNS - 1)
    stops = min(ways, key=lambda cuts: _spread(heights, cuts))
    yield from zip((0, *stops), (*stops, count), strict=True)


def _spread(heights: Sequence[int], cuts: Sequence[int]) -> tuple[int, int]:
    ends = zip((0, *cuts), (*cuts, len(heights)), strict=True)
    sums = [sum(heights[start:stop]) + stop - start - 1 for start, stop in ends]
    return max(sums), -min(sums)
