"""A site with two weeks of one campaign, small enough to press in no time."""

from dataclasses import replace
from pathlib import Path

from jianbao.settings import Settings
from tests.conftest import copy_of_small

CAMPAIGN = """title: 民生实事
organisation: 云溪区
datasets:
  实事:
    measures:
      项目: {unit: 件}
      已完成: {unit: 件, at_most: 项目, cumulative: true}
      走访: {unit: 户, cumulative: true}
    ratios: {完成率: {of: 已完成 / 项目}}
    cadence: week
    reporter: 区督查室
  信访:
    measures: {来信: {unit: 件}, 满意率: {unit: "%"}}
    cadence: week
"""
DAY = "data/yunxi/2026-11-{}.yaml"
STORY = """引题：云溪区办实事
主题：办结{{ 实事.已完成 }}／再出发
供稿：区委宣传部
---
全区共有{{ 实事.项目 }}，办结{{ 实事.已完成 }}，完成率{{ 实事.完成率 }}，走访{{ 实事.走访 }}。
**倾听民声**　收到来信{{ 信访.来信 }}，满意率{{ 信访.满意率 }}。
"""
PLAN = """number: {0}
total: {1}
date: 2026-11-{2}
pages:
  - {{name: 要闻, number: 1, layout: plain, stories: {{lead: lead.md}}}}
"""
LEAD, LEAD_BEFORE = "content/yunxi/2026-47/lead.md", "content/yunxi/2026-46/lead.md"


def weekly(folder: Path) -> Settings:
    """Return the settings of a fresh copy: numbers 46 and 47, as of 13 and 20 November."""
    settings = copy_of_small(folder)
    root = settings.root
    (root / "content/yunxi/2026-46").mkdir()
    put(root, "data/yunxi/campaign.yaml", CAMPAIGN)
    report(root, 13, "项目: 736, 已完成: 559, 走访: 1342", "来信: 40, 满意率: 95.1%")
    report(root, 20, "项目: 736, 已完成: 586, 走访: 1487", "来信: 44, 满意率: 96.2%")
    for number, total, day in ((46, 311, 13), (47, 312, 20)):
        put(root, f"content/yunxi/2026-{number}/bulletin.yaml", PLAN.format(number, total, day))
        put(root, f"content/yunxi/2026-{number}/lead.md", STORY)
    return replace(settings, targets=())


def report(root: Path, day: int, items: str, letters: str) -> None:
    """Write what was reported as of a day in November."""
    text = f"实事: {{截至: 2026-11-{day}, {items}}}\n信访: {{截至: 2026-11-{day}, {letters}}}\n"
    put(root, DAY.format(day), text)


def put(root: Path, path: str, text: str) -> None:
    """Write a file of the site."""
    (root / path).write_text(text, encoding="utf-8")


def change(root: Path, path: str, old: str, new: str) -> None:
    """Replace words of a file; they must be there."""
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    put(root, path, text.replace(old, new, 1))
