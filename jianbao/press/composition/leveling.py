"""No empty row at a column's foot: a paragraph is set a line longer or shorter instead.

    a way to lay a column out, the paragraphs it asked for  ──filled──▶  the column, full

No single line of a paragraph may stand at a column's head or foot, so the engine leaves a row
empty there: in one column of seven. A compositor breaks a paragraph of that column anew, one line
more or less, if its lines stay as even as they ought to be; else the row stays empty.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jianbao.press.composition.counting import counted
from jianbao.press.composition.flow import Flow
from jianbao.press.composition.planning import Measures

MOST_ROWS = 2  # more are missing only where something stands that cannot be broken
MOST_TRIALS = 6


class Asked(NamedTuple):
    """A paragraph of which the engine asked for a line: from which atom on, how wide."""

    flow: Flow
    start: int
    measures: Measures


@dataclass(slots=True)
class Journal:
    """What the engine asked for since the last column began."""

    asked: list[Asked] = field(default_factory=list)

    def paragraphs(self) -> list[Asked]:
        """Return the first line asked for of each paragraph."""
        first: dict[int, Asked] = {}
        for asked in self.asked:
            first.setdefault(id(asked.flow), asked)
        return list(first.values())


class _Choice(NamedTuple):
    """A paragraph set otherwise: what more it costs, and where its lines end then."""

    cost: float
    asked: Asked
    stops: list[int]


def filled(lay: Callable[[], Any], empty_rows: Callable[[Any], int], journal: Journal) -> Any:
    """Return what `lay` returns for a column, after a paragraph was set anew if that fills it.

    `lay` may be called again and again; `empty_rows` tells how many rows are left at the foot.
    """
    journal.asked.clear()
    laid = lay()
    if not 0 < empty_rows(laid) <= MOST_ROWS:
        return laid
    for choice in sorted(_choices(journal.paragraphs()), key=lambda each: each.cost)[:MOST_TRIALS]:
        flow, start, measures = choice.asked
        kept = flow.plans
        ends = dict(zip([start, *choice.stops[:-1]], choice.stops, strict=True))
        flow.plans = {(start, measures): ends} | {  # first found, first used
            key: known for key, known in kept.items() if key != (start, measures)
        }
        trial = lay()
        if not empty_rows(trial):
            return trial
        flow.plans = kept
    return lay()


def _choices(paragraphs: list[Asked]) -> Iterator[_Choice]:
    for asked in paragraphs:
        flow, start, measures = asked
        ends = next((ends for ends in flow.plans.values() if start in ends), {})
        lines = sum(begun >= start for begun in ends)
        last = max(ends.values(), default=0)
        if lines < 3:
            continue
        plans = counted(flow.paragraph, start, last, measures, lines + 1)
        for other in (lines + 1, lines - 1) if lines in plans else ():
            if other in plans:
                cost = plans[other].cost - plans[lines].cost
                yield _Choice(cost, asked, plans[other].stops)
