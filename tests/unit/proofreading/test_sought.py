"""What a pattern can begin with is looked for first; it finds what it would find without that."""

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.proofreading.matching import numbers, spelling, stretches
from jianbao.proofreading.matching.stretches import plain
from jianbao.reading.scalars import half_width

BLANKS = (" ", "\n", "\u3000", "\u2009", "\u202f", "\u00a0")
HAN = "附 近 节 约 一 三 十 两 〇 百 千 百分之 千分之 点五 几 第 万 亿 余 多 以上 左右 5 .2".split()
PATTERNS = {
    "stretches": (
        stretches._WITHOUT_MAIL,
        "0 1 2 19 2021 400 138 ٣ . , : / - — ～ ~ + % · 、 （ ( ） ) [ ] 〔 〕 { ｛ } ｝ {{ }} “ ” ‘ ’"
        " 「 」 《 》 http:// www. a B 第 前 位 名 条 款 年 月 日 号 时 分 点 下午 上旬 邮编 100000"
        " 热线 楼 路 岁 天 个月 余 万 亿 事件 版 件 〔2021〕12号 [2021]3号 （1） (2) “1+6”".split(),
    ),
    "numbers": (
        numbers._NUMERAL,
        "附 近 节 约 0 1 22 333 ４ ٣ , . + 余 多 万 亿 万亿 件 。".split(),
    ),
    "amounts": (spelling._AMOUNT, HAN),
    "shares": (spelling._SHARE, HAN),
    "tenths": (
        spelling._TENTHS,
        "将近 接近 近 约 超过 逾 超 一 五 十 第 成 成果 以上 左右 多 半 。".split(),
    ),
}


@pytest.mark.parametrize("name", PATTERNS)
def test_a_beginning_that_is_looked_for_first_loses_nothing(name: str) -> None:
    """Digits of any script, brackets of either width, words before and behind a number."""
    pattern, pieces = PATTERNS[name]
    assert pattern.pattern.startswith("(?=[")
    without = re.compile(pattern.pattern[pattern.pattern.index("])") + 2 :], pattern.flags)
    chance = Random(name)
    for _ in range(5000):
        text = "".join(chance.choices((*pieces, *BLANKS), k=7))

        assert [match.span() for match in without.finditer(text)] == [
            match.span() for match in pattern.finditer(text)
        ]


WIDE = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20}
MARKS = {ord(wide): chr(WIDE[ord(wide)]) for wide in "０１２３４５６７８９．％＋－　＠：，"}


@given(text=st.text(st.sampled_from([chr(code) for code in WIDE] + list("一a1，。￥～‘"))))
def test_full_width_forms_have_a_twin_each(text: str) -> None:
    """All of them, or only those that belong to numbers; nothing else changes."""
    assert text.translate(WIDE) == half_width(text)
    assert text.translate(MARKS) == plain(text)
