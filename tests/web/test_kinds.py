"""Every kind of page as readers meet it: on a phone, a tablet and a screen, enlarged, without scripts."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from jianbao.pages.weave import slug
from tests.conftest import SAMPLE

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
WIDTHS = (390, 768, 1440)
BULLETINS = tuple(f"{address}/index.html" for address in SAMPLE)
LINKING = (
    "index.html", "years/2026.html", f"organisations/{slug('云溪区')}.html", "yunxi/index.html",
    f"yunxi/data/{slug('实事')}.html", "search.html",
)  # fmt: skip
KINDS = (*BULLETINS, *LINKING)
HARD = ("index.html", "years/2026.html", "yunxi/index.html", "yunxi/2026-47/index.html",
        f"yunxi/data/{slug('实事')}.html")  # fmt: skip
# What lies over the edge of its box though nothing lets the reader move it into sight.
CUT = """() => [...document.querySelectorAll('body *')].filter(element => {
  const style = getComputedStyle(element);
  const hidden = style.overflowX !== 'visible' && !['auto', 'scroll'].includes(style.overflowX);
  const over = element.scrollWidth > element.clientWidth + 1;
  return !element.closest('.visually-hidden, svg') && element.clientWidth
    && over && (hidden || style.overflowX === 'visible' && style.display !== 'inline'
      && !element.closest('.table, .chart-table, .own-table'));
}).map(element => element.tagName + '.' + element.className)"""


def look_at(page: Page, width: int) -> None:
    """Nothing sticks out or is cut, every picture is there and told, and axe-core finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [] == page.evaluate(CUT)
    assert page.evaluate("[...document.images].every(i => i.naturalWidth > 0 && i.alt)")
    assert "zh-CN" == page.evaluate("document.documentElement.lang")
    assert 1 == page.evaluate("document.querySelectorAll('h1').length")
    assert page.evaluate("[...document.querySelectorAll('th')].every(cell => cell.scope)")
    # Colours are the same at every width, and comparing them takes longer than all the rest.
    rules = {"color-contrast": {"enabled": width == WIDTHS[0]}}
    found = Axe().run(page, options={**OPTIONS, "rules": rules})
    assert [] == [(rule["id"], rule["nodes"][0]["html"]) for rule in found.response["violations"]]


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_open_to_everybody(made: Path, page: Page, kind: str) -> None:
    """At every width: whole, large enough to touch, by axe-core's rules; nothing on the console."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto((made / kind).as_uri())
        look_at(page, width)


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("kind", HARD)
def test_long_names_and_broad_tables_stay_in_their_place(hard: Path, page: Page, kind: str) -> None:
    """Names of forty characters, words without end, thirty rows of nine columns, corrections."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto((hard / kind).as_uri())
        look_at(page, width)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_whole_at_twice_the_size(made: Path, page: Page, kind: str) -> None:
    """200 % zoom of a 1280 px window is 640 px, and 400 % is 320: nothing is cut."""
    for width in (640, 320):
        page.set_viewport_size({"width": width, "height": 512})
        page.goto((made / kind).as_uri())

        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert [] == page.evaluate(CUT)


@pytest.mark.parametrize("kind", [*BULLETINS, "index.html", "yunxi/index.html"])
def test_without_scripts_a_page_says_the_same(
    made: Path, chromium: Browser, page: Page, kind: str
) -> None:
    """Every word and every way on is there, and a figure leads to its origin."""
    context = chromium.new_context(java_script_enabled=False)
    bare = context.new_page()
    for shown in (bare, page):
        shown.goto((made / kind).as_uri())

    assert page.inner_text("body") == bare.inner_text("body")
    figures = bare.locator(".story a.figure")
    if figures.count():
        figures.first.click()
        assert re.search(r"#\S+$", bare.url)
        assert bare.locator(":target.origin").is_visible()
    context.close()


def test_who_wants_no_motion_gets_none(made: Path, chromium: Browser) -> None:
    """Jumps within the page are not drawn out."""
    for wish, expected in (("reduce", "auto"), ("no-preference", "smooth")):
        context = chromium.new_context(reduced_motion=wish)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto((made / BULLETINS[0]).as_uri())

        assert expected == page.evaluate(
            "getComputedStyle(document.documentElement).scrollBehavior"
        )
        context.close()
