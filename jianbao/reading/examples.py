"""A line like the one that is wanted, for each key of the files that people write.

shape, steps to the place ──example_of──▶ "number: 47"
"""

from collections.abc import Mapping, Sequence

from jianbao.reading.shapes import (
    BulletinShape,
    CampaignShape,
    DocumentShape,
    LookShape,
    SiteShape,
)
from jianbao.reading.stages import Shape

_EXAMPLES = {
    "number": "number: 47",
    "date": "date: 2026-11-21",
    "total": "total: 312",
    "run": "run: 500",
    "paper": "paper: A4",
    "pages": "pages: [{layout: brief, stories: {lead: lead.md}}]",
    "layout": "layout: brief",
    "stories": "stories: {lead: lead.md}",
    "continued": "continued: {lead: lead.md}",
    "editors": "editors: {责编: 王芳}",
    "send": "send: {报: {区委: 2}}",
    "waivers": "waivers: [{rule: number-typed, where: lead.md, reason: 引用原文, name: 王芳}]",
    "rule": "rule: number-typed",
    "where": "where: lead.md",
    "reason": "reason: 引用原文",
    "organisation": "organisation: 云溪区",
    "datasets": "datasets: {实事: {measures: {项目: {unit: 件}}}}",
    "measures": "measures: {项目: {unit: 件}}",
    "unit": "unit: 件",
    "dimensions": "dimensions: {级别: [区级, 乡镇级]}",
    "ratios": "ratios: {完成率: {of: 已完成 / 项目}}",
    "of": "of: 已完成 / 项目",
    "decimals": "decimals: 1",
    "since": "since: 2026-01-01",
    "units": "units: {石桥镇: {datasets: [实事]}}",
    "to": "to: /srv/www/jianbao",
    "publish": "publish: {内网: {to: /srv/www/jianbao}}",
    "red": "red: [0, 100, 100, 0]",
    "bleed": "bleed: 3",
    "ink": "ink: 300",
    "slots": "slots: {lead: {label: 头条}}",
    "label": "label: 头条",
    "show": "show: [编号, 事项]",
}
_FILES: Mapping[type[Shape], Mapping[str, str]] = {
    BulletinShape: {"title": "title: 要闻", "name": "name: 王芳"},
    SiteShape: {"title": "title: 云溪区简报", "name": "name: 云溪区简报"},
    CampaignShape: {
        "title": "title: 民生实事",
        "name": "name: 实事项目",
        "file": "file: 督办.xlsx",
    },
    DocumentShape: {
        "title": "title: 云溪区民生实事工作方案",
        "number": "number: 云办发〔2026〕12号",
    },
    LookShape: {"red": "red: '#C8102E'"},
}


def example_of(shape: type[Shape], steps: Sequence[str | int]) -> str:
    """Return a line like the one that is wanted, "" where none is known."""
    if shape is SiteShape and "look" in steps:
        shape = LookShape
    known = {**_EXAMPLES, **_FILES.get(shape, {})}
    return next(
        (known[step] for step in reversed(steps) if isinstance(step, str) and step in known), ""
    )
