"""A document laid out again: as if it were laid out for the first time, but less is made anew."""

from collections.abc import Sequence
from functools import wraps
from typing import Any
from unittest.mock import Mock

import pytest
from weasyprint import HTML
from weasyprint.layout import inline, preferred

from jianbao.press.composition import composed, composer, flow
from jianbao.press.layouts import Layouts
from jianbao.press.means import put

CSS = """
@page { size: 300pt 200pt; margin: 10pt; @bottom-center { content: counter(page) "/" counter(pages) } }
html { font: 10pt/12pt "Noto Serif CJK SC" }
body { margin: 0; overflow: hidden }
section { --fit-head: 0; --fit-head-range: -2 3 "标题"; --fit-foot: 0; --fit-foot-range: 0 2 "下端"; --unit: 4pt }
h1 { margin: 0; height: calc((6 + var(--fit-head)) * 3pt); font-size: 12pt }
.larger { font-size: calc((20 + var(--fit-head)) * 0.5pt) }
.larger b { padding-left: 0.5em }
.passed { --more: calc(var(--fit-head) * var(--unit)); padding-top: calc(20pt + var(--more)) }
.passed i { --unit: 9pt; padding-left: calc(20pt + var(--more)) }
.given { margin-left: calc((5 + var(--fit-head)) * 2pt) }
.given p { margin-left: inherit }
.marked::before { content: "注"; padding-right: calc((5 + var(--fit-head)) * 2pt) }
.own { --fit-head: 2; width: calc(100pt - var(--fit-head) * 10pt) }
.own p { text-indent: calc(var(--fit-head) * 3pt) }
.foot { height: calc((1 + var(--fit-foot)) * 12pt) }
p { margin: 0; text-align: justify } p + figure { margin-top: 7pt } figure { margin: 0; height: 20pt }
"""
WORDS = "全区各类实事项目办理情况通报，群众满意度持续提升。"
PAGE = f"""<html lang=zh-CN><style>{CSS}</style><section><h1 id=title>题</h1><p>{WORDS * 3}
<div class=larger><p>甲<b>乙</b>丙<a href=#title>丁</a></p></div><div class=passed><i>甲</i>乙</div>
<div class=given><p>{WORDS}</p></div><p class=marked>{WORDS}<em>重</em></p><div class=own><p>{WORDS * 2}</p></div>
<div class=foot style="width: 50pt">尾</div><p>{WORDS * 9}</section>"""


def seen(document: Any) -> list[tuple[Any, ...]]:
    """Return where everything stands on the pages, and what it says."""
    overflow = [(page._page_box.style["overflow"],) for page in document.pages]
    return overflow + [
        (type(box).__name__, str(box.element_tag), getattr(box, "text", ""), *_place(box))
        for page in document.pages
        for box in page._page_box.descendants()
    ]


def _place(box: Any) -> list[float]:
    return [
        round(float(each), 6) for each in (box.position_x, box.position_y, box.width, box.height)
    ]


def section(layouts: Layouts) -> Any:
    """Return the element that declares the means."""
    return next(layouts.root.iter("section"))


@pytest.mark.parametrize("settings", [("head", 3), ("head", -2), ("foot", 2)])
def test_it_is_as_if_it_were_laid_out_for_the_first_time(settings: tuple[str, int]) -> None:
    """Whatever names a variable, takes what is not handed on, or is handed on something else."""
    steps = dict([settings])
    fresh = HTML(string=PAGE)
    put(next(fresh.etree_element.iter("section")), steps)
    with composed():
        wanted = seen(fresh.render())
    layouts = Layouts(HTML(string=PAGE))
    with composed():
        before = seen(layouts.render())
        put(section(layouts), {"head": 1, "foot": 1})
        layouts.render()
        put(section(layouts), steps)
        after = seen(layouts.render())
        put(section(layouts), {})
        again = seen(layouts.render())

    assert wanted == after
    assert before == again != after


def test_what_names_no_variable_keeps_its_style() -> None:
    """The text is not touched by what happens to the head: so its lines need not be made again."""
    layouts = Layouts(HTML(string=PAGE))

    def styles() -> dict[str, Any]:
        return {
            box.element.get("class") or box.element_tag: box.style
            for page in layouts.render().pages
            for box in page._page_box.descendants()
            if box.element is not None and type(box).__name__ == "BlockBox"
        }

    with composed():
        before = styles()
        put(section(layouts), {"head": 1})
        after = styles()

    changed = {name for name in before if before[name] is not after[name]}
    assert {"section", "h1", "larger", "passed", "given", "own"} == changed


def test_what_was_moved_is_matched_anew() -> None:
    """A figure that comes to stand behind a paragraph looks as the style sheet says of such."""
    text = f"<html lang=zh-CN><style>{CSS}</style><section>"
    layouts = Layouts(HTML(string=f"{text}<figure></figure><p>{WORDS}"))
    with composed():
        layouts.render()
        parent = section(layouts)
        figure = parent[0]
        parent.remove(figure)
        parent.append(figure)
        moved = seen(layouts.render())

        assert seen(HTML(string=f"{text}<p>{WORDS}</p><figure></figure>").render()) == moved


def test_what_is_hopeless_is_not_finished() -> None:
    """A layout is given up at the first page that shows that nobody wants it."""
    made: list[int] = []

    def hopeless(pages: Sequence[Any]) -> bool:
        made.append(len(pages))
        return len(pages) == 2

    layouts = Layouts(HTML(string=PAGE.replace("</section>", f"<p>{WORDS * 90}</section>")))
    with composed():
        assert len(layouts.render().pages) > 3
        assert layouts.attempt(hopeless) is None
        assert [1, 2] == made
        assert seen(layouts.render()) == seen(layouts.attempt(lambda _: False))


def test_a_paragraph_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its text is shaped and measured for the first layout; where it comes to stand is no matter."""
    read = Mock(wraps=flow.read)
    monkeypatch.setattr(composer, "read", read)
    layouts = Layouts(HTML(string=PAGE))
    with composed():
        layouts.render()
        first = read.call_count
        put(section(layouts), {"foot": 2})
        layouts.render()

    assert first == read.call_count
    assert first > 5


TABLE = (
    f"<html lang=zh-CN><style>{CSS}</style><section><table><tr><th>{WORDS}<th>件<tr><td>件<td>12"
)


def test_a_cells_text_is_broken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often its table is laid out; and it is drawn alone."""
    broken: list[tuple[Any, ...]] = []
    split = inline.split_first_line

    @wraps(split)
    def noted(text: str, style: Any, *how: Any, **more: Any) -> Any:
        broken.append((text, id(style), how[1:], tuple(more.items())))
        return split(text, style, *how, **more)

    for module in (inline, preferred):
        monkeypatch.setattr(module, "split_first_line", noted)
    with composed():
        layouts = Layouts(HTML(string=TABLE))
        first = seen(layouts.render())
        second = layouts.render()
    lines = [box for box in second.pages[0]._page_box.descendants() if hasattr(box, "pango_layout")]

    assert first == seen(second)
    assert len(broken) == len(set(broken)) > 3
    assert len(lines) == len({id(box.pango_layout) for box in lines}) > 3


def test_what_is_remembered_is_not_what_is_drawn() -> None:
    """A text that was cut off by an ellipsis where it was drawn is whole elsewhere."""
    with composed():
        box = next(
            box
            for box in Layouts(HTML(string=TABLE)).render().pages[0]._page_box.descendants()
            if getattr(box, "text", "") == "件"
        )
        first, *measures = inline.split_first_line("件", box.style, None, None, 0)
        first.text = "…"
        again, *same = inline.split_first_line("件", box.style, None, None, 0)

    assert ("件", measures) == (again.text, same)
