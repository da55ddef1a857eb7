"""Charts and tables too large for any place of a page, on every layout: told, or whole.

What is made is measured anew, by its glyphs: nothing lies over anything else.
"""

from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import pymupdf
import pytest

from jianbao import pipeline
from jianbao.diagnostics import Finding, Severity
from jianbao.reading.looks import read_templates
from jianbao.reading.slots import read_layouts
from jianbao.settings import Settings, shipped_templates
from tests.bench import gallery
from tests.test_gallery import lines_of

STREETS = tuple(f"第{number}街道" for number in range(1, 21))
KINDS = "甲乙丙丁戊己庚"
BROAD = f"/// 表 | 大表 按 街道：{'、'.join(KINDS)}\n///\n"
LESS = f"/// 表 | 大表 按 街道：{'、'.join(KINDS[:5])}\n///\n"
Made = tuple[dict[str, str], tuple[Finding, ...], Path]


def campaign(root: Path) -> None:
    """Write the gallery's campaign, and in it a dataset of twenty streets and seven measures."""
    gallery.campaign(root)
    folder = root / "data" / "gallery"
    measures = "".join(f"      {name}: {{unit: 件}}\n" for name in KINDS)
    with (folder / "campaign.yaml").open("a", encoding="utf-8") as file:
        file.write(
            f"  大表:\n    dimensions: {{街道: [{', '.join(STREETS)}]}}\n    reporter: 区督查室\n"
            f"    measures:\n{measures}"
        )
    with (folder / "2026-01-01.yaml").open("a", encoding="utf-8") as file:
        file.write("大表:\n  截至: 2026-01-01\n")
        for number, street in enumerate(STREETS, 1):
            values = ", ".join(f"{name}: {1234 * number}" for name in KINDS)
            file.write(f"  {street}: {{{values}}}\n")


def made(root: Path, charts: str) -> Made:
    """Build a page of each layout whose first story begins with `charts`, its text short."""
    shipped = shipped_templates()
    layouts = {
        name: replace(layout, papers=layout.papers[:1], profiles=("jianbao",))
        for name, layout in read_layouts(read_templates(root, shipped).value).value.items()
    }
    campaign(root)
    known = dict(gallery.bulletins(root, layouts))
    for address in known.values():
        lead = root / "content" / address / "lead0.md"
        head, _, text = lead.read_text("utf-8").partition("\n---\n")
        lead.write_text(f"{head}\n---\n{charts}\n{text[: len(text) // 4]}。\n", "utf-8")
    settings = Settings(
        root, root / "output", date(2026, 12, 31), templates=shipped, jobs=0, fonts=False
    )
    found = pipeline.build(settings).findings
    return {name.split()[0]: address for name, address in known.items()}, found, root / "output"


@pytest.mark.parametrize(
    ("charts", "told"),
    [
        (BROAD, {"what": "大表", "under": "主题”“副题", "depth": 17}),
        (LESS * 3, {"what": "大表", "depth": 166}),
    ],
    ids=["one", "three"],
)
def test_what_is_too_large_is_told_or_whole(
    tmp_path: Path, charts: str, told: dict[str, str | int]
) -> None:
    """An error for each page that cannot hold it; what is made has nothing over anything.

    `told` is said of the front page's lead: what lies over what, and by how much.
    """
    known, findings, output = made(tmp_path, charts)
    failed = {f.place.path.split("/")[2] for f in findings if f.severity is Severity.ERROR}
    silent = []
    for name, address in known.items():
        file = output / address / "bulletin.pdf"

        assert file.exists() != (address.split("/")[1] in failed), name
        if file.exists():
            silent += [(name, texts) for texts in crossed(file)]
    places = [
        (finding.place.path, dict(finding.message.values))
        for finding in findings
        if finding.rule == "page-overprint"
    ]

    assert [] == silent
    assert (f"content/{known['front']}/lead0.md", told) in places


def crossed(file: Path) -> list[tuple[str, str]]:
    """Return each two texts of a page that lie over one another."""
    with pymupdf.open(file) as document:
        pages = [list(lines_of(page)) for page in document]
    return [
        (one, other)
        for lines in pages
        for (one, first), (other, second) in combinations(lines, 2)
        if abs(first.y1 - second.y1) > 1
        and min(first.x1, second.x1) - max(first.x0, second.x0) > 1
        and min(first.y1, second.y1) - max(first.y0, second.y0) > 1
    ]
