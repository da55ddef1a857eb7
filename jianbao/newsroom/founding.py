"""Found a new site: the office's name, its lists, one campaign to begin with, and no number.

    Office, day ──first_files──▶ texts by path ──found──▶ disk, all at once

What is written is the office's own from then on; nothing ever writes these files again.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jianbao.diagnostics import Finding, Place, error, msg, why_of
from jianbao.newsroom.keeping import keep_folder, scalar
from jianbao.reading.folders import folder_findings

_FOLDERS = ("content", "data", "templates")
_KEY = re.compile(r"[a-z][a-z0-9-]*")

_SITE = """\
# 编印单位：刊名、界面语言、单位名称。改了这里，各期都跟着变。
title: {title}
language: {language}
organisation: {organisation}
"""
_PEOPLE = """\
# 人名常用库：一行一人，姓名: 职务（职务可以不写）。两个字的姓名尽量不拆成两行，标题换行不拆姓名。
# 例如（去掉行首的“# ”）：
# 秦淑芬: 退休教师
"""
_DOCUMENTS = """\
# 文件常用库：简称 → 标题（不写书名号）和文号。稿件里写 {{ 文件.简称 }}。
# 例如（去掉行首的“# ”）：
# 工作方案:
#   title: 云溪区民生实事工作方案
#   number: 云政办〔2026〕12号
"""
_CAMPAIGN = """\
# 这项活动统计什么、按什么分、用什么单位。定好以后很少改动；数字不写在这里，
# 写在同一文件夹以日期命名的文件里，例如 {day}.yaml。下面这张数据表是个样子，请改成您的。

title: {campaign}
organisation: {organisation}

# 哪天出刊，各单位什么时候以前报数（遇放假自动提前）。去掉行首的“# ”就生效。
# publishes: 每周五
# cut_off: 星期四 12:00
# units:
#   区督查室: {{contact: 孟庆华 6108}}

datasets:
  实事:                                    # 数据表的名称，稿件里写 {{{{ 实事.项目 }}}}
    dimensions: {{级别: [区级, 乡镇级]}}      # 按什么分；不分的，把这一行删去
    measures:                              # 统计什么，单位是什么
      项目: {{unit: 件}}
      已完成: {{unit: 件, at_most: 项目, cumulative: true}}   # 不超过“项目”；累计数
    ratios:
      完成率: {{of: 已完成 / 项目, decimals: 1}}              # 自动计算，不用填
    cadence: week                          # 多久报一次：day、week、month、quarter、year
"""
_DAY = """\
# {day} 报上来的数。下次报数照着另建一个文件，用日期作文件名。
# 没有报的不要写，也不要用0代替；填好一行，去掉行首的“# ”。

实事:
  截至: {day}
#  区级: {{项目: , 已完成: }}
#  乡镇级: {{项目: , 已完成: }}
"""


@dataclass(frozen=True, slots=True)
class Office:
    """Whose site it is.

    Attributes:
        title: What the publication is called.
        campaign: What the first campaign is called.
        key: The folder of the first campaign.
        language: zh or en.
    """

    title: str
    organisation: str
    campaign: str
    key: str
    language: str = "zh"


def first_files(office: Office, today: date) -> Mapping[str, str]:
    """Return the texts of a new site by their paths in it."""
    words = {
        "title": scalar(office.title),
        "organisation": scalar(office.organisation),
        "campaign": scalar(office.campaign),
        "language": office.language,
        "day": str(today),
    }
    data = f"data/{office.key}"
    return {
        "data/site.yaml": _SITE.format(**words),
        "data/registers/people.yaml": _PEOPLE,
        "data/registers/documents.yaml": _DOCUMENTS,
        f"{data}/campaign.yaml": _CAMPAIGN.format(**words),
        f"{data}/{today}.yaml": _DAY.format(**words),
    }


def found(folder: Path, office: Office, today: date) -> tuple[Finding, ...]:
    """Write a new site, all of it or nothing; return what is in the way."""
    wrong = (*_in_the_way(folder), *_misnamed(office))
    if wrong:
        return wrong
    try:
        keep_folder(folder, first_files(office, today), _FOLDERS)
    except OSError as fault:
        return (
            error(
                "site-unwritable",
                Place(str(folder)),
                msg("The new site could not be written: {why}.", why=why_of(fault)),
                msg("Choose another folder, one that you may write to."),
            ),
        )
    return ()


def _in_the_way(folder: Path) -> tuple[Finding, ...]:
    if not (folder.is_dir() and not any(folder.iterdir())) and os.path.lexists(folder):
        why = msg("There is something in this place already, and nothing of it was touched.")
        hint = msg("Name a folder that is empty, or one that is not there yet.")
        return (error("site-exists", Place(str(folder)), why, hint),)
    return ()


def _misnamed(office: Office) -> tuple[Finding, ...]:
    """Return what is wrong with the name of the campaign's folder; it becomes an address."""
    if _KEY.fullmatch(office.key):
        return ()
    strange = tuple(folder_findings(f"data/{office.key}"))
    why = msg("{name} cannot be a campaign's folder.", name=office.key)
    hint = msg("Write small Latin letters and digits, such as shishi.")
    return strange or (error("folder-name", Place(f"data/{office.key}"), why, hint),)
