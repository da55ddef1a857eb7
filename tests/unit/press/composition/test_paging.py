"""Text that flows over pages: no line of a paragraph stands alone at a page's foot or head."""

from collections import defaultdict
from typing import Any

import pytest
from weasyprint import HTML
from weasyprint.formatting_structure import boxes

from jianbao.press.composition import composed, leveling, planning
from jianbao.press.composition import composer as composing
from jianbao.press.layouts import Layouts

TEXT = "全区各类实事项目办理情况通报，群众满意度持续提升，工作台账日清月结。"
CSS = """
@page { size: 300pt 130pt; margin: 0 } body { margin: 0 }
section { font: 9pt/13pt "Noto Serif CJK SC"; width: 126pt; text-align: justify;
  orphans: 1; widows: 2 }
p, h2 { margin: 0 } h2 { font: inherit; break-after: avoid }
.signature { break-before: avoid; break-inside: avoid }
"""


def paged(body: str, css: str = "") -> list[dict[str, int]]:
    """Return for each page of ten rows how many lines of each paragraph stand on it, by id."""
    html = HTML(string=f"<html lang=zh-CN><style>{CSS}{css}</style><section>{body}</section>")
    with composed():
        document = Layouts(html).render()
    pages = []
    for page in document.pages:
        counts: dict[str, int] = defaultdict(int)
        for box in page._page_box.descendants():
            if isinstance(box, boxes.BlockBox) and box.element.get("id"):
                counts[box.element.get("id")] += sum(
                    isinstance(child, boxes.LineBox) for child in box.children
                )
        pages.append(dict(counts))
    return pages


def alone(pages: list[dict[str, int]]) -> list[str]:
    """Return the paragraphs of several pages that have one line on one of them."""
    return [
        name
        for name in set().union(*pages)
        if sum(name in page for page in pages) > 1 and 1 in [page.get(name) for page in pages]
    ]


def paragraph(name: object, lines: float) -> str:
    """Return a paragraph of so many lines."""
    return f"<p id=p{name}>{(TEXT * 9)[: round(14 * lines)]}</p>"


BODIES = [
    f"{paragraph(0, above)}{head}{paragraph(1, lines)}{end}{paragraph(2, 3)}"
    for above in range(2, 12)
    for lines in (2, 3, 4, 6.2)
    for head, end in (("", ""), ("<h2>一、总体进展</h2>", "<p class=signature>（区督查室）</p>"))
]


def test_no_line_is_alone_whatever_stands_above() -> None:
    """Every length of two paragraphs, with and without a head and a signature."""
    assert [] == [body for body in BODIES if alone(paged(body))]


def test_without_it_lines_are_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the engine lays these pages out of itself, one in five has such a line."""
    monkeypatch.setattr(leveling, "MOST_TRIALS", 0)
    monkeypatch.setattr(composing, "flowing_page", lambda _journal, make, *page: make(*page))

    assert len(BODIES) / 5 < sum(bool(alone(paged(body))) for body in BODIES)


MARKS = "一要抓，二要管，三要看，四要问。路要平，灯要亮，水要清，人要和。" * 3
TIGHT = f"<p id=p0>{MARKS[:77]}</p>{paragraph(1, 3)}{paragraph(2, 4)}{paragraph(3, 3)}"


def test_a_paragraph_is_set_a_line_shorter_and_the_page_is_full() -> None:
    """Its marks give what a line lacks; the one that had a line alone has two at the foot."""
    assert [{"p0": 5, "p1": 3, "p2": 2}, {"p2": 2, "p3": 3}] == paged(TIGHT)


def test_one_row_is_left_empty_where_no_paragraph_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line goes on to the next page."""
    monkeypatch.setattr(leveling, "MOST_TRIALS", 0)

    assert [{"p0": 6, "p1": 3}, {"p2": 4, "p3": 3}] == paged(TIGHT)


def test_a_paragraph_is_planned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """An indented line and those below are as wide; that they are rounded apart is no new plan."""
    asked: list[Any] = []
    plan = planning.plan

    def noted(*words: Any) -> list[int]:
        asked.append(words)
        return plan(*words)

    monkeypatch.setattr(composing, "plan", noted)
    paged(
        paragraph(0, 9),
        "@page { size: A4; margin: 0 27mm } section { width: auto; font-size: 15.79pt;"
        " line-height: 29pt } p { text-indent: 2em }",
    )

    assert 1 == len(asked)
