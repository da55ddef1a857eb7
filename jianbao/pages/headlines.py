"""Where a headline breaks: at a boundary of sense, into lines of about one length.

    a headline's parts, ems in a line  ──headline_lines──▶  its lines

Knows no dictionary. It goes by what can be seen: marks, blanks, function words, the measure of
figures, that Chinese headlines go in pairs of characters, and by the bulletin's own words and
names (`bonds`). Where it guesses wrongly the clerk writes ／: a headline that comes in parts is
left as it is. It measures in ems, Han 1, Latin and
marks ½ (heads are set with `halt`), and knows no font: shrinking is the page's work.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple
from unicodedata import east_asian_width

from jianbao.pages.bonds import Bonds

MOST_LINES = 4
LEAST_HAN = 2  # on any line
NO_BONDS = Bonds()

_OPEN, _CLOSE = "“‘《〈（【「『", "”’》〉）】」』"
_STOPS = "，、；：。！？"
_GLUED = frozenset(_CLOSE + _STOPS + "…—·～~-/%‰℃")  # may not begin a line
_PARTICLES = frozenset("的了和与及等着过地得之们在把")  # nor these
_LEADERS = frozenset("为将向让从对以由被使就再更不已")  # begin a phrase
# end a name of three characters and more
_PLACES = re.compile("(?<=[\u4e00-\u9fff]{2})(?:[市县区镇乡局院厅会]|组(?![织成合建长员]))")
_VERBS = frozenset(
    "推进 推动 开展 启动 实现 完成 提升 加快 全面 深入 扎实 助力 打造 建设 办好 坚持 聚焦 筑牢 "
    "研究 签署 突破 出台 启用 惠及 破解 织密 激发 优化 落实 检验 召开 举行 印发 走访 调研 解决 "
    "新增 跑出 守护 擦亮 超过 达到 领到 完善 建成".split()
)
_TAILS = frozenset("工作 活动 建设 发展 会议 项目 通知 服务 问题 大会 方案 行动 机制 水平".split())
_NOUNS = frozenset(
    "工作 活动 建设 发展 会议 项目 通知 服务 问题 群众 企业 大会 方案 行动 机制 水平 成效 "
    "环境".split()
)
_UNITS = "个件人户项年月日号届期版时名场家条类批元米位"
_HAN_FIGURE = f"[一二两三四五六七八九十百千]+(?=[万亿余多{_UNITS}])"
_FIGURE = re.compile(f"(?:[0-9][0-9.%]*|{_HAN_FIGURE})[万亿余多]*(?:人次|剂次|[{_UNITS}])?")

FORBIDDEN = float("inf")
KEPT = 400.0  # inside “ ”, 《 》 or a name: only where a line could not be set otherwise
BAD, UNKNOWN, ODD = 20.0, 12.0, 5.0  # after a verb or 和; among Han, an odd number from an end
BOUND, LOOSE = 30.0, 3.0  # among characters that always stand together; that never do
FAIR, GOOD = 3.0, 1.0  # before or after a word that is known; beside a mark
MORE_LINES = 30.0  # each line more than the fewest


class _Plan(NamedTuple):
    cost: float
    stops: tuple[int, ...]


def headline_lines(
    parts: Sequence[str], ems: float, broken: float = 0.0, bonds: Bonds = NO_BONDS
) -> tuple[str, ...]:
    """Return a headline in one line if it is at most `ems` wide, else in few of about one length.

    These are at most `broken` wide, or `ems`. `parts` are what the clerk's ／ made of it; `bonds`
    are the bulletin's words, and people and places that stay whole.
    What cannot be broken lawfully comes back as one line too long rather than broken badly.

    >>> headline_lines(["惠济区深入推进“我为群众办实事”实践活动"], 13)
    ('惠济区深入推进', '“我为群众办实事”实践活动')
    >>> headline_lines(["坚持人民至上", "办好民生实事"], 20)
    ('坚持人民至上', '办好民生实事')
    """
    if len(parts) > 1:
        return tuple(parts)
    text = "".join(parts).strip()
    widths = [*accumulate((_width(char) for char in text), initial=0.0)]
    if widths[-1] <= ems:
        return (text,)
    prices = break_prices(text, bonds)
    room = broken or ems
    plans = (_evenest(text, widths, prices, (lines, room)) for lines in range(2, MOST_LINES + 1))
    best = min(
        (plan for plan in plans if plan is not None),
        key=lambda plan: plan.cost + MORE_LINES * len(plan.stops),
        default=_Plan(0.0, (len(text),)),
    )
    return tuple(text[a:b].strip() for a, b in pairwise((0, *best.stops)))


def ems(text: str) -> float:
    """Return how wide a line of a headline is, in ems.

    >>> ems("完成率达79%")
    5.5
    """
    return sum(map(_width, text))


def break_prices(text: str, bonds: Bonds = NO_BONDS) -> list[float]:
    """Return the price of a break before each character; 0 after a blank, `FORBIDDEN` never."""
    figures = [match.span() for match in _FIGURE.finditer(text)]
    edges = _edges(text, figures)
    kept = _kept(text, bonds.names)
    prices = [0.0] * (len(text) + 1)
    for k in range(1, len(text)):
        if _unlawful(text[k - 1], text[k]) or any(start < k < stop for start, stop in figures):
            prices[k] = FORBIDDEN
        elif k in kept:
            prices[k] = KEPT + _price(text, k, edges, bonds)
        elif not text[k - 1].isspace():
            prices[k] = _price(text, k, edges, bonds)
    return prices


def _unlawful(left: str, right: str) -> bool:
    return (
        right in _GLUED
        or right in _PARTICLES
        or right.isspace()  # the break is after the blank
        or left in _OPEN
        or (left in "第约近" and right.isdigit())
        or (left.isascii() and right.isascii() and not left.isspace())
    )


def _price(text: str, k: int, edges: set[int], bonds: Bonds) -> float:
    left, right = text[k - 1], text[k]
    before, after = text[max(0, k - 2) : k], text[k : k + 2]
    if left in _STOPS or left in _CLOSE or right in _OPEN:
        return GOOD
    bond = bonds.bond(left, right)
    if bond and not (left in _PARTICLES or after in _VERBS or before in _NOUNS):
        price = UNKNOWN + BOUND * bond
    elif left in _LEADERS or left in "和与及在把" or (before in _VERBS and before not in _NOUNS):
        price = BAD
    elif after in _TAILS and before not in _NOUNS:
        price = UNKNOWN
    elif left in _PARTICLES or right in _LEADERS or after in _VERBS or before in _NOUNS:
        price = FAIR
    else:
        price = _apart(k, edges, LOOSE if bond == 0.0 else UNKNOWN)
    return price


def _apart(k: int, edges: set[int], price: float) -> float:
    """Return what a break costs by how far it is from sure ends of words: words go in pairs."""
    behind = k - max(at for at in edges if at <= k)
    ahead = min(at for at in edges if at >= k) - k
    return price + ODD * (behind % 2) + ODD * (ahead % 2) / 2 if behind else FAIR


def _edges(text: str, figures: list[tuple[int, int]]) -> set[int]:
    """Return where a word surely begins or ends."""
    edges = {0, len(text), *(stop for _, stop in figures)}
    for at, char in enumerate(text):
        if not _is_han(char) or char in _PARTICLES:
            edges |= {at, at + 1}
        elif char in _LEADERS:
            edges.add(at)
    edges |= {match.end() for match in _PLACES.finditer(text)}
    edges |= {match.start() for word in _VERBS for match in re.finditer(word, text)}
    return edges | {match.end() for word in _NOUNS for match in re.finditer(word, text)}


def _kept(text: str, names: Sequence[str]) -> set[int]:
    """Return the places inside quotations, titles and names."""
    found: set[int] = set()
    opened: list[int] = []
    for at, char in enumerate(text):
        if char in _OPEN:
            opened.append(at)
        elif char in _CLOSE and opened:
            found.update(range(opened.pop() + 1, at + 1))
    for name in filter(None, names):
        for match in re.finditer(re.escape(name), text):
            found.update(range(match.start() + 1, match.end()))
    return found


def _evenest(
    text: str, widths: list[float], prices: list[float], wanted: tuple[int, float]
) -> _Plan | None:
    """Return the cheapest way to break into `wanted`: so many lines of at most so many ems."""
    lines, ems = wanted
    mean = widths[-1] / lines
    best: dict[tuple[int, int], _Plan] = {(0, 0): _Plan(0.0, ())}
    for line in range(lines):
        for start in [at for count, at in best if count == line]:
            known = best[line, start]
            for stop, width in _candidates(text, (start, line + 1 == lines), widths, ems):
                total = known.cost + prices[stop] + (width - mean) ** 2
                if total < best.get((line + 1, stop), _Plan(FORBIDDEN, ())).cost:
                    best[line + 1, stop] = _Plan(total, (*known.stops, stop))
    return best.get((lines, len(text)))


def _candidates(
    text: str, at: tuple[int, bool], widths: list[float], ems: float
) -> Iterator[tuple[int, float]]:
    """Yield where a line from `at` may end, the last only at the end, and how wide it is then."""
    start, is_last = at
    for stop in (len(text),) if is_last else range(start + 1, len(text)):
        width = widths[stop] - widths[start]
        if width <= ems and sum(map(_is_han, text[start:stop])) >= LEAST_HAN:
            yield stop, width


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _width(char: str) -> float:
    if char in _OPEN or char in _CLOSE or char in _STOPS:
        return 0.5
    return 1.0 if east_asian_width(char) in "WFA" else 0.5
