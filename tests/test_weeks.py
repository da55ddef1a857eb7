"""Eight weeks of the made-up district 云溪区: spreadsheets, a ledger of 240 items, and what goes wrong.

Week by week the units report in .xlsx; in the eighth, three are silent, one total falls and one
figure jumps. A clerk must be told each of these, and nothing else.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest

from jianbao import pipeline
from jianbao.cli.language import translator
from jianbao.cli.showing import sentence
from jianbao.settings import Settings, shipped_templates
from tests.conftest import Golden
from tests.sheets import write_workbook

STREETS = ("建设路", "云东", "石桥", "南湖", "柳林", "古塔")
FIRST = date(2026, 9, 29)
SAID = Path(__file__).parent / "sites" / "weeks.zh.txt"
CAMPAIGN = f"""
title: 民生实事
organisation: 云溪区
datasets:
  实事:
    name: 民生实事
    dimensions: {{街道: [{", ".join(STREETS)}]}}
    measures:
      项目: {{unit: 件}}
      已完成: {{unit: 件, at_most: 项目, cumulative: true}}
    ratios: {{完成率: {{of: 已完成 / 项目}}}}
    cadence: week
    reporter: 区督查室
  热线:
    measures: {{受理: {{unit: 件, cumulative: true}}, 办结: {{unit: 件, at_most: 受理, cumulative: true}}}}
    cadence: week
    reporter: 区热线中心
  诉求:
    dimensions: {{来源: [热线, 信访, 网络]}}
    ledger: {{file: 诉求.csv, date: 登记日期, key: 编号}}
    measures:
      件数: {{unit: 件}}
      办结: {{unit: 件, where: {{办结日期: [早于截至]}}}}
      逾期: {{unit: 件, where: {{期限: 早于截至, 办结日期: [空, 晚于截至]}}}}
"""


def week_sheet(week: int) -> str:
    """Return week's workbook as text; the eighth has the faults."""
    day = FIRST + timedelta(weeks=week)
    last = week == 7
    silent = STREETS[3:] if last else ()
    rows = [
        f"{name} ｜ 60 ｜ {20 + 4 * week + number - (9 if last and number == 0 else 0)}"
        for number, name in enumerate(STREETS)
        if name not in silent
    ]
    total = "" if last else f"合计 ｜ 360 ｜ {sum(20 + 4 * week + n for n in range(6))}\n"
    taken = 1000 + 30 * week + (900 if last else 0)
    return (
        f"# 实事\n民生实事进展表\n截至 ｜ @{day} [yyyy-mm-dd] ｜ 填报单位 ｜ 区督查室\n街道 ｜ 项目（件） ｜ 已完成（件）\n"
        + "\n".join(rows) + f"\n{total}# 热线\n热线\n截至 ｜ @{day} [yyyy-mm-dd]\n指标 ｜ 数\n受理 ｜ {taken}\n办结 ｜ {900 + 28 * week}\n"
    )  # fmt: skip


def ledger() -> str:
    """Return a ledger of 240 appeals, five for each working day of eight weeks and more."""
    lines = ["编号,登记日期,来源,期限,办结日期"]
    for number in range(240):
        day = FIRST - timedelta(days=4) + timedelta(days=number // 4)
        done = (day + timedelta(days=number % 12)).isoformat() if number % 7 else ""
        lines.append(
            f"{number + 1},{day},{('热线', '信访', '网络')[number % 3]},{day + timedelta(days=10)},{done}"
        )
    return "\n".join(lines) + "\n"


@pytest.fixture
def site(tmp_path: Path) -> Settings:
    """Write the district's site: eight workbooks, a ledger, and a bulletin each week."""
    data = tmp_path / "data" / "yunxi"
    (data / "ledgers").mkdir(parents=True)
    (tmp_path / "data" / "site.yaml").write_text("title: 云溪区简报\n", encoding="utf-8")
    (data / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    (data / "ledgers" / "诉求.csv").write_text(ledger(), encoding="gb18030")
    for week in range(8):
        day = FIRST + timedelta(weeks=week)
        write_workbook(week_sheet(week), data / f"{day}.xlsx")
        folder = tmp_path / "content" / "yunxi" / f"2026-{40 + week}"
        folder.mkdir(parents=True)
        (folder / "bulletin.yaml").write_text(
            f"number: {40 + week}\ntotal: {300 + week}\ndate: {day + timedelta(days=1)}\n"
            "pages:\n  - {layout: feature, stories: {lead: lead.md}}\n", encoding="utf-8")  # fmt: skip
        (folder / "lead.md").write_text(
            "主题：本周进展\n---\n截至{{ 实事.截至 }}，办结{{ 实事.已完成 }}，热线受理{{ 热线.受理 }}，"
            + ("{{ 热线.受理 | 变化 }}，" if week else "")
            + "登记诉求{{ 诉求.件数 }}，逾期{{ 诉求.逾期 }}。\n", encoding="utf-8")  # fmt: skip
    return Settings(
        tmp_path, tmp_path / "output", date(2026, 11, 22), fast=True, templates=shipped_templates()
    )


def test_seven_weeks_are_without_fault_and_the_eighth_is_not(
    site: Settings, golden: Golden
) -> None:
    """Only the eighth week has findings: three silent streets, a fall, a jump."""
    outcome = pipeline.check(site)

    said = [sentence(finding, translator("zh")) for finding in outcome.findings]
    golden(SAID, "\n".join(said) + "\n")
    assert {
        "cumulative-falls",
        "series-jump",
        "member-silent",
        "part-missing",
        "figure-unreported",
    } == {finding.rule for finding in outcome.findings}


def test_a_printed_count_is_the_rows_behind_it(site: Settings) -> None:
    """Each week's 登记诉求 is the number of rows registered by then."""
    pipeline.build(
        Settings(
            site.root,
            site.output,
            site.today,
            targets=("yunxi/2026-46",),
            pdf=False,
            templates=site.templates,
        )
    )
    as_of = (FIRST + timedelta(weeks=6, days=1)).isoformat()  # the day the bulletin is of
    rows = [line.split(",") for line in ledger().splitlines()[1:]]
    registered = sum(row[1] <= as_of for row in rows)
    overdue = sum(
        row[1] <= as_of and row[3] < as_of and (not row[4] or row[4] > as_of) for row in rows
    )

    page = (site.output / "yunxi/2026-46/index.html").read_text(encoding="utf-8")

    assert f">{registered}件<" in page
    assert f">{overdue}件<" in page
