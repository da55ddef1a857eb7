"""What official documents do with their words (GB/T 9704-2012): levels of headings, title lines.

    paragraphs, title ──▶ HTML with 一、 and （一） marked, the title's lines

Levels are known by how a paragraph begins, as clerks type them.
"""

import re
from collections.abc import Sequence

from markupsafe import Markup

from jianbao.pages.bonds import Bonds
from jianbao.pages.headlines import NO_BONDS, headline_lines

_HAN = "一二三四五六七八九十百"
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_LEVELS = (re.compile(rf"[{_HAN}]+、"), re.compile(rf"（[{_HAN}]+）"))
_SHORT = re.compile(r"<figure.*?</figure>|<(t[dh])(?=>[^<]{1,6}</t[dh]>)>", re.DOTALL)
_TAG = re.compile(r"<(/?)(\w+)[^>]*>")


def levelled(html: Markup) -> Markup:
    """Return paragraphs with the heading of each that begins with 一、 or （一） marked.

    A paragraph that is all heading is marked whole, else its first sentence. Cells of a typed
    table with few characters are marked short: they are not broken.

    >>> print(levelled(Markup("<p>一、抓部署</p>")))
    <p class="heading"><b class="level-1">一、抓部署</b></p>
    >>> print(levelled(Markup("<p>（二）建台账。一件一档。</p>")))
    <p><b class="level-2">（二）建台账。</b>一件一档。</p>
    >>> print(levelled(Markup("<td>第一项</td><td>进展顺利，抓紧收尾</td>")))
    <td class="short">第一项</td><td>进展顺利，抓紧收尾</td>
    """
    marked = _PARAGRAPH.sub(lambda found: _marked(found[1]), html)
    return Markup(_SHORT.sub(lambda f: f'<{f[1]} class="short">' if f[1] else f[0], marked))


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


def title_lines(
    parts: Sequence[str], ems: float, broken: float = 0.0, bonds: Bonds = NO_BONDS
) -> tuple[Markup, ...]:
    """Return a title's lines: as its writer broke it, else where sense allows (`headline_lines`).

    >>> [str(line) for line in title_lines([Markup("全区实事加快推进，今年已办结八百件")], 14)]
    ['全区实事加快推进，', '今年已办结八百件']
    """
    safe = [Markup.escape(part) for part in parts]
    if any("<" in part for part in safe):
        return tuple(safe)
    lines = headline_lines([part.unescape() for part in safe], ems, broken, bonds)
    return tuple(Markup.escape(line) for line in lines)
