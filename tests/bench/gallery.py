"""Every layout on every paper and profile it declares, with texts of its capacity, on one sheet.

    python -m tests.bench.gallery DIR            a PNG a page, and sheet.png with all of them
    python -m tests.bench.gallery DIR --thumbs   a small picture into each layout's own folder too

A site is made in DIR with stories as long as layout.yaml says a slot has room for, in so many
photos as it wants, and built like any other. Findings are printed: there ought to be none but
what was fitted.
"""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from itertools import cycle
from pathlib import Path

from PIL import Image, ImageDraw

from jianbao import pipeline
from jianbao.reading.looks import read_templates
from jianbao.reading.slots import Layout, Slot, read_layouts
from jianbao.settings import Settings, shipped_templates

CLAUSES = (
    "清早，", "街道的志愿者推着热水车走进社区，", "老人们围坐在院里的长桌旁，", "说起这一年的变化。",
    "路修平了，", "灯装亮了，", "楼道里的杂物清走了，", "孩子上学少走了两站路。",
    "“日子是一件件小事堆起来的。”", "社区干部把大家的话记在本子上，", "回去逐条对照，",
    "能办的当天就办，", "一时办不了的说明缘由、约定日期，", "到期再上门回一声话。",
)  # fmt: skip
TEXT = "".join(CLAUSES)
HEADS = (
    "小院里的新变化",
    "家门口办成的事",
    "一盏灯照亮一条巷",
    "热线那头有回音",
    "老街添了新书屋",
    "农家菜园进食堂",
    "晾衣杆立起来了",
    "夜校的灯亮到九点",
)
LENGTHS = (126, 83, 152, 47, 111)  # of paragraphs, one after the other
STRIP = """/// figures
实事项目：{{ 实事.项目 }}
已经办结：{{ 实事.已完成 }}
办结率：{{ 实事.完成率 }}
///
"""
EYE = """主题：本周数字
---
/// figures
实事项目：{{ 实事.项目 }}
已经办结：{{ 实事.已完成 }} {{ 实事.已完成 | 变化 }}
办结率：{{ 实事.完成率 }}
乡镇级已办结：{{ 实事.乡镇级.已完成 }}
///
"""
TABLE = """
| 级别 | 项目 | 已完成 | 完成率 |
|---|---|---|---|
| 区级 | {{ 实事.区级.项目 }} | {{ 实事.区级.已完成 }} | {{ 实事.区级.完成率 }} |
| 乡镇级 | {{ 实事.乡镇级.项目 }} | {{ 实事.乡镇级.已完成 }} | {{ 实事.乡镇级.完成率 }} |
"""
CHARTS = (
    "/// 图 | 实事 按 时间：已完成\n///\n",
    "/// 图 | 实事 按 级别：完成率\n形式：进度\n///\n",
    "/// 表 | 实事 按 级别：项目、已完成、完成率\n合计：末行\n///\n",
    "/// 图 | 实事 按 级别：项目、已完成\n///\n",
    "/// 图 | 实事：项目、已完成、完成率\n形式：大数\n///\n",
    "/// 图 | 实事 按 级别：已完成\n形式：堆叠\n///\n",
    "/// 图 | 实事 按 时间：项目、已完成\n形式：折线\n///\n",
)
PROFILE = {
    "jianbao": "",
    "neibu": "profile: neibu\npermit: 豫内资准字第0000号\nrecipients: 各单位\nprinter: 区印刷厂\n"
    "printed: 2026-11-27\nrun: 100\n",
    "baozhi": "profile: baozhi\n",
}


def text(characters: int, story: int) -> str:
    """Return paragraphs of exactly so many characters in all, each story's begun elsewhere."""
    clauses = cycle(CLAUSES[story * 5 % len(CLAUSES) :] + CLAUSES[: story * 5 % len(CLAUSES)])
    lines: list[str] = []
    while characters:
        size = LENGTHS[(len(lines) + story) % len(LENGTHS)]
        size = characters if characters < size + 12 else size
        line = ""
        while len(line) < size:
            line += next(clauses)
        if len(line) > characters:
            line = line[: characters - 1].rstrip("，。“”、").ljust(characters - 1, "了")
            line += "。"
        elif line.endswith(("，", "、")):
            line = line[:-1] + "。"
        lines.append(line)
        characters -= len(line)
    return "\n".join(lines)


def photo(number: int) -> bytes:
    """Return a grey picture with a cross, so that a crop is seen."""
    image = Image.new("RGB", (2600, 1500 if number % 3 else 2000), (200 - 12 * number,) * 3)
    draw = ImageDraw.Draw(image)
    draw.line((0, 0, *image.size), fill="white", width=12)
    draw.line((0, image.height, image.width, 0), fill="white", width=12)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=60)
    return buffer.getvalue()


def story(name: str, slot: Slot, number: int, folder: Path) -> str:
    """Return a story file's text for a slot of a layout."""
    most = max(slot.least, min(slot.most, 5), 1)
    room = slot.characters // most
    photos = {"photos": 5, "feature-photos": 6, "feature": 2, "front": 1, "modular": 1}.get(name, 0)
    if number and name in ("front", "modular"):
        photos = int(name == "modular" and number == 1)
    room -= 300 if name == "modular" and number == 0 else 0
    head = f"主题：{HEADS[number % len(HEADS)]}\n"
    if "byline" not in slot.omits:
        head += "供稿：区融媒体中心\n"
    if name.startswith("feature") or (name == "front" and not number):
        head = f"引题：一年里的民生小事\n{head}"
    if name.startswith("feature"):
        standfirst = text(145 if name == "feature-photos" else 122, 0)
        head += f"导语：{standfirst.replace(chr(10), '')}\n"
    if name == "front" and not number:
        head += "副题：台账每周晒进度　成效交由群众评\n"
    blocks = [photo_block(f"{name}-{number}-{k}.jpg", k, folder) for k in range(photos)]
    return f"{head}---\n{''.join(blocks)}\n{body(name, room, number)}\n"


def body(name: str, room: int, number: int) -> str:
    """Return a story's text with the figures, charts and tables that its layout has places for."""
    if name == "feature-photos":
        ends = (round(room * 0.28), round(room * 0.48))
        sizes = (ends[0], ends[1] - ends[0], room - ends[1])
        parts = (text(size, number + k) for k, size in enumerate(sizes))
        return "\n".join(f"## 办好身边事／温暖一座城\n{part}" for part in parts)
    if name == "feature":
        own = text(room - 170, number)
        return f"{STRIP}## 办好身边事／温暖一座城\n{own}\n---\n{text(160, number + 1)}"
    if name == "figures":
        topics = (
            f"## {HEADS[k % 6]}\n{chart}\n{text(room // len(CHARTS), k)}"
            for k, chart in enumerate(CHARTS)
        )
        return f"{STRIP}{chr(10).join(topics)}"
    if name == "brief":
        middle = text(room, number).split("\n")
        middle[2:2] = [TABLE, CHARTS[1]]
        return "\n".join(middle)
    if name == "front" and number == 0:
        return STRIP + text(room, number)
    return text(room, number)


def photo_block(file: str, number: int, folder: Path) -> str:
    """Return the block of a photo, having made the picture."""
    (folder / "photos" / file).write_bytes(photo(number))
    return f"/// photo | photos/{file}\n    credit: 示意图\n    alt: 灰色的样图\n\n样图之{number + 1}\n///\n"


def planned(name: str, layout: Layout, profile: str, folder: Path) -> dict[str, list[str]]:
    """Write a page's stories, none like another; return their files by slot."""
    stories: dict[str, list[str]] = {}
    count = 0
    for key, slot in (layout.slots or {}).items():
        wanted = max(slot.least, min(slot.most, 5 if key != "lead" else 1))
        for index in range(wanted if slot.characters else 0):
            file = f"{key}{index}.md"
            (folder / file).write_text(story(name, slot, count, folder), encoding="utf-8")
            stories.setdefault(key, []).append(file)
            count += 1
        if key == "eye" and profile == "jianbao":
            (folder / "eye.md").write_text(EYE, encoding="utf-8")
            stories[key] = ["eye.md"]
    return stories


def bulletins(root: Path, layouts: dict[str, Layout]) -> Iterator[tuple[str, str]]:
    """Write a bulletin for each layout and profile; yield its layout and its address."""
    number, day = 0, date(2026, 1, 2)
    for name, layout in layouts.items():
        for profile in layout.profiles or PROFILE:
            number += 1
            folder = root / "content" / "gallery" / f"2026-{number}"
            (folder / "photos").mkdir(parents=True)
            stories = planned(name, layout, profile, folder)
            named = "".join(
                f"      {key}: [{', '.join(files)}]\n" for key, files in stories.items()
            )
            (folder / "bulletin.yaml").write_text(
                f"number: {number}\ntotal: {number}\ndate: {day + timedelta(7 * number)}\nas_of: 2026-01-01\n"
                f"paper: [{', '.join(layout.papers)}]\ncompiler: 区融媒体中心\n{PROFILE[profile]}"
                f"pages:\n  - name: {layout.label}\n    number: 1\n    layout: {name}\n    stories:\n{named}",
                encoding="utf-8",
            )  # fmt: skip
            yield f"{name} {profile}", f"gallery/2026-{number}"


def made(root: Path) -> dict[str, str]:
    """Write the gallery's site and build it; return its bulletins' addresses by layout and profile."""
    shipped = shipped_templates()
    layouts = dict(read_layouts(read_templates(root, shipped).value).value)
    campaign(root)
    known = dict(bulletins(root, layouts))
    outcome = pipeline.build(Settings(root, root / "output", date(2026, 12, 31), jobs=0))
    for finding in outcome.findings:
        words = finding.message.in_words(str)
        sys.stdout.write(f"{finding.severity} {finding.place.path}: {words}\n")
    return known


def campaign(root: Path) -> None:
    """Write the office's file and a campaign with four weeks of figures."""
    data = root / "data" / "gallery"
    data.mkdir(parents=True)
    (root / "data" / "site.yaml").write_text(
        "title: 版式样张\norganisation: 区委宣传部\n", encoding="utf-8"
    )
    (data / "campaign.yaml").write_text(
        "title: 民生实事\norganisation: 云溪区\nmasthead: 民生简报\ndatasets:\n  实事:\n"
        "    dimensions: {级别: [区级, 乡镇级]}\n    reporter: 区督查室\n    measures:\n"
        "      项目: {unit: 件}\n      已完成: {unit: 件, at_most: 项目}\n    ratios:\n"
        "      完成率: {of: 已完成 / 项目, decimals: 1}\n", encoding="utf-8",
    )  # fmt: skip
    for day, towns in {
        "2025-12-11": 466,
        "2025-12-18": 489,
        "2025-12-25": 510,
        "2026-01-01": 541,
    }.items():
        (data / f"{day}.yaml").write_text(
            f"实事:\n  截至: {day}\n  区级: {{项目: 96, 已完成: {towns // 8}}}\n"
            f"  乡镇级: {{项目: 640, 已完成: {towns}}}\n", encoding="utf-8",
        )  # fmt: skip


def sheet(root: Path, known: dict[str, str]) -> dict[str, Image.Image]:
    """Write a PNG of every page, and one of all of them; return the first page of each layout."""
    first: dict[str, Image.Image] = {}
    small: list[Image.Image] = []
    for label, address in known.items():
        for pdf in sorted((root / "output" / address).glob("bulletin*.pdf")):
            target = root / f"{label.replace(' ', '-')}-{pdf.stem}"
            subprocess.run(["pdftoppm", "-r", "80", "-png", pdf, target], check=True)
            for page in sorted(root.glob(f"{target.name}-[0-9]*.png")):
                image = Image.open(page).convert("RGB")
                first.setdefault(label.split()[0], image)
                small.append(image.resize((300, round(300 * image.height / image.width))))
    columns = 8
    rows = -(-len(small) // columns)
    whole = Image.new("RGB", (columns * 310, rows * 440), "#888")
    for index, image in enumerate(small):
        whole.paste(image, (index % columns * 310 + 5, index // columns * 440 + 5))
    whole.save(root / "sheet.png")
    return first


def main() -> None:
    """Make the gallery in the folder that is named."""
    root = Path(sys.argv[1])
    root.mkdir(parents=True)
    first = sheet(root, made(root))
    if "--thumbs" in sys.argv:
        for name, image in first.items():
            thumb = image.resize(
                (220, round(220 * image.height / image.width)), Image.Resampling.LANCZOS
            )
            file = shipped_templates() / "layouts" / name / "thumb.png"
            # By what is there at all, not by how much of it: a little red stays red.
            thumb.quantize(32, Image.Quantize.MAXCOVERAGE).save(file, optimize=True)
    sys.stdout.write(f"{root / 'sheet.png'}\n")


if __name__ == "__main__":
    main()
