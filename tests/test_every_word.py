"""A story with everything a story can have: every word of it is printed, and is on the web."""

import re
from datetime import date
from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from jianbao import pipeline
from jianbao.diagnostics import Severity
from jianbao.settings import Settings, shipped_templates
from tests.bench import gallery

PHOTOS = ("现场 #1.jpg", "100%满意.jpg", "c.jpg")
STORY = """引题：引题甲
主题：主题乙
副题：副题丙
导语：导语丁。
供稿：某某局
---
首段戊。
/// figures
数字己：{{ 实事.项目 }}
///
%s
## 小标题庚
二段辛。
/// 图 | 实事 按 级别：完成率
标题：图表壬
形式：进度
///
## 小标题癸
三段子。

| 甲列 | 乙列 |
|---|---|
| 表格丑 | 二 |

---
结尾寅。
"""
WORDS = (
    "引题甲", "主题乙", "副题丙", "导语丁", "某某局", "首段戊", "数字己", "小标题庚", "二段辛", "图表壬",
    "小标题癸", "三段子", "表格丑", "结尾寅", *(f"图{number}说明" for number in range(len(PHOTOS))),
)  # fmt: skip
PLANS = {
    "feature": "lead: lead.md",
    "feature-photos": "lead: lead.md",
    "photos": "lead: lead.md",
    "modular": "lead: lead.md, others: [a.md, b.md]",
    "brief": "lead: lead.md",
}


def written(root: Path, layout: str, plan: str = "") -> Settings:
    """Write a site with such a story in the first slot of a layout."""
    gallery.campaign(root)
    folder = root / "content/gallery/2026-1"
    (folder / "photos").mkdir(parents=True)
    blocks = ""
    for number, name in enumerate(PHOTOS):
        Image.new("RGB", (2600, 1700), (90, 90 + 60 * number, 90)).save(folder / "photos" / name)
        blocks += f"/// photo | photos/{name}\ncredit: 示意图\n\n图{number}说明\n///\n"
    (folder / "lead.md").write_text(STORY % blocks, encoding="utf-8")
    for name in "abcd":
        (folder / f"{name}.md").write_text(
            f"主题：短讯{name}\n---\n{gallery.text(300, 1)}\n", "utf-8"
        )
    paper = "A4" if layout == "brief" else "四开"
    (folder / "bulletin.yaml").write_text(
        f"number: 1\ntotal: 1\ndate: 2026-01-09\nas_of: 2026-01-01\npaper: {paper}\ncompiler: 某室\n"
        f"pages:\n  - {{name: 要闻, number: 1, layout: {layout}, stories: {{{plan or PLANS[layout]}}}}}\n",
        encoding="utf-8",
    )
    return Settings(root, root / "output", date(2026, 1, 9), templates=shipped_templates())


@pytest.mark.parametrize("layout", PLANS)
def test_every_word_is_in_both_editions(tmp_path: Path, layout: str) -> None:
    """No part has no place; and a photo may be called what an office calls it."""
    outcome = pipeline.build(written(tmp_path, layout))
    folder = tmp_path / "output/gallery/2026-1"

    assert [] == [f.message.text for f in outcome.findings if f.severity is Severity.ERROR]
    with pymupdf.open(folder / "bulletin.pdf") as document:
        printed = re.sub(r"\s", "", "".join(page.get_text() for page in document))
    web = (folder / "index.html").read_text(encoding="utf-8")
    assert [] == [word for word in WORDS if word not in printed]
    assert [] == [word for word in WORDS if word not in web]
    assert len(PHOTOS) == len(re.findall(r'<img src="photos/[^"#?]+\.jpg"', web))


OMITTED = {
    "figures": ("lead: lead.md", {"数说 prints no photos.", "数说 prints no closing paragraph."}),
    "front": (
        "lead: a.md, second: b.md, boxed: c.md, briefs: [lead.md, d.md]",
        {
            "一周简讯 prints no kicker.",
            "一周简讯 prints no deck.",
            "一周简讯 prints no standfirst.",
            "一周简讯 prints no photos.",
            "一周简讯 prints no strips of figures.",
        },
    ),
}


@pytest.mark.parametrize("layout", OMITTED)
def test_what_a_slot_prints_nowhere_is_told(tmp_path: Path, layout: str) -> None:
    """A photo on a page of figures, a kicker above a short item of a front page."""
    plan, omitted = OMITTED[layout]
    settings = written(tmp_path, layout, plan)
    found = [f for f in pipeline.check(settings).findings if f.rule == "part-left-out"]

    assert omitted == {finding.message.in_words(str) for finding in found}
    assert {"content/gallery/2026-1/lead.md"} == {finding.place.path for finding in found}


def test_the_line_that_is_left_out_is_named(tmp_path: Path) -> None:
    """Not the story's first."""
    settings = written(tmp_path, "front", OMITTED["front"][0])
    found = [f for f in pipeline.check(settings).findings if f.rule == "part-left-out"]

    assert ["引题：引题甲", "副题：副题丙"] == [finding.place.text for finding in found][:2]


def test_no_slot_omits_what_it_prints(tmp_path: Path) -> None:
    """The other layouts omit nothing."""
    settings = written(tmp_path, "feature")

    assert [] == [f for f in pipeline.check(settings).findings if f.rule == "part-left-out"]
