"""Lists: the rows behind a figure, its columns, their order, and a count that is those rows."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao import pipeline
from jianbao.diagnostics import Checked
from jianbao.figures.book import open_book
from jianbao.figures.counting import with_counts
from jianbao.model import AsOf
from jianbao.pages.charts.listing import Listing, fitted, wrapped
from jianbao.pages.charts.lists import list_of
from jianbao.pages.charts.scenes import ems
from jianbao.reading.charts import take_charts
from jianbao.reading.scalars import read_as_of
from jianbao.reading.sites import read_reported
from jianbao.reading.slots import Layout
from jianbao.settings import Settings, shipped_templates
from tests.sheets import write_workbook

CAMPAIGN = """
title: 民生实事
organisation: 云溪区
datasets:
  督办:
    name: 督办事项
    dimensions: {单位: {建设路: {name: 建设路街道}, 石桥: {name: 石桥镇}}}
    ledger: {file: 督办.xlsx, date: 登记, key: 编号, columns: {单位: 办理单位}, show: [编号, 事项]}
    measures:
      件数: {unit: 件}
      金额: {unit: 万元, sum: 金额}
      逾期: {unit: 件, where: {期限: 早于截至, 办结: [空, 晚于截至]}}
      急件: {unit: 件, where: {缓急: 急}}
    reporter: 区督查室
  走访:
    measures: {户数: {unit: 户}}
"""
LEDGER = """# 台账
编号 ｜ 登记 ｜ 办理单位 ｜ 事项 ｜ 期限 ｜ 办结 ｜ 金额（万元） ｜ 缓急 ｜ 电话
督2 ｜ @2026-10-08 [yyyy-mm-dd] ｜ 石桥镇 ｜ 城东路口红绿灯损坏，早晚高峰拥堵 ｜ 2026-10-20 ｜  ｜ 12.5 ｜ 缓 ｜ 1
督10 ｜ 2026-10-09 ｜ 建设路 ｜ 文化路B区3号楼漏水 ｜ 2026年10月18日 ｜ 2026-12-01 ｜ 3 ｜ 缓 ｜ 1
督1 ｜ 2025-12-30 ｜ 建设路 ｜ 夜市噪声 ｜ 2026-10-30 ｜ 2026-10-11 ｜  ｜ 缓 ｜ 1
督3 ｜ 2026-11-30 ｜ 石桥镇 ｜ 往后的一件 ｜ 2026-12-30 ｜  ｜ 9 ｜ 缓 ｜ 1
"""


def write_site(root: Path) -> None:
    """Write a campaign that is counted from one ledger."""
    home = root / "data/yunxi"
    (home / "ledgers").mkdir(parents=True, exist_ok=True)
    (home / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    write_workbook(LEDGER, home / "ledgers/督办.xlsx")


def listed(root: Path, block: str, width: float = 442) -> Checked[Listing | None]:
    """Return what a block comes to as of 2026-11-19."""
    write_site(root)
    read = read_reported(root, "yunxi")
    as_of = read_as_of("2026-11-19")
    assert () == read.findings
    assert read.value
    assert isinstance(as_of, AsOf)
    reported = with_counts(read.value, [as_of])
    book = open_book(reported.campaign, reported.observations, as_of, {}).value
    lines = f"/// {block}\n///".split("\n")
    taken = take_charts("lead.md", lines, lines)
    if taken.findings:
        return Checked(None, taken.findings)
    tables = {table.dataset: table for table in reported.ledgers}
    return list_of(book, tables, taken.value[1][0], Layout("", column=width), 2026)


def shown(root: Path, block: str) -> Listing:
    """Return a list that can be printed."""
    found = listed(root, block)
    assert found.value, found.findings
    return found.value


def test_the_rows_are_those_behind_the_figure(tmp_path: Path) -> None:
    """Two were overdue on the day; each cell is written as a newspaper writes it."""
    made = shown(tmp_path, "台账 | 督办.逾期 按 期限：单位、事项、登记、期限、办结、金额")

    assert ("办理单位", "事项", "登记", "期限", "办结", "金额（万元）") == made.columns
    assert [
        ["建设路街道", "文化路B区3号楼漏水", "10月9日", "10月18日", "12月1日", "3.0"],
        ["石桥镇", "城东路口红绿灯损坏，早晚高峰拥堵", "10月8日", "10月20日", "", "12.5"],
    ] == [[item.text for item in row] for row in made.rows]
    assert ("共2件", "督办事项：逾期", "11月19日") == (made.said, made.title, made.as_of)
    assert "督办.逾期" == made.count.figure.path if made.count.figure else ""


@pytest.mark.parametrize(
    ("block", "expected", "said"),
    [
        ("list | 督办", ["督2", "督10", "督1"], "共3件"),
        ("list | 督办.件数 按 编号：编号", ["督1", "督2", "督10"], "共3件"),
        ("list | 督办按登记：编号\n排序：晚到早", ["督10", "督2", "督1"], "共3件"),
        ("list | 督办 按 金额：编号\n排序：大到小", ["督2", "督10", "督1"], "共3件"),
        ("list | 督办 按 金额：编号\n排序：小到大", ["督10", "督2", "督1"], "共3件"),
        ("list | 督办 按 单位：编号", ["督10", "督1", "督2"], "共3件"),
        ("list | 督办.石桥：编号", ["督2"], "共1件"),
        ("list | 督办：编号\n行数：2", ["督2", "督10"], "共3件，列出2件"),
        ("list | 督办：编号\n行数：２", ["督2", "督10"], "共3件，列出2件"),
        ("list | 督办.建设路.金额：编号", ["督10", "督1"], "共2件，合计3万元"),
    ],
)
def test_filtered_put_in_order_and_cut(
    block: str, expected: list[str], said: str, tmp_path: Path
) -> None:
    """By member, column and number of rows; empty cells last either way; numerals as numbers."""
    made = shown(tmp_path, block)

    assert expected == [row[0].text for row in made.rows]
    assert said == made.said


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("list | 督办.预期", "figure-unknown【预期】Write {name}. 逾期"),
        ("list | 督查", "figure-unknown【督查】Write {name}. 督办"),
        ("list | 走访", "list-ledger【走访】Lists can be made of: {names}. 督办"),
        ("list | 督办：编好", "list-column【编好】Write {name}. 编号"),
        ("list | 督办 按 其限：编号", "list-column【其限】Write {name}. 期限"),
        ("list | 督办：电话", "list-column【电话】Known here"),
        ("list | 督办.急件", "list-empty【督办】"),
        ("list | 督办\n行数：全部", "chart-option【全部】Write a whole number"),
        ("list | 督办\n行数：0", "chart-option【0】Write a whole number"),
        ("list | 督办\n合计：末行", "chart-option【末行】Delete"),
        ("list | 督办\n形式：条形", "chart-option【条形】Delete"),
        ("表 | 督办\n行数：3", "chart-option【3】Delete"),
    ],
)
def test_what_cannot_be_listed_is_told(block: str, expected: str, tmp_path: Path) -> None:
    """The words in question, and what to write instead."""
    found = listed(tmp_path, block)
    said = [
        f"{f.rule}【{f.place.excerpt}】{f.hint.text} {dict(f.hint.values).get('name') or ''}"
        f"{dict(f.hint.values).get('names') or ''}"
        for f in found.findings
    ]

    assert found.value is None
    assert [True] == [one.startswith(expected) for one in said], said


def test_too_wide_for_its_column(tmp_path: Path) -> None:
    """Four columns of days and words do not stand in 126 points; three do."""
    wide = listed(tmp_path, "台账 | 督办：编号、单位、事项、登记、期限", 126)
    narrow = listed(tmp_path, "台账 | 督办：编号、事项、期限", 126)

    assert ["chart-crowded"] == [f.rule for f in wide.findings]
    assert narrow.value
    fit = fitted(narrow.value)
    assert fit
    assert 126 == pytest.approx(sum(fit.widths), abs=0.1)


@given(st.text(alphabet="建设路，。；12３AB-/％（）", min_size=1, max_size=40), st.floats(24, 200))
def test_wrapped_text_is_whole(text: str, width: float) -> None:
    """Nothing is lost, and no line but of one unbreakable run is wider than its room."""
    lines = wrapped(text, width)

    assert text == "".join(lines)
    assert all(
        ems(line) * 8 <= width + 0.02 or len(re.findall(r"[0-9A-Za-z/-]+|.", line)) == 1
        for line in lines
    )


def test_printed_on_the_page_and_the_web(small: Settings) -> None:
    """The count stands under the rows; on the web it says where it comes from."""
    write_site(small.root)
    shutil.rmtree(small.root / "templates")
    story = small.root / "content/yunxi/2026-47/lead.md"
    (small.root / "data/yunxi/2026-11-20.yaml").unlink()
    plan = small.root / "content/yunxi/2026-47/bulletin.yaml"
    plan.write_text(
        plan.read_text("utf-8").replace("layout: plain", "layout: brief").replace("四开", "A4"),
        "utf-8",
    )
    story.write_text(
        "引题：云溪区办实事\n主题：督办事项\n供稿：区委宣传部\n---\n逾期{{ 督办.逾期 }}。\n"
        "/// list | 督办.逾期 按 期限：编号、事项\n行数：1\n标题：逾期{{ 督办.逾期 }}清单\n///\n", "utf-8"
    )  # fmt: skip
    outcome = pipeline.build(replace(small, templates=shipped_templates()))
    assert [] == [f for f in outcome.findings if f.severity == "error"]
    folder = small.output / "yunxi/2026-47"
    web = (folder / "index.html").read_text(encoding="utf-8")
    with pymupdf.open(folder / "bulletin.pdf") as pdf:
        text = "".join(page.get_text() for page in pdf)

    assert "共2件，列出1件" in re.sub(r"<[^>]*>", "", web)
    assert re.search(r'共<a class="figure"[^>]*><data value="2">2件</data></a>，列出1件', web)
    assert '<td class="short">督10</td><td>文化路B区3号楼漏水</td>' in web
    for words in ("逾期2件清单", "督10", "文化路B区3号楼漏水", "共2件，列出1件"):
        assert words in re.sub(r"\s", "", text)
    assert (folder / "figures.json").read_text(encoding="utf-8").count('"path": "督办.逾期"') == 3


def test_every_day_of_the_year(tmp_path: Path) -> None:
    """A row of another year names it."""
    made = shown(tmp_path, "list | 督办 按 登记：登记")

    assert ["2025年12月30日", "10月8日", "10月9日"] == [row[0].text for row in made.rows]
    assert date(2026, 11, 19) == made.now.day
