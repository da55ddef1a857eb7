"""A small office for the tests: three units, one bulletin out, the next one's figures due."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from jianbao.cli.language import translator
from jianbao.cli.showing import sentence
from jianbao.newsroom.collecting.desk import Desk, open_desk
from jianbao.newsroom.collecting.receiving import Hints, Look, look_at
from jianbao.newsroom.collecting.settling import Settlement, settle
from jianbao.newsroom.collecting.storing import write
from tests.sheets import write_workbook

NOW = datetime(2026, 11, 26, 10, 12)  # noqa: DTZ001
TODAY = date(2026, 11, 26)
Table = Callable[[str, str], str]
ROADS = "2026-11-26/区城市管理局.yaml"
CAMPAIGN = """\
title: 民生实事
organisation: 云溪区
publishes: 每周五
cut_off: 星期四 12:00
units:
  区督查室: {datasets: [实事.区级, 回访], contact: 孟庆华 6108}
  枣林街道: {datasets: [实事.乡镇级]}
  区城市管理局: {datasets: [道路, 绿化], cut_off: 星期三 17:00}
datasets:
  实事:
    dimensions: {级别: [区级, 乡镇级]}
    measures: {项目: {unit: 件}, 已完成: {unit: 件, at_most: 项目, cumulative: true}}
    ratios: {完成率: {of: 已完成 / 项目}}
    cadence: week
  回访:
    measures: {户数: {unit: 户}, 满意率: {unit: "%", source: 入户回访}}
    cadence: week
  道路:
    measures:
      计划: {unit: 条}
      已完工: {unit: 条, at_most: 计划, cumulative: true}
      投资: {unit: 万元}
    cadence: week
  绿化:
    measures: {面积: {unit: 平方米}}
    cadence: month
"""
LAST = """\
实事: {截至: 2026-11-19, 区级: {项目: 96, 已完成: 66}, 乡镇级: {项目: 640, 已完成: 520}}
回访: {截至: 2026-11-19, 户数: 1487, 满意率: 97.4%}
道路: {截至: 2026-11-19, 计划: 52, 已完工: 42, 投资: 310.5万}
绿化: {截至: 2026-10, 面积: 3.2万}
"""
PLAN = """\
number: 47
total: 312
date: 2026-11-20
as_of: 2026-11-19
paper: A4
pages:
  - {layout: brief, stories: {lead: lead.md}}
"""
GOOD = """\
# 道路
填报单位 ｜ 区城市管理局
截至 ｜ 2026-11-26
计划（条） ｜ 已完工（条） ｜ 投资（万元）
52 ｜ 45 ｜ 322.8
"""


def office(folder: Path) -> Path:
    """Write the office's files and return its site."""
    data, content = folder / "data/yunxi", folder / "content/yunxi/2026-47"
    data.mkdir(parents=True)
    content.mkdir(parents=True)
    (folder / "data/site.yaml").write_text("title: 简报\n", encoding="utf-8")
    (data / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    (data / "2026-11-19.yaml").write_text(LAST, encoding="utf-8")
    (content / "bulletin.yaml").write_text(PLAN, encoding="utf-8")
    (content / "lead.md").write_text("主题：好\n---\n正文。\n", encoding="utf-8")
    return folder


def desk_of(site: Path) -> Desk:
    """Return the office's desk for the next bulletin."""
    desk = open_desk(site, "yunxi", TODAY)
    assert desk.findings == ()
    assert desk.value is not None
    return desk.value


def table(folder: Path, name: str, text: str) -> str:
    """Write a unit's workbook from its text, or a .csv as it is; return where."""
    file = folder / name
    if name.endswith(".csv"):
        file.write_text(text, encoding="utf-8")
    else:
        write_workbook(text, file)
    return file.as_posix()


def look(site: Path, path: str, hints: Hints | None = None) -> Look:
    """Look at a file."""
    return look_at(desk_of(site), path, Path(path).read_bytes(), hints or Hints())


def take(
    site: Path, paths: Sequence[str], hints: Hints | None = None, now: datetime = NOW
) -> Settlement:
    """Collect files as the command does."""
    desk = desk_of(site)
    looks = [look_at(desk, path, Path(path).read_bytes(), hints or Hints()) for path in paths]
    settlement = settle(desk, looks)
    write(settlement, now, "王秀兰")
    return settlement


def said(settlement: Settlement, language: str = "zh") -> list[str]:
    """Return what is said about the files, each path as its name alone."""
    translate = translator(language)
    return [
        sentence(finding, translate).replace(settled.look.path, Path(settled.look.path).name)
        for settled in settlement.files
        for finding in settled.findings
    ]


def kept(site: Path) -> dict[str, str]:
    """Return every file below collected/, by its path there."""
    folder = site / "data/yunxi/collected"
    return {
        file.relative_to(folder).as_posix(): file.read_bytes().decode(errors="replace")
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
