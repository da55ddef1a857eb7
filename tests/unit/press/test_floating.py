"""Figures in running text: where one does not fit, the text runs on and the figure comes later."""

from typing import Any
from unittest.mock import patch

import pytest
from weasyprint import HTML

from jianbao.press.composition import composed
from jianbao.press.floating import floated
from jianbao.press.frames import measured, troubles
from jianbao.press.jobs import Fault
from jianbao.press.layouts import Layouts

PAGES = """
@page { size: 200pt 140pt; margin: 10pt }
body { margin: 0; font: 10pt/12pt "Noto Serif CJK SC"; orphans: 1; widows: 1 }
p, h2, figure { margin: 0; font: inherit } h2 { break-after: avoid }
figure { height: 60pt; break-inside: avoid }
"""
COLUMNS = PAGES + "main { column-count: 3; column-fill: auto; height: 96pt; column-gap: 10pt }"
LINE = "<p>一行</p>"
THREE = "<p>一行<br>二行<br>三行</p>"


def laid(text: str, css: str = PAGES) -> tuple[list[list[str]], int]:
    """Return the tags on each page or in each column, and how often the text was laid out."""
    html = HTML(string=f"<html lang=zh-CN><style>{css}</style><body><main>{text}</main>")
    layouts = Layouts(html)
    with composed(), patch.object(layouts, "render", wraps=layouts.render) as render:
        document = floated(layouts)

    def inner(box: Any) -> list[str]:
        return [
            each.element_tag
            for each in box.descendants()
            if each.element_tag in ("p", "h2", "figure") and type(each).__name__ == "BlockBox"
        ]

    boxes = [page._page_box for page in document.pages]
    columns = [box for box in boxes[0].descendants() if getattr(box, "is_column", False)]
    return [inner(box) for box in columns or boxes], render.call_count


def test_a_figure_that_fits_stays() -> None:
    """Nothing is moved, and nothing laid out again."""
    assert ([["p", "figure", "p"]], 1) == laid(f"{LINE}<figure></figure>{LINE}")


def test_the_text_fills_the_hole_at_a_page_s_foot() -> None:
    """Six lines, a figure of five rows for four: four lines more come first, then the figure."""
    pages, times = laid(LINE * 6 + "<figure></figure>" + LINE * 6)

    assert [["p"] * 10, ["figure", "p", "p"]] == pages
    assert 2 == times


def test_it_stands_behind_the_paragraph_that_runs_over() -> None:
    """A paragraph is not cut for it: its last lines come first on the next page."""
    pages, _ = laid(LINE * 8 + f"<figure></figure>{THREE}{LINE}")

    assert [["p"] * 9, ["p", "figure", "p"]] == pages


def test_columns_are_filled_too() -> None:
    """A chart at the foot of a column leaves no hole there."""
    columns, _ = laid(LINE * 6 + "<figure></figure>" + LINE * 6, COLUMNS)

    assert [["p"] * 8, ["figure", "p", "p", "p"], ["p"]] == columns


@pytest.mark.parametrize("head", ["<h2>题</h2>", "<p style='break-after: avoid'>一、题</p>"])
def test_a_head_is_not_passed(head: str) -> None:
    """What belongs to the next head does not come before it; the figure goes up instead."""
    text = LINE * 7 + f"<figure></figure>{head}{LINE * 4}"

    assert [["p"] * 5 + ["figure"], ["p", "p", head[1:3].strip(), *["p"] * 4]] == laid(text)[0]


def test_the_last_figure_goes_up() -> None:
    """At a story's end no text follows: the figure stands a paragraph or two earlier."""
    assert [["p"] * 5 + ["figure"], ["p"] * 3] == laid(LINE * 8 + "<figure></figure>")[0]


@pytest.mark.parametrize("lines", [5, 9])
def test_a_hole_of_a_row_is_none(lines: int) -> None:
    """A figure that leaves a row or nothing stays where the writer put it."""
    assert 1 == laid(LINE * lines + "<figure></figure>" + LINE)[1]


def test_every_figure_has_its_turn() -> None:
    """Two figures, each at a page's foot: both are moved."""
    text = LINE * 8 + "<figure></figure>" + LINE * 11 + "<figure></figure>" + LINE * 6
    pages, _ = laid(text)

    assert [10, 6, 6] == [len(page) for page in pages][:3]
    assert 2 == sum(page.count("figure") for page in pages)


@pytest.mark.parametrize("height", [96, 118])
def test_a_figure_higher_than_its_column_is_not_divided(height: int) -> None:
    """It stands beyond the column's foot, the page's too; the text fills the column before it."""
    figure = "<figure style='height: 140pt'><p>题</p><p style='margin-top: 110pt'>来源</p></figure>"
    css = COLUMNS + f"main {{ height: {height}pt; --jianbao-column-rows: 8 8 8 }}"
    columns, _ = laid(LINE * 2 + figure + LINE * 2, css)

    assert [["p"] * 4, ["figure", "p", "p"]] == columns


def test_a_figure_beyond_its_columns_foot_is_told() -> None:
    """The frame holds fewer rows than the figure takes: its last line does not fit."""
    figure = "<figure style='height: 140pt'><p>题</p><p style='margin-top: 110pt'>来源</p></figure>"
    main = f"<main data-frame=正文 data-place=a.md:1 data-lines=24>{LINE}{figure}{LINE}</main>"
    css = COLUMNS + "main { --jianbao-column-rows: 8 8 8 }"
    layouts = Layouts(HTML(string=f"<html lang=zh-CN><style>{css}</style><body>{main}"))
    with composed():
        found = list(troubles(measured([page._page_box for page in floated(layouts).pages])))

    assert [(Fault.OVERSET, "正文", 1)] == [(each.fault, each.what, each.lines) for each in found]
