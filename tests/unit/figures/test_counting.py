"""A figure that is counted from a ledger says which rows are counted."""

from pathlib import Path

import pytest

from jianbao.figures.counting import how_counted
from tests.unit.figures.books import book_of

CAMPAIGN = """
  督办:
    dimensions: {单位: [建设路, 石桥]}
    ledger: {file: 督办.csv, date: 登记, key: 编号, columns: {单位: 承办单位}}
    measures:
      件数: {unit: 件}
      金额: {unit: 元, sum: 涉及金额}
      逾期: {unit: 件, where: {期限: 早于截至, 办结: [空, 晚于截至]}}
      在办: {unit: 件, where: {状态: [不是已办结, 不是已撤销]}}
      信访: {unit: 件, where: {来源: [来信, 来访]}}
  实事: {measures: {已完成: {unit: 件}}}
"""
DAY = {"2026-11-20": "实事: {截至: 2026-11-20, 已完成: 693}"}


@pytest.mark.parametrize(
    ("dataset", "members", "name", "words"),
    [
        ("督办", (None,), "件数", "逐条计数：全部"),
        ("督办", ("石桥",), "件数", "逐条计数：承办单位为石桥"),
        ("督办", (None,), "金额", "“涉及金额”相加：全部"),
        ("督办", ("石桥",), "逾期", "逐条计数：承办单位为石桥，期限早于截至，办结为空或晚于截至"),
        ("督办", (None,), "在办", "逐条计数：状态不是已办结且不是已撤销"),
        ("督办", (None,), "信访", "逐条计数：来源为来信或为来访"),
        ("实事", (), "已完成", ""),
    ],
)
def test_how_it_was_counted(
    dataset: str, members: tuple[str | None, ...], name: str, words: str, tmp_path: Path
) -> None:
    """In words that somebody can follow with the ledger open beside the page."""
    book = book_of(tmp_path, CAMPAIGN, DAY, "2026-11-21")

    assert words == how_counted(book.campaign.datasets[dataset], members, name)
