"""Bad input of a page, as clerks make it: each is told with its place and what to do, and kept.

What `check` prints for each stands in tests/sites/pages.zh.txt: read it as the clerk who gets it.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from jianbao import pipeline
from jianbao.cli.language import translator
from jianbao.cli.showing import sentence
from jianbao.diagnostics import Severity
from jianbao.settings import Settings, shipped_templates
from tests.conftest import Golden

KEPT = Path(__file__).parent / "sites"
HERE = "content/yunxi/2026-47"
LONG = "全区上下一条心攻坚克难保交付把群众牵挂的事一件件办好办实办出温度来让大家看得见摸得着得实惠"
LINE = "全区上下把为群众办实事作为检验学习成效的重要标尺，列出清单、压实责任、加强督导。\n"
STORY = "主题：{}\n供稿：区委宣传部\n---\n{}"
PHOTO = "/// photo | photos/{}\nalt: 河堤上的人群\n\n干部群众在河堤上\n///\n"
CAMPAIGN = """title: 民生实事
organisation: 云溪区
masthead: 实事简报
datasets:
  实事:
    dimensions: {级别: [区级, 乡镇级]}
    measures: {项目: {unit: 件}}
    reporter: 区督查室
  空表:
    dimensions: {级别: [区级, 乡镇级]}
    measures: {件数: {unit: 件}}
    reporter: 区信访局
  宽表:
    dimensions: {级别: [区级, 乡镇级]}
    measures: {甲: {unit: 件}, 乙: {unit: 件}, 丙: {unit: 件}, 丁: {unit: 件}, 戊: {unit: 件},
      己: {unit: 件}, 庚: {unit: 件}, 辛: {unit: 件}, 壬: {unit: 件}, 癸: {unit: 件}}
"""
NUMBERS = ", ".join(f"{name}: 1234567" for name in "甲乙丙丁戊己庚辛壬癸")
REPORTED = f"""实事: {{截至: 2026-11-20, 区级: {{项目: 94}}, 乡镇级: {{项目: 788}}}}
宽表: {{截至: 2026-11-20, 区级: {{{NUMBERS}}}, 乡镇级: {{{NUMBERS}}}}}
"""
FEATURE = "{name: 要闻, number: 1, layout: feature, stories: {lead: lead.md}}"
FRONT = (
    "{name: 要闻, number: 1, layout: front, "
    "stories: {lead: lead.md, second: a.md, boxed: b.md, briefs: [c.md, d.md]}}"
)


def write(root: Path, pages: str = FEATURE, lead: str = "", paper: str = "四开") -> None:
    """Write the bulletin's plan, and its lead where one is given."""
    head = f"number: 47\ntotal: 312\ndate: 2026-11-21\npaper: {paper}\npages:\n"
    lines = "".join(f"  - {page}\n" for page in pages.split("\n"))
    (root / HERE / "bulletin.yaml").write_text(head + lines, "utf-8")
    if lead:
        (root / HERE / "lead.md").write_text(lead, "utf-8")


def picture(root: Path, size: tuple[int, int] = (2000, 1400), mode: str = "RGB") -> Path:
    """Write a picture for the lead and return its file; the lead shows it."""
    file = root / HERE / "photos/dadi.jpg"
    file.parent.mkdir(exist_ok=True)
    Image.new(mode, size).save(file)
    write(root, lead=STORY.format("河堤上的一天", PHOTO.format("dadi.jpg") + LINE * 50))
    return file


def with_lead(text: str, pages: str = FEATURE) -> Callable[[Path], None]:
    """Return what gives the bulletin such a lead."""
    return lambda root: write(root, pages, STORY.format("河堤上的一天", text))


def headed(pages: str) -> Callable[[Path], None]:
    """Return what gives every story of a page a headline of fifty characters and more."""

    def spoil(root: Path) -> None:
        write(root, pages)
        for name in ("lead", "a", "b", "c", "d"):
            text = re.sub(
                "主题：.*", f"主题：{LONG * 2}", (root / HERE / f"{name}.md").read_text("utf-8")
            )
            (root / HERE / f"{name}.md").write_text(text, "utf-8")

    return spoil


def heavy(root: Path) -> None:
    """Make a picture's file larger than any that is read."""
    file = picture(root)
    file.write_bytes(file.read_bytes() + bytes(70_000_000))


def crowded(root: Path) -> None:
    """Fill a slot with all the stories it takes, and let one more run on to it."""
    others = "others: [a.md, b.md, c.md, d.md, f.md]"
    page = f"{{name: 综合, number: 2, layout: modular, stories: {{lead: lead.md, {others}}}"
    write(root, f"{FEATURE.replace('lead.md', 'e.md')}\n{page}, continued: {{others: [e.md]}}}}")
    (root / HERE / "f.md").write_text(STORY.format("样稿", LINE * 8), "utf-8")


TWO_OF_FOUR = (
    FRONT
    + """
{name: 综合, number: 2, layout: feature, stories: {lead: e.md}}
{name: 数说, number: 3, layout: figures}
{name: 图片, number: 4, layout: photos, stories: {}}"""
)
BRIEF = "{name: 简报, number: 1, layout: brief, stories: {lead: lead.md}}"
TYPED = f"| 街道 |{' 累计完成指标 |' * 10}\n|---|{'---|' * 10}\n| 枣林街道 |{' 1234567 |' * 10}\n"
MODULAR = "{name: 综合, number: 1, layout: modular, stories: {lead: lead.md, others: [a.md, b.md]}}"
BAD: dict[str, Callable[[Path], object]] = {
    "主题太长（四栏大稿）": headed(FEATURE),
    "主题太长（头版各篇）": headed(FRONT),
    "主题太长（模块版）": headed(MODULAR),
    "主题太长（红头简报）": lambda root: write(
        root, BRIEF, STORY.format(LONG * 2, LINE * 9), "A4"
    ),
    "手打的表太宽（红头简报）": lambda root: write(
        root, BRIEF, STORY.format("河堤上的一天", f"{LINE}\n{TYPED}\n{LINE * 9}"), "A4"
    ),
    "手打的表太宽（头版）": with_lead(f"{LINE * 10}\n{TYPED}\n{LINE * 5}", FRONT),
    "主题太长，前面还有引题": lambda root: write(
        root, lead="引题：云溪区\n" + STORY.format(LONG * 2, LINE * 56)
    ),
    "结尾段太长": with_lead(LINE * 50 + "---\n\n" + LINE * 10),
    "位置后面没有写稿件": lambda root: write(root, FRONT.replace("second: a.md", "second: ")),
    "转版过来的也占位置": crowded,
    "位置没有稿件": lambda root: write(root, FRONT.replace("boxed: b.md, ", "")),
    "一篇稿件放了两处": lambda root: write(root, FRONT.replace("b.md", "a.md")),
    "图片没有": lambda root: picture(root).unlink(),
    "图片坏了": lambda root: picture(root).write_bytes(b"\xff\xd8\xff\xe0 spoilt"),
    "图片像素太多": lambda root: picture(root, (12000, 9000), "L"),
    "图片文件太大": heavy,
    "图片是四色的": lambda root: picture(root, mode="CMYK"),
    "图片太小": lambda root: picture(root, (400, 280)),
    "有说明没有图片": with_lead("/// photo\n干部群众在河堤上\n///\n" + LINE * 50),
    "图片版没有图片": with_lead(LINE * 9, "{name: 图片, number: 1, layout: photos, stories: {lead: lead.md}}"),
    "图表的数据表没有报": with_lead("/// 图 | 空表 按 级别：件数\n///\n" + LINE * 50),
    "表太宽": with_lead("/// 表 | 宽表 按 级别\n///\n" + LINE * 20, FRONT),
    "要四个版只有两个版的稿件": lambda root: write(root, TWO_OF_FOUR),
    "版式没有这种纸": lambda root: write(root, paper="A4"),
}  # fmt: skip


def told(root: Path, spoil: Callable[[Path], object]) -> list[str]:
    """Return what `check` says of a bulletin that was spoilt; it is never delivered."""
    data, content = root / "data/yunxi", root / HERE
    data.mkdir(parents=True)
    content.mkdir(parents=True)
    (root / "data/site.yaml").write_text("title: 简报\norganisation: 云溪区\n", "utf-8")
    (data / "campaign.yaml").write_text(CAMPAIGN, "utf-8")
    (data / "2026-11-20.yaml").write_text(REPORTED, "utf-8")
    for number, name in enumerate(("lead", "a", "b", "c", "d", "e")):
        lines = {"lead": 56, "e": 60, "c": 3, "d": 3}.get(name, 8)
        (content / f"{name}.md").write_text(STORY.format(f"样稿之{number}", LINE * lines), "utf-8")
    spoil(root)
    settings = Settings(root, root / "out", date(2026, 11, 22), templates=shipped_templates())
    outcome = pipeline.check(settings)
    known = [f for f in outcome.findings if f.severity is not Severity.NOTE]
    return [sentence(finding, translator("zh")) for finding in known]


def test_each_bad_input_is_told(tmp_path: Path, golden: Golden) -> None:
    """None is silent, none stops the program, and each says where and what to write instead."""
    said = {name: told(tmp_path / str(k), spoil) for k, (name, spoil) in enumerate(BAD.items())}

    assert [] == [name for name, sentences in said.items() if not sentences]
    golden(
        KEPT / "pages.zh.txt",
        "\n".join(f"【{name}】\n" + "\n".join(lines) + "\n" for name, lines in said.items()),
    )


@pytest.mark.parametrize("name", ["位置没有稿件", "图片没有", "表太宽", "版式没有这种纸"])
def test_what_is_told_keeps_the_bulletin_back(tmp_path: Path, name: str) -> None:
    """Nothing is delivered as long as it is an error."""
    sentences = told(tmp_path, BAD[name])
    outcome = pipeline.build(
        Settings(tmp_path, tmp_path / "out", date(2026, 11, 22), templates=shipped_templates())
    )

    assert any(words.startswith("差错") for words in sentences)
    assert () == outcome.made
