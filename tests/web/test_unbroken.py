"""Tables on the web: what is short stays in one line, and a table too wide moves in its box."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from jianbao.pages.charts.typeset import table
from jianbao.settings import shipped_templates
from tests.unit.pages.charts.sheets import book, panel

WEEKS = "".join(
    f'<tr><th scope="row" class="short">{day}</th>{"<td>640个</td>" * 3}</tr>'
    for day in ("11月5日", "11月12日")
)
HEADS = "".join(
    f'<th scope="col">{name}<wbr>（家）</th>' for name in ("走访企业", "收集的问题", "已解决")
)
PAGE = """<style>{css}</style><main><div class="text"><figure class="chart of-table {how}">
<div class="chart-table"><table><thead><tr><th scope="col">时间</th>{heads}</tr></thead>
<tbody>{rows}</tbody></table></div></figure></div></main>"""
BROKEN = """() => [...document.querySelectorAll('tbody .short, tbody .number, tbody td')]
  .filter(cell => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return range.getBoundingClientRect().height > 1.6 * parseFloat(getComputedStyle(cell).lineHeight)
  }).map(cell => cell.innerText)"""


def test_short_heads_of_rows_are_marked_for_the_web_alone(tmp_path: Path) -> None:
    """A long name may be broken; print breaks its own."""
    shown = panel(book(tmp_path), "表 | 重建 按 类别：投资")

    assert '<th scope="row" class="short">住宅</th>' in table(shown)
    assert '<th scope="row">城市道路恢复重建</th>' in table(shown)
    assert "short" not in table(shown, room=60)


@pytest.mark.parametrize("how", ["", "long"])
@pytest.mark.parametrize("width", [240, 390, 1440])
def test_dates_and_numbers_are_not_broken(page: Page, width: int, how: str) -> None:
    """In a column among four on a wide screen, and on a phone; the page itself never moves."""
    css = (shipped_templates() / "web.css").read_text(encoding="utf-8")
    cells = WEEKS.replace("<td>", '<td class="short">') if how else WEEKS
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(PAGE.format(css=css, how=how, heads=HEADS, rows=cells))

    assert [] == page.evaluate(BROKEN)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
