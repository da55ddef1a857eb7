"""What changed, typed by hand: 比上期增加27件 behind the figure that changed.

    passage, number, what was met before it ──Met.change──▶ Change, or None

Beside 613件 that 27件 is no figure, but what the small language prints for
`实事.已完成 | 变化`; so it can be compared, and bound.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jianbao.diagnostics import Place
from jianbao.figures.language import Written, evaluate
from jianbao.figures.resolve import Figure
from jianbao.model import Quote
from jianbao.proofreading.matching.catalogue import Catalogue, is_alike
from jianbao.proofreading.matching.numbers import Number, numbers
from jianbao.proofreading.matching.passages import Passage
from jianbao.proofreading.matching.writing import Proposal, columns
from jianbao.reading.braces import BRACES

_NOWHERE = Place("")
_MORE = "增加|增长|新增|净增|提高|提升|上升|升高|多"
_LESS = "减少|下降|降低|回落|少"
_BASES = {
    "上期": "", "上一期": "",
    "年初": "年初", "去年底": "年初", "上年末": "年初",
    "去年同期": "去年同期", "上年同期": "去年同期",
}  # fmt: skip
_CADENCES = {"上周": "week", "上月": "month", "上个月": "month", "昨天": "day", "昨日": "day"}
_PHRASE = re.compile(
    rf"[比较与](?P<base>{'|'.join(sorted([*_BASES, *_CADENCES], key=len, reverse=True))})相?比?"
    rf"[，,]?(?:又|再|净)?(?:(?P<more>{_MORE})|{_LESS})了?[ \u3000]?$"
)
_LONGEST = 16  # 比去年同期相比，又增加了
_STOPS = re.compile("[。！？；!?;]")


@dataclass(frozen=True, slots=True)
class Change:
    """A change typed by hand, and what the figures say of it.

    Attributes:
        start: Where its words begin: at 比.
        holds: Whether it is what changed.
        is_sure: Whether its base is named as the data name it, and not as a week or a month;
            and what changed is no percentage whose change is told in percent.
    """

    start: int
    proposal: Proposal
    holds: bool
    is_sure: bool


class Met:
    """The numbers met in a passage so far, typed or bound, and the figure that each one is."""

    def __init__(self, passage: Passage, catalogue: Catalogue) -> None:
        """Take the passage; nothing is met yet."""
        self.passage, self.catalogue = passage, catalogue
        self.typed: list[tuple[int, str, Figure | None]] = []

    def take(self, number: Number, figure: Figure | None) -> None:
        """Keep a number; the figure is None where it is not clear."""
        self.typed.append((number.unit_end, number.unit, figure))

    def change(self, number: Number) -> Change | None:
        """Return what a number says of the change of a figure before it in its sentence.

        That is the nearest one counted in its unit; where that one is not clear, nothing is said.
        """
        phrase = _before(self.passage, number)
        if phrase is None:
            return None
        quoted = _quoted(self.passage, self.catalogue)
        bound = [(stop, figure.unit, figure) for stop, figure in quoted]
        for end, unit, figure in sorted([*bound, *self.typed], key=lambda one: -one[0]):
            if end > number.start or not may_change(number.unit, figure.unit if figure else unit):
                continue
            if figure is None or _begins_sentence(self.passage, end, number.start):
                return None
            return self._of(figure, phrase, number)
        return None

    def _of(self, figure: Figure, phrase: re.Match[str], number: Number) -> Change | None:
        """Return what is typed of a figure's change; None where nobody knows it."""
        passage, catalogue = self.passage, self.catalogue
        dataset = catalogue.book.campaign.datasets[figure.cell[0]]
        base = phrase["base"]
        if base in _CADENCES and _CADENCES[base] != dataset.cadence:
            return None
        share = number.unit == "%" and figure.unit != "%"
        filters = " ".join(filter(None, ("增长了" if share else "变化", _BASES.get(base, ""))))
        source = f"{figure.path} | {filters}"
        written = evaluate(catalogue.book, Quote(source, _NOWHERE), catalogue.year)
        if not isinstance(written, Written):
            return None
        start, end = phrase.start(), number.unit_end
        place, prints = columns(passage, start, end), written.text
        exact = prints == passage.text[start:end]
        proposal = Proposal(figure, source, prints, *place, is_exact=exact, is_phrase=True)
        holds = exact or _says(prints, number, bool(phrase["more"]), catalogue)
        is_sure = base in _BASES and {number.unit, figure.unit} != {"%"}
        return Change(start, proposal, holds, is_sure)


def _quoted(passage: Passage, catalogue: Catalogue) -> Iterator[tuple[int, Figure]]:
    """Yield the figures that are bound in a passage, each with where its braces end."""
    for match in BRACES.finditer(passage.text):
        written = evaluate(catalogue.book, Quote(match[1], _NOWHERE), catalogue.year)
        if isinstance(written, Written) and written.figure:
            yield match.end(), written.figure


def may_change(unit: str, of: str) -> bool:
    """Say whether a change may be counted in a unit: percentages change by percentage points.

    >>> may_change("件", "件"), may_change("个百分点", "%"), may_change("个", "件")
    (True, True, False)
    """
    return unit in ("%", "个百分点") if of == "%" else unit == "%" or is_alike(unit, of)


def _before(passage: Passage, number: Number) -> re.Match[str] | None:
    """Return the words of a change that end where a number begins: 比上期增加."""
    return _PHRASE.search(passage.text, max(0, number.start - _LONGEST), number.start)


def _begins_sentence(passage: Passage, start: int, stop: int) -> bool:
    """Say whether a sentence, or half of one, begins between two places."""
    return bool(_STOPS.search(passage.text, start, stop))


def _says(printed: str, number: Number, more: bool, catalogue: Catalogue) -> bool:
    """Say whether what would be printed says the same in other words: 较上一期多27件."""
    known = numbers(printed, catalogue.units)
    if not known or bool(re.search(_MORE, printed)) is not more or known[-1].unit != number.unit:
        return False
    slack = number.amount.step / 2 if number.scale > 1 else 0
    return abs(known[-1].value - number.value) <= slack and not number.approx
