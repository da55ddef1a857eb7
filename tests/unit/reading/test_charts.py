"""Charts and tables in a story: what is asked for, with the place of each word."""

import pytest

from jianbao.model import Chart, ChartKind
from jianbao.reading.charts import take_charts


def read(text: str) -> tuple[tuple[str, ...], tuple[Chart, ...], list[tuple[str, str]]]:
    """Return the lines left for Markdown, the charts, and each finding's rule and words."""
    lines = text.split("\n")
    taken = take_charts("lead.md", lines, lines)
    found = [(finding.rule, finding.place.excerpt) for finding in taken.findings]
    return *taken.value, found


@pytest.mark.parametrize(
    "fence",
    [
        "/// chart | 重建 by 类别: 已开工, 已竣工",
        "/// 图 | 重建 按 类别：已开工、已竣工",
        "///图｜重建　按类别：已开工，已竣工",
        "  ////chart|重建 by 类别:已开工 已竣工",
    ],
)
def test_a_chart_is_asked_for_in_chinese_or_english(fence: str) -> None:
    """Full-width and half-width marks and blanks mean the same."""
    left, (chart,), found = read(f"文\n{fence}\n///\n尾")

    assert ["文", "\ue0020\ue003", "", "尾"] == list(left)
    assert ["重建"] == [word.text for word in chart.path]
    assert chart.by is not None
    assert "类别" == chart.by.text
    assert ["已开工", "已竣工"] == [word.text for word in chart.names]
    assert chart.kind is None
    assert [] == found


def test_every_word_knows_its_place() -> None:
    """A finding can point at the word in question, whatever stands before it."""
    _, (chart,), _ = read("/// 表 | 助企。区活动办 按 类别：问题、已解决\n///")
    words = [*chart.path, *([chart.by] if chart.by else []), *chart.names]

    assert ["助企", "区活动办", "类别", "问题", "已解决"] == [word.text for word in words]
    assert [word.text for word in words] == [word.place.excerpt for word in words]
    assert ChartKind.TABLE is chart.kind


def test_options_stand_on_lines_of_their_own() -> None:
    """Chinese and English names, either colon, blanks around; texts keep marks and are escaped."""
    text = "/// 图 | 实事\n 形式：折线\norder: 大到小\n标题： 办结\ue0000\ue001<件>\n注：甲\n///"
    _, (chart,), found = read(text)

    assert (ChartKind.LINE, "falling") == (chart.kind, chart.order)
    assert "办结\ue0000\ue001&lt;件&gt;" == chart.title
    assert "甲" == chart.note
    assert "折线" == chart.options["kind"].excerpt
    assert [] == found


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("/// 图\n///", ("chart-argument", "/// 图")),
        ("/// 图 | ：完成率\n///", ("chart-argument", "/// 图 | ：完成率")),
        ("/// 图 | 实事\n形状: 条形\n///", ("chart-option", "形状")),
        ("/// 图 | 实事\n形式: 饼\n///", ("chart-option", "饼")),
        ("/// 图 | 实事\n随便写一行\n///", ("chart-option", "随便写一行")),
        ("/// 表 | 实事\n合计: 中间\n///", ("chart-option", "中间")),
    ],
)
def test_what_cannot_be_understood_is_told(block: str, expected: tuple[str, str]) -> None:
    """Each fault names the words that are wrong."""
    assert [expected] == read(block)[2]


def test_several_blocks_keep_their_order() -> None:
    """The n-th mark stands for the n-th chart; one that says nothing has none."""
    left, charts, found = read("/// 图 | 甲\n///\n文\n/// 图\n///\n/// 表 | 乙\n///")

    assert ["\ue0020\ue003", "文", "\ue0021\ue003"] == [line for line in left if line]
    assert ["甲", "乙"] == [chart.path[0].text for chart in charts]
    assert ["chart-argument"] == [rule for rule, _ in found]
