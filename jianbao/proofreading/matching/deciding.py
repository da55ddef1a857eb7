"""Decide for each number typed by hand which figure is meant.

    lines, Catalogue ──match_lines──▶ (Match, …)

Figures that print what was typed are compared by their words. One that is
named clearly is the match; several, or one named less clearly, are asked
about. Where the words name one figure clearly and its value is near what was
typed, the number is wrong. 宁可漏报，不可误报: what is unclear is left.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from jianbao.diagnostics import Place
from jianbao.figures.arithmetic import interval, round_part
from jianbao.figures.resolve import Figure, Kind
from jianbao.proofreading.matching.catalogue import Catalogue, Entry, fits, is_alike
from jianbao.proofreading.matching.changes import Change, Met
from jianbao.proofreading.matching.doubts import is_of_another
from jianbao.proofreading.matching.numbers import Number, numbers
from jianbao.proofreading.matching.passages import Passage, passages
from jianbao.proofreading.matching.scoring import Score, is_spoken_of, score
from jianbao.proofreading.matching.slips import is_slip
from jianbao.proofreading.matching.spelling import TENTHS
from jianbao.proofreading.matching.tenths import holds
from jianbao.proofreading.matching.wording import Context, bare, contexts
from jianbao.proofreading.matching.writing import Proposal, as_typed

_CLEAR, _LEAST, _APART, _RIVAL, _OWN = 1.2, 0.7, 0.3, 0.5, 0.6
_CLEAR_TELLING = 0.9
_SURE, _STRONG, _NAMED = 1.3, 1.6, 0.8
_HINTED = 0.4
_LEAST_SPOKEN, _UNLIKE, _LEAST_DIGITS = 0.6, 0.5, 2
_ANYTHING = "个"
_SEVERAL = re.compile("均|分别")
_TELLING_DIGITS = 4
_MOST_ASKED = 5


class Verdict(StrEnum):
    """What was found for a number: NEAR is a slip, FAR has a figure's words and not its value."""

    ONE = "one"
    ASKED = "asked"
    NEAR = "near"
    FAR = "far"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Match:
    """A number typed by hand, and what it may mean.

    Attributes:
        place: Where it stands, with its unit; up to the line's end where it goes on.
        proposals: The figure that is meant, or those that may be, the likeliest first.
    """

    number: Number
    place: Place
    verdict: Verdict
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ranked:
    entry: Entry
    score: Score


def match_lines(path: str, lines: Sequence[str], catalogue: Catalogue) -> tuple[Match, ...]:
    """Return what was found for each number of a story, in order."""
    read = tuple(passages(lines))
    story = bare(" ".join(passage.text for passage in read if passage.is_head))
    found = (m for passage in read for m in _match_passage(path, lines, passage, catalogue, story))
    return tuple(found)


def _match_passage(
    path: str, lines: Sequence[str], passage: Passage, catalogue: Catalogue, story: str
) -> Iterator[Match]:
    found = numbers(passage.text, catalogue.units)
    if not found:
        return
    around = contexts(passage.text, found, bare(passage.heads), story)
    pairs = list(zip(found, around, strict=True))
    first = [_decide(number, context, catalogue, frozenset()) for number, context in pairs]
    meant = frozenset(
        ranked[0].entry.subject.name for verdict, ranked in first if verdict is Verdict.ONE
    )
    met = Met(passage, catalogue)
    for (number, context), known in zip(pairs, first, strict=True):
        change = met.change(number)
        if change is not None:
            place = _place(path, lines, passage, change.start, number.unit_end)
            yield Match(number, place, _of_change(change), (change.proposal,))
            continue
        again = meant and known[0] is not Verdict.ONE
        verdict, ranked = _decide(number, context, catalogue, meant) if again else known
        proposals = [as_typed(catalogue, one.entry.figure, passage, number) for one in ranked]
        met.take(number, ranked[0].entry.figure if verdict is Verdict.ONE else None)
        unlike = verdict is Verdict.ONE and not proposals[0].is_exact
        yield Match(
            number,
            _place(path, lines, passage, number.start, number.unit_end),
            Verdict.ASKED if unlike else verdict,
            tuple(proposals),
        )


def _of_change(change: Change) -> Verdict:
    if change.holds:
        return Verdict.ONE if change.proposal.is_exact else Verdict.ASKED
    return Verdict.NEAR if change.is_sure else Verdict.FAR


def _place(path: str, lines: Sequence[str], passage: Passage, start: int, stop: int) -> Place:
    line, column = passage.at(start)
    last, end = passage.at(stop - 1)
    text = lines[line - 1]
    return Place(path, line, column, end + 1 if last == line else len(text) + 1, text)


@dataclass(frozen=True, slots=True)
class _Case:
    """One number with its words; `neighbours` are the datasets that are meant around it."""

    number: Number
    context: Context
    catalogue: Catalogue
    neighbours: frozenset[str]

    def ranked(self, entries: Iterable[Entry], mixed: bool = False) -> list[_Ranked]:
        """Return the figures the words fit, best first; of any unit where that is `mixed`."""
        unit = "%" if self.number.unit == TENTHS else self.number.unit
        scored = [
            _Ranked(entry, score(entry, self.context, unit, self.neighbours))
            for entry in entries
            if mixed or fits(unit, entry.figure.unit)
        ]
        return sorted(scored, key=lambda one: -one.score.total)

    def is_doubted(self, one: _Ranked) -> bool:
        """Say whether the words speak of a part, a place or a time the figure is not of."""
        return is_of_another(one.entry, self.context, self.catalogue.book.campaign.organisation)

    def named(self) -> list[_Ranked]:
        """Return the figures of every dataset that is spoken of, whatever their value."""
        return self.ranked(
            entry
            for subject in self.catalogue.subjects
            if subject.name in self.neighbours or is_spoken_of(subject, self.context)
            for entry in self.catalogue.of(subject.name)
        )


def _decide(
    number: Number, context: Context, catalogue: Catalogue, neighbours: frozenset[str]
) -> tuple[Verdict, list[_Ranked]]:
    """Return the verdict on a number, and the figures it may mean, the likeliest first."""
    case = _Case(number, context, catalogue, neighbours)
    if number.unit == TENTHS:
        return _decide_tenths(case)
    valued = case.ranked(_by_value(number, catalogue))
    same = [one for one in valued if one.score.total >= _LEAST and agrees(number, one.entry.figure)]
    named = case.named()
    if same and _is_clear(same, case) and not _has_rival(same[0], named):
        return Verdict.ONE, same[:1]
    best = [one for one in named if one.score.total >= _SURE and one.score.own >= _NAMED]
    best = [one for one in best if one.score.total >= best[0].score.total - _RIVAL]
    near = [one for one in best if is_slip(number, one.entry.figure.amount.value)]
    sure = bool(best) and _stands_apart(best) and not case.is_doubted(best[0])
    new = near and (not _is_in(near[0], same) or is_miscounted(number, near[0].entry.figure))
    if new and near[0] is best[0] and sure:
        others = [one for one in same if one.entry is not near[0].entry]
        return Verdict.NEAR, [near[0], *others]
    hinted = [one for one in valued if min(one.score.total, one.score.own) >= _HINTED]
    written = [one for one in hinted if is_close(number, one.entry.figure)]
    if written and not same and _is_clear(written, case) and not _has_rival(written[0], named):
        return Verdict.NEAR, written[:1]
    strong = [one for one in best[:1] if one.score.total >= _STRONG]
    told = strong if same and _has_rival(same[0], named) else []
    asked = {one.entry.figure.path: one for one in (*told, *same, *written, *near)}
    if asked:
        return Verdict.ASKED, list(asked.values())[:_MOST_ASKED]
    return _unmatched(case, best[:1] if sure else [])


def _decide_tenths(case: _Case) -> tuple[Verdict, list[_Ranked]]:
    """Return the verdict on 近九成: true of a percentage that is spoken of, or of none."""
    spoken = [one for one in case.named() if one.score.total >= _LEAST_SPOKEN]
    likely = [one for one in spoken if one.score.total > spoken[0].score.total - _APART]
    true = [one for one in likely if holds(case.number, one.entry.figure.amount.value)]
    if true:
        return Verdict.ASKED, true[:_MOST_ASKED]
    if not spoken or not _stands_apart(spoken):
        return Verdict.NONE, []
    clear = spoken[0].score.own >= _NAMED and spoken[0].score.total >= _SURE
    doubted = case.is_doubted(spoken[0])
    return Verdict.NEAR if clear and not doubted else Verdict.ASKED, spoken[:1]


def _unmatched(case: _Case, spoken: list[_Ranked]) -> tuple[Verdict, list[_Ranked]]:
    """Return the figure whose words and value these are, and whose unit was mistyped or left out.

    件 as 户, 78.6 for 78.6%; else the figure that is spoken of.
    """
    number = case.number
    unsigned = [] if number.unit else _in_another_unit(case, share=True)
    if unsigned or spoken:
        return (Verdict.NEAR, unsigned) if unsigned else (Verdict.FAR, spoken)
    digits = number.value.normalize().as_tuple().digits
    if not number.unit or "%" in number.unit or len(digits) < _LEAST_DIGITS:
        return Verdict.NONE, []
    same = _in_another_unit(case, share=False)
    return (Verdict.NEAR, same) if same else (Verdict.NONE, [])


def _in_another_unit(case: _Case, share: bool) -> list[_Ranked]:
    """Return the figure whose words and value these are in another unit; a `share` lacks its %."""
    same = [
        one
        for one in case.ranked(_by_value(case.number, case.catalogue), mixed=True)
        if (one.entry.figure.unit == "%") is share
        and agrees(case.number, one.entry.figure)
        and one.score.total >= _SURE - _UNLIKE
        and one.score.own >= _NAMED
        and not case.is_doubted(one)
    ]
    return same[:1] if same and _stands_apart(same) else []


def _has_rival(best: _Ranked, named: Sequence[_Ranked]) -> bool:
    """Say whether the words fit a figure of another value better."""
    return bool(named) and named[0].score.total >= best.score.total + _RIVAL


def _is_in(sought: _Ranked, ranked: Iterable[_Ranked]) -> bool:
    return any(one.entry is sought.entry for one in ranked)


def _by_value(number: Number, catalogue: Catalogue) -> Sequence[Entry]:
    """Return the figures whose value could be what was typed."""
    slack = max(number.amount.step, round_part(number.value))
    return catalogue.between(number.value - slack, number.value + slack)


def _is_clear(same: Sequence[_Ranked], case: _Case) -> bool:
    """Say whether the words name the first figure, and no other as well."""
    best, number = same[0], case.number
    alike = not number.unit or is_alike(number.unit, best.entry.figure.unit)
    if not alike or not best.score.is_measured or _SEVERAL.search(case.context.label):
        return False
    telling = len(number.value.normalize().as_tuple().digits) >= _TELLING_DIGITS
    if best.score.own < _OWN and not (telling and best.score.total >= _SURE):
        return False
    least = _CLEAR_TELLING if telling else _CLEAR
    return best.score.total >= least and _stands_apart(same)


def _stands_apart(ranked: Sequence[_Ranked]) -> bool:
    return len(ranked) == 1 or ranked[0].score.total - ranked[1].score.total >= _APART


def agrees(number: Number, figure: Figure) -> bool:
    """Say whether the number, as exactly as it was typed, is true of the figure."""
    typed, known = number.amount, figure.amount
    if known.approx and figure.kind is not Kind.RATIO:
        return typed.approx == known.approx and typed.value == known.value
    if number.unit == "%" and typed.value >= 100 > known.value:
        return False
    if not typed.approx:
        slack = typed.step / 2 if _is_coarse(number) else Decimal(0)
        return abs(typed.value - known.value) <= slack
    return typed.value != known.value and interval(typed).holds(known.value)


def is_miscounted(number: Number, figure: Figure) -> bool:
    """Say whether the number is counted in something else than the figure: 693户 for 693件."""
    units = (number.unit, figure.unit)
    return all(units) and not is_alike(*units) and _ANYTHING not in units


def _is_coarse(number: Number) -> bool:
    """Say whether a number may have been rounded: it has decimals, 万, 亿 or %."""
    return number.scale > 1 or number.places > 0 or number.unit == "%"


def is_close(number: Number, figure: Figure) -> bool:
    """Say whether only the writing differs: cut instead of rounded, 余 or 近 left out or put in."""
    slack = number.amount.step if _is_coarse(number) else Decimal(0)
    return abs(number.value - figure.amount.value) <= slack and not agrees(number, figure)
