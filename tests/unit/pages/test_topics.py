"""A page of figures is filled: its charts grow, as far as they look well, before white is left."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup

from jianbao.pages.charts.setting import Setting, set_panel
from jianbao.pages.topics import Topics, topics_of
from jianbao.pages.views import SectionView, StoryView
from tests.unit.pages.charts.sheets import book, panel
from tests.unit.pages.charts.test_drawings import KINDS

NONE = Markup("")
STORY = StoryView((), NONE, NONE, NONE, NONE, (), NONE, (), (), "a.md:1", (), (), (), "a")
GROW = [kind for kind in KINDS if kind != "stack-rows"]


def rows_of(html: str) -> int:
    """Return the rows a chart says it takes."""
    (rows,) = re.findall(r'data-rows="(\d+)"', html)
    return int(rows)


def heights(html: str) -> list[float]:
    """Return the heights of a chart's drawing."""
    return [float(high) for high in re.findall(r"--high: ([\d.]+)", html)]


@pytest.mark.parametrize("kind", GROW)
def test_a_chart_grows_by_whole_rows(tmp_path: Path, kind: str) -> None:
    """Its drawing is higher by just as much, and nothing is left white inside."""
    chart = set_panel(panel(book(tmp_path), KINDS[kind], 216), ())
    taller = chart.grown(2)

    assert chart.most >= 1
    assert rows_of(chart.print) + 2 == rows_of(taller)
    assert heights(chart.print)[0] + 26 == pytest.approx(heights(taller)[0])


@pytest.mark.parametrize("block", ["表 | 实事", "图 | 大厅"])
def test_type_is_set_wider(tmp_path: Path, block: str) -> None:
    """Tables and large numbers have no drawing: their lines stand further apart."""
    chart = set_panel(panel(book(tmp_path), block, 216), ())

    assert rows_of(chart.print) + 1 == rows_of(chart.grown(1))
    assert "--taller" in chart.grown(1)
    assert "--taller" not in chart.print


def planned(tmp_path: Path, room: int, words: int, count: int = 6) -> Topics:
    """Return how topics with a line chart each are divided, the first over all columns.

    The first has so many rows of words in a column of 24 characters.
    """
    chart = set_panel(panel(book(tmp_path), KINDS["line"], 216), ())
    sections = tuple(
        SectionView((Markup("题"),), NONE, f"a.md:{index}", (), NONE, (chart,))
        for index in range(count + 1)
    )
    rows = {f"a.md:{index}@216": words if index == 0 else 2 for index in range(count + 1)}
    rows["a.md:0@510"] = -(-words * 24 // 56)
    return topics_of(replace(STORY, sections=sections), room, rows)


def height(plan: Topics, column: int, chart: Setting) -> float:
    """Return the rows a column takes: heads, words, charts, the white between."""
    topics = plan.columns[column].topics
    own = sum(2 + 2 + chart.rows + sum(topic.more) for topic in topics)
    return own + (len(topics) - 1) + sum(plan.columns[column].white)


@pytest.mark.parametrize("room", range(46, 60))
def test_the_columns_are_full(tmp_path: Path, room: int) -> None:
    """Whatever is left over, every column ends on the last row and no white is wider than three."""
    chart = set_panel(panel(book(tmp_path), KINDS["line"], 216), ())
    plan = planned(tmp_path, room, words=9)

    for column in range(3):
        assert room - plan.first_rows - 1 == pytest.approx(height(plan, column, chart))
        assert all(white in (0, 1, 2) for white in plan.columns[column].white)
        assert all(more <= chart.most for t in plan.columns[column].topics for more in t.more)


def test_few_words_are_set_larger(tmp_path: Path) -> None:
    """Beside the large chart no hole is left: its words are set larger where they have room."""
    assert planned(tmp_path, 60, words=4).large
    assert not planned(tmp_path, 60, words=9).large


def test_very_few_words_stand_above_the_chart(tmp_path: Path) -> None:
    """Beside it they would leave a hole; the chart stands over all columns then."""
    plan = planned(tmp_path, 60, words=1)

    assert plan.across
    assert 680.4 == plan.across.width
    assert 2 + 2 + plan.across.rows + plan.first_more == plan.first_rows
    assert not planned(tmp_path, 60, words=4).across


def test_a_chart_alone_on_its_page_grows_and_what_is_left_is_known(tmp_path: Path) -> None:
    """There are no columns below it that could tell."""
    plan = planned(tmp_path, 60, words=1, count=0)

    assert plan.across
    assert plan.across.most == plan.first_more
    assert 60 - plan.first_rows == plan.empty


@pytest.mark.parametrize("kind", GROW)
def test_a_chart_fills_a_box_in_the_rows_it_had(tmp_path: Path, kind: str) -> None:
    """A box has columns of its own; its text was counted with the chart as in the page's columns."""
    chart = set_panel(panel(book(tmp_path), KINDS[kind], 126), ())
    wider = chart.within(180)
    section = SectionView((), Markup("<p>前</p>") + chart.print, "a.md:1", (), NONE, (chart,))
    widths = re.findall(r"--wide: ([\d.]+)", wider)

    assert rows_of(chart.print) == rows_of(wider)
    assert wider != chart.print
    assert {"180"} >= set(widths)
    assert Markup("<p>前</p>") + wider == section.over(180).body
