"""Who wrote a story, as it is signed: no name broken, and no 供稿） left behind by its office.

a byline as written ──signed──▶ the same in brackets where it is an office, held together
"""

import re

from markupsafe import Markup

LONGEST = 13  # characters that hold together: a column has 14
_SAID = ("供稿", "记者", "通讯员", "文/图")
_PART = re.compile(r"[^\s、，]+[、，]?")
_END = re.compile(r"供稿[）)]?$")


def signed(byline: Markup, held: bool = True) -> Markup:
    """Return a byline for print: an office's name becomes （…供稿）; one that says it stays.

    What belongs together is `held` so, unless whoever sets it breaks the line himself.

    >>> print(signed(Markup("区住建局")))
    <span class="whole">（区住建局供稿）</span>
    >>> print(signed(Markup("记者 蔺洋")))
    <span class="whole">记者</span> <span class="whole">蔺洋</span>
    >>> print(signed(Markup("区人力资源和社会保障局劳动就业中心")))
    （区人力资源和社会保障局劳动就业中心<span class="whole">供稿）</span>
    """
    said = byline if any(word in byline for word in _SAID) else Markup("（{}供稿）").format(byline)
    if not (held and said) or "<" in said:
        return said
    return Markup(_PART.sub(_held, said))


def _held(part: re.Match[str]) -> str:
    text = part[0]
    if len(Markup(text).unescape()) <= LONGEST:
        return f'<span class="whole">{text}</span>'
    return _END.sub(lambda end: f'<span class="whole">{end[0]}</span>', text)
