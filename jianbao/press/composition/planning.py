"""Where all lines of a paragraph end: dynamic programming over whole paragraphs (Knuth-Plass).

    Paragraph, measures  ──plan──▶  stops (the atom before which each line ends)

Cost is in points per line: squeezing marks is cheap, spreading Han dear, and both grow with the
third power, so that three lines take a little rather than one line a lot. What is spread costs in
itself as well, so that marks give what they can before Han stand apart. Nothing here knows where
the paragraph stands or what its characters look like.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jianbao.press.composition.paragraph import Fit, Paragraph, breakable, fit

SQUEEZED = 50.0  # a line whose marks give all they have
STOPS_SQUEEZED = 700.0  # a line whose full stops do, too: rather a little between its Han
SPREAD = 600.0  # a line with TIGHT between its Han
TIGHT = 0.05  # em
LACKING = 4_200.0  # for the share of its measure that a line lacks at natural widths
FLEXED = 120.0  # a line whose Han-Latin gaps are as wide as they go
SHORT_END = 4_000.0  # a last line of less than two Han, or as much (L13)
LEAST_HAN = 2
BARE_END = 60.0  # a last line of nothing but a figure
HOLE = 0.2  # em between Han: from here on a lawful plan is no plan
RUN_OVER = 1e9  # text in the margin: worse than any break
SLIM = 0.8  # share of the measure below which a line is not even looked at
EVEN = 0.25  # points: plans this close are one as good as the other, whatever the paper's scale
TOLERANCE = 1e-6  # px


@dataclass(frozen=True, slots=True)
class Measures:
    """Widths of lines in pixels: the first (indented) and the others; whether the last is full."""

    first: float
    rest: float
    last_full: bool = False


def plan(paragraph: Paragraph, start: int, last: int, measures: Measures) -> list[int]:
    """Return where the lines of atoms `start` to `last` end: ascending atoms, `last` the last.

    Lawful breaks first; where they leave a hole, long Latin words are broken; only where a line
    would run over its measure anything goes.
    """
    if paragraph.advances[last] - paragraph.advances[start] <= measures.first + TOLERANCE:
        return [last]  # as wide as the engine thinks it; gaps must not turn one line into two
    for prices, bearable in (
        (paragraph.prices, _spread_cost(HOLE)),
        (paragraph.relaxed(), RUN_OVER),
    ):
        stops, worst = _cheapest(paragraph, prices[: last + 1], start, measures)
        if worst < bearable:
            return stops
    return _cheapest(paragraph, paragraph.lenient()[: last + 1], start, measures)[0]


def _cheapest(
    paragraph: Paragraph, prices: Sequence[float], start: int, measures: Measures
) -> tuple[list[int], float]:
    """Return the cheapest stops under `prices`, and the cost of their worst line alone."""
    last = len(prices) - 1
    places = [start, *(k for k in breakable(prices) if k > start)]
    costs: list[float] = [float("inf")] * len(places)
    origins = [0] * len(places)
    worsts = [0.0] * len(places)
    costs[0] = 0.0
    low = 1
    for index, place in enumerate(places):
        if costs[index] == float("inf") or place == last:
            continue
        measure = measures.first if index == 0 else measures.rest
        low = _first_look(paragraph, places, place, max(low, index + 1), SLIM * measure)
        while low > index + 1 and is_over(fit(paragraph, place, places[low], measure)):
            low -= 1
        for ahead in range(low, len(places)):
            stop = places[ahead]
            sits = fit(paragraph, place, stop, measure)
            over = is_over(sits)
            if over and ahead > low:
                break
            line = line_cost(sits, measure, stop != last or measures.last_full)
            if stop == last:
                line += end_cost(paragraph, place, last)
            total = costs[index] + line + prices[stop]
            if total < costs[ahead] - EVEN:
                costs[ahead], origins[ahead] = total, index
                worsts[ahead] = max(worsts[index], line)
            if over:
                break
    stops, at = [], len(places) - 1
    while at > 0:
        stops.append(places[at])
        at = origins[at]
    return stops[::-1], worsts[-1]


def _first_look(
    paragraph: Paragraph, places: Sequence[int], place: int, low: int, least: float
) -> int:
    """Return the first of `places` worth looking at: the last short line, if it is the only one."""
    start = paragraph.advances[place]
    while low + 1 < len(places) and paragraph.advances[places[low]] - start < least:
        following = paragraph.advances[places[low + 1]] - start
        if following > least / SLIM * 1.3:
            break
        low += 1
    return low


def is_over(sits: Fit) -> bool:
    """Return whether a line runs over its measure even when all that may shrink has shrunk."""
    return sits.need + sits.shrink + sits.reserve < -TOLERANCE


def end_cost(paragraph: Paragraph, start: int, last: int) -> float:
    """Return what it costs that a paragraph's last line is `start` to `last`: too short or not."""
    if not start or paragraph.hans[last] - paragraph.hans[start] >= LEAST_HAN:
        return 0.0
    body = paragraph.bodies[last] - paragraph.bodies[start]
    return BARE_END if body > 1.9 * paragraph.atoms[start].em else SHORT_END


def line_cost(sits: Fit, measure: float, full: bool) -> float:
    """Return what a line costs in itself; one that is not `full` may end where it will."""
    if sits.need < -TOLERANCE:
        if is_over(sits):
            return RUN_OVER - 1e3 * (sits.need + sits.shrink + sits.reserve)
        share, stops = sits.squeeze
        return SQUEEZED * share**3 + (STOPS_SQUEEZED * stops**2 if sits.reserve else 0.0)
    if not full:
        return 0.0
    flexed = min(1.0, sits.need / sits.flex) if sits.flex else 0.0
    rest = sits.need - flexed * sits.flex
    cost = LACKING * sits.need / measure + FLEXED * flexed**3
    if rest <= TOLERANCE:
        return cost
    if not sits.spread:  # Latin or numerals only: spaces take it, or the line stays short
        return cost + _spread_cost(0.99 * HOLE) * min(1.0, 3 * rest / measure)
    return cost + _spread_cost(rest / sits.spread)


def _spread_cost(em: float) -> float:
    return SPREAD * (em / TIGHT) ** 3
