"""Write a figure so that it prints what was typed.

    Figure, what was typed ──as_typed──▶ "防汛.人员 | 万 | 小数 1"

What is proposed is evaluated with the small language itself, so that what is
promised here is what a build prints.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from jianbao.diagnostics import Place
from jianbao.figures.language import Written, evaluate
from jianbao.figures.resolve import Figure
from jianbao.figures.writing import WAN, YI
from jianbao.model import Quote
from jianbao.proofreading.matching.catalogue import Catalogue, is_alike
from jianbao.proofreading.matching.numbers import Number
from jianbao.proofreading.matching.passages import Passage
from jianbao.proofreading.matching.spelling import TENTHS

_NOWHERE = Place("")
_BARE = "数"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A figure that may be put in a number's place.

    Attributes:
        source: What would stand between the braces.
        prints: What a build would print there.
        line: Where it goes, from 1.
        column: First character that is replaced, from 1.
        end_column: One past the last; 0 where the number goes on in the next line.
        is_exact: Whether `prints` is what stands there now, character for character.
        is_phrase: Whether it says something of the figure, such as its change, and not its value.
    """

    figure: Figure
    source: str
    prints: str
    line: int
    column: int
    end_column: int
    is_exact: bool
    is_phrase: bool = False

    @property
    def braces(self) -> str:
        """What is written into the story."""
        return f"{{{{ {self.source} }}}}"


def as_typed(catalogue: Catalogue, figure: Figure, passage: Passage, number: Number) -> Proposal:
    """Return the shortest way to print what was typed, else the figure's own way.

    What lies on two lines as they were pasted is not replaced: where only the
    unit is on the next line, the number alone is.
    """
    if number.unit == TENTHS:
        return _in_tenths(catalogue, figure, passage, number)
    unlike = number.unit and not is_alike(number.unit, figure.unit)
    for filters in _filters(number):
        if unlike and _BARE in filters:  # the number would take on a unit that is not its own
            continue
        end = number.end if _BARE in filters else number.unit_end
        prints = _printed(catalogue, figure, filters)
        if prints == passage.text[number.start : end] and columns(passage, number.start, end)[2]:
            place = columns(passage, number.start, end)
            return Proposal(figure, _source(figure, filters), prints, *place, is_exact=True)
    prints = _printed(catalogue, figure, ()) or ""
    place = columns(passage, number.start, number.unit_end)
    return Proposal(figure, figure.path, prints, *place, is_exact=False)


def _in_tenths(catalogue: Catalogue, figure: Figure, passage: Passage, number: Number) -> Proposal:
    """Return how 近九成 is printed by the filter that finds the true words itself."""
    prints = _printed(catalogue, figure, (TENTHS,)) or ""
    place = columns(passage, number.start, number.end)
    exact = prints == passage.text[number.start : number.end]
    return Proposal(figure, _source(figure, (TENTHS,)), prints, *place, is_exact=exact)


def columns(passage: Passage, start: int, end: int) -> tuple[int, int, int]:
    """Return line, first and end column of a stretch; 0 for the end where it has two lines."""
    line, column = passage.at(start)
    last, final = passage.at(end - 1)
    return line, column, final + 1 if last == line else 0


def _filters(number: Number) -> Iterator[tuple[str, ...]]:
    """Yield the filters to try, the fewest first."""
    choices = (
        ("", {WAN: "万", YI: "亿"}.get(number.scale, "")),
        ("", f"小数 {number.places}"),
        ("", number.approx),
        ("", _BARE),
    )
    tried = {tuple(word for word in words if word) for words in product(*choices)}
    yield from sorted(tried, key=lambda words: (len(words), words))


def _source(figure: Figure, filters: tuple[str, ...]) -> str:
    return " | ".join((figure.path, *filters))


def _printed(catalogue: Catalogue, figure: Figure, filters: tuple[str, ...]) -> str | None:
    quote = Quote(_source(figure, filters), _NOWHERE)
    written = evaluate(catalogue.book, quote, catalogue.year)
    return written.text if isinstance(written, Written) else None
