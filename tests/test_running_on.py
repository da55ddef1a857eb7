"""A story that runs on out of a page that finds each story's place by itself."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import pymupdf
import pytest
from markupsafe import Markup

from jianbao import pipeline
from jianbao.delivery.pressing import Press
from jianbao.pages.editions import print_html
from jianbao.pages.modular.shapes import WIDTHS
from jianbao.pages.modular.stories import with_room
from jianbao.pages.views import StoryView
from jianbao.pipeline.arranging import arrange_pages
from jianbao.press.jobs import Job
from jianbao.settings import Settings, shipped_templates
from tests.bench.editions import prepared

NONE = Markup("")
STORY = StoryView((Markup("样稿"),), NONE, NONE, NONE, NONE, (), NONE, (), (), "", (), (), (), "")
HERE = "content/yunxi/2026-47"
LINE = "第{}句：全区上下把为群众办实事作为检验学习成效的重要标尺，列出清单、压实责任、加强督导。"
PLAN = """number: 47
total: 312
date: 2026-11-21
paper: 四开
pages:
  - {name: 要闻, number: 1, layout: modular, stories: {lead: lead.md, others: [a.md, b.md]}}
  - name: 综合
    number: 2
    layout: modular
    stories: {lead: c.md, others: [d.md]}
    continued: {others: lead.md}
"""


@pytest.mark.parametrize(("lines", "cut"), [(900, True), (120, False)])
def test_it_is_given_what_the_others_leave(lines: int, cut: bool) -> None:
    """Others keep their lines; it has as many as the page has room for, or all where they fit."""
    stories = [replace(STORY, place=f"{name}.md:1") for name in ("lead", "a", "b", "c")]
    known = {"lead": lines, "a": 60, "b": 50, "c": 40}
    rows = {f"{name}.md:1@{width:g}": known[name] for name in known for width in WIDTHS}
    given = with_room(stories, rows, "lead.md")

    assert cut == (given["lead.md:1@126"] < lines)
    assert 80 < given["lead.md:1@126"] <= 5 * 73 - 150
    assert {key: rows[key] for key in rows if key[0] in "abc"} == {
        key: given[key] for key in given if key[0] in "abc"
    }


def test_it_goes_on_where_the_plan_says(tmp_path: Path) -> None:
    """Cut where its place is full, with the pages' numbers, and not a sentence lost or doubled."""
    data, content = tmp_path / "data/yunxi", tmp_path / HERE
    data.mkdir(parents=True)
    content.mkdir(parents=True)
    (tmp_path / "data/site.yaml").write_text("title: 简报\norganisation: 云溪区\n", "utf-8")
    (data / "campaign.yaml").write_text("title: 民生实事\norganisation: 云溪区\n", "utf-8")
    lengths = {"lead": 60, "a": 10, "b": 10, "c": 16, "d": 10}
    for name, count in lengths.items():
        text = "\n".join(LINE.format(f"{name}{number:03d}") for number in range(count))
        (content / f"{name}.md").write_text(
            f"主题：样稿之{name}\n供稿：区委办\n---\n{text}\n", "utf-8"
        )
    (content / "bulletin.yaml").write_text(PLAN, "utf-8")
    settings = Settings(
        tmp_path, tmp_path / "out", date(2026, 11, 22), templates=shipped_templates(), fonts=False
    )
    outcome = pipeline.build(settings)

    assert [] == [(f.rule, str(f.message)) for f in outcome.findings if f.severity == "error"]
    with pymupdf.open(tmp_path / "out/yunxi/2026-47/bulletin.pdf") as document:
        first, second = (re.sub(r"\s", "", page.get_text("text")) for page in document)
    assert "（下转第2版）" in first
    assert "（上接第1版）" in second
    told = [re.findall(r"第(lead\d{3})句", page) for page in (first, second)]
    assert [f"lead{number:03d}" for number in range(60)] == [*told[0], *told[1]]
    assert len(told[0]) > 30
    assert len(told[1]) > 5


def test_fullness_counts_each_part_where_it_stands(tmp_path: Path) -> None:
    """A story that runs on fills what its slot has left; the rest counts on the other page."""
    test_it_goes_on_where_the_plan_says(tmp_path)
    outcome = pipeline.check(Settings(tmp_path, tmp_path / "out", date(2026, 11, 22), fast=True))
    own = {name: 48 * count for name, count in {"lead": 60, "c": 16, "d": 10}.items()}
    shown = {(fill.page, fill.slot): fill.characters for fill in outcome.fills}

    assert 900 == shown[1, "头条"]
    assert own["c"] * 0.8 < shown[2, "头条"] < own["c"] * 1.2
    rest = shown[2, "其他稿件"] - own["d"]
    assert rest == pytest.approx(own["lead"] - 900, rel=0.15)


class Asked:
    """A press that answers as the test wants, and keeps which pages it was shown."""

    def __init__(self, **answers: object) -> None:
        self.answers = answers
        self.shown: list[tuple[str, ...]] = []

    def ask(self, question: Callable[..., object], job: Job, *_: object, otherwise: object) -> Any:
        """Return the next answer to this question, `otherwise` if there is none."""
        pages = re.findall('<section class="page layout-([a-z]+)">', job.html)
        self.shown.append((question.__name__.removesuffix("_job"), *pages))
        return self.answers.get(question.__name__.removesuffix("_job"), otherwise)


def test_only_pages_that_a_question_is_about_are_laid_out() -> None:
    """Where a story turns only its own page tells, what is too long only pages that arrange."""
    made = prepared("yunxi/2026-48")
    rooms = {f"{made.bulletin.place.path.rpartition('/')[0]}/lead.md": (14, 14, 14)}
    press = Asked(rooms=rooms, measure={"a.md:1@126": 9})
    arrange_pages(replace(made.run, press=cast(Press, press)), made.draft)

    assert [("rooms", "front")] * 4 == press.shown[:4]
    assert ("oversets", "modular", "figures", "photos") == press.shown[-1]


def test_a_page_among_others_is_set_as_it_stands_there() -> None:
    """Left out pages are gone, and the others keep their heads' ranks and their words."""
    made = prepared("yunxi/2026-48")
    site, looks = made.run.office.site, made.run.office.templates
    whole, some = (
        str(print_html(site, made.draft.material, made.draft.book, looks, "四开", only))
        for only in (None, (0, 2))
    )
    start = '<section class="page'
    head, front, _, figures, last = whole.split(start)
    rest = last.partition("</section>\n")[2]

    assert ("h1", "h2") == (
        front[front.index("<h") + 1 :][:2],
        figures[figures.index("<h") + 1 :][:2],
    )
    assert re.sub(r"\n+", "\n", start.join((head, front, figures)) + rest) == re.sub(
        r"\n+", "\n", some
    )
