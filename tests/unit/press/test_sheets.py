"""Style sheets are read once for documents that have the same, and told of as if each were alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from weasyprint import HTML
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration

from jianbao.press import engine, sheets
from jianbao.press.jobs import Fault, Job


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    sheets.forget()
    yield
    sheets.forget()


def read(style: str, body: str = "", attributes: str = "") -> list[Any]:
    """Return the sheets of a document."""
    html = HTML(string=f"<style{attributes}>{style}</style><p>{body}", base_url="job:///")
    return sheets.read(html, FontConfiguration(), CounterStyle(), {})


def test_the_same_sheet_is_read_once() -> None:
    """Whatever the document says; a sheet of another word is another."""
    one = read("p { color: red }", "甲")

    assert one is read("p { color: red }", "乙")
    assert one is not read("p { color: blue }")
    assert one is not read("p { color: red }", attributes=' media="screen"')


@pytest.mark.parametrize(
    "style",
    [
        "@font-face { font-family: x; src: local(x) }",
        "@counter-style x { system: cyclic; symbols: x }",
        "@\\69mport 'x'; p { color: red }",
        "@layer x; p { color: red }",
        "p { colour: red }",
    ],
)
def test_what_reaches_beyond_the_sheet_is_read_anew(style: str) -> None:
    """Fonts, counters and profiles learn it each time, and so does who is told of what is wrong."""
    assert read(style) is not read(style)


def test_no_more_are_kept_than_a_bulletin_has_papers() -> None:
    """The one that was used longest ago goes."""
    first = read("p { top: 0 }")
    for number in range(1, 4):
        read(f"p {{ top: {number}px }}")
    assert first is read("p { top: 0 }")
    read("p { top: 4px }")
    read("p { top: 5px }")

    assert first is read("p { top: 0 }")
    assert 4 == len(sheets._known)


def test_a_value_of_no_use_is_told_in_each_document() -> None:
    """The engine speaks of it once a sheet, and only where it is used."""
    job = Job("<style>p { --x: nothing; color: var(--x) }</style><title>甲</title><p>文", {})
    other = Job("<style>p { --x: nothing; color: var(--x) }</style><title>甲</title>", {})
    engine.press(other)
    first, second = (engine.press(job).troubles for _ in range(2))

    assert {Fault.ENGINE} == {trouble.fault for trouble in first}
    assert first == second
