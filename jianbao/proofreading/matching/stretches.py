"""What only looks like a number in a text: stretches that are no figures, and why.

    text ──no_figures──▶ (Stretch, …)

Dates, times, ordinals, document and law article numbers, ages, addresses,
telephone numbers, names such as “1+6+N”, quotations and whatever stands in
braces are no figures (GB/T 15835-2011 4.1.2, 4.2).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_HALF_WIDTH = tuple(zip("０１２３４５６７８９．％＋－　＠：，", "0123456789.%+- @:,", strict=True))


class Sort(StrEnum):
    """Why a stretch of the text is no figure."""

    BOUND = "bound"
    QUOTED = "quoted"
    DOCUMENT = "document"
    ADDRESS = "address"
    PHONE = "phone"
    LAW = "law"
    DATE = "date"
    TIME = "time"
    AGE = "age"
    ORDINAL = "ordinal"
    NAME = "name"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a text that is no figure, from `start` up to `end`."""

    start: int
    end: int
    sort: Sort


def plain(text: str) -> str:
    """Return `text` with half-width digits and the marks that belong to numbers.

    >>> plain("召开　４次，占９７．３％")
    '召开 4次,占97.3%'
    """
    for full, half in _HALF_WIDTH:  # a tenth of the time of str.translate
        if full in text:
            text = text.replace(full, half)
    return text


# The first that fits counts; each is tried where the text is still unclaimed.
_KINDS: tuple[tuple[Sort, str], ...] = (
    (Sort.BOUND, r"[{｛][{｛].*?[}｝][}｝]"),
    (Sort.ADDRESS, r"(?:https?://|www\.)[\w./?=&#%+-]+"),
    (Sort.ADDRESS, r"[\w.+-]+@[\w-]+\.[\w.-]+"),
    (Sort.DOCUMENT, r"《[^》]*》|[〔\[]\d{4}[〕\]]\s*第?\d+号"),
    (Sort.QUOTED, r"“[^”]*”|‘[^’]*’|「[^」]*」"),
    (
        Sort.DATE,
        (
            r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}日?|(?:19|20)\d{2}\s?[—～~-]\s?(?:19|20)\d{2}年"
            r"|\d{4}\s?年(?:度)?|\d{1,2}[—～~-]\d{1,2}\s?月(?:份)?"
            r"|\d{1,2}\s?月(?:份|底|初|末|上旬|中旬|下旬)?|\d{1,2}[—～~-]\d{1,2}\s?日"
            r"|\d{1,2}\s?日(?!常|益)|\d{2}年代|\d{1,2}\.\d{1,2}(?=特大|事件|暴雨|地震|专案)"
        ),
    ),
    (
        Sort.TIME,
        (
            r"\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}\s?时(?:\d{1,2}\s?分)?|(?<=[上下中]午)\s?\d{1,2}\s?点"
            r"|\d+(?:\.\d+)?\s?(?:余|多)?(?:分钟|秒|小时|天|周(?!岁)|个月|个工作日|个小时|年)"
        ),
    ),
    (Sort.PHONE, r"(?<!\d)(?:0\d{2,3}-\d{7,8}|1[3-9]\d{9}|\d{3,5}(?=\s?(?:政务|服务|市长)?热线))"),
    (Sort.LAW, r"第\s?\d+\s?(?:条|款|项|章|节)"),
    (Sort.ORDINAL, r"第\s?\d+|(?<=前)\s?\d+(?=[位名强])|^\s*[(（]?\d{1,2}[)）.、．](?!\d)"),
    (Sort.AGE, r"\d+(?:\s?[—～~-]\s?\d+)?\s?(?:周岁|岁)"),
    (
        Sort.NAME,
        (
            r"[A-Za-z0-9]+(?:\+[A-Za-z0-9]+)+|[A-Za-z]+-?\d+|\d+[A-Za-z]+|\d{1,3}[·•]\d{1,3}"
            r"|\d+/\d+|\d+:\d+|\d+\.\d+\.\d+"
        ),
    ),
    (
        Sort.ADDRESS,
        (
            r"\d+\s?(?:号楼|号院|单元|楼|层|室|弄|幢|栋(?=\d)|版|路(?!公里)|国道|省道|号线|号)"
            r"|(?<=邮编)\s?\d{6}"
        ),
    ),
    (
        Sort.RANGE,
        r"\d+(?:\.\d+)?\s?[%万亿]?[\w]{0,2}[～~〜—-]\s?\d+(?:\.\d+)?\s?[%万亿]?",
    ),
)


def _any(kinds: Sequence[tuple[int, str]], first: str = "") -> re.Pattern[str]:
    choices = "|".join(f"(?P<k{i}>{kind})" for i, kind in kinds)
    return re.compile(f"{first}(?:{choices})", re.MULTILINE)


_EVERY = [(i, kind) for i, (_, kind) in enumerate(_KINDS)]
_NO_FIGURE = _any(_EVERY)
# What all others begin with: at most characters of a text none of them need be tried.
_FIRST = r"(?=[\s\d{｛《〔\[“‘「第(（A-Za-z])"
# From each character on, an address of mail is sought to the end of the clause: most of the time.
_WITHOUT_MAIL = _any([(i, kind) for i, kind in _EVERY if "@" not in kind], _FIRST)


def no_figures(text: str) -> Iterator[Stretch]:
    """Yield the stretches of a text that are no figures.

    >>> text = "12月21日24时第3次印发《方案》〔2021〕12号"
    >>> [(stretch.sort.value, text[stretch.start : stretch.end]) for stretch in no_figures(text)]
    [('date', '12月'), ('date', '21日'), ('time', '24时'), ('ordinal', '第3'), ('document', '《方案》'), ('document', '〔2021〕12号')]
    """  # noqa: E501
    yield from _no_figures(text)


@lru_cache(maxsize=64)
def _no_figures(text: str) -> tuple[Stretch, ...]:
    """A passage is asked about five times in a row, by each rule that looks at it."""
    known = plain(text)
    sought = _NO_FIGURE if "@" in known else _WITHOUT_MAIL
    return tuple(
        Stretch(match.start(), match.end(), _KINDS[int(str(match.lastgroup)[1:])][0])
        for match in sought.finditer(known)
    )
