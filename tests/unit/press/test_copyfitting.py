"""Copyfitting: a few lines too many or too few, and what a layout allows to be done about it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from weasyprint import HTML

from jianbao.press.composition import composed
from jianbao.press.copyfitting import fitted
from jianbao.press.copyfitting.choosing import Choice, Need, choices
from jianbao.press.jobs import Fault, Trouble
from jianbao.press.layouts import Layouts
from jianbao.press.means import FitDeclarationError, Means, gains

FOOT, BAND = Means("foot", "正文各栏", 0, 3), Means("band", "题图", -3, 3)
TEXT = "全区各类实事项目办理情况通报，群众满意度持续提升，工作台账日清月结。"
CSS = """
@page { size: 400pt 600pt; margin: 20pt }
section { --fit-foot: 0; --fit-foot-range: 0 2 "正文各栏"; --fit-band: 0; --fit-band-range: -1 1 "题图";
  margin: 0; height: 500pt; font: 9pt/13pt "Noto Serif CJK SC"; text-align: justify }
h1 { margin: 0; font: 9pt/13pt "Noto Serif CJK SC"; height: calc((3 + var(--fit-band)) * 13pt) }
main { column-count: 2; column-gap: 9pt; column-fill: auto; width: 261pt; orphans: 2; widows: 2;
  height: calc((10 + var(--fit-foot) - var(--fit-band)) * 13pt) }
p { margin: 0; text-indent: 2em }
"""


def pressed(characters: int, spare: str = "", css: str = "") -> tuple[Any, tuple[Trouble, ...]]:
    """Return a page of two columns of 10 lines with so many characters, and what happened to it."""
    text = (TEXT * 40)[:characters]
    paragraphs = "".join(f"<p>{part}</p>" for part in re.findall(".{1,60}", text))
    html = HTML(
        string=f"<html lang=zh-CN><style>{CSS}{css}</style><section><h1 data-frame=标题 {spare}>题</h1>"
        f'<main data-frame=正文 data-place=a.md:1 data-lines=20 data-fit="foot 2, band -2">{paragraphs}'
    )
    with composed() as paragraphs_:
        layouts = Layouts(html)
        return fitted(layouts, layouts.render(), paragraphs_)


def columns(document: Any) -> list[int]:
    """Return how many lines stand in each column."""
    return [
        sum(type(line).__name__ == "LineBox" for line in box.descendants())
        for box in document.pages[0]._page_box.descendants()
        if getattr(box, "is_column", False)
    ]


def test_text_that_fits_is_left_alone() -> None:
    """Twenty lines in two columns of ten: nothing is done, nothing is said."""
    document, troubles = pressed(240)

    assert [10, 10] == columns(document)
    assert () == troubles


def test_a_few_lines_too_many_fit() -> None:
    """Four lines too many: two spare rows take them, both columns end level, and it is said."""
    document, troubles = pressed(290)

    assert [12, 12] == columns(document)
    assert (Trouble(Fault.FITTED, "正文", "a.md:1", 0, 4, "正文各栏", 2),) == troubles


def test_twice_too_long_is_told_exactly_and_left_alone() -> None:
    """What no means can hold is counted, and the page is as it would have been."""
    document, troubles = pressed(480)

    assert [10, 10] == columns(document)[:2]
    assert [(Fault.OVERSET, "正文", sum(columns(document)[2:]))] == [
        (trouble.fault, trouble.what, trouble.lines) for trouble in troubles
    ]


def test_a_neighbour_that_is_full_gives_nothing() -> None:
    """The band gives its row only as long as its own text still fits."""
    _, fits = pressed(300, 'data-fit="band 1"')
    _, full = pressed(300, 'data-fit="band 1"', "h1 { font-size: 30pt; line-height: 39pt }")

    assert [("正文各栏", 2), ("题图", -1)] == [(told.means, told.rows) for told in fits]
    assert [Fault.OVERSET] == [told.fault for told in full]


def test_much_too_empty_gives_rows_away() -> None:
    """A frame that is hardly half full is made lower, and told all the same if that is too little."""
    document, troubles = pressed(110)

    assert [(Fault.EMPTY, ""), (Fault.FITTED, "题图")] == [
        (told.fault, told.means) for told in troubles
    ]
    assert [9] == columns(document)


def test_no_column_is_left_short_for_the_fit() -> None:
    """A row more would leave one empty in the first column (a single line may not stand alone)."""
    document, _ = pressed(250)

    assert [12, 9] == columns(document)


def test_broken_declarations_are_the_templates_fault() -> None:
    """A range without its word, or a gain without a number, names what it should be."""
    with pytest.raises(FitDeclarationError, match="two numbers and a word"):
        pressed(30, css="section { --fit-foot-range: 0 2 }")
    with pytest.raises(FitDeclarationError, match="0 must lie"):
        pressed(30, css="section { --fit-foot-range: 1 2 '脚' }")
    with pytest.raises(FitDeclarationError, match="foot is not"):
        gains("foot")


def steps(needs: list[Need], *means: Means) -> Iterator[dict[str, int]]:
    """Yield what each choice changes, the best first."""
    for choice in choices(needs, means):
        yield {name: step for name, step in choice.steps.items() if step}


def test_the_readiest_means_is_taken_first() -> None:
    """Three lines over in four columns: one row at the foot; the picture comes second."""
    need = Need(-3, {"foot": 4, "band": -4})

    assert [{"foot": 1}, {"band": -1}] == [*steps([need], FOOT, BAND)][:2]


def test_a_paragraph_is_tightened_before_a_row_is_half_used() -> None:
    """One line over: a paragraph that gives a line leaves the columns level, a row would not."""
    best = choices([Need(-1, {"foot": 4}, tighter=2)], [FOOT])[0]

    assert Choice(best.cost, {"foot": 0}, (1,)) == best


def test_last_rows_are_filled_by_loosening() -> None:
    """Three lines over: of the four rows won one would stay empty, so a paragraph takes it."""
    best = choices([Need(-3, {"foot": 4}, looser=1)], [FOOT])[0]

    assert ({"foot": 1}, (-1,)) == (best.steps, best.lines)


def test_nothing_is_taken_from_who_has_nothing() -> None:
    """No choice makes another frame overset; where all would, there is none."""
    needs = [Need(-2, {"split": 2}), Need(1, {"split": -2})]

    assert [] == choices(needs, [Means("split", "第一部分", -4, 4)])


FLOW = """
@page { size: 300pt 143pt; margin: 0 }
section { --fit-title: 0; --fit-title-range: -1 1 "标题下方"; font: 9pt/13pt "Noto Serif CJK SC";
  width: 126pt; text-align: justify; orphans: 1; widows: 2 }
h1 { margin: 0 0 calc((1 + var(--fit-title)) * 13pt); font: inherit }
p { margin: 0 }
"""
MARKS = "一要抓，二要管，三要看，四要问。路要平，灯要亮，水要清，人要和。" * 4


def flowing(*paragraphs: str, imprint: int = 0) -> tuple[int, tuple[Trouble, ...]]:
    """Return how many pages of ten rows these paragraphs take, below a head, and what is told."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    text += f'<div style="height: {13 * imprint}pt; break-before: avoid"></div>' * bool(imprint)
    html = HTML(
        string=f"<html lang=zh-CN><style>{FLOW}</style><section data-place=a.md:3><h1>题</h1>{text}"
    )
    with composed() as known:
        layouts = Layouts(html)
        document, troubles = fitted(layouts, layouts.render(), known)
    return len(document.pages), troubles


def lines(number: int) -> str:
    """Return a paragraph of so many full lines."""
    return (TEXT * 9)[: 14 * number]


def test_a_last_page_of_three_lines_is_told() -> None:
    """Four lines stand for themselves; of three the writer is told if nothing can be done."""
    assert (2, ()) == flowing(lines(6), lines(6))
    assert (2, (Trouble(Fault.LAST, "", "a.md:3", 0, 3),)) == flowing(lines(6), lines(5))


def test_a_last_page_with_an_imprint_is_not_empty() -> None:
    """It would stand there without these lines too."""
    assert (2, ()) == flowing(lines(6), lines(5), imprint=4)


def test_a_row_less_below_the_head_pulls_the_last_page_in() -> None:
    """Two lines that cannot be parted did not fit on the one row left: one more makes them."""
    told = Trouble(Fault.PULLED, "标题下方", "a.md:3", 0, 2, "", -1)

    assert (1, (told,)) == flowing(lines(7), lines(2))


def test_a_row_less_below_each_of_three_heads_pulls_three_lines_in() -> None:
    """One step of the means takes a row from each."""
    told = Trouble(Fault.PULLED, "标题下方", "a.md:3", 0, 3, "", -1)
    heads = (f"{lines(1)}</p><h1>题</h1><p>{lines(1)}</p><h1>题</h1><p>{lines(1)}", lines(3))

    assert (1, (told,)) == flowing(*heads)


def test_a_tighter_paragraph_pulls_the_last_page_in() -> None:
    """Marks give what is lacking, and the head keeps its row; where a row more lacks, it gives it."""
    paragraph = Trouble(Fault.PULLED, "", "a.md:3", 0, 2, MARKS[:9], -1)
    head = Trouble(Fault.PULLED, "标题下方", "a.md:3", 0, 2, "", -1)

    assert (1, (paragraph,)) == flowing(MARKS[:92], lines(2))
    assert (1, (paragraph, head)) == flowing(MARKS[:108], lines(2))
