"""What differs between two records of one bulletin: figures by name, words by the clause.

Printed then, Printed now ──differences──▶ figures and clauses, old and new
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from jianbao.model.reviewed import IMPRINT, PLAN, TABLES, Passage, Printed, PrintedFigure

_CLAUSE = re.compile(r"[^，。；：？！、｜／\s]*[，。；：？！、｜／\s]*")
_WITHIN_NUMBER = re.compile(r"[0-9.,%％～—\-]")


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that is printed otherwise; "" where it was not or is no longer printed.

    Attributes:
        spots: Where it is printed now, or was: story and line.
    """

    asked: str
    path: str
    as_of: str
    old: str
    new: str
    spots: tuple[tuple[str, int], ...]
    value: str = ""


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words that are printed otherwise: the clauses around them; "" where there were none.

    Attributes:
        part: The story's file, or 刊头, 版面, 数据表.
        told: Whether a changed figure says it all already.
        row: The first cell of its row, where it stands in a table.
    """

    part: str
    role: str
    old: str
    new: str
    told: bool = False
    row: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that two records differ in.

    Attributes:
        pictures: The pictures that were exchanged, added or taken out.
        looks: The office's own templates that were changed.
    """

    figures: tuple[FigureChange, ...] = ()
    words: tuple[WordChange, ...] = ()
    pictures: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Say whether there is any."""
        return bool(self.figures or self.words or self.pictures or self.looks)

    @property
    def untold(self) -> tuple[WordChange, ...]:
        """The words that no changed figure accounts for."""
        return tuple(word for word in self.words if not word.told)


def differences(then: Printed, now: Printed) -> Difference:
    """Return what a reader of `now` sees that a reader of `then` did not."""
    if then.digest == now.digest:
        return Difference()
    figures = tuple(_figures(then.figures, now.figures))
    words = tuple(_words(then, now, figures))
    return Difference(
        figures,
        words,
        _keys(dict(then.pictures), dict(now.pictures)),
        _keys(dict(then.looks), dict(now.looks)),
    )


def _keys(then: dict[str, str], now: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in then | now if then.get(name) != now.get(name)))


def _figures(then: Sequence[PrintedFigure], now: Sequence[PrintedFigure]) -> Iterator[FigureChange]:
    """Yield each figure, by what was asked for, whose printing or meaning differs."""
    before, after = _by_asked(then), _by_asked(now)
    for asked in dict.fromkeys((*after, *before)):
        old, new = before.get(asked, ()), after.get(asked, ())
        if _meant(old) == _meant(new):
            continue
        known = new or old
        yield FigureChange(
            asked=asked,
            path=known[0].path,
            as_of=(old or new)[0].as_of,
            old="、".join(dict.fromkeys(figure.text for figure in old)),
            new="、".join(dict.fromkeys(figure.text for figure in new)),
            spots=tuple(dict.fromkeys((figure.story, figure.line) for figure in known)),
            value=old[0].value if old else "",
        )


def _by_asked(figures: Sequence[PrintedFigure]) -> dict[str, tuple[PrintedFigure, ...]]:
    found: dict[str, tuple[PrintedFigure, ...]] = {}
    for figure in figures:
        found[figure.asked] = (*found.get(figure.asked, ()), figure)
    return found


def _meant(figures: Sequence[PrintedFigure]) -> set[tuple[str, str, str]]:
    return {(figure.text, figure.value, figure.as_of) for figure in figures}


def _words(then: Printed, now: Printed, figures: Sequence[FigureChange]) -> Iterator[WordChange]:
    swaps = [(f.old, f.new) for f in figures if f.old and f.new]
    for part in dict.fromkeys((*now.texts, *then.texts)):
        for role, old, new in _passages(then.texts.get(part, ()), now.texts.get(part, ())):
            bare = (old.replace("**", ""), new.replace("**", ""))
            for before, after in clauses(*(bare if bare[0] != bare[1] else (old, new))):
                told = part == TABLES and bool(figures)
                told = told or _swapped(before, after, swaps)
                yield WordChange(part, role, before, after, told, _row(new or old))


def _row(text: str) -> str:
    return text.partition("｜")[0].replace("**", "") if "｜" in text else ""


def _swapped(old: str, new: str, swaps: Sequence[tuple[str, str]]) -> bool:
    """Say whether a clause differs by changed figures alone."""
    for before, after in swaps:
        old = old.replace(before, after)
    return old == new


def _passages(then: Sequence[Passage], now: Sequence[Passage]) -> Iterator[tuple[str, str, str]]:
    """Yield role, old and new words of the passages that differ, paired where they are alike."""
    matcher = SequenceMatcher(None, then, now, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            continue
        old, new = list(then[i:j]), list(now[k:m])
        while old and new:
            if old[0].role != new[0].role and len(old) != len(new):
                longer = old if len(old) > len(new) else new
                one = longer.pop(0)
                yield (one.role, one.text, "") if longer is old else (one.role, "", one.text)
                continue
            before, after = old.pop(0), new.pop(0)
            yield after.role, before.text, after.text
        for one in old:
            yield one.role, one.text, ""
        for one in new:
            yield one.role, "", one.text


def clauses(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield the clauses that differ, old and new, without the mark they end in.

    >>> list(clauses("共有736件，办结559件，完成76%。", "共有736件，办结586件，完成79%。"))
    [('办结559件', '办结586件'), ('完成76%', '完成79%')]
    """
    if not old or not new:
        yield old, new
        return
    then, now = _CLAUSE.findall(old), _CLAUSE.findall(new)
    for kind, i, j, k, m in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        before, after = then[i:j], now[k:m]
        pairs = zip(before, after, strict=True) if len(before) == len(after) else ()
        alone = tuple(pairs) or (("".join(before), "".join(after)),)
        for one, other in alone:
            if one != other:
                yield _bare(one, other)


def _bare(old: str, new: str) -> tuple[str, str]:
    """Return two clauses without the mark both end in, and without a bracket that never closes."""
    while old and new and old[-1] == new[-1] and not old[-1].isalnum() and old[-1] not in "”%）》":
        old, new = old[:-1], new[:-1]
    for opens, closes in ("“”", "‘’", "（）", "《》"):
        if all(text.startswith(opens) and closes not in text for text in (old, new)):
            old, new = old[1:], new[1:]
    return old, new


def marked(old: str, new: str) -> tuple[str, str]:
    """Return both with the words in question in 【】; a number is never cut in two.

    >>> marked("办结559件", "办结586件")
    ('办结【559】件', '办结【586】件')
    """
    if not old or not new:
        return old, new
    left = 0
    while left < min(len(old), len(new)) and old[left] == new[left]:
        left += 1
    right = 0
    while right < min(len(old), len(new)) - left and old[-1 - right] == new[-1 - right]:
        right += 1
    while left and _WITHIN_NUMBER.match(old[left - 1]):
        left -= 1
    while right and _WITHIN_NUMBER.match(old[len(old) - right]):
        right -= 1
    return tuple(  # type: ignore[return-value]
        f"{text[:left]}【{text[left : len(text) - right]}】{text[len(text) - right :]}"
        for text in (old, new)
    )


IS_NO_STORY = frozenset({IMPRINT, PLAN, TABLES})
