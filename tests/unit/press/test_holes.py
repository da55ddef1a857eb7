"""What is empty in a frame of columns: a hole is told, though most of the frame is full."""

import pytest
from weasyprint import HTML

from jianbao.press.composition import composed
from jianbao.press.frames import measured, troubles
from jianbao.press.jobs import Fault

CSS = """
@page { size: 500pt 400pt; margin: 0 }
body { margin: 0; font: 10pt/12pt "Noto Serif CJK SC"; orphans: 1; widows: 1 } p { margin: 0 }
main { column-fill: auto; column-gap: 10pt }
"""


@pytest.mark.parametrize(
    ("columns", "rows", "lines", "empty"),
    [
        (5, 5, 20, 5),  # a column without a line
        (5, 5, 21, 0),
        (2, 12, 19, 5),  # a third of a column
        (2, 12, 20, 0),
        (2, 18, 29, 7),
        (2, 18, 30, 0),
        (2, 24, 40, 8),  # eight lines, of however many
        (2, 24, 41, 0),
        (3, 8, 16, 8),
        (2, 3, 3, 3),  # half the frame, as ever
    ],
)
def test_a_hole_in_the_last_column_is_told(columns: int, rows: int, lines: int, empty: int) -> None:
    """A third of a column, five lines or more, or eight lines."""
    frame = f"<main data-frame=正文 data-place=a.md:1 data-lines={columns * rows}>"
    style = f"main {{ column-count: {columns}; height: {12 * rows}pt }}"
    text = (
        f"<html lang=zh-CN><style>{CSS}{style}</style><body>{frame}{'<p>一行</p>' * lines}</main>"
    )
    with composed():
        pages = [page._page_box for page in HTML(string=text).render().pages]
        found = [(each.fault, each.lines) for each in troubles(measured(pages))]

    assert ([(Fault.EMPTY, empty)] if empty else []) == found


@pytest.mark.parametrize(("gap", "told"), [(0, 0), (4, 0), (5, 5), (7, 7)])
def test_a_hole_that_a_figure_leaves_is_told(gap: int, told: int) -> None:
    """What is not divided goes on to the next column; five rows that it leaves empty are seen."""
    figure = f"break-inside: avoid; margin: 0; height: {12 * (gap + 1)}pt"
    text = (
        f"<html lang=zh-CN><style>{CSS} main {{ column-count: 2; height: 144pt }}"
        f"figure {{ {figure} }}</style><body><main data-frame=正文 data-place=a.md:1 data-lines=24>"
        f"{'<p>一行</p>' * (12 - gap)}<figure></figure>{'<p>一行</p>' * (11 - gap)}</main>"
    )
    with composed():
        pages = [page._page_box for page in HTML(string=text).render().pages]
        found = [(each.fault, each.lines) for each in troubles(measured(pages))]

    assert ([(Fault.HOLE, told)] if told else []) == found
