"""How likely the words around a number mean a figure.

    Entry, Context ──score──▶ Score

A member named in a sentence carries on to the numbers behind it until another
member of its dimension is named. A measure is named beside its number; where
the clause names another measure first (已开工项目), that one is meant. Words
such as 全市, 比上期增加 and 力争 say that another number is meant.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jianbao.proofreading.matching.catalogue import Entry, Subject, is_alike
from jianbao.proofreading.matching.wording import Context, Naming, Term

Span = tuple[int, int]
Mentioned = tuple[str, dict[str, float]]

_MEASURE = (
    ("label", 1.0), ("wide", 0.85), ("after", 0.8), ("opening", 0.8), ("shared", 0.2),
    ("sentence", 0.35),
)  # fmt: skip
_BESIDE = 4
_DATASET = (
    ("label", 1.0), ("after", 0.85), ("wide", 0.9), ("shared", 0.85), ("sentence", 0.8),
    ("passage", 0.6), ("heads", 0.6), ("story", 0.2),
)  # fmt: skip
_MEMBER = {"label": 1.0, "after": 0.9, "wide": 0.85, "sentence": 0.7, "passage": 0.45,
           "heads": 0.4}  # fmt: skip
# What it means for a total that a member is named there.
_ALL = {"label": -0.8, "after": -0.4, "wide": -0.6, "sentence": -0.4, "passage": -0.1,
        "heads": -0.1, "": 0.3}  # fmt: skip
_OTHER = {"label": -1.0, "after": -0.6, "wide": -0.9, "sentence": -0.7, "passage": -0.4,
          "heads": -0.3, "": -0.4}  # fmt: skip
_DATASET_WEIGHT, _UNIT_WEIGHT, _NEIGHBOUR, _ODD = 0.6, 0.35, 0.8, 1.0
# 累计回访1262户: nothing else of its dataset is counted in 户, so the unit says what was meant.
_BY_UNIT = 0.8
_NAMED, _FORMER, _INSTEAD = 0.6, 0.6, 0.4
_NEAR = ("label", "after", "wide")
_THE_WHOLE = re.compile(r"(?<![公中])共|合计|总[计数量]?|全[区县市镇乡街]")
_GROWTH = re.compile("增|减|升|降|提高|翻")
_ODD_WORDS = re.compile(
    r"(?:全国|全省|全市)[^区县]*$|(?:增加|增长|减少|下降|提高|提升|降低|上升|回落)了?$"
    r"|(?:上期|上月|上周|去年|上年|同期|原有|原来)(?!.*(?:到|为|至))[^，]*$"
    r"|(?:力争|确保|目标|不少于|不低于|每|人均|平均)[^，]*$"
)


@dataclass(frozen=True, slots=True)
class Score:
    """How well a figure fits a number's words.

    Attributes:
        total: All evidence.
        own: The best of what stands beside the number and names this figure.
        is_measured: Whether it is said what is counted: by name, or by a unit nothing else has.
    """

    total: float
    own: float
    is_measured: bool


def score(entry: Entry, context: Context, unit: str, neighbours: frozenset[str]) -> Score:
    """Return how well the words fit; `neighbours` are the datasets meant nearby."""
    naming = _naming(entry, context)
    own, dataset = naming.own, naming.dataset
    if entry.subject.name in neighbours:
        dataset = max(dataset, _NEIGHBOUR)
    total = naming.measure + _DATASET_WEIGHT * dataset + naming.siblings
    is_measured = own >= _NAMED or entry.is_only
    if unit == entry.figure.unit:
        total += _UNIT_WEIGHT if entry.has_own_unit else 0.0
        is_measured = is_measured or entry.has_own_unit
        if entry.has_own_unit and unit:
            beside = _BY_UNIT * _best(context, entry.subject.terms, _MEASURE[:1])
            total += max(0.0, beside - naming.measure)
            own = max(own, beside)
    elif not is_alike(unit, entry.figure.unit):
        total -= _UNIT_WEIGHT
    for index, member in enumerate(entry.members):
        level, named = mentioned(entry.subject, index, context)
        if member is None:
            total += _ALL[level]
        elif member in named:
            weight = _MEMBER[level] * min(1.0, named[member])
            total += weight
            own = max(own, weight if level in _NEAR else 0.0)
        else:
            total += _OTHER[level]
    return Score(total, own, is_measured)


def _naming(entry: Entry, context: Context) -> Naming:
    asked = (entry.subject.name, entry.figure.cell[2])
    known = context.namings.get(asked)
    if known is None:
        measure = _best(context, entry.terms, _MEASURE)
        own = _best(context, entry.terms, _MEASURE[:_BESIDE])
        if entry.is_only:
            own = max(own, _best(context, entry.subject.terms, _MEASURE[:_BESIDE]))
            measure = max(measure, own)
        odd = _ODD if _is_odd(entry, context) else 0.0
        known = Naming(
            min(1.0, _best(context, entry.subject.terms, _DATASET)),
            measure,
            own,
            _siblings(entry, context) - odd,
        )
        context.namings[asked] = known
    return known


def is_spoken_of(subject: Subject, context: Context) -> bool:
    """Say whether the words before or behind a number name a dataset or one of its measures."""
    if _best(context, subject.terms, _DATASET[:-1]):
        return True
    return any(_best(context, terms, _MEASURE[:_BESIDE]) for terms in subject.names.values())


def _best(
    context: Context, terms: tuple[Term, ...], levels: tuple[tuple[str, float], ...]
) -> float:
    return max(weight * context.named(level, terms) for level, weight in levels)


def _siblings(entry: Entry, context: Context) -> float:
    """Return what it costs that the clause names another measure as well, or instead.

    已完成项目 and 项目已完成 both mean what was completed: the measure that is part of the
    other. Where neither is, the one named first is meant.
    """
    subject, name = entry.subject, entry.figure.cell[2]
    own = max((context.label.rfind(term.text) for term in entry.terms), default=-1)
    dataset = [_where(subject.terms, context.label)]
    costs = [0.0]
    for other, terms in subject.names.items():
        span = _where(terms, context.label) if other != name else None
        if span is None or span[1] - span[0] < 2 or _is_within(span, dataset):
            continue
        if own < 0:
            costs.append(_INSTEAD)
        elif subject.is_part(other, name):
            costs.append(_FORMER)
        elif span[1] <= own and not subject.is_part(name, other):
            costs.append(_FORMER / 2)
    return -max(costs)


def mentioned(subject: Subject, index: int, context: Context) -> Mentioned:
    """Return the nearest level that names members of a dimension, and how well each.

    Behind a number only the words up to the next mark count, and only where
    nothing before it in its clause names a member. In the sentence and the
    passage, the member named last is the one that carries on, unless the
    clause says that it speaks of the whole (全区共, 总).
    """
    asked = (subject.name, index)
    if asked not in context.mentions:
        context.mentions[asked] = _mentioned(subject, subject.members[index], context)
    return context.mentions[asked]


def _mentioned(
    subject: Subject, members: Mapping[str, tuple[Term, ...]], context: Context
) -> Mentioned:
    for level in _MEMBER:
        words = str(getattr(context, level))
        spans = {name: _where(terms, words) for name, terms in members.items()}
        measures = [_where(terms, words) for terms in subject.names.values()]
        there = {n: s for n, s in spans.items() if s and not _is_within(s, measures)}
        if there and level in _NEAR:
            return level, {name: 1.0 for name in there if not _is_inside(name, there)}
        if there:
            return level, {max(there, key=lambda name: (there[name][1], -there[name][0])): 1.0}
        if level == "label" and _THE_WHOLE.search(context.wide):
            return "", {}
        if level in ("label", "after"):
            partly = {name: context.named(level, terms) for name, terms in members.items()}
            if named := {name: part for name, part in partly.items() if 0 < part < 1}:
                return level, named
    return "", {}


def _where(terms: tuple[Term, ...], words: str) -> Span | None:
    """Return where one of `terms` stands last, the longest first."""
    for sought in sorted(terms, key=lambda sought: -len(sought.text)):
        at = words.rfind(sought.text)
        if at >= 0:
            return at, at + len(sought.text)
    return None


def _is_within(span: Span, measures: Iterable[Span | None]) -> bool:
    """Say whether a member's name is only part of a measure's: 集中安置 in 临时集中安置点."""
    return any(m and m[0] <= span[0] and span[1] <= m[1] and m != span for m in measures)


def _is_inside(name: str, there: Mapping[str, Span]) -> bool:
    """Say whether a member's name is only part of a longer one: 志愿者 in 青年志愿者."""
    start, end = there[name]
    return any(
        other != name and first <= start and end <= last and (first, last) != (start, end)
        for other, (first, last) in there.items()
    )


def _is_odd(entry: Entry, context: Context) -> bool:
    """Say whether the clause speaks of a change, a target, another time or another place."""
    if context.years and entry.figure.as_of.day.year not in context.years:
        return not any(str(year) in term.text for year in context.years for term in entry.terms)
    match = _ODD_WORDS.search(context.label)
    if match is None:
        return False
    odd = match.group()
    return not any(_GROWTH.search(term.text) or odd[:2] in term.text for term in entry.terms)
