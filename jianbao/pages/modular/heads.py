"""How large a story's head is on a modular page, and how many rows it takes.

headline's parts, width ──head_of──▶ Head: its lines, their size, rows with the white around
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jianbao.pages.bonds import Bonds
from jianbao.pages.headlines import NO_BONDS, ems, headline_lines

# The sizes to try on one line and on two, in points, from the largest; by where the head stands.
_LEAD = ((42, 38, 34), (30, 26, 22))
_BAND = ((26, 24, 22), (22, 20))
_THREE = ((24, 22, 20), (20, 18))
_TWO = ((22, 20, 18), (20, 18, 16, 14))
MOST_LINES = 2


@dataclass(frozen=True, slots=True)
class Head:
    """A head: its lines, their size in points, and the rows it takes with kicker and deck."""

    lines: tuple[str, ...]
    size: float
    rows: int


def head_of(
    parts: Sequence[str], wide: float, kind: tuple[bool, bool, bool], bonds: Bonds = NO_BONDS
) -> Head:
    """Return a head over a width; `kind` says whether it is the lead's, has a kicker, a deck.

    >>> head_of(["一条热线连起千家事"], 264.6, (False, False, False))
    Head(lines=('一条热线连起千家事',), size=22, rows=3)
    >>> head_of(["零工市场开到社区", "找活不再站马路"], 264.6, (False, False, False)).rows
    5
    """
    is_lead, kicker, deck = kind
    one, two = _LEAD if is_lead else _BAND if wide > 500 else _THREE if wide > 300 else _TWO
    room = wide - 6
    beside = (2 if is_lead else 1) * kicker + (2 if is_lead else 1) * deck
    if len(parts) == 1:
        for size in one:
            if ems(parts[0]) * size <= room:
                return Head(tuple(parts), size, (5 if is_lead else 3) + beside)
    if wide > 300 and not is_lead and len(parts) == 2:
        joined = "　".join(parts)
        for size in one:
            if ems(joined) * size <= room:
                return Head((joined,), size, 3 + beside)
    for size in two:
        lines = headline_lines(list(parts), room / size, bonds=bonds)
        if len(lines) <= 2 and all(ems(line) * size <= room for line in lines):
            break
    deep = min(len(lines), MOST_LINES)  # the rest runs over, and is found
    return Head(tuple(lines), size, (3 if is_lead else 2) * deep + 1 + beside)
