"""No empty row at a column's foot: a paragraph is set a line longer or shorter instead.

    a way to lay a column out, the paragraphs it asked for  ──filled──▶  the column, full
    the same for a page of running text                     ──mended──▶  the page, no line alone

No single line of a paragraph may stand at a column's head or foot, so the engine leaves a row
empty there: in one column of seven. A compositor breaks a paragraph of that column anew, one line
more or less, if its lines stay as even as they ought to be; else the row stays empty.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jianbao.press.composition.counting import counted
from jianbao.press.composition.flow import Flow
from jianbao.press.composition.planning import Measures

MOST_ROWS = 2  # more are missing only where something stands that cannot be broken
MOST_TRIALS = 6
LEAST = 3  # lines of a paragraph that is worth setting anew


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
    choices = _choices(journal.paragraphs(), (1, -1))
    return _first(lay, lambda trial: not empty_rows(trial), choices) or lay()


def mended(lay: Callable[[], Any], alone: Callable[[Any], Any], journal: Journal) -> Any:
    """Return what `lay` returns for a page, after a paragraph was set anew if that helps its foot.

    `alone` gives the paragraph whose first line is all of it that stands there, or None. Where no
    other can be set anew, it is kept together: its line goes on to the next page.
    """
    journal.asked.clear()
    laid = lay()
    paragraph = alone(laid)
    if paragraph is None or not journal.asked:
        return laid
    *above, last = journal.paragraphs()
    # Of three lines none may follow the first: a row less above would do no good.
    ways = (1,) if _lines(last)[0] <= LEAST else (1, -1)
    made = _first(lay, lambda trial: alone(trial) is None, _choices(above, ways))
    if made is not None:
        return made
    style = paragraph.style
    paragraph.style = style.copy()
    paragraph.style["break_inside"] = "avoid"
    made = lay()
    if alone(made) is None:
        return made
    paragraph.style = style
    return lay()


def _first(
    lay: Callable[[], Any], good: Callable[[Any], bool], choices: Iterable[_Choice]
) -> Any | None:
    """Return what is laid out by the cheapest of the choices that is good; None if none is."""
    for choice in sorted(choices, key=lambda each: each.cost)[:MOST_TRIALS]:
        flow, start, measures = choice.asked
        kept = flow.plans
        ends = dict(zip([start, *choice.stops[:-1]], choice.stops, strict=True))
        flow.plans = {(start, measures): ends} | {  # first found, first used
            key: known for key, known in kept.items() if key != (start, measures)
        }
        trial = lay()
        if good(trial):
            return trial
        flow.plans = kept
    return None


def _lines(asked: Asked) -> tuple[int, int]:
    """Return how many lines a paragraph has from where it was asked for, and where they end."""
    flow, start, _ = asked
    ends = next((ends for ends in flow.plans.values() if start in ends), {})
    return sum(begun >= start for begun in ends), max(ends.values(), default=0)


def _choices(paragraphs: list[Asked], ways: tuple[int, ...]) -> Iterator[_Choice]:
    """Yield each way to set one of these paragraphs in so many lines more."""
    for asked in paragraphs:
        flow, start, measures = asked
        lines, last = _lines(asked)
        if lines < LEAST:
            continue
        plans = counted(flow.paragraph, start, last, measures, lines + 1)
        for other in (lines + more for more in ways) if lines in plans else ():
            if other in plans:
                cost = plans[other].cost - plans[lines].cost
                yield _Choice(cost, asked, plans[other].stops)
