"""A clerk's slips, each made alone in a site that is right, and every sentence that is said.

Typed in YAML, Excel, the small language and the plan, with a Chinese input method on or off. The
sentences are kept in tests/sites/slips.zh.txt: read them as somebody would who knows no program.
"""

from datetime import date
from pathlib import Path

from jianbao import pipeline
from jianbao.cli.language import translator
from jianbao.cli.showing import sentence
from jianbao.settings import Settings, shipped_templates
from tests.conftest import Golden
from tests.sheets import write_workbook

SAID = Path(__file__).parent / "sites" / "slips.zh.txt"
CAMPAIGN = """title: 民生实事
organisation: 云溪区
datasets:
  实事:
    name: 实事项目
    dimensions: {级别: [区级, 乡镇级]}
    measures:
      项目: {unit: 件}
      已完成: {unit: 件, at_most: 项目, cumulative: true}
    ratios:
      完成率: {of: 已完成 / 项目, decimals: 1}
    cadence: week
    reporter: 区督查室
  防汛:
    measures:
      人员: {unit: 人}
      投入: {unit: 万元}
  督办:
    dimensions: {单位: [建设路, 石桥]}
    ledger: {file: 督办.csv, date: 登记, key: 编号, show: [编号, 事项]}
    measures:
      件数: {unit: 件}
      逾期: {unit: 件, where: {期限: 早于截至, 办结: [空, 晚于截至]}}
"""
DAY = """实事:
  截至: 2026-11-20
  区级: {项目: 94, 已完成: 57}
  乡镇级: {项目: 788, 已完成: 636}
防汛: {截至: 2026-11-20, 人员: 11.6万余, 投入: 320}
"""
LEDGER = """编号,登记,单位,事项,期限,办结
1,2026-11-01,建设路,路灯不亮,2026-11-10,
2,2026-11-02,石桥,漏水,2026-11-12,2026-11-08
"""
STORY = """引题：云溪区办实事
主题：实事项目办结{{ 实事.已完成 }}
供稿：区委宣传部
---
截至{{ 实事.截至 }}，全区共有实事项目{{ 实事.项目 }}，完成率{{ 实事.完成率 }}。逾期{{ 督办.逾期 }}。
"""
PLAN = """number: 47
total: 312
date: 2026-11-21
paper: A4
pages:
  - {name: 简报, number: 1, layout: brief, stories: {lead: lead.md}}
"""
SHEETS = """# 实事
进展表
截至 ｜ @2026-11-20 [yyyy-mm-dd]
级别 ｜ 项目（件） ｜ 已完成（件）
区级 ｜ 94 ｜ 57
乡镇级 ｜ 788 ｜ 636
# 防汛
截至 ｜ 2026-11-20
指标 ｜ 数
人员 ｜ 11.6万余
投入 ｜ 320
"""
FILES = {
    "site.yaml": ("data", "title: 云溪区简报\norganisation: 云溪区\n"),
    "campaign.yaml": ("data/yunxi", CAMPAIGN),
    "2026-11-20.yaml": ("data/yunxi", DAY),
    "督办.csv": ("data/yunxi/ledgers", LEDGER),
    "lead.md": ("content/yunxi/2026-47", STORY),
    "bulletin.yaml": ("content/yunxi/2026-47", PLAN),
}
ITEMS, RATE, BEGIN = "{{ 实事.项目 }}", "{{ 实事.完成率 }}", "截至{{ 实事.截至 }}"
LATE, GROUP = "逾期{{ 督办.逾期 }}。", "区级: {项目: 94, 已完成: 57}"
SLIPS = (
    ("2026-11-20.yaml", "项目: 94", "项目: 94。"),
    ("2026-11-20.yaml", "项目: 94", "项目: O94"),
    ("2026-11-20.yaml", "项目: 94", "项目: 9 4"),
    ("2026-11-20.yaml", "截至: 2026-11-20", "截至: 11月20日"),
    ("2026-11-20.yaml", "截至: 2026-11-20", "截至: 2026-11-31"),
    ("2026-11-20.yaml", "  区级: {项目", "  区级:{项目"),
    ("2026-11-20.yaml", GROUP, "区级: (项目: 94, 已完成: 57)"),
    ("2026-11-20.yaml", "  区级", "\u3000\u3000区级"),
    ("2026-11-20.yaml", "11.6万余", "116千"),
    ("2026-11-20.yaml", "11.6万余", "11.6"),
    ("2026-11-20.yaml", "11.6万余", "大约11.6万"),
    ("2026-11-20.yaml", "乡镇级: {", "乡 镇级: {"),
    ("lead.md", ITEMS, "{ 实事.项目 }"),
    ("lead.md", ITEMS, "｛实事.项目｝"),
    ("lead.md", ITEMS, "{{ 实事.项目 }"),
    ("lead.md", ITEMS, "{{实事,项目}}"),
    ("lead.md", ITEMS, "{{ 实事 项目 }}"),
    ("lead.md", ITEMS, "{{ 实事：项目 }}"),
    ("lead.md", ITEMS, "{{ 实事.项目.区级 }}"),
    ("lead.md", ITEMS, "{{ 实事.项目 }}件"),
    ("lead.md", RATE, "{{ 实事.完成率 }}%"),
    ("lead.md", ITEMS, "近{{ 实事.项目 }}"),
    ("lead.md", ITEMS, "{{ 实事.项目 | 数 }}余件"),
    ("lead.md", ITEMS, "{{ 实事.项目 | 万 小数1 }}"),
    ("lead.md", ITEMS, "{{ 实事.项目 | 保留1位小数 }}"),
    ("lead.md", RATE, "{{ 实事.已完成/实事.项目 }}"),
    ("lead.md", ITEMS, "８８２件"),
    ("lead.md", ITEMS, "828件"),
    ("lead.md", RATE, "88.6%"),
    ("lead.md", RATE, "近九成"),
    ("lead.md", ITEMS, "【实事.项目】"),
    ("lead.md", ITEMS, "《实事。项目》"),
    ("lead.md", ITEMS, "实事．项目"),
    ("lead.md", RATE, "百分之七十八点六"),
    ("lead.md", RATE, "百分之88.6"),
    ("lead.md", RATE, "78.6"),
    ("lead.md", ITEMS, "八百八十三件"),
    ("lead.md", ITEMS, "{{ 882件 | 引 省里 }}"),
    ("lead.md", BEGIN, "截至11月19日"),
    ("lead.md", BEGIN, "截至11.19"),
    ("lead.md", BEGIN, "截至十一月十九日"),
    ("lead.md", BEGIN, "截至19日"),
    ("lead.md", BEGIN, "截至昨日"),
    ("lead.md", BEGIN, "截止{{ 实事.截至 }}"),
    ("lead.md", LATE, "\n/// 台账 | 督办.逾期：编号、事件\n///"),
    ("lead.md", LATE, "\n／／／ 台帐 ｜ 督办.逾期\n／／／"),
    ("lead.md", LATE, "\n/// 台账 督办.逾期\n///"),
    ("lead.md", LATE, "\n/// 台账 | 督办.逾期\n行数 20\n///"),
    ("lead.md", LATE, "\n/// 台账 | 督办.逾期\n排序：按期限\n///"),
    ("lead.md", LATE, "\n/// 台账 | 督办.逾其\n///"),
    ("督办.csv", "登记,", "登记日期,"),
    ("督办.csv", "2026-11-10,", "2026-13-10,"),
    ("campaign.yaml", "file: 督办.csv", "file: 督办.xlsx"),
    ("campaign.yaml", "期限: 早于截至", "期限: 早于期限"),
    ("campaign.yaml", "show: [编号, 事项]", "show: 编号、事项"),
    ("campaign.yaml", "cadence: week", "cadence: 每周"),
    ("bulletin.yaml", "date: 2026-11-21", "date: 11-21"),
    ("bulletin.yaml", "date: 2026-11-21", "date: 11月21日"),
    ("bulletin.yaml", "layout: brief", "layout: breif"),
    ("bulletin.yaml", "number: 47", "number: 第47期"),
    ("site.yaml", "organisation", "severities: {number_typed: error}\norganisation"),
    ("xlsx", "级别 ｜ 项目（件）", "级别 ｜ 项日（件）"),
    ("xlsx", "乡镇级 ｜ 788", "乡真级 ｜ 788"),
    ("xlsx", "人员 ｜ 11.6万余", "人员 ｜ 11.6"),
    ("xlsx", "人员 ｜ 11.6万余", "人员 ｜ 116000+"),
    ("xlsx", "@2026-11-20 [yyyy-mm-dd]", "20261120"),
    ("xlsx", "已完成（件）", "已完成（个）"),
)


def test_each_slip_is_told(tmp_path: Path, golden: Golden) -> None:
    """None passes in silence, none is told twice, and each sentence says what to write."""
    told = []
    for number, (name, right, wrong) in enumerate(SLIPS):
        told.append(f"■ {name}：{right!r} → {wrong!r}")
        said = check(tmp_path / str(number), name, right, wrong)
        assert said, told[-1]
        told += said

    assert [] == check(tmp_path / "right", "lead.md", ITEMS, ITEMS)
    for number, mark in enumerate("、；;，"):
        folder = tmp_path / f"mark{number}"
        assert [] == check(folder, "2026-11-20.yaml", GROUP, GROUP.replace(", ", mark)), mark
    assert [] == check(tmp_path / "sheets", "xlsx", "11.6万余", "11.6万余")
    golden(SAID, "\n".join(told) + "\n")


def check(root: Path, name: str, right: str, wrong: str) -> list[str]:
    """Return every sentence said of the site with one thing typed otherwise."""
    for file, (folder, text) in FILES.items():
        if name == "xlsx" and file == "2026-11-20.yaml":
            continue
        path = root / folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        assert right in text or name != file, right
        path.write_text(text.replace(right, wrong, 1) if name == file else text, "utf-8")
    if name == "xlsx":
        assert right in SHEETS, right
        write_workbook(SHEETS.replace(right, wrong, 1), root / "data/yunxi/2026-11-20.xlsx")
    asked = Settings(
        root, root / "output", date(2026, 11, 22), fast=True, templates=shipped_templates()
    )
    return [sentence(finding, translator("zh")) for finding in pipeline.check(asked).findings]
