"""Words that depend on values: they follow the sign, and are not said where nothing fits."""

from pathlib import Path

import pytest

from jianbao.figures.book import Book
from tests.unit.figures.books import book_of, say

CAMPAIGN = """
  实事:
    dimensions: {级别: [区级, 乡镇级]}
    measures: {项目: {unit: 件}, 已完成: {unit: 件, cumulative: true}, 退回: {unit: 件}}
    ratios: {完成率: {of: 已完成 / 项目}}
    cadence: week
  重建:
    dimensions: {类别: {道路: {name: 城市道路}, 住宅: {name: 既有住宅}}}
    breakdown: partial
    measures: {项目: {unit: 个}, 投资: {unit: 元}}
  满意度:
    measures: {好评率: {unit: "%", source: 政务中心}, 批次: {unit: 批}, 人员: {unit: 人}}
  新表:
    measures: {数量: {unit: 个}}
    since: 2026-11-10
    cadence: week
"""
DAYS = {
    "2025-11-21": "实事: {as_of: 2025-11-20, 区级: {项目: 90, 已完成: 10, 退回: 1}, 乡镇级: {项目: 10, 已完成: 20, 退回: 1}}",
    "2025-12-31": "实事: {as_of: 2025-12-31, 区级: {项目: 90, 已完成: 40, 退回: 1}, 乡镇级: {项目: 10, 已完成: 10, 退回: 1}}",
    "2026-11-06": "新表: {as_of: 2026-11-06, 数量: 5}\n满意度: {as_of: 2026-11-06, 好评率: 97.5%, 批次: 2, 人员: 11.5万余}",
    "2026-11-13": """
实事: {as_of: 2026-11-13, 区级: {项目: 90, 已完成: 60, 退回: 2}, 乡镇级: {项目: 10, 已完成: 5, 退回: 1}}
新表: {as_of: 2026-11-13, 数量: 9}
""",
    "2026-11-20": """
实事: {as_of: 2026-11-20, 区级: {项目: 90, 已完成: 70, 退回: 1}, 乡镇级: {项目: 10, 已完成: 9, 退回: 1}}
重建: {as_of: 2026-11-20, all: {项目: 71, 投资: 5.86亿}, 道路: {项目: 16, 投资: 8508.3万}, 住宅: {项目: 29, 投资: 5087.4万}}
满意度: {as_of: 2026-11-20, 好评率: 99.8%, 批次: 4, 人员: 11.6万余}
""",
}


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return the book of the bulletin of 20 November."""
    return book_of(tmp_path, CAMPAIGN, DAYS, "2026-11-20")


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("实事.已完成 | 变化", "比上期增加14件"),
        ("实事.退回 | 变化", "比上期减少1件"),
        ("实事.乡镇级.退回 | 变化", "与上期持平"),
        ("实事.完成率 | 变化", "比上期提高14个百分点"),
        ("实事.完成率 | 变化 去年同期", "比去年同期提高49个百分点"),
        ("实事.已完成 | 变化 年初", "比年初增加29件"),
        ("实事.已完成 | 变化 11月13日", "比11月13日增加14件"),
        ("实事.已完成 ｜ 变化（2026-11-13）", "比11月13日增加14件"),
        ("满意度.好评率 | 变化", "比上期提高2.3个百分点"),
        ("实事.已完成 | 升降", "增加"),
        ("实事.退回 | 升降", "减少"),
        ("实事.已完成 | 增长到", "由上期的65件增加到79件"),
        ("实事.已完成 | 增长了", "比上期增长21.5%"),
        ("实事.已完成 | 翻番 去年同期", "比去年同期翻了一番多"),
        ("满意度.批次 | 翻番", "比上期翻了一番"),
        ("重建.道路.项目 | 占比", "22.5%"),
        ("重建.道路.项目 | 占比 0", "23%"),
        ("重建.项目 | 其余", "其余26个"),
        ("重建.投资 | 其余", "其余45004.3万元"),
        ("重建.项目 | 列举", "城市道路16个、既有住宅29个"),
        ("实事.完成率 | 成", "近八成"),
        ("实事.区级.完成率 | 成", "近八成"),
        ("实事.乡镇级.完成率 | 成", "九成"),
        ("满意度.批次 | 汉字", "四批"),
    ],
)
def test_phrases_are_those_of_the_values(book: Book, quote: str, text: str) -> None:
    """Each phrase is what the values make it; a difference of ratios is in percentage points."""
    assert text == say(book, quote)


@pytest.mark.parametrize(
    "quote",
    [
        "重建.项目 | 变化",
        "新表.数量 | 变化 11月6日",
        "实事.已完成 | 变化 10月1日",
        "实事.已完成 | 变化 昨天",
        "满意度.人员 | 变化",
        "满意度.好评率 | 增长了",
        "实事.已完成 | 翻番",
        "实事.乡镇级.退回 | 增长到",
        "实事.项目 | 占比",
        "重建.道路.项目 | 占比 788",
        "重建.道路.项目 | 占比 ²",
        "满意度.批次 | 其余",
        "实事.已完成 | 成",
        "满意度.好评率 | 汉字",
    ],
)
def test_no_comparison_that_does_not_fit(book: Book, quote: str) -> None:
    """No earlier value, a changed definition, no such day, an inexact value: a finding."""
    assert "!phrase-impossible" == say(book, quote)


def test_a_skipped_period_is_not_the_last_one(tmp_path: Path) -> None:
    """A weekly figure whose last value is three weeks old has no 上期 to be compared with."""
    days = {day: text for day, text in DAYS.items() if day != "2026-11-13"}
    book = book_of(tmp_path, CAMPAIGN, days, "2026-11-20")

    assert "!phrase-impossible" == say(book, "实事.已完成 | 变化")
