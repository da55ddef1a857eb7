"""The cheapest way to set a paragraph in a given number of lines.

    Paragraph, measures  ──counted──▶  for each number of lines, stops and their cost

For `leveling`, which wants a paragraph a line longer or shorter (TeX's looseness). Costs are the
planner's; only lawful breaks count; a line with a hole in it is no line, nor is a lone character.
"""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from jianbao.press.composition.paragraph import Paragraph, breakable, fit
from jianbao.press.composition.planning import (
    EVEN,
    SHORT_END,
    SLIM,
    Measures,
    end_cost,
    is_over,
    line_cost,
)

LOOSEST = 5_300.0  # points: a line with 0.1 em between its Han


class Counted(NamedTuple):
    """A plan: the atom before which each line ends, and what it costs altogether."""

    stops: list[int]
    cost: float


def counted(
    paragraph: Paragraph, start: int, last: int, measures: Measures, most: int
) -> dict[int, Counted]:
    """Return the cheapest plans of atoms `start` to `last` by their number of lines, to `most`."""
    places = [start, *(k for k in breakable(paragraph.prices[: last + 1]) if k > start)]
    states: list[dict[int, tuple[float, int]]] = [{} for _ in places]  # lines → cost, origin
    states[0][0] = (0.0, 0)
    for index in range(len(places) - 1):
        if not states[index]:
            continue
        measure = measures.rest if index else measures.first
        for ahead, cost in _lines(paragraph, places, index, measure, measures.last_full):
            for count, (total, _) in states[index].items():
                known = states[ahead].get(count + 1)
                if count < most and (known is None or total + cost < known[0] - EVEN):
                    states[ahead][count + 1] = (total + cost, index)
    return {
        lines: Counted(_stops(places, states, lines), cost)
        for lines, (cost, _) in states[-1].items()
    }


def _stops(places: list[int], states: list[dict[int, tuple[float, int]]], lines: int) -> list[int]:
    stops, at = [], len(places) - 1
    for count in range(lines, 0, -1):
        stops.append(places[at])
        at = states[at][count][1]
    return stops[::-1]


def _lines(
    paragraph: Paragraph, places: list[int], index: int, measure: float, last_full: bool
) -> Iterator[tuple[int, float]]:
    """Yield each place where a bearable line from `places[index]` may end, and its cost."""
    place, last = places[index], places[-1]
    least = paragraph.advances[place] + SLIM * measure
    low = bisect_left(places, least, index + 1, key=lambda k: paragraph.advances[k])
    for ahead in range(min(low, len(places) - 1), len(places)):
        stop = places[ahead]
        sits = fit(paragraph, place, stop, measure)
        if is_over(sits):
            return
        cost = line_cost(sits, measure, stop != last or last_full)
        if cost > LOOSEST:
            continue
        if stop == last:
            ending = end_cost(paragraph, place, last)
            if ending >= SHORT_END:  # a lone character is worse than an empty row
                continue
            cost += ending
        yield ahead, cost + paragraph.prices[stop]
