"""Reading: what a figure tells by mouse, touch and keyboard; the site below any address."""

import json
import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.web.test_kinds import KINDS, OPTIONS

ADDRESSES = ("zhongyuan/2021-47", "yunxi/2026-48")


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_figure_says_where_it_comes_from(made: Path, page: Page, address: str) -> None:
    """By pointing: name, as-of, file and line, all as in the list below; Escape puts it away."""
    page.goto((made / address / "index.html").as_uri())
    figure, tip = page.locator(".story a.figure").nth(20), page.locator(".origin-tip")
    listed = page.locator(str(figure.get_attribute("href")))

    figure.hover()
    assert listed.inner_text() == tip.inner_text()
    assert re.search(r"data/\w+/20\d\d-\d\d-\d\d\.yaml:\d+", tip.inner_text())
    assert [] == Axe().run(page, options=OPTIONS).response["violations"]
    page.keyboard.press("Escape")
    assert 0 == tip.count()
    links = page.evaluate("[...document.querySelectorAll('a.figure')].map(a => a.hash.slice(1))")
    assert [] == [
        name for name in links if not page.evaluate(f"!!document.getElementById('{name}')")
    ]


def test_every_story_can_be_jumped_to(made: Path, page: Page) -> None:
    """From the page's own list, by keyboard alone; a page of one story has none."""
    page.goto((made / ADDRESSES[1] / "index.html").as_uri())
    page.locator(".inside summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wanted = page.eval_on_selector_all(".inside a", "all => all.map(link => link.hash)")

    assert 12 == len(wanted)
    assert page.url.endswith(wanted[1])
    assert all(page.locator(anchor).count() == 1 for anchor in wanted)
    page.goto((made / ADDRESSES[0] / "index.html").as_uri())
    assert 0 == page.locator(".inside").count()


def test_a_figure_told_in_words_tells_its_number(made: Path, page: Page) -> None:
    """Who points at 八成多 reads 83.3%, which the story says as well."""
    page.goto((made / ADDRESSES[1] / "index.html").as_uri())
    page.locator("h1 a.figure").hover()

    assert "八成多（83.3%）" in page.locator(".origin-tip dt").inner_text()


@pytest.mark.usefixtures("said")
def test_by_mouse_the_way_leads_on_to_its_history(made: Path, page: Page) -> None:
    """A click keeps it open, and the link within it can be clicked."""
    page.goto((made / ADDRESSES[1] / "index.html").as_uri())
    figure, tip = page.locator(".story a.figure").nth(3), page.locator(".origin-tip")
    figure.click()
    assert "index.html" == page.url.rpartition("/")[2]

    tip.locator("a").click()

    page.wait_for_url("**/yunxi/data/*.html#f*")
    assert page.locator(":target").is_visible()


@pytest.mark.usefixtures("said")
def test_by_keyboard_it_is_told_and_enter_leads_to_the_list(made: Path, page: Page) -> None:
    """Tab shows it, Tab leaves it, Enter goes to where the link to its history can be reached."""
    page.goto((made / ADDRESSES[1] / "index.html").as_uri())
    figure, tip = page.locator(".story a.figure").nth(3), page.locator(".origin-tip")
    page.locator(".story a.figure").nth(2).focus()
    page.keyboard.press("Tab")
    assert figure.evaluate("link => link === document.activeElement")
    assert tip.get_attribute("id") == figure.get_attribute("aria-describedby")
    page.keyboard.press("Enter")

    assert page.url.endswith(str(figure.get_attribute("href")))
    assert 0 == tip.count()
    page.keyboard.press("Tab")
    assert "历次数字" == page.evaluate("document.activeElement.textContent")


def test_by_touch_it_opens_closes_and_leads_on(made: Path, chromium: Browser) -> None:
    """A tap shows it within the window, a tap beside puts it away, a tap on its link leads on."""
    context = chromium.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto((made / ADDRESSES[1] / "index.html").as_uri())
    figure, tip = page.locator(".story a.figure").nth(3), page.locator(".origin-tip")
    figure.tap()
    box = tip.bounding_box()
    assert box
    assert (True, True) == (box["x"] >= 0, box["x"] + box["width"] <= 390)
    page.locator(".byline").first.tap()
    assert 0 == tip.count()
    figure.tap()
    tip.locator("a").tap()

    page.wait_for_url("**/yunxi/data/*.html#f*")
    context.close()


@pytest.fixture(scope="module")
def served(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that has the site two folders down, as offices do."""
    root = tmp_path_factory.mktemp("server")
    (root / "a").mkdir()
    (root / "a/b").symlink_to(made, target_is_directory=True)
    handler = partial(_Quiet, directory=str(root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/a/b/"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def test_the_site_works_below_any_address(served: str, page: Page) -> None:
    """From a sub-path every page asks only what lies below it, and gets it; search finds."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on(
        "response",
        lambda answer: (
            None
            if answer.url.startswith(served) and (answer.ok or answer.status == 304)
            else said.append(f"{answer.status} {answer.url}")
        ),
    )
    for kind in KINDS:
        page.goto(f"{served}{kind}")
    page.fill("#words", "助餐")
    page.press("#words", "Enter")
    page.locator(".result h2 a").first.click()
    page.wait_for_url("**/a/b/yunxi/*/index.html#story-*")
    page.locator(".mast-name a").click()
    page.wait_for_url(f"{served}index.html")

    assert [] == said


def test_the_first_view_of_a_bulletin_is_light(served: str, made: Path, page: Page) -> None:
    """Less than 500 KB without photos and downloads."""
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    page.goto(f"{served}{ADDRESSES[1]}/index.html", wait_until="networkidle")

    known = json.loads((made / ADDRESSES[1] / "bulletin.json").read_text(encoding="utf-8"))
    assert known["title"] == page.inner_text("h1").replace("\n", "")
    assert sum(size for url, size in sizes.items() if "/photos/" not in url) < 500_000
