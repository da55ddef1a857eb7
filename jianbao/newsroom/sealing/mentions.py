"""Where else a wrong figure may stand: as plain words, which no data will put right.

wrong figures, what later bulletins printed ──mentions──▶ Mention each

A bulletin of another campaign cannot quote the figure from the data; it cites it (引) or has it
typed. That it is the same figure only a person can say, so it is shown with the words beside it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jianbao.model.reviewed import Printed
from jianbao.model.sealed import WrongFigure

_BESIDE = 12
_FEWEST = 2
"""Digits a figure has at least: with one alone, every text would be in question."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A later bulletin whose words hold a wrong figure: which story, and the words around it."""

    address: str
    story: str
    figure: str
    excerpt: str


def mentions(wrong: Iterable[WrongFigure], others: Mapping[str, Printed]) -> Iterator[Mention]:
    """Yield each passage of other bulletins, by address, that holds a wrong figure as printed.

    What these bulletins quote from the data themselves is told elsewhere, and is none of these.
    """
    figures = [one for one in wrong if sum(c.isdecimal() for c in one.old) >= _FEWEST]
    for address, printed in others.items():
        quoted = {(figure.story, figure.text) for figure in printed.figures}
        for story, passages in printed.texts.items():
            for figure in figures:
                if story.endswith(".md") and (story, figure.old) not in quoted:
                    found = (_excerpt(passage.text, figure.old) for passage in passages)
                    excerpt = next(filter(None, found), "")
                    if excerpt:
                        yield Mention(address, story, figure.path, excerpt)


def _excerpt(text: str, figure: str) -> str:
    """Return a figure in a text with the words beside it, in 【】; "" where it is not there.

    >>> _excerpt("全区已完成627件，还差一百多件", "627件")
    '全区已完成【627件】，还差一百多件'
    >>> _excerpt("全区已完成1627件", "627件")
    ''
    """
    match = re.search(rf"(?<![\d.]){re.escape(figure)}", text)
    if match is None:
        return ""
    before, after = text[: match.start()], text[match.end() :]
    left = "……" + before[-_BESIDE:] if len(before) > _BESIDE else before
    right = after[:_BESIDE] + "……" if len(after) > _BESIDE else after
    return f"{left}【{match.group()}】{right}"
