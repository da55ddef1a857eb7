"""Charts on the printed page: text that can be read back, tags, whole rows, both editions."""

import json
import re
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import outloud
import pdfua
import pikepdf
import pymupdf
import pytest

from jianbao import pipeline
from jianbao.diagnostics import Severity
from jianbao.settings import Settings, shipped_templates
from tests.unit.pages.charts.sheets import CAMPAIGN, DAYS
from tests.unit.pages.charts.test_drawings import KINDS

LINE = "全区上下把为群众办实事作为检验学习成效的重要标尺，列出清单、压实责任、加强督导。\n"
# What a line goes through between its labelled ends stands in figures.json and in its table.
WITHIN_LINES = ("31件", "400件", "540件")
STORY = "引题：坚持人民至上\n主题：图表样张\n供稿：区委宣传部\n---\n"
PLAN = """number: 47
total: 312
date: 2026-11-21
paper: 四开
editors: {责编: 办公室}
pages:
  - {name: 要闻, number: 1, layout: feature, stories: {lead: lead.md}}
"""


@dataclass(frozen=True)
class Made:
    """A bulletin with a chart of each kind."""

    pdf: Path
    text: str
    web: str
    figures: list[dict[str, object]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Build a page with every kind of chart, a table and big numbers."""
    root = tmp_path_factory.mktemp("charts")
    data, content = root / "data/yunxi", root / "content/yunxi/2026-47"
    data.mkdir(parents=True)
    content.mkdir(parents=True)
    (root / "data/site.yaml").write_text(
        "title: 简报\norganisation: 云溪区\nlanguage: zh\n", "utf-8"
    )
    head = "title: 民生实事\norganisation: 云溪区\ndatasets:"
    (data / "campaign.yaml").write_text(head + CAMPAIGN, "utf-8")
    for day, text in DAYS.items():
        (data / f"{day}.yaml").write_text(text, "utf-8")
    blocks = [*KINDS.values(), "表 | 实事", "图 | 大厅"]
    body = "".join(f"{LINE}/// {block}\n///\n" for block in blocks)
    (content / "lead.md").write_text(STORY + body + LINE, "utf-8")
    (content / "bulletin.yaml").write_text(PLAN, "utf-8")
    settings = Settings(root, root / "out", date(2026, 11, 22), templates=shipped_templates())

    outcome = pipeline.build(settings)

    assert [] == [f for f in outcome.findings if f.severity is Severity.ERROR]
    folder = root / "out/yunxi/2026-47"
    pdf = folder / "bulletin.pdf"
    read = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True)
    figures = json.loads((folder / "figures.json").read_text("utf-8"))["figures"]
    web = (folder / "index.html").read_text("utf-8")
    return Made(pdf, re.sub(r"\s", "", read.stdout.decode()), web, figures)


def test_every_number_can_be_read_back(made: Made) -> None:
    """What figures.json says a chart prints stands in the PDF and on the web page as text."""
    texts = {str(figure["text"]) for figure in made.figures}
    bare = {text for text in texts if text not in made.text and text not in WITHIN_LINES}

    assert {"16个", "8508.3万元", "60.6%", "900余人", "99.98%", "-35.5万元"} <= texts
    assert not bare
    assert all(f">{text}<" in made.web for text in texts)
    assert "未报" in made.text


def test_a_number_of_an_earlier_day_has_its_as_of(made: Made) -> None:
    """What a line goes through is recorded with its own as-of, and is no place on the page."""
    earlier = [figure for figure in made.figures if figure["as_of"] == "2026年11月6日"]

    assert {"431件", "31件", "400件"} == {figure["text"] for figure in earlier}
    assert {""} == {figure["anchor"] for figure in earlier}


def test_charts_are_figures_with_a_sentence(made: Made) -> None:
    """PDF/UA: tagged Figure with its Alt, and two checkers find no error."""
    with pikepdf.open(made.pdf) as pdf:
        alts = [
            str(item.Alt)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
    heard = outloud.check(str(made.pdf))

    assert len(KINDS) == len(alts)
    assert all(re.match(r".*(条形|进度|堆叠|折线)图。.*。", alt) for alt in alts)
    assert heard.runs
    assert [] == [str(f) for f in (*heard.findings, *pdfua.validate(str(made.pdf)).findings)]


def test_the_text_stays_on_the_grid(made: Made) -> None:
    """Charts are whole rows high: lines behind them are level with their neighbours'."""
    with pymupdf.open(made.pdf) as document:
        bases = [
            span["origin"][1] % 13
            for block in document[0].get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
            if abs(span["size"] - 9) < 0.1 and "Serif" in span["font"] and span["origin"][1] > 220
        ]

    assert len(bases) > 20
    assert max(bases) - min(bases) < 0.1


def test_only_the_pages_faces_are_used(made: Made) -> None:
    """A chart brings no face of its own."""
    with pymupdf.open(made.pdf) as document:
        fonts = {font[3].partition("+")[2] for font in document.get_page_fonts(0)}

    assert all(
        re.match(r"Noto-(Sans|Serif)-CJK-SC|FandolKai|LXGW-WenKai", font) for font in fonts
    ), fonts
