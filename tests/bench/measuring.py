"""Read a PDF's columns back: how flush, how even, how lawful. Judges nothing.

    a PDF, its body size, where its columns are  ──measure──▶  Columns (numbers to compare)

Copied from the project's `tools/measure_columns.py` (the yardstick of the columns), with its rules and
its numbers, but told where the columns stand: the tool finds them by itself and runs those into one
that stand closer than 1.7 em. White in the text (a word space) is no gap.

A full line is one whose paragraph goes on in the line below. A gap is extra space between two
neighbouring glyphs of a full line, in em; a quarter em between Han and Latin is not extra.
"""

from bisect import bisect_right
from collections import defaultdict
from itertools import pairwise, zip_longest
from statistics import fmean
from typing import Any, NamedTuple
from unicodedata import east_asian_width

import pymupdf

NO_START = frozenset("。，、；：？！”’）》〉】〕·～/％%")
NO_END = frozenset("“‘（《〈【〔/")
CLOSING = frozenset("。，、；：？！”’）》〉】〕")
_REACH = 0.75  # em: an opening mark may stand half outside on the left, a digit is half as wide
_OPEN: Any = pymupdf.open
_READ = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_INHIBIT_SPACES


class Glyph(NamedTuple):
    """A character, its left and right edge and its baseline in points."""

    char: str
    x0: float
    x1: float
    y: float


Line = list[Glyph]


class Columns(NamedTuple):
    """What a page measures like; see the module for a full line and a gap.

    Attributes:
        full: Number of full lines.
        flush: Share of full lines that end within 0.3 pt of their column's edge.
        worst: Largest distance from that edge, in points.
        mean, p99, most: Mean, 99th percentile and largest of the gaps, in em.
        overlap: Largest overlap of two neighbouring Han, in em.
        loose: Share of full lines with a gap of more than 0.15 em.
        open_ends: Full lines that end in a mark a full em wide.
        bad: Lines that begin or end with a mark that may not.
        orphans: Last lines of a paragraph that hold one Han.
    """

    full: int
    flush: float
    worst: float
    mean: float
    p99: float
    most: float
    overlap: float
    loose: float
    open_ends: int
    bad: int
    orphans: int


def measure(pdf: bytes, size: float, edges: list[float], width: float) -> Columns:
    """Return what the lines of body size `size` measure like, in columns of `width` at `edges`.

    All lengths are in points.
    """
    full: list[tuple[Line, float]] = []
    bad = orphans = 0
    with _OPEN(stream=pdf) as document:
        for page in document:
            for left, members in zip(edges, _lines(page, size, edges), strict=True):
                bad += sum(line[0].char in NO_START for line in members)
                bad += sum(line[-1].char in NO_END for line in members)
                for line, below in zip_longest(members, members[1:]):
                    if below is not None and _goes_on(line, below, left, size):
                        full.append((line, left + width))
                    elif line:
                        orphans += _is_orphan(line)
    return _summed(full, size, bad, orphans)


def _summed(full: list[tuple[Line, float]], size: float, bad: int, orphans: int) -> Columns:
    errors = [min(abs(right - end) for end in _ends(line, size)) for line, right in full]
    each = [[_gap(a, b, size) for a, b in pairwise(line)] for line, _ in full]
    gaps = sorted(gap for gaps in each for gap in gaps)
    return Columns(
        len(full),
        sum(error <= 0.3 for error in errors) / len(full),
        max(errors),
        fmean(gaps),
        gaps[int(0.99 * (len(gaps) - 1))],
        gaps[-1],
        max(_overlap(a, b, size) for line, _ in full for a, b in pairwise(line)),
        sum(max(gaps, default=0) > 0.15 for gaps in each) / len(full),
        sum(
            len(_ends(line, size)) == 2 and abs(right - line[-1].x1) <= 0.3 for line, right in full
        ),
        bad,
        orphans,
    )


def _goes_on(line: Line, below: Line, left: float, size: float) -> bool:
    return below[0].x0 - left < 0.7 * size and 0 < below[0].y - line[0].y < 2.2 * size


def _is_orphan(line: Line) -> bool:
    return len(line) <= 2 and sum("\u4e00" <= glyph.char <= "\u9fff" for glyph in line) <= 1


def _lines(page: Any, size: float, edges: list[float]) -> list[list[Line]]:
    """Return the lines of each column, whose left `edges` are given, from the top down."""
    rows: dict[tuple[int, float], Line] = defaultdict(list)
    for block in page.get_text("rawdict", flags=_READ)["blocks"]:
        for span in (span for line in block.get("lines", ()) for span in line["spans"]):
            for char in span["chars"] if abs(span["size"] - size) < 0.15 else ():
                x0, _, x1, _ = char["bbox"]
                y = round(char["origin"][1], 1)
                column = bisect_right(edges, x0 + _REACH * size) - 1
                rows[column, y].append(Glyph(char["c"], x0, x1, y))
    columns: list[list[Line]] = [[] for _ in edges]
    for (column, _), glyphs in sorted(rows.items()):
        columns[column].append(_stripped(glyphs))
    return columns


def _stripped(line: Line) -> Line:
    """Return a line without blanks at its ends."""
    inked = [k for k, glyph in enumerate(line) if glyph.char.strip()]
    return line[inked[0] : inked[-1] + 1] if inked else line


def _ends(line: Line, size: float) -> tuple[float, ...]:
    """Return where a line may be said to end: a closing mark may stand half outside."""
    last = line[-1]
    if last.char in CLOSING and last.x1 - last.x0 > 0.8 * size:
        return (last.x1, last.x0 + size / 2)
    return (last.x1,)


def _gap(left: Glyph, right: Glyph, size: float) -> float:
    if left.char.isspace() or right.char.isspace():
        return 0.0
    gap = (right.x0 - left.x1) / size
    return max(0.0, gap - 0.25 * (_is_wide(left.char) != _is_wide(right.char)))


def _overlap(left: Glyph, right: Glyph, size: float) -> float:
    if all("\u4e00" <= glyph.char <= "\u9fff" for glyph in (left, right)):
        return max(0.0, (left.x1 - right.x0) / size)
    return 0.0


def _is_wide(char: str) -> bool:
    return east_asian_width(char) in "WFA"
