"""What is a number in a text, and what only looks like one."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.proofreading.matching.numbers import numbers
from jianbao.proofreading.matching.stretches import Sort, no_figures

UNITS = ["件", "户", "人次", "剂次", "场", "%", "元"]

NO_FIGURES = [
    ("12月21日24时", {Sort.DATE, Sort.TIME}), ("2021年度第一批", {Sort.DATE}), ("10月底", {Sort.DATE}),
    ("2021-12-21", {Sort.DATE}), ("2021.12.21", {Sort.DATE}), ("1—10月", {Sort.DATE}),
    ("2019—2021年", {Sort.DATE}), ("5～7日", {Sort.DATE}), ("8:30", {Sort.TIME}),
    ("15时40分", {Sort.TIME}), ("下午3点", {Sort.TIME}), ("3个工作日", {Sort.TIME}), ("24小时", {Sort.TIME}),
    ("近3年", {Sort.TIME}), ("（中原学办发〔2021〕12号）", {Sort.DOCUMENT}), ("《惠企12条》", {Sort.DOCUMENT}),
    ("国办发[1987]9号", {Sort.DOCUMENT}), ("第3次", {Sort.ORDINAL}), ("前3名", {Sort.ORDINAL}),
    ("1. 抓落实", {Sort.ORDINAL}), ("（2）抓督导", {Sort.ORDINAL}), ("“1+6+N”", {Sort.QUOTED}),
    ("1+6+N", {Sort.NAME}), ("5G", {Sort.NAME}), ("G107", {Sort.NAME}), ("“13336”工作重点", {Sort.QUOTED}),
    ("7·20特大暴雨", {Sort.NAME}), ("“已完成12件”", {Sort.QUOTED}), ("12345热线", {Sort.PHONE}),
    ("0371-12345678", {Sort.PHONE}), ("13800138000", {Sort.PHONE}), ("第12条", {Sort.LAW}),
    ("第3款", {Sort.LAW}), ("60岁以上", {Sort.AGE}), ("3~11周岁", {Sort.AGE}), ("建设路8号院", {Sort.ADDRESS}),
    ("3号楼2单元", {Sort.ADDRESS}), ("邮编450000", {Sort.ADDRESS}), ("2号线", {Sort.ADDRESS}),
    ("https://a.cn/12件", {Sort.ADDRESS}), ("a12@b.cn", {Sort.ADDRESS}), ("10%～20%", {Sort.RANGE}),
    ("2～3件", {Sort.RANGE}), ("{{ 实事.项目 | 小数 1 }}", {Sort.BOUND}), ("｛｛ “12件” ｜ 引 省局 ｝｝", {Sort.BOUND}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sorts"), NO_FIGURES, ids=lambda value: str(value)[:12])
def test_what_looks_like_a_number(text: str, sorts: set[Sort]) -> None:
    """Dates, numbers of things, names and quotations are no figures, and it is said why."""
    assert sorts == {
        s.sort for s in no_figures(text) if any(c.isdigit() for c in text[s.start : s.end])
    }
    assert () == numbers(text, UNITS)


@pytest.mark.parametrize(
    ("text", "words", "value", "approx", "unit"),
    [
        ("项目693件", "693件", "693", "", "件"),
        ("召开 4次会", "4次", "4", "", "次"),
        ("完成６９３件", "６９３件", "693", "", "件"),
        ("接种888,623剂次", "888,623剂次", "888623", "", "剂次"),
        ("接种 85417 剂 次", "85417 剂 次", "85417", "", "剂次"),
        ("投资5.86亿元", "5.86亿元", "586000000", "", "元"),
        ("发动11.6万余人次", "11.6万余人次", "116000", "余", "人次"),
        ("近40名干部", "近40名", "40", "近", "名"),
        ("附近40名干部", "40名", "40", "", "名"),
        ("约3.6万份", "约3.6万份", "36000", "约", "份"),
        ("节约3.6万元", "3.6万元", "36000", "", "元"),
        ("20多个", "20多个", "20", "多", "个"),
        ("占９７．３％", "９７．３％", "97.3", "", "%"),
        ("设置三百六十个", "三百六十个", "360", "", "个"),
        ("完成三百余件", "三百余件", "300", "余", "件"),
        ("发动十一万六千余人次", "十一万六千余人次", "116000", "余", "人次"),
        ("投资五点八六亿元", "五点八六亿元", "586000000", "", "元"),
        ("近两亿三千万元", "近两亿三千万元", "230000000", "近", "元"),
        ("办结三十五件", "三十五件", "35", "", "件"),
        ("占百分之七十八点六。", "百分之七十八点六", "78.6", "", "%"),
        ("占近百分之八十", "近百分之八十", "80", "近", "%"),
        ("占百分之78.6以上", "百分之78.6以上", "78.6", "以上", "%"),
        ("办结率百分之百", "百分之百", "100", "", "%"),
        ("提高二点三个百分点", "二点三个百分点", "2.3", "", "个百分点"),
        ("提高2.3个百分点", "2.3个百分点", "2.3", "", "个百分点"),
        ("新增7331", "7331", "7331", "", ""),
    ],
)  # fmt: skip
def test_numbers(text: str, words: str, value: str, approx: str, unit: str) -> None:
    """However a clerk typed it, a number is read with its 万, its 余 and its unit."""
    (found,) = numbers(text, UNITS)

    assert words == text[found.start : found.unit_end]
    assert (Decimal(value), approx, unit) == (found.value, found.approx, found.unit)


@pytest.mark.parametrize(
    "text",
    [
        "五部门联动",
        "一批项目",
        "千家万户",
        "百余人",
        "几百个",
        "三百六十行",
        "十项举措",
        "数千人",
        "千万元",
        "一万二件",
        "第一百二十件",
        "百分之几",
        "三点一刻",
    ],
)
def test_han_numerals_that_are_words(text: str) -> None:
    """Words that happen to be numerals are left alone (GB/T 15835-2011 4.2.3)."""
    assert () == numbers(text, UNITS)


def test_a_row_of_digits_without_end_is_no_number() -> None:
    """A key that stuck: it is no figure, and nothing is computed with it."""
    assert () == numbers(f"已完成{'8' * 80}件，{'8' * 80}.{'5' * 80}万件", UNITS)
    assert () == numbers(f"完成一点{'五' * 80}亿件，{'九' * 80}件", UNITS)
    assert "8" * 80 not in str(numbers(f"占百分之{'8' * 80}", UNITS))


def test_days_are_counted_where_the_office_counts_days() -> None:
    """A unit of the data is never taken for a date."""
    assert ([], ["300天"]) == tuple(
        ["优良天数300天"[n.start : n.unit_end] for n in numbers("优良天数300天", units)]
        for units in ([], ["天"])
    )


@given(
    st.text(
        alphabet="12３．.,，%万亿余近约件人次元三百第月日号“”《》{}+-～ 　实事项目", max_size=40
    )
)
def test_numbers_lie_in_the_text_and_apart(text: str) -> None:
    """Whatever is typed, numbers are stretches of it in order, and none touches what is bound."""
    found = numbers(text, UNITS)
    ends = [(n.start, n.end, n.unit_start, n.unit_end) for n in found]

    assert all(0 <= a < b <= len(text) and b <= c <= d <= len(text) for a, b, c, d in ends)
    assert all(first[3] <= second[0] for first, second in pairwise(ends))
    assert not any(
        s.start < n.end and n.start < s.end
        for s in no_figures(text) if s.sort is Sort.BOUND for n in found
    )  # fmt: skip
