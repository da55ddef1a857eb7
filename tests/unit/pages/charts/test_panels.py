"""What a chart shows: the figures' own writing in official order, and what cannot be shown."""

from pathlib import Path

import pytest

from jianbao.model import ChartKind
from jianbao.pages.charts.panels import Panel
from jianbao.pages.charts.wording import foot, spoken
from tests.unit.pages.charts.sheets import book, panel, panels


def table(shown: Panel) -> list[list[str]]:
    """Return a panel's numbers as they are printed, the columns' heads first."""
    rows = [[row.label, *(value.text for value in row.values)] for row in shown.lined_up]
    return [[shown.by, *shown.columns], *rows]


def test_members_stand_in_official_order(tmp_path: Path) -> None:
    """As declared, not by size; a number is the figure's own writing; what is missing says so."""
    shown = panel(book(tmp_path), "图 | 重建 按 类别：投资")

    assert ChartKind.BARS is shown.kind
    assert [
        ["类别", "投资"],
        ["城市道路恢复重建", "8508.3万元"],
        ["住宅", "1.8亿元"],
        ["水利", "未报"],
    ] == table(shown)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("大到小", ["住宅", "城市道路恢复重建", "水利"]),
        ("小到大", ["城市道路恢复重建", "住宅", "水利"]),
    ],
)
def test_by_size_only_when_asked(tmp_path: Path, order: str, expected: list[str]) -> None:
    """Largest or smallest first; what was not reported stands last either way."""
    shown = panel(book(tmp_path), f"图 | 重建 按 类别：投资\n排序: {order}")

    assert expected == [row.label for row in shown.rows]


def test_progress_says_part_and_whole(tmp_path: Path) -> None:
    """A ratio's bar is full at 100 %, a measure's at what it cannot exceed."""
    known = book(tmp_path)
    rate = panel(known, "图 | 实事 按 级别：完成率")
    measure = panel(known, "图 | 实事 按 级别：已完成\n形式: 进度")

    assert ChartKind.PROGRESS is rate.kind
    assert [("60.6%", "57件/94件", 100), ("80.7%", "636件/788件", 100)] == [
        (v.text, v.beside, int(v.whole)) for v in rate.values
    ]
    assert [("57件", "共94件", 94), ("636件", "共788件", 788)] == [
        (v.text, v.beside, int(v.whole)) for v in measure.values
    ]


@pytest.mark.parametrize(
    ("totals", "labels"),
    [
        ("", ["合计", "区级", "乡镇级"]),
        ("\n合计: 末行", ["区级", "乡镇级", "合计"]),
        ("\n合计: 不列", ["区级", "乡镇级"]),
    ],
)
def test_a_table_has_its_total(tmp_path: Path, totals: str, labels: list[str]) -> None:
    """First unless asked otherwise; units stand in the heads, money and percent in the cells."""
    shown = panel(book(tmp_path), f"表 | 实事{totals}")

    assert ["级别", "项目（件）", "已完成（件）", "完成率"] == table(shown)[0]
    assert labels == [row[0] for row in table(shown)[1:]]
    if "合计" in labels:
        assert ["合计", "882", "693", "78.6%"] in table(shown)


def test_a_line_goes_through_the_as_ofs(tmp_path: Path) -> None:
    """Days are apart as they were; an exhaustive total with a member missing is a gap."""
    shown = panel(book(tmp_path), "图 | 实事 按 时间：已完成")

    assert ChartKind.LINE is shown.kind
    assert [
        ["时间", "已完成"],
        ["11月6日", "431件"],
        ["11月13日", "未报"],
        ["11月20日", "693件"],
    ] == table(shown)
    assert [0, 7, 14] == [row.at for row in shown.rows]


def test_lines_may_be_members(tmp_path: Path) -> None:
    """One measure, a line each member."""
    shown = panel(book(tmp_path), "图 | 实事 按 级别：已完成\n形式: 折线")

    assert [["时间", "区级", "乡镇级"], ["11月6日", "31件", "400件"]] == table(shown)[:2]


def test_a_dataset_without_members_gives_big_numbers(tmp_path: Path) -> None:
    """Each measure is a row, whatever its unit."""
    shown = panel(book(tmp_path), "图 | 大厅")

    assert ChartKind.NUMBERS is shown.kind
    assert [["", "数量"], ["单位", "33个"], ["好评率", "99.98%"]] == table(shown)


def test_a_chart_is_said_in_a_sentence(tmp_path: Path) -> None:
    """Who listens gets every number, and what it is a part of."""
    known = book(tmp_path)
    rate = panel(known, "图 | 实事 按 级别：完成率")
    line = panel(known, "图 | 实事 按 时间：已完成")

    assert (
        "实事项目按级别分列的进度图。区级完成率为60.6%，即94件中的57件；"
        "乡镇级完成率为80.7%，即788件中的636件。数字截至11月20日。"
    ) == spoken(rate)
    assert (
        "实事项目随时间变化的折线图。已完成11月6日为431件，11月13日未报，11月20日为693件。"
    ) == spoken(line)
    assert ("来源：区督查室", "截至11月20日") == foot(rate)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("图 | 实事 按 级别：完成率", "实事项目完成率"),
        ("图 | 重建 按 类别：已开工、已竣工", "灾后重建：已开工、已竣工"),
        ("图 | 防汛", "防汛"),
        ("图 | 重建.道路：项目、在建\n形式: 大数", "灾后重建（城市道路恢复重建）"),
        ("图 | 实事 按 级别：完成率\n标题: 一年一算", "一年一算"),
    ],
)
def test_a_title_comes_from_the_data(tmp_path: Path, block: str, expected: str) -> None:
    """Dataset and measures, unless the writer says it better."""
    assert expected == panel(book(tmp_path), block).title


@pytest.mark.parametrize(
    "block",
    [
        "图 | 实事按级别：完成率",
        "图 | 实事.完成率",
        "图 | 实事：完成率",
        "图｜实事 按 级别 ：完成率",
    ],
)
def test_what_can_mean_one_thing_is_understood(tmp_path: Path, block: str) -> None:
    """Without blanks, as a path, without a dimension: the same chart."""
    shown = panel(book(tmp_path), block)

    assert (ChartKind.PROGRESS, "级别", ("完成率",)) == (shown.kind, shown.by, shown.columns)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("图 | 实是", "figure-unknown【实是】"),
        ("图 | 重建 按 类型：项目", "figure-unknown【类型】"),
        ("图 | 重建.道：项目", "figure-unknown【道】"),
        ("图 | 实事 按 级别：完成、项目", "figure-unknown【完成】"),
        ("图 | 空表", "chart-empty【空表】"),
        ("图 | 疫苗 按 剂次：接种、完成比例", "chart-units【完成比例】"),
        ("图 | 重建 按 类别：已开工、投资", "chart-units【投资】"),
        ("图 | 重建 按 类别：在建\n形式: 进度", "chart-kind【在建】"),
        ("图 | 重建 按 类别：竣工率\n形式: 堆叠", "chart-kind【竣工率】"),
        ("图 | 重建 按 类别：项目、已竣工\n形式: 堆叠", "chart-stack【已竣工】"),
        ("图 | 疫苗 按 剂次：接种\n形式: 堆叠", "chart-stack【剂次】"),
        ("图 | 重建 按 时间：项目", "chart-kind【重建】"),
        ("图 | 重建 按 类别：盈亏\n形式: 堆叠", "chart-negative【重建】"),
        ("表 | 重建", "chart-crowded【重建】"),
        ("图 | 实事 按 级别：项目、已完成\n形式: 折线", "chart-kind【已完成】"),
        ("图 | 重建 按 类别：投资", "chart-gaps【重建】"),
    ],
)
def test_what_would_be_read_wrong_is_told(tmp_path: Path, block: str, expected: str) -> None:
    """Each fault names the words of the block's line."""
    shown, found = panels(book(tmp_path), block)

    assert [expected] == found
    assert (shown is not None) == expected.startswith("chart-gaps")
