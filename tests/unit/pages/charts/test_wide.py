"""Charts and tables too wide for a column: over several, in a place of their own, or refused."""

import re
from datetime import date
from pathlib import Path

import pymupdf
import pytest

from jianbao import pipeline
from jianbao.pages.modular.division import arrange
from jianbao.pages.modular.shapes import COLUMN, GAP, Item
from jianbao.settings import Settings, shipped_templates

LINE = "全区上下把为群众办实事作为检验学习成效的重要标尺，列出清单、压实责任、加强督导。\n"
NAMES = tuple("甲乙丙丁戊己庚辛壬癸子丑")
WIDE = "  宽表:\n    dimensions: {{级别: [区级, 乡镇级]}}\n    reporter: 区督查室\n    measures: {{{}}}\n"
TWO = f"/// 表 | 宽表 按 级别：{'、'.join(NAMES[:5])}\n///\n"
THREE = f"/// 表 | 宽表 按 级别：{'、'.join(NAMES)}\n///\n"
HEAD = "主题：{}\n供稿：区委宣传部\n---\n"
FRONT = "{lead: lead.md, second: a.md, boxed: b.md, briefs: [c.md, d.md]}"
PLAN = """number: 47
total: 312
date: 2026-11-21
paper: 四开
pages:
  - {{name: 要闻, number: 1, layout: {}, stories: {}}}
"""


def built(root: Path, layout: str, lead: str, slot: str = "lead") -> tuple[Path, list[str]]:
    """Return the bulletin's folder with `lead` as a slot's story, and the rules it broke."""
    data, content = root / "data/yunxi", root / "content/yunxi/2026-47"
    data.mkdir(parents=True)
    content.mkdir(parents=True)
    (root / "data/site.yaml").write_text("title: 简报\norganisation: 云溪区\n", "utf-8")
    head = "title: 民生实事\norganisation: 云溪区\nmasthead: 实事简报\ndatasets:"
    measures = WIDE.format(", ".join(f"{name}: {{unit: 件}}" for name in NAMES))
    (data / "campaign.yaml").write_text(head + "\n" + measures, "utf-8")
    numbers = ", ".join(f"{name}: 123456" for name in NAMES)
    reported = f"宽表: {{截至: 2026-11-20, 区级: {{{numbers}}}, 乡镇级: {{{numbers}}}}}\n"
    (data / "2026-11-20.yaml").write_text(reported, "utf-8")
    (content / "lead.md").write_text(HEAD.format("图表样张") + lead, "utf-8")
    for number, name in enumerate("abcd"):
        (content / f"{name}.md").write_text(HEAD.format(f"样稿之{number}") + LINE * 3, "utf-8")
    stories = FRONT if layout == "front" else "{lead: lead.md}"
    other = {"lead": "lead", "second": "a", "boxed": "b"}[slot]
    swapped = {"lead": other, other: "lead"}
    stories = re.sub(r"(\w+)\.md", lambda m: f"{swapped.get(m[1], m[1])}.md", stories)
    (content / "bulletin.yaml").write_text(PLAN.format(layout, stories), "utf-8")
    output = root / "out"
    settings = Settings(
        root, output, date(2026, 11, 22), templates=shipped_templates(), fonts=False
    )
    outcome = pipeline.build(settings)
    return output / "yunxi/2026-47", [f"{f.severity}:{f.rule}" for f in outcome.findings]


@pytest.mark.parametrize(
    ("layout", "lead", "wide", "slot"),
    [
        ("feature", LINE * 40 + TWO + LINE * 5, 334.8, "lead"),
        ("feature", LINE * 38 + TWO + LINE * 5 + "---\n" + LINE * 2, 334.8, "lead"),
        ("feature", LINE * 36 + THREE + LINE * 5 + "---\n" + LINE * 2, 507.6, "lead"),
        ("front", LINE * 20 + TWO, 264.6, "lead"),
        ("front", LINE + TWO, 264.6, "second"),
        ("front", LINE + TWO, 378, "boxed"),
    ],
    ids=["feature", "feature-closing", "feature-three", "front", "second", "boxed"],
)
def test_a_wide_table_stands_free_over_its_columns(
    tmp_path: Path, layout: str, lead: str, wide: float, slot: str
) -> None:
    """As wide as so many columns, within the type area, and no line of text runs into it."""
    folder, rules = built(tmp_path, layout, lead, slot)

    assert [] == [rule for rule in rules if rule.startswith("error")]
    with pymupdf.open(folder / "bulletin.pdf") as document:
        (page,) = document
        spans = [
            span
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
        rules_ = [item["rect"] for item in page.get_drawings()]
    (title,) = (span["bbox"] for span in spans if span["text"].startswith("宽表"))
    (source,) = (span["bbox"] for span in spans if "来源" in span["text"])
    across = max(rect.width for rect in rules_ if title[1] - 6 < rect.y0 < title[1])
    assert wide == pytest.approx(across, abs=0.5)
    inside = [
        span["text"]
        for span in spans
        if abs(span["size"] - 9) < 0.1
        and "Serif" in span["font"]
        and title[0] - 3 < (span["bbox"][0] + span["bbox"][2]) / 2 < title[0] + wide
        and title[1] - 9 < span["bbox"][1] < source[3]
    ]
    assert [] == inside
    assert source[3] < 58.7 + 988


def test_what_no_place_is_wide_enough_for_is_refused(tmp_path: Path) -> None:
    """Over all columns of the slot it is tried; then it is told, and nothing is made."""
    folder, rules = built(tmp_path, "front", LINE * 20 + THREE)

    assert ["error:chart-crowded"] == rules
    assert not folder.exists()


def test_a_modular_page_finds_room_for_it() -> None:
    """A story's wide chart stands at its foot over two columns, with just the rows it takes."""
    lines = {126.0: 60, 198.0: 42, 180.0: 46, 162.0: 50, 153.0: 52}
    long = {width: 2 * count for width, count in lines.items()}
    lead = Item(long, ("头条之题在此",), is_lead=True)
    others = [
        Item(lines, ("一条热线连起千家事",), fixed=(2, 11)),
        Item(lines, ("老街添了新书屋",)),
        Item(lines, ("家门口办成的事",)),
    ]
    (module,) = (each for each in arrange([lead, *others]) if each.story == 1)

    left, wide, top, rows = module.photo
    assert (2 * COLUMN + GAP, 11) == (wide, rows)
    assert module.top + module.rows == top + rows
    assert module.left <= left
    assert left + wide <= module.left + module.wide + 0.01
    assert sum(module.column_rows) >= 60
