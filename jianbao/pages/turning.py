"""Divide a story's text where its first frame is full, in the middle of a paragraph if need be.

heads and bodies of its sections, so many characters ──divided──▶ the first part, the second

Characters are counted without blanks, as the press counts those of its lines.
"""

import re
from collections.abc import Sequence

from markupsafe import Markup

from jianbao.pages.weave import plain

Part = tuple[tuple[Markup, ...], Markup]
_BLOCK = re.compile(r"<(p|ul|ol|table|figure|div|h\d)\b.*?</\1>", re.DOTALL)
_TOKEN = re.compile(r"<[^>]*>|&[^;]+;|.", re.DOTALL)


def divided(sections: Sequence[Part], count: int) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return what of `sections` fits in `count` characters, and what goes on elsewhere.

    >>> first, second = divided([((), Markup("<p>甲乙丙丁</p><p>戊己</p>"))], 2)
    >>> print(first[0][1], second[0][1])
    <p class="turned">甲乙</p> <p class="goes-on">丙丁</p><p>戊己</p>
    >>> divided([((), Markup("<p>甲乙</p>"))], 2)[1]
    ()
    """
    first: list[Part] = []
    for number, (heads, body) in enumerate(sections):
        size = sum(_length(head) for head in heads)
        if size + _length(body) <= count:
            first.append((heads, body))
            count -= size + _length(body)
            continue
        if size >= count:
            return tuple(first), tuple(sections[number:])
        here, later = _cut(body, count - size)
        first.append((heads, here))
        return tuple(first), (((), later), *sections[number + 1 :])
    return tuple(first), ()


def _length(html: Markup) -> int:
    return len(re.sub(r"\s", "", plain(html)))


def _cut(body: Markup, count: int) -> tuple[Markup, Markup]:
    """Return a body up to `count` characters, and the rest; only a paragraph is cut in two."""
    for block in _BLOCK.finditer(body):
        size = _length(Markup(block[0]))
        if size <= count:
            count -= size
            continue
        before, after = str(body[: block.start()]), str(body[block.end() :])
        if block[1] != "p" or not count:
            return Markup(before), Markup(block[0] + after)
        here, later = _paragraph(block[0], count)
        return Markup(before + here), Markup(later + after)
    return body, Markup("")


def _paragraph(html: str, count: int) -> tuple[str, str]:
    """Return the two halves of a paragraph, what is open in it closed and opened again."""
    opened: list[str] = []
    inner = html[html.index(">") + 1 : -len("</p>")]
    seen = at = 0
    for token in _TOKEN.finditer(inner):
        if seen == count:
            break
        if token[0].startswith("</"):
            opened.pop()
        elif token[0].startswith("<"):
            if not token[0].endswith("/>") and not token[0].startswith("<br"):
                opened.append(token[0])
        elif not token[0].isspace():
            seen += 1
        at = token.end()
    close = "".join(f"</{tag[1:-1].split()[0]}>" for tag in reversed(opened))
    here = f'<p class="turned">{inner[:at]}{close}</p>'
    return here, f'<p class="goes-on">{"".join(opened)}{inner[at:]}</p>'
