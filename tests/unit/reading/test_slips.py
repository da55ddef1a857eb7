"""Slips of a Chinese input method that can mean one thing only are taken for it."""

from pathlib import Path

import pytest

from jianbao.reading.campaigns import split_unit
from jianbao.reading.shaping import plain
from jianbao.reading.stories import read_story
from jianbao.reading.tree import read_tree

KNOWN = ("实事", "区级", "项目", "paper")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("区级: ｛项目: 94｝\n", {"区级": {"项目": "94"}}),
        ("区级：｛项目：94｝\n", {"区级": {"项目": "94"}}),
        ("paper: ［四开，A3］\n", {"paper": ["四开", "A3"]}),
        ("paper: [四开、A3]\n", {"paper": ["四开", "A3"]}),
    ],
)
def test_full_width_brackets_in_data(typed: str, meant: object) -> None:
    """Brackets and the commas between them are taken for their half-width twins."""
    tree = read_tree("x.yaml", typed, KNOWN)

    assert () == tree.findings
    assert meant == plain(tree.value)


@pytest.mark.parametrize(("typed", "unit"), [("“%”", "%"), ("％", "%"), ("件", "件")])
def test_a_unit_between_quotation_marks(typed: str, unit: str) -> None:
    """Curly quotation marks around a unit are not part of it."""
    assert (1, unit) == split_unit(typed)


def test_full_width_signs_in_a_story(tmp_path: Path) -> None:
    """＊＊, ＃＃, ／／／ and a rule of two dashes mean what their half-width twins mean."""
    text = "主题：甲\n——\n＊＊段首小标题＊＊　正文\n＃＃ 小标题\n／／／ figures\n项目：一\n／／／\n"
    (tmp_path / "lead.md").write_text(text, encoding="utf-8")

    story = read_story(tmp_path, "lead.md")

    assert () == story.findings
    assert story.value
    assert '<strong class="run-in">段首小标题</strong>' in story.value.sections[0].body
    assert ("小标题",) == story.value.sections[1].heads
    assert 1 == len(story.value.strips)
