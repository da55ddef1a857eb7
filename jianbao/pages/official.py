"""What official documents do with their words (GB/T 9704-2012): levels of headings, title lines.

    paragraphs, title ──▶ HTML with 一、 and （一） marked, lines of a trapezoid

Levels are known by how a paragraph begins, as clerks type them. A title that its writer has not
broken is broken where a mark or a space allows it first; words are not known here.
"""

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from markupsafe import Markup

_HAN = "一二三四五六七八九十百"
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_LEVELS = (re.compile(rf"[{_HAN}]+、"), re.compile(rf"（[{_HAN}]+）"))
_TAG = re.compile(r"<(/?)(\w+)[^>]*>")
_NO_START = frozenset("，。、；：！？”’）》〉】〕·～—…的了着等及和与或")
_NO_END = frozenset("“‘（《〈【〔在和与及或将把对为以向从是")
_GOOD_END = frozenset("，、：；！？》”　 ")


def levelled(html: Markup) -> Markup:
    """Return paragraphs with the heading of each that begins with 一、 or （一） marked.

    A paragraph that is all heading is marked whole, else its first sentence.

    >>> print(levelled(Markup("<p>一、抓部署</p>")))
    <p class="heading"><b class="level-1">一、抓部署</b></p>
    >>> print(levelled(Markup("<p>（二）建台账。一件一档。</p>")))
    <p><b class="level-2">（二）建台账。</b>一件一档。</p>
    """
    return Markup(_PARAGRAPH.sub(lambda found: _marked(found[1]), html))


def _marked(text: str) -> str:
    for level, begins in enumerate(_LEVELS, 1):
        if begins.match(text):
            end = re.search("[。！？]", text)
            lead = text[: end.end()] if end else text
            if _whole(lead):
                whole = "" if end else ' class="heading"'
                return f'<p{whole}><b class="level-{level}">{lead}</b>{text[len(lead) :]}</p>'
    return f"<p>{text}</p>"


def _whole(html: str) -> bool:
    """Return whether every tag that opens in a piece of HTML closes in it."""
    depth = 0
    for close, _ in _TAG.findall(html):
        depth += -1 if close else 1
        if depth < 0:
            return False
    return depth == 0


def trapezoid(lines: Sequence[Markup], room: float) -> tuple[Markup, ...]:
    """Return a title's lines: as its writer broke them, else broken evenly into a trapezoid.

    `room` is how many em a line holds.

    >>> [str(line) for line in trapezoid([Markup("全区实事加快推进，今年已办结八百件")], 14)]
    ['全区实事加快推进，', '今年已办结八百件']
    """
    if len(lines) != 1 or "<" in lines[0] or _width(lines[0].unescape()) <= room:
        return tuple(lines)
    text = lines[0].unescape()
    count = int(-(-_width(text) // room))
    places = [at for at in range(2, len(text) - 1) if _may_break(text, at)]
    choices = [(0, *chosen, len(text)) for chosen in combinations(places, count - 1)]
    best = min(choices, key=lambda ends: _cost(text, ends, room), default=(0, len(text)))
    pieces = (text[a:b].strip("　 ") for a, b in pairwise(best))
    return tuple(Markup.escape(piece) for piece in pieces)


def _width(text: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    numeral = before.isascii() and (after.isascii() or before.isdigit())
    return not (numeral or after in _NO_START or before in _NO_END)


def _cost(text: str, ends: Sequence[int], room: float) -> float:
    """Return how bad a breaking is: too wide, uneven, through a quotation or at no mark."""
    widths = [_width(text[a:b]) for a, b in pairwise(ends)]
    cost = sum(100 * max(0.0, width - room) for width in widths)
    cost += 0.5 * (max(widths) - min(widths)) ** 2 / len(widths)
    cost += 3 * sum(one == other for one, other in pairwise(widths))
    for at in ends[1:-1]:
        opened = max(text[:at].count(a) - text[:at].count(b) for a, b in ("《》", "“”", "（）"))
        cost += 40 * max(0, opened) + (0 if text[at - 1] in _GOOD_END else 8)
    return cost
