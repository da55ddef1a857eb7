"""Numbers in a story's words: those that should be bound to a figure, and how ranges look.

A number typed by hand next to a measure word is a finding, unless it is marked
as cited with a reason. Dates, document numbers, ordinals, names such as “1+6+N”
and whatever stands between quotation marks are no figures.
"""

import re
from collections.abc import Iterator

from jianbao.diagnostics import Finding, Place, msg, warning
from jianbao.model import Story

_COMMON_UNITS = frozenset(
    "个 件 人 名 户 家 项 条 次 场 份 篇 所 处 座 台 辆 套 吨 亩 公里 米 平方米 元 万元 亿元 "
    "人次 户次 剂次 剂 批 期 % ‰ 个百分点 倍".split()
)
_NO_FIGURE = re.compile(
    r"[{｛][{｛].*?[}｝][}｝]"  # a bound figure
    r"|“[^”]*”|《[^》]*》|（[^（）]*〔\d{4}〕\d+号[^（）]*）|〔\d{4}〕\d+号"  # quoted, documents
    r"|\d{4}年(?:度)?|\d{1,2}月(?:份|底|初|末)?|\d{1,2}日|\d{1,2}时(?:\d{1,2}分)?"  # dates
    r"|第\d+|\d+(?:[—～~-]\d+)?(?:周岁|岁|号|楼|版|路)"  # ordinals, ages, names
)


def numbers_are_bound(story: Story, units: frozenset[str]) -> Iterator[Finding]:
    """A number beside a measure word comes from the data, or says what it is cited from."""
    words = "|".join(sorted(map(re.escape, _COMMON_UNITS | units), key=len, reverse=True))
    number = re.compile(
        rf"(?<![\d.+])\d+(?:\.\d+)?(?:万|亿)?[余多]?(?:{words})(?![+\dA-Za-z])|\d+(?:\.\d+)?[%％‰]"
    )
    for place in _body(story):
        text = _NO_FIGURE.sub(lambda match: "□" * len(match.group()), place.text)
        for match in number.finditer(text):
            yield warning(
                "number-typed",
                place.words(match.start() + 1, match.end() + 1),
                msg("This number is typed by hand; nothing checks it."),
                msg(
                    "Write the figure's name in {{{{ }}}}, or mark it as cited: "
                    "{{{{ “{number}” | 引 source }}}}.",
                    number=match.group(),
                ),
            )


def ranges_use_the_wave(story: Story) -> Iterator[Finding]:
    """A range is written with ～ (GB/T 15834-2011 4.13.3.2), not with the ASCII tilde."""
    for place in _body(story):
        for match in re.finditer(r"\d[%万亿]?([~〜])\d", place.text):
            yield warning(
                "range-mark",
                place.words(match.start(1) + 1, match.end(1) + 1),
                msg("A range is not written with this mark."),
                msg("Write {name}.", name="～"),
            )


def _body(story: Story) -> Iterator[Place]:
    """Yield the lines people read; options of blocks and fences are not among them."""
    for place in story.lines:
        line = place.text.strip()
        if not line.startswith("///") and not re.match(r"(credit|alt|图源|替代文字)\s*[:：]", line):
            yield place
