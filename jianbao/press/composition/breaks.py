"""Where a line may end, and how gladly.

    characters and kinds  ──penalties──▶  a price for each boundary between two of them

A price is in points of badness: 0 is free, `FORBIDDEN` never happens while a lawful break exists,
and what lies between is traded by the planner against looser or tighter lines. Units and figures
are kept together by price, never by force: force leaves holes of five ems in a narrow column.
"""

from collections.abc import Sequence
from itertools import pairwise

from jianbao.press.composition.characters import WORD, Kind

FORBIDDEN = float("inf")
FIGURE = 250.0  # a numeral and its 万, its unit, its 第
LOOSE_FIGURE = 100.0  # 人|次, and a range after its ～
DASH_START = 250.0  # lawful (GB/T 15834 5.1.4), but clreq would rather not
ADDRESS_BROKEN = 1_000.0  # behind a mark of a URL
WORD_BROKEN = 3_000.0  # emergencies, in the order in which they hurt
NUMERAL_BROKEN = 20_000.0
RULE_BROKEN = 50_000.0

_PARTING = frozenset("/.-_?&=#")
LONG_WORD, KEPT_LETTERS = 14, 3  # characters: words that may be broken, and how far from an end

_IN_WORDS = WORD | {Kind.SLASH, Kind.LINK}
_NO_START = frozenset(
    {
        Kind.CLOSE,
        Kind.STOP,
        Kind.DOT,
        Kind.LINK,
        Kind.SLASH,
        Kind.POSTFIX,
        Kind.SPACE,
        Kind.WIDE_SPACE,
        Kind.GLUE,
        Kind.ZERO,
        Kind.NEWLINE,
    }
)
_NO_END = frozenset({Kind.OPEN, Kind.SLASH, Kind.PREFIX, Kind.GLUE})
_SCALES = frozenset("万亿余多")
_TWO_PART_UNITS = frozenset(
    {
        "人次",
        "剂次",
        "批次",
        "户次",
        "公里",
        "公斤",
        "公顷",
        "小时",
        "分钟",
        "平方",
        "美元",
        "千克",
    }
)


def penalties(chars: Sequence[str], kinds: Sequence[Kind], held: Sequence[float]) -> list[float]:
    """Return the price of a break before each character, and 0 for the end (n + 1 values).

    `held[k]` is what the page itself makes that break cost: FORBIDDEN where its style says
    nowrap.
    Clauses: GB/T 15834 5.1.1-5.1.9, GB/T 15835 5.1.7.2, clreq's “ and ” beside Han free.
    """
    prices = [0.0] * (len(chars) + 1)
    figure = False  # whether the left character is part of a figure: 11.6万余
    for k in range(1, len(chars)):
        if kinds[k - 1] is kinds[k] is Kind.HAN and not (figure or held[k]):
            if chars[k - 1] + chars[k] in _TWO_PART_UNITS:
                prices[k] = LOOSE_FIGURE
            continue
        figure = kinds[k - 1] is Kind.DIGIT or (figure and chars[k - 1] in _SCALES)
        left = k - 1
        while left > 0 and kinds[left] in (Kind.SPACE, Kind.ZERO):
            left -= 1
        if held[k] == FORBIDDEN:
            prices[k] = FORBIDDEN
        elif left < k - 1:
            prices[k] = FORBIDDEN if _unlawful(kinds[left], kinds[k]) else 0.0
        else:
            prices[k] = max(_price(k, chars, kinds, figure), held[k])
    return prices


def _unlawful(left: Kind, right: Kind) -> bool:
    return right in _NO_START or left in _NO_END


def _price(k: int, chars: Sequence[str], kinds: Sequence[Kind], figure: bool) -> float:
    left, right = kinds[k - 1], kinds[k]
    if left is Kind.NEWLINE:
        return 0.0
    if _unlawful(left, right) or (_narrow(left) and right in WORD) or _joined(k, kinds):
        return FORBIDDEN
    if right is Kind.DASH:
        paired = chars[k] in ("——", "⸺") or kinds[k + 1 : k + 2] == [Kind.DASH]
        return DASH_START if paired else FORBIDDEN  # a single — is a connector (5.1.6)
    if right is Kind.ELLIPSIS:
        return DASH_START
    if left in (Kind.LINK, Kind.DOT):
        return LOOSE_FIGURE
    return _figure_price(chars[k - 1], chars[k], kinds[k - 1], kinds[k], figure)


def _joined(k: int, kinds: Sequence[Kind]) -> bool:
    """Return whether two halves of —— or …… meet before `k`, or the day and its dot of “7·20”."""
    left, right = kinds[k - 1], kinds[k]
    if left is right and left in (Kind.DASH, Kind.ELLIPSIS):
        return True
    return left is Kind.DOT and k > 1 and kinds[k - 2] is right is Kind.DIGIT


def _figure_price(before: str, after: str, left: Kind, right: Kind, figure: bool) -> float:
    if figure and right is Kind.HAN:
        return FIGURE
    if right is Kind.DIGIT and (before in "第约近" or left is Kind.CLOSE):
        return FIGURE if before in "第〕" else LOOSE_FIGURE
    return LOOSE_FIGURE if before + after in _TWO_PART_UNITS else 0.0


def _narrow(kind: Kind) -> bool:
    return kind in WORD or kind in (Kind.PREFIX, Kind.POSTFIX)


def broken_words(
    prices: Sequence[float], chars: Sequence[str], kinds: Sequence[Kind]
) -> list[float]:
    """Return `prices` with breaks inside long Latin words and URLs, three letters from their ends.

    For lines that would have a hole otherwise; short words and numerals stay whole. An address is
    rather broken behind its own marks, which part its words and are no marks of the sentence.
    """
    opened = list(prices)
    start = 0
    for stop in range(1, len(kinds) + 1):
        if stop < len(kinds) and kinds[stop] in _IN_WORDS and kinds[stop - 1] in _IN_WORDS:
            continue
        if stop - start >= LONG_WORD:
            address = Kind.SLASH in kinds[start:stop] and Kind.LATIN in kinds[start:stop]
            for k in range(start + KEPT_LETTERS, stop - KEPT_LETTERS + 1):
                if address and chars[k - 1] in _PARTING and chars[k] not in _PARTING:
                    opened[k] = min(opened[k], ADDRESS_BROKEN)
                elif kinds[k - 1] in WORD and kinds[k] in WORD and not _within_numeral(k, kinds):
                    opened[k] = min(opened[k], WORD_BROKEN)
        start = stop
    return opened


def _within_numeral(k: int, kinds: Sequence[Kind]) -> bool:
    return kinds[k - 1] is kinds[k] is Kind.DIGIT


def emergencies(
    prices: Sequence[float], chars: Sequence[str], kinds: Sequence[Kind], held: Sequence[float]
) -> list[float]:
    """Return `prices` with every forbidden break given a price, for text that cannot be set else.

    A Latin word goes first (a URL between two letters), then what a style keeps together, then a
    numeral, then a mark where no mark may stand. Spaces and joiners never start a line.
    """
    opened = broken_words(prices, chars, kinds)
    for k, (left, right) in enumerate(pairwise(kinds), start=1):
        if opened[k] != FORBIDDEN or right in (Kind.SPACE, Kind.NEWLINE, Kind.ZERO):
            continue
        if left is right is Kind.DIGIT:
            opened[k] = NUMERAL_BROKEN
        elif left in WORD and right in WORD:
            opened[k] = 2 * WORD_BROKEN
        elif held[k] and not _unlawful(left, right):
            opened[k] = 3 * WORD_BROKEN
        else:
            opened[k] = RULE_BROKEN
    return opened
