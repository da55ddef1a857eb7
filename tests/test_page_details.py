"""Small things of the printed page: heads of a front page's other stories, captions of some lines."""

from datetime import date
from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from jianbao import pipeline
from jianbao.diagnostics import Severity
from jianbao.settings import Settings, shipped_templates
from tests.bench import gallery

KICKER, DECK = "某局整合热线、留言和来访渠道", "首问负责　限时办结"
BOXED = "零工市场启用新址"
FRONT = "{lead: a.md, second: lead.md, boxed: b.md, briefs: [c.md, d.md]}"
CAPTION = "枣林街道助餐点里老人正在用餐，志愿者把当天菜谱写在门口黑板上"


def built(root: Path, layout: str, stories: str, lead: str) -> pymupdf.Document:
    """Return the only page of a bulletin with such a lead; it has no errors."""
    gallery.campaign(root)
    folder = root / "content/gallery/2026-1"
    (folder / "photos").mkdir(parents=True)
    Image.new("RGB", (2600, 1700), (90, 90, 90)).save(folder / "photos/a.jpg")
    (folder / "lead.md").write_text(lead, "utf-8")
    for number, name in enumerate("abcd"):
        text = f"引题：{BOXED}\n" * (name == "b") + f"主题：短讯{name}\n---\n"
        (folder / f"{name}.md").write_text(text + gallery.text(100, number) + "\n", "utf-8")
    (folder / "bulletin.yaml").write_text(
        "number: 1\ntotal: 1\ndate: 2026-01-09\nas_of: 2026-01-01\npaper: 四开\ncompiler: 某室\n"
        f"pages:\n  - {{name: 要闻, number: 1, layout: {layout}, stories: {stories}}}\n",
        encoding="utf-8",
    )
    outcome = pipeline.build(
        Settings(root, root / "output", date(2026, 1, 9), templates=shipped_templates(), jobs=0)
    )

    assert [] == [f.message.text for f in outcome.findings if f.severity is Severity.ERROR]
    return pymupdf.open(root / "output/gallery/2026-1/bulletin.pdf")


def lines(document: pymupdf.Document, size: float = 0) -> dict[str, tuple[float, float]]:
    """Return the left end and the baseline of each line of text (of a size), in points."""
    found: dict[str, tuple[float, float]] = {}
    for block in document[0].get_text("dict")["blocks"]:
        for line in block.get("lines", ()):
            spans = [s for s in line["spans"] if not size or abs(s["size"] - size) < 0.05]
            if spans:
                found["".join(span["text"] for span in spans)] = spans[0]["origin"]
    return found


@pytest.mark.parametrize("head", ["一条热线连起千家事", "一条热线连起千家万户急难事／件件都有回音"])
@pytest.mark.parametrize(("kicker", "deck"), [(KICKER, ""), ("", DECK), (KICKER, DECK)])
def test_the_second_story_has_its_kicker_and_deck(
    tmp_path: Path, head: str, kicker: str, deck: str
) -> None:
    """Kicker, headline and deck from above, within the four rows above its text."""
    lead = f"主题：{head}\n---\n开头一句。{gallery.text(200, 0)}\n"
    lead = (f"引题：{kicker}\n" if kicker else "") + (f"副题：{deck}\n" if deck else "") + lead
    with built(tmp_path, "front", FRONT, lead) as page:
        found = lines(page)
        top = (page[0].rect.height - 988) / 2 + 48 * 13
    wanted = [part for part in (kicker, *head.split("／"), deck) if part]
    bases = [found[part][1] for part in wanted]
    (text,) = (base for words, (_, base) in found.items() if words.startswith("开头一句"))

    assert bases == sorted(bases)
    assert all(top < base < top + 4 * 13 for base in bases)
    assert top + 4 * 13 < text < top + 5 * 13


def test_the_boxed_story_has_its_kicker(tmp_path: Path) -> None:
    """Within its box, above the headline."""
    with built(tmp_path, "front", FRONT, f"主题：样\n---\n{gallery.text(200, 0)}\n") as page:
        found = lines(page)
        top = (page[0].rect.height - 988) / 2 + 48 * 13

    assert top < found[BOXED][1] < found["短讯b"][1] < top + 4 * 13


def test_a_caption_beside_its_photo_breaks_where_sense_allows(tmp_path: Path) -> None:
    """Not where the line happens to be full."""
    lead = (
        f"主题：样稿\n---\n/// photo | photos/a.jpg\ncredit: 示意图\n\n{CAPTION}\n///\n"
        + gallery.text(1400, 0)
    )
    with built(tmp_path, "feature", "{lead: lead.md}", lead) as page:
        found = [text for text in lines(page, 7.875) if text[:2] in CAPTION or "示意图" in text]

    assert ["枣林街道助餐点里老人正在用餐，", "志愿者把当天菜谱写在门口黑板上", "示意图"] == [
        part.strip() for text in found for part in text.split("　")
    ]
