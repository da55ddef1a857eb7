"""A campaign with everything a chart may meet, and panels of it."""

from pathlib import Path

from jianbao.figures.book import Book
from jianbao.pages.charts.blocks import panel_of
from jianbao.pages.charts.panels import Panel
from jianbao.reading.charts import take_charts
from jianbao.reading.slots import Layout
from tests.unit.figures.books import book_of

CAMPAIGN = """
  实事:
    name: 实事项目
    dimensions: {级别: [区级, 乡镇级]}
    measures:
      项目: {unit: 件}
      已完成: {unit: 件, at_most: 项目}
    ratios: {完成率: {of: 已完成 / 项目, decimals: 1}}
    reporter: 区督查室
  重建:
    name: 灾后重建
    dimensions: {类别: {道路: {name: 城市道路恢复重建}, 住宅: {name: 住宅}, 水利: {name: 水利}}}
    breakdown: partial
    measures:
      项目: {unit: 个}
      已开工: {unit: 个, at_most: 项目}
      已竣工: {unit: 个, at_most: 已开工}
      在建: {unit: 个}
      投资: {unit: 元}
      盈亏: {unit: 元}
    ratios: {竣工率: {of: 已竣工 / 项目}}
    source: 区发改委
  防汛:
    dimensions: {身份: [党员干部, 青年志愿者, 民兵]}
    measures: {人员: {unit: 人}}
  疫苗:
    dimensions: {剂次: [第一剂, 第二剂]}
    breakdown: overlapping
    measures: {接种: {unit: 剂次}, 完成比例: {unit: "%", source: 区疾控中心}}
  大厅:
    measures: {单位: {unit: 个}, 好评率: {unit: "%"}}
  空表:
    dimensions: {级别: [甲, 乙]}
    measures: {件数: {unit: 件}}
    reporter: 区督查室
"""
DAYS = {
    "2026-11-20": """
实事: {截至: 2026-11-20, 区级: {项目: 94, 已完成: 57}, 乡镇级: {项目: 788, 已完成: 636}}
重建:
  截至: 2026-11-20
  all: {项目: 71, 已开工: 68, 已竣工: 41, 投资: 5.86亿}
  道路: {项目: 16, 已开工: 16, 已竣工: 9, 在建: 7, 投资: 8508.3万, 盈亏: 120万}
  住宅: {项目: 14, 已开工: 13, 已竣工: 7, 在建: 6, 投资: 1.8亿, 盈亏: -35.5万}
防汛: {截至: 2026-11-20, 党员干部: {人员: 5.2万}, 青年志愿者: {人员: 1.15万}, 民兵: {人员: 900余}}
疫苗: {截至: 2026-11-20, 第一剂: {接种: 888623, 完成比例: 97.32%}, 第二剂: {接种: 839243}}
大厅: {截至: 2026-11-20, 单位: 33, 好评率: 99.98%}
""",
    "2026-11-13": "实事: {截至: 2026-11-13, 乡镇级: {项目: 788, 已完成: 540}}",
    "2026-11-06": """
实事: {截至: 2026-11-06, 区级: {项目: 94, 已完成: 31}, 乡镇级: {项目: 788, 已完成: 400}}
""",
}


def book(folder: Path) -> Book:
    """Return the campaign's book as of 2026-11-20."""
    return book_of(folder, CAMPAIGN, DAYS, "2026-11-20")


def panel(known: Book, block: str, width: float = 126) -> Panel:
    """Return the panel of a block that can be shown; notes aside."""
    shown = panels(known, block, width)
    assert shown[0] is not None, shown[1]
    return shown[0]


def panels(known: Book, block: str, width: float = 126) -> tuple[Panel | None, list[str]]:
    """Return the panel of a block, and each finding as rule 【words】."""
    lines = f"/// {block}\n///".split("\n")
    read = take_charts("lead.md", lines, lines)
    assert () == read.findings
    (chart,) = read.value[1]
    result = panel_of(known, chart, Layout("", column=width), 2026)
    found = [f"{finding.rule}【{finding.place.excerpt}】" for finding in result.findings]
    return result.value, found
