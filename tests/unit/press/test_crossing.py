"""What is printed over something else: told with what it is, what lies under it, and by how much."""

from itertools import pairwise

import pytest
from weasyprint import HTML

from jianbao.press.composition import composed
from jianbao.press.crossing import crossing
from jianbao.press.jobs import Fault, Trouble

CSS = """
@page { size: 500pt 400pt; margin: 0 }
body { margin: 0; font: 10pt/12pt "Noto Serif CJK SC" } p, h2, figure { margin: 0 }
.page { position: relative; margin: 20pt; width: 460pt; height: 360pt }
.page > * { position: absolute; width: 100pt }
figure, img { display: block; width: 100pt; height: 72pt }
"""
PIXEL = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'>"
    "<rect width='1' height='1'/></svg>"
)
CHART = "<figure style='{}'><p class=chart-title>已完成</p></figure>"
TEXT = "<div style='{}' data-frame=正文 data-place=a.md:3><p>一行</p><p>两行</p></div>"


def found(*parts: str, told: tuple[Trouble, ...] = ()) -> list[tuple[str, str, str, int]]:
    """Return what is told of a page with such parts."""
    page = f"<section class=page>{''.join(parts)}</section>"
    text = f"<html lang=zh-CN><style>{CSS}</style><body>{page}"
    with composed():
        pages = [page._page_box for page in HTML(string=text).render().pages]
        troubles = list(crossing(pages, told))

    assert {Fault.CROSSED} >= {trouble.fault for trouble in troubles}
    return [(each.what, each.where, each.means, each.rows) for each in troubles]


@pytest.mark.parametrize(
    ("top", "depth"),
    [
        (-72, 0),
        (-73, 0),
        (-60, 4),  # its last row: the first line, as high as its letters
        (-48, 8),
        (0, 8),
        (25, 0),
    ],
)
def test_a_chart_over_a_text_is_told(top: int, depth: int) -> None:
    """From the first line it touches to the last, in whole millimetres."""
    text = TEXT.format("left: 0; top: 100pt")
    chart = CHART.format(f"left: 50pt; top: {100 + top}pt; margin-left: -50pt")
    there = [("已完成", "a.md:3", "正文", depth)] if depth else []

    assert there == found(text, chart)
    assert there == found(chart, text)


def test_things_side_by_side_are_not_over_one_another() -> None:
    """Nor what shares an edge, nor a hair."""
    text = TEXT.format("left: 99pt; top: 0; padding-left: 1pt")

    assert [] == found(CHART.format("left: 0; top: 0"), text)


def test_a_picture_over_several_is_told_once() -> None:
    """All it lies over are named, three at most; one without a name by how its text begins."""
    heads = [
        f"<h2 style='top: {20 * k}pt; font-size: 9pt'>{name}的第一次评比结果</h2>"
        for k, name in enumerate("甲乙丙丁")
    ]
    names = "”“".join(f"{name}的第一次评比结果" for name in "甲乙丙")
    picture = f'<img alt="河堤" src="{PIXEL}" style="left: 0; top: 0">'

    assert [("河堤", "", names, 25)] == found(picture, *heads)


def test_a_text_over_a_text_is_told_of_the_first() -> None:
    """Where neither is a figure."""
    one, other = TEXT.format("top: 0"), "<p style='top: 18pt; left: 0'>另一篇的标题</p>"

    assert [("正文", "a.md:3", "另一篇的标题", 2)] == found(one, other)


@pytest.mark.parametrize(
    ("where", "beyond"),
    [("left: 400pt; top: 0", 15), ("left: -10pt; top: 0", 4), ("left: 0; top: 300pt", 5)],
)
def test_what_leaves_the_type_area_is_told(where: str, beyond: int) -> None:
    """To the right, to the left, below; a text as well as a chart."""
    assert [("已完成", "", "", beyond)] == found(CHART.format(where))


def test_the_white_of_a_mark_may_leave_the_type_area() -> None:
    """A line's end is where its letters end."""
    line = "<p style='left: 412pt; top: 0; width: 60pt'>{}</p>"

    assert [] == found(line.format("一二三四。"))
    assert [("一二三四五", "", "", 1)] == found(line.format("一二三四五"))


def test_what_says_that_it_may_is_not_told() -> None:
    """With all that stands in it: a picture that bleeds, the imprint below the page."""
    chart = CHART.format("left: -90pt; top: 0; --jianbao-over: yes")
    inner = f"<div style='left: -90pt; top: 0; --jianbao-over: yes'><p>说明</p>{chart}</div>"

    assert [] == found(chart, TEXT.format("left: 0; top: 0"))
    assert [] == found(inner, TEXT.format("left: 0; top: 0"))


def test_an_overset_text_is_told_once() -> None:
    """That its lines run over others is said already."""
    over = TEXT.format("top: 0; height: 12pt") + "<p style='top: 12pt; left: 0'>另一篇的标题</p>"

    assert [("正文", "a.md:3", "另一篇的标题", 4)] == found(over)
    assert [] == found(over, told=(Trouble(Fault.OVERSET, "正文", "a.md:3", 2, 1),))


def test_a_table_too_wide_is_told_once() -> None:
    """That it leaves its column is said already."""
    table = "<table style='left: 420pt; top: 0'><tr><th>街道<th>项目</table>"

    assert [("街道项目", "", "", 22)] == found(table)
    assert [] == found(table, told=(Trouble(Fault.WIDE, "街道|项目", "a.md:1"),))


def test_a_rule_around_others_and_a_ground_under_them_are_not_over_them() -> None:
    """A box drawn for a module stands before or behind its text; a tint holds its own."""
    box = "<div style='left: 0; top: 0; height: 90pt; border: 1pt solid'></div>"
    tint = "<div style='left: 0; top: 0; height: 90pt; background: #eee'></div>"
    panel = "<div style='left: 0; top: 100pt; background: #eee'><p>截至</p><p>三件</p></div>"

    assert [] == found(box, tint, TEXT.format("left: 5pt; top: 5pt"), panel)
    assert [("截至三件", "", "另一行", 4)] == found(
        panel, "<p style='left: 0; top: 112pt'>另一行</p>"
    )


def test_a_line_that_leaves_its_chart_is_told_where_it_meets_another() -> None:
    """A chart is as high as it says; its words may need more."""
    chart = "<figure style='left: 0; top: 0; height: 12pt'><p>一</p><p>二</p></figure>"
    heads = [f"<p style='left: 0; top: {top}pt'>题</p>" for top in (12, 24)]

    assert [("一二", "", "题", 4)] == found(chart, *heads)


def test_no_lines_of_one_text_are_over_one_another() -> None:
    """However they are stacked: columns, boxes in boxes."""
    rows = pairwise(range(6))
    text = "".join(f"<div><p>{'一二三四' * (a + b)}</p></div>" for a, b in rows)
    columns = "column-count: 2; height: 200pt; width: 220pt"

    assert [] == found(f"<div style='{columns}' data-frame=正文>{text}</div>")
