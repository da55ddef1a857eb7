"""The topics of a page of figures over its three columns.

a story's sections, rows by "place@width" ──topics_of──▶ which topic stands in which column

The first topic stands over all columns where it has a chart: words beside it, or above it where
they are too few to stand beside it. The others go down the columns in the story's order, divided so
that the tallest column is as low as can be. What is left over makes the charts higher, as far as
each looks well, and then the white between topics, by whole rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil
from typing import NamedTuple

from jianbao.pages.charts.setting import Setting
from jianbao.pages.views import SectionView, StoryView

COLUMNS = 3
WIDTH = 216
WIDE, LINE = 680.4, 510  # over all columns; at 12 points, as wide as this at 9
HEAD = 2
MOST_WHITE = 2
FEW = 0.5  # of the rows beside a chart: words that fill less stand above it
MISSING = 100  # empty rows that are better than a row that does not fit
_LARGE = 2.1  # rows of large words for a row of small ones: wider characters, wider leading


@dataclass(frozen=True, slots=True)
class Topic:
    """A section by its index, and by how many rows each of its charts is made higher."""

    index: int
    more: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """Its topics, the rows of white more above each but the first, those left empty at its foot."""

    topics: tuple[Topic, ...]
    white: tuple[int, ...]
    left: int = 0


@dataclass(frozen=True, slots=True)
class Topics:
    """How a page of figures is divided.

    Attributes:
        first: Whether the first topic stands over all columns; it takes `first_rows`, its large
            chart `first_more` rows more than it needs.
        large: Whether the words beside that chart have room to be set larger.
        across: That chart over all three columns, words above it; None where they stand beside it.
        empty: Rows left empty at the feet of columns, and half of those beside the large chart.
    """

    first: bool
    first_rows: int
    first_more: int
    large: bool
    columns: tuple[Column, ...]
    empty: float = 0.0
    across: Setting | None = None


def topics_of(story: StoryView, room: int, rows: Mapping[str, int]) -> Topics:
    """Return the division of a story's sections in so many rows."""
    sections = story.sections
    if not (sections and sections[0].charts):
        return Topics(False, 0, 0, False, _columns(sections, 0, room, rows))
    best = min(_beside(story, room, rows), key=_emptiness)
    if best.hole > 1 - FEW and len(sections[0].charts) == 1:
        best = min(_above(story, room, rows), key=_emptiness, default=best)
    return best.topics


class _Way(NamedTuple):
    """A division, and the share of the rows beside its large chart that stays empty."""

    topics: Topics
    hole: float = 0.0


def _emptiness(way: _Way) -> tuple[float, int]:
    return way.topics.empty, way.topics.first_more


def _beside(story: StoryView, room: int, rows: Mapping[str, int]) -> Iterator[_Way]:
    """Yield divisions with the words beside the large chart, that chart made higher and higher."""
    section = story.sections[0]
    chart, *others = section.charts
    least, words = _first_rows(section, rows), _words(section, rows)
    for more in range(chart.most + 1):
        high = max(least, HEAD + chart.rows + more)
        large = not others and ceil(_LARGE * words) + 1 <= high - HEAD
        columns = _columns(story.sections[1:], 1, room - high - 1, rows)
        used = words * (_LARGE if large else 1) + sum(each.rows for each in others)
        hole = max(0.0, high - HEAD - used)
        empty = round(hole / 2 + _left(columns, room - high), 1)
        yield _Way(Topics(True, high, more, large, columns, empty), hole / (high - HEAD))


def _above(story: StoryView, room: int, rows: Mapping[str, int]) -> Iterator[_Way]:
    """Yield divisions with the large chart over all columns, its words above it."""
    section = story.sections[0]
    chart = section.charts[0].over(WIDE)
    if chart is None:
        return
    words = ceil(1.5 * rows.get(f"{section.place}@{LINE}", 1) + 0.5)
    for more in range(chart.most + 1):
        high = HEAD + words + chart.rows + more
        columns = _columns(story.sections[1:], 1, room - high - 1, rows)
        empty = float(_left(columns, room - high))
        yield _Way(Topics(True, high, more, False, columns, empty, chart))


def _left(columns: Sequence[Column], below: int) -> int:
    """Return the rows left empty at the feet of columns, or all `below` where there are none."""
    return sum(column.left for column in columns) if columns else below


def _columns(
    sections: Sequence[SectionView], first: int, room: int, rows: Mapping[str, int]
) -> tuple[Column, ...]:
    heights = [_height(section, rows) for section in sections]
    columns = []
    for start, stop in _divided(heights):
        used = sum(heights[start:stop]) + max(0, stop - start - 1)
        spare = max(0, room - used)
        most = [[chart.most for chart in section.charts] for section in sections[start:stop]]
        more = _shared(most, spare)
        spare -= sum(map(sum, more))
        gaps = stop - start - 1
        white = [min(MOST_WHITE, (spare + k) // gaps) for k in range(gaps)]
        topics = (Topic(first + start + index, tuple(charts)) for index, charts in enumerate(more))
        left = spare - sum(white) + MISSING * max(0, used - room)
        columns.append(Column(tuple(topics), tuple(white), left))
    return tuple(columns)


def _shared(most: Sequence[Sequence[int]], spare: int) -> list[list[int]]:
    """Return how many of so many rows each chart takes, all alike for what they can take.

    >>> _shared([[4], [2, 0]], 3)
    [[2], [1, 0]]
    >>> _shared([[1]], 5)
    [[1]]
    """
    more = [[0] * len(charts) for charts in most]
    places = [(i, j) for i, charts in enumerate(most) for j in range(len(charts)) if charts[j]]
    for _ in range(spare):
        free = [(i, j) for i, j in places if more[i][j] < most[i][j]]
        if not free:
            break
        i, j = min(free, key=lambda place: more[place[0]][place[1]] / most[place[0]][place[1]])
        more[i][j] += 1
    return more


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
