"""A brief with all that makes one hard: long names, a long table, tall photos, the stories of a paper."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from jianbao import pipeline
from jianbao.settings import Settings, shipped_templates

POINTS = 72 / 25.4
TOP, LEFT, LINE = 37 * POINTS, 28 * POINTS, 29.0
OFFICE = "中共云溪区委“我为群众办实事”实践活动领导小组办公室"
CAPTION = "枣林街道的志愿者把热水车推进社区，老人们围坐在院里的长桌旁，一边等热菜上桌一边说起这一年来的变化"
TEXT = "全区上下把为群众办实事作为检验学习成效的重要标尺，列出清单、压实责任、加强督导。\n"
STREETS = tuple(f"第{number}街道" for number in range(1, 25))
RECEIVERS = "云溪经济技术开发区管理委员会社会事业局, 区纪委监委机关, 区人大常委会办公室, 区政协办公室".split(", ")  # fmt: skip
CAMPAIGN = f"""title: 民生实事
organisation: 云溪区
masthead: 实事简报
datasets:
  实事:
    dimensions: {{街道: [{", ".join(STREETS)}]}}
    measures: {{项目: {{unit: 件}}}}
    reporter: 区督查室
  督办:
    dimensions: {{级别: [区级, 乡镇级]}}
    measures: {{项目: {{unit: 件}}, 已完成: {{unit: 件}}}}
    reporter: 区督查室
"""
REPORTED = f"""实事:
  截至: 2026-11-20
{"".join(f"  {street}: {{项目: {n + 7}}}{chr(10)}" for n, street in enumerate(STREETS))}督办:
  截至: 2026-11-20
  区级: {{项目: 96, 已完成: 61}}
  乡镇级: {{项目: 640, 已完成: 498}}
"""
PLAN = f"""number: 47
total: 312
date: 2026-11-21
paper: [四开, A4]
compiler: {OFFICE}
send:
  发: {{{", ".join(f"{name}: 2" for name in RECEIVERS)}}}
pages:
  - {{name: 要闻, number: 1, layout: front, paper: 四开, stories: {{lead: lead.md, second: a.md, boxed: b.md, briefs: [c.md, d.md]}}}}
  - {{name: 简报, number: 1, layout: brief, paper: A4, stories: {{lead: [lead.md, a.md, e.md]}}}}
"""
TABLE = "".join(f"| {street} | 进展顺利，抓紧收尾 |\n" for street in STREETS)
STORIES = {
    "lead": TEXT * 8 + "/// 图 | 督办 按 级别：项目、已完成\n///\n" + TEXT * 4,
    "a": TEXT * 3,
    "b": TEXT * 8,
    "c": TEXT * 3,
    "d": TEXT * 3,
    "e": TEXT * 2 + "/// photo | photos/tall.jpg\nalt: 院里\n\n" + CAPTION + "\n///\n" + TEXT
    + "/// 表 | 实事 按 街道：项目\n///\n" + TEXT * 2
    + "\n| 街道 | 情况 |\n|---|---|\n" + TABLE + "\n" + TEXT * 6,
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bulletin's folder."""
    root = tmp_path_factory.mktemp("briefs")
    content = root / "content/yunxi/2026-47"
    (content / "photos").mkdir(parents=True)
    (root / "data/yunxi").mkdir(parents=True)
    (root / "data/site.yaml").write_text("title: 简报\norganisation: 云溪区\n", "utf-8")
    (root / "data/yunxi/campaign.yaml").write_text(CAMPAIGN, "utf-8")
    (root / "data/yunxi/2026-11-20.yaml").write_text(REPORTED, "utf-8")
    (content / "bulletin.yaml").write_text(PLAN, "utf-8")
    for name, text in STORIES.items():
        head = f"主题：样稿之{name}\n供稿：{OFFICE if name == 'e' else '区督查室'}\n---\n"
        (content / f"{name}.md").write_text(head + text, "utf-8")
    Image.new("RGB", (1500, 2000), "#88aacc").save(content / "photos/tall.jpg")
    settings = Settings(root, root / "out", date(2026, 11, 22), templates=shipped_templates())
    outcome = pipeline.build(settings)

    assert [] == [f for f in outcome.findings if f.severity == "error"]
    return root / "out/yunxi/2026-47"


@pytest.fixture(scope="module")
def brief(folder: Path) -> Iterator[pymupdf.Document]:
    """The brief as it is printed."""
    with pymupdf.open(folder / "bulletin-A4.pdf") as document:
        yield document


def pages(brief: pymupdf.Document) -> list[pymupdf.Page]:
    """Return the pages of a document."""
    return [brief[number] for number in range(len(brief))]


def lines(page: pymupdf.Page) -> list[tuple[str, float, float, float]]:
    """Return a page's lines: text without blanks, left and right edge, baseline."""
    found = [
        (re.sub(r"\s", "", "".join(span["text"] for span in line["spans"])),
         line["bbox"][0], line["bbox"][2], line["spans"][0]["origin"][1])
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
    ]  # fmt: skip
    return sorted((line for line in found if line[0]), key=lambda line: (line[3], line[1]))


def level(page: pymupdf.Page, size: float) -> set[float]:
    """Return how far the baselines of one size are off the page's lines."""
    spans = (
        span
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
    )
    return {
        round((span["origin"][1] - TOP) % LINE, 1)
        for span in spans
        if abs(span["size"] - size) < 0.1
    }


def rows(page: pymupdf.Page) -> list[str]:
    """Return the names of the streets on a page, in their order."""
    return re.findall(r"第\d+街道", re.sub(r"\s", "", page.get_text()))


def spread(brief: pymupdf.Document, head: str) -> list[pymupdf.Page]:
    """Return the pages that a table with such a heading stands on."""
    return [page for page in pages(brief) if head in re.sub(r"\s", "", page.get_text())]


def test_a_long_office_does_not_run_into_the_day(brief: pymupdf.Document) -> None:
    """It takes two lines, broken where sense allows; the day stands whole, all above the rule."""
    texts = {text: base for text, _, _, base in lines(brief[0])}
    red = next(item["rect"].y0 for item in brief[0].get_drawings() if item["fill"] or item["color"])

    assert {"中共云溪区委“我为群众办实事”", "实践活动领导小组办公室"} <= set(texts)
    assert texts["实践活动领导小组办公室"] == pytest.approx(texts["2026年11月21日"], abs=0.1)
    assert texts["2026年11月21日"] < red


def test_a_long_signature_is_broken_by_sense(brief: pymupdf.Document) -> None:
    """No single character goes over to the next line."""
    texts = [text for page in pages(brief) for text, *_ in lines(page)]

    assert {"（中共云溪区委“我为群众办实事”", "实践活动领导小组办公室供稿）"} <= set(texts)


def test_a_long_caption_is_printed_whole(brief: pymupdf.Document) -> None:
    """In two lines under its photo, and no text runs into them."""
    found = [lines(page) for page in pages(brief)]
    (page,) = (own for own in found if any(CAPTION.startswith(line[0]) for line in own))
    at = next(index for index, line in enumerate(page) if CAPTION.startswith(line[0]))
    (first, _, _, base), (second, _, _, below), (_, _, _, text) = page[at : at + 3]

    assert first + second == CAPTION
    assert (below - base, text - below) == pytest.approx((LINE, LINE), abs=1)


def test_an_upright_photo_stands_whole(brief: pymupdf.Document) -> None:
    """Its own shape, in the middle of the line."""
    ((left, top, right, bottom),) = (
        image["bbox"] for page in pages(brief) for image in page.get_image_info()
    )

    assert (right - left) / (bottom - top) == pytest.approx(0.75, abs=0.01)
    assert bottom - top < 10 * LINE
    assert (left + right) / 2 == pytest.approx(LEFT + 28 * 15.79 / 2, abs=1)


@pytest.mark.parametrize("head", ["项目（件）", "情况"])
def test_a_long_table_goes_on_with_its_head(brief: pymupdf.Document, head: str) -> None:
    """It begins where it stands in the text, and says on each page what its columns are."""
    first, *others = spread(brief, head)
    own = [rows(page) for page in (first, *others)]

    assert others
    assert [*STREETS] == [street for page in own for street in page][: len(STREETS)]
    assert min(map(len, own)) >= 3
    assert head == "情况" or TEXT[:8] in re.sub(r"\s", "", first.get_text())


def test_the_text_behind_a_broken_table_is_level(brief: pymupdf.Document) -> None:
    """All lines of all pages stand on the same lines, 29 points apart."""
    (base,) = level(brief[0], 15.79)

    assert [{base}] * (len(brief) - 1) == [level(page, 15.79) or {base} for page in pages(brief)][
        1:
    ]


def test_a_chart_of_the_paper_stands_in_the_brief_s_text(brief: pymupdf.Document) -> None:
    """Between the paragraphs it was written between, as wide as the page."""
    page = next(page for page in pages(brief) if "督办" in page.get_text())
    texts = lines(page)
    (base,) = (base for text, _, _, base in texts if text.startswith("督办"))
    (foot,) = (y for text, _, _, y in texts if text.startswith("来源"))
    filled = (item["rect"] for item in page.get_drawings() if item["fill"])
    bars = [rect.width for rect in filled if base < rect.y0 < foot and rect.height > 5]

    assert TEXT.strip()[-6:] in "".join(text for text, _, _, y in texts if y < base)
    assert TEXT[:6] in "".join(text for text, _, _, y in texts if y > base)
    assert max(bars) > 0.6 * 28 * 15.79


def test_receivers_hang_behind_their_label(brief: pymupdf.Document) -> None:
    """The second line begins below the first receiver, not below the label."""
    page = brief[len(brief) - 1]
    found = lines(page)
    at = next(index for index, line in enumerate(found) if line[0].startswith("发："))

    assert page.search_for(RECEIVERS[0][:4])[0].x0 == pytest.approx(found[at + 1][1], abs=0.6)
