"""Where stories stand on a modular page: rectangles on five columns, heads never level.

stories with their measured rows ──arrange──▶ Module…, each a rectangle of whole rows

An editor who makes up such a page by hand does the same: the lead over the whole width, below it
two stacks side by side, at the foot another story over the whole width where there are many; two
or three stories may all stand over the whole width, where that leaves less empty. In
two stacks no two heads may stand level (碰题): one begins with its photo or is a box whose
head runs down its side (竖题), and inside the stacks heads keep four rows apart. Text is never cut
and never stretched here; what gives is the height of photos. Every way to divide the page is
weighed by the lines it leaves empty, and the best is taken.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from heapq import nsmallest
from itertools import accumulate, pairwise, permutations, product
from math import inf
from typing import NamedTuple

from jianbao.pages.modular.cuts import Cut, best_cut, module_of
from jianbao.pages.modular.shapes import (
    COLUMN,
    COLUMNS,
    FIRST,
    GAP,
    LAST,
    Form,
    Item,
    Module,
    span,
)

APART = 4
LEAST_LEAD = 14
MOST_BANDS = 3  # stories that may all stand over the whole width
DULL = 8.0  # what that costs for a third: two stacks are livelier
_REMEMBERED = 8  # a page's own: it is made up once, and set on each paper and in each trial


class _Band(NamedTuple):
    """Stories over the whole width, or two stacks side by side, the left one so many columns."""

    rows: int
    left: tuple[int, ...]
    right: tuple[int, ...] = ()
    wide: int = COLUMNS


class _Stack(NamedTuple):
    """Stories one above the other: their cuts, the rows of their heads, what they cost."""

    cuts: tuple[tuple[int, Cut], ...]
    cost: float
    heads: tuple[int, ...]
    soft: bool
    boxes: int


class _Pair(NamedTuple):
    cost: float
    left: _Stack
    right: _Stack


def arrange(items: Sequence[Item]) -> tuple[Module, ...]:
    """Return a module for each story, the lead's first; what does not fit runs over its frame."""
    return _arranged(tuple(items))


@lru_cache(maxsize=_REMEMBERED)
def _arranged(items: tuple[Item, ...]) -> tuple[Module, ...]:
    return tuple(sorted(_Search(items).best(), key=lambda module: module.story))


def fitted(items: Sequence[Item]) -> bool:
    """Return whether every story finds room for all its lines where it would stand.

    >>> from jianbao.pages.modular.shapes import WIDTHS
    >>> fitted([Item(dict.fromkeys(WIDTHS, count), ("题",)) for count in (90, 60, 50)])
    True
    >>> fitted([Item(dict.fromkeys(WIDTHS, count), ("题",)) for count in (300, 90, 90)])
    False
    """
    return all(
        sum(module.column_rows) >= items[module.story].lines[module.measure]
        for module in arrange(items)
    )


class _Search:
    """All ways to divide one page, each part weighed once."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        self.items = items
        self.cut = lru_cache(maxsize=None)(self._cut)
        self.stack = lru_cache(maxsize=None)(self._stack)
        self.pair = lru_cache(maxsize=None)(self._pair)
        self.both = lru_cache(maxsize=None)(self._both)

    def best(self) -> tuple[Module, ...]:
        """Return the modules of the cheapest division."""
        if len(self.items) == 1:
            return self._placed((_Band(LAST - FIRST + 1, (0,)),))
        ways = min(self._ways(), key=lambda way: way[0], default=None)
        return self._placed(ways[1] if ways else self._piled())

    def _ways(self) -> Iterator[tuple[float, tuple[_Band, ...]]]:
        """Yield divisions with what they cost, each better than those before."""
        count, room = len(self.items), LAST - FIRST + 1
        best = inf
        for cost, deep in self._one_below_another() if count <= MOST_BANDS else ():
            if cost < best:
                best = cost
                yield cost, tuple(_Band(high, (story,)) for story, high in enumerate(deep))
        for order in permutations(range(1, count)):
            strayed = sum(abs(place - story) for place, story in enumerate(order, 1)) * 1.5
            for left, right, foot in _shapes(count - 1):
                stacks = order[:left], order[left : left + right]
                last = order[left + right :]
                for wide, high in product((2, 3), range(12, room - 12)):
                    pair = self.pair(stacks, wide, high)
                    if pair is None or pair.cost + strayed >= best:
                        continue
                    for rows, cost in self._foot(last, high):
                        lead = room - 1 - high - (rows + 1) * foot
                        if lead >= LEAST_LEAD:
                            bands = _Band(lead, (0,)), _Band(high, *stacks, wide)
                            total = self.cut(0, COLUMNS, lead, False).cost + cost
                            total += pair.cost + strayed
                            if total >= best:
                                continue
                            best = total
                            yield total, (*bands, _Band(rows, last)) if foot else bands

    def _one_below_another(self) -> Iterator[tuple[float, tuple[int, ...]]]:
        """Yield what it costs to set every story over the whole width, with the rows of each."""
        others = len(self.items) - 1
        room = LAST - FIRST + 1 - others
        dull = DULL * (others - 1)
        for rows in product(range(8, room - LEAST_LEAD + 1), repeat=others):
            lead = room - sum(rows)
            if lead >= LEAST_LEAD:
                each = ((0, lead), *enumerate(rows, 1))
                costs = (self.cut(story, COLUMNS, high, False).cost for story, high in each)
                yield sum(costs) + dull, (lead, *rows)

    def _piled(self) -> tuple[_Band, ...]:
        """Return every story over the whole width: what is left where stacks are too narrow.

        Many charts of three columns are such a case. Each story has the rows it needs, as long as
        there are any.
        """
        room = LAST - FIRST + 2
        least = [self._least(story) for story in range(len(self.items))]
        ends = [round(room * part / sum(least)) for part in accumulate(least, initial=0)]
        return tuple(_Band(max(1, b - a - 1), (k,)) for k, (a, b) in enumerate(pairwise(ends)))

    def _least(self, story: int) -> int:
        """Return the rows a story takes over the whole width, with the one below it."""
        room = LAST - FIRST + 1
        return 1 + min(
            range(8, room + 1), key=lambda rows: self.cut(story, COLUMNS, rows, False).cost
        )

    def _foot(self, last: tuple[int, ...], high: int) -> list[tuple[int, float]]:
        """Return heights worth trying for the story at the foot, with what each costs."""
        if not last:
            return [(0, 0.0)]
        heights = range(8, max(9, LAST - FIRST + 1 - high - LEAST_LEAD))
        tried = [(rows, self.cut(last[0], COLUMNS, rows, False).cost) for rows in heights]
        return sorted(tried, key=lambda each: each[1])[:4]

    def _pair(self, names: tuple[tuple[int, ...], ...], wide: int, high: int) -> _Pair | None:
        """Return the cheapest two stacks side by side, None where there is no room."""
        best: _Pair | None = None
        left, right = names
        for one in self.stack(left, wide, high):
            for other in self.stack(right, COLUMNS - wide, high):
                bare = one.cost + other.cost
                if best is None or bare < best.cost:
                    cost = bare + _level(one, other)
                    if best is None or cost < best.cost:
                        best = _Pair(cost, one, other)
        return best

    def _stack(self, names: tuple[int, ...], columns: int, high: int) -> tuple[_Stack, ...]:
        """Return good ways to fill a stack, with a head at its top and without."""
        kept: list[_Stack] = []
        first, *others = names
        for soft in (False, True):
            found: list[tuple[float, int, tuple[Cut, ...]]] = []
            if not others:
                cut = self.cut(first, columns, high, soft)
                found.append((cut.cost, 0, (cut,)))
            else:
                for rows in range(9, high - 9):
                    cut = self.cut(first, columns, rows, soft)
                    if cut.cost < inf:
                        for second in self.both(others[0], columns, high - 1 - rows):
                            found.append((cut.cost + second.cost, len(found), (cut, second)))
            best = nsmallest(3, found)
            kept += [_stack_of(names, cuts) for cost, _, cuts in best if cost < inf]
        return tuple(kept)

    def _both(self, index: int, columns: int, rows: int) -> tuple[Cut, ...]:
        return tuple(self.cut(index, columns, rows, soft) for soft in (False, True))

    def _cut(self, index: int, columns: int, rows: int, soft: bool) -> Cut:
        return best_cut(self.items[index], columns, rows, soft)

    def _placed(self, bands: Sequence[_Band]) -> tuple[Module, ...]:
        """Return the modules of a division, from the top."""
        modules: list[Module] = []
        top = FIRST
        for rows, left, right, wide in bands:
            if right:
                pair = self.pair((left, right), wide, rows)
                assert pair, "a division was made of pairs that fit"
                modules += _stacked((pair.left, pair.right), wide, top)
            else:
                modules.append(module_of(left[0], self.cut(left[0], COLUMNS, rows, False), 0, top))
            top += rows + 1
        return tuple(modules)


def _shapes(count: int) -> Iterator[tuple[int, int, int]]:
    """Yield how many of so many stories stand in the left stack, the right, and at the foot."""
    for foot in (0, 1):
        for left in (1, 2):
            right = count - foot - left
            if right in (1, 2):
                yield left, right, foot


def _stack_of(names: Sequence[int], cuts: Sequence[Cut]) -> _Stack:
    """Return a stack with what its neighbour has to know: rows of its heads, from its top."""
    top, heads = 0, []
    for cut in cuts:
        if cut.form is not Form.BOX:
            heads.append(top + (cut.photo_rows if cut.form is Form.PHOTO else 0))
        top += cut.rows + 1
    return _Stack(
        tuple(zip(names, cuts, strict=True)),
        sum(cut.cost for cut in cuts),
        tuple(heads),
        cuts[0].form is not Form.PLAIN,
        sum(cut.form is Form.BOX for cut in cuts),
    )


def _level(left: _Stack, right: _Stack) -> float:
    """Return what heads cost that stand level, or nearly so."""
    near = 0
    for one in left.heads:
        for other in right.heads:
            near += -APART < one - other < APART
    return (
        near * 400.0 + (left.soft and right.soft) * 2.0 + max(0, left.boxes + right.boxes - 1) * 6.0
    )


def _stacked(stacks: tuple[_Stack, _Stack], wide: int, top: int) -> Iterator[Module]:
    """Yield the modules of two stacks; rules stand where no box parts them."""
    boxes: set[int] = set()
    for left, stack in ((0, stacks[0].cuts), (wide, stacks[1].cuts)):
        row = top
        for number, (index, cut) in enumerate(stack):
            boxed = cut.form is Form.BOX
            above = number > 0 and not boxed and stack[number - 1][1].form is not Form.BOX
            made = module_of(index, cut, left, row)
            if left == 0 and boxed:
                boxes |= set(range(row, row + cut.rows))
            beside = left > 0 and not boxed and not boxes & set(range(row, row + cut.rows))
            rule = (left * (COLUMN + GAP), span(cut.columns)) if above else (0.0, 0.0)
            first = not number and left == 0
            yield replace(made, rule=(0.0, span(COLUMNS)) if first else rule, rule_left=beside)
            row += cut.rows + 1
