"""The preview in a real browser: what is changed is on the screen, and what is wrong stands there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.test_serving import Served, started

LEAD = "content/yunxi/2026-47/lead.md"
DAY = "data/yunxi/2026-11-20.yaml"
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A running preview of a copy of the small site in the shipped look."""
    there = started(tmp_path_factory.mktemp("preview"), shipped=True)
    yield there
    there.process.kill()
    there.process.communicate()


@pytest.fixture
def shown(served: Served, page: Page) -> Iterator[Page]:
    """The bulletin's page in the preview; at the end nothing may be on the console."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda fault: said.append(str(fault)))
    page.goto(f"http://127.0.0.1:{served.port}/yunxi/2026-47/")
    expect(page.locator(".preview-state")).to_contain_text("网页已更新")
    yield page

    assert [] == said


def test_a_changed_sentence_and_figure_are_shown_without_loading(
    served: Served, shown: Page
) -> None:
    """The reader's place stays, figures of the new text still tell of themselves."""
    shown.evaluate("window.mine = true; window.scrollTo(0, 200)")
    served.write(LEAD, "再出发", "又出发")
    expect(shown.locator(".headline")).to_contain_text("又出发")
    served.write(DAY, "已完成: 636", "已完成: 637")
    expect(shown.locator(".headline")).to_contain_text("694件")

    assert [True, 200] == shown.evaluate("[window.mine, window.scrollY]")
    shown.locator(".text a.figure").first.hover()
    assert 1 == shown.locator(".origin-tip").count()


def test_a_finding_stands_at_its_place_and_the_last_good_page_stays(
    served: Served, shown: Page
) -> None:
    """What is broken keeps the page, says where and why; put right, it is as if nothing had been."""
    good = shown.inner_text("main")
    bar = shown.locator(".preview-bar")
    served.write(LEAD, "{{ 实事.项目 }}，办结", "{{ 实事.没有 }}，办结")
    expect(bar).to_contain_text("网页还是上一次的")
    expect(bar.locator("li.preview-error")).to_contain_text("lead.md 第5行")
    assert good == shown.inner_text("main")
    found = shown.locator(".preview-found-error")
    assert "story-lead" == found.first.evaluate("place => place.closest('article').id")
    assert "没有" in str(found.first.get_attribute("title"))
    bar.get_by_role("link").last.click()
    served.write(LEAD, "{{ 实事.没有 }}", "{{ 实事.项目 }}")
    expect(bar.locator("li.preview-error")).to_have_count(0)
    expect(shown.locator(".preview-found-error")).to_have_count(0)
    assert good == shown.inner_text("main")


def test_a_broken_file_recovers(served: Served, shown: Page) -> None:
    """Half a line of YAML, as an editor may save it, and a plan without its story."""
    good = shown.inner_text("main")
    bar = shown.locator(".preview-bar")
    for name, whole, half in ((DAY, "重建: {", "重建 {"), ("content/yunxi/2026-47/bulletin.yaml", "lead.md", "lost.md")):  # fmt: skip
        served.write(name, whole, half)
        expect(bar.locator("li.preview-error")).not_to_have_count(0)
        assert good == shown.inner_text("main")
        served.write(name, half, whole)
        expect(bar.locator("li.preview-error")).to_have_count(0)


def test_a_style_sheet_that_changed_is_loaded(served: Served, shown: Page) -> None:
    """An office's own look is seen as soon as it is written, on the campaign's page too."""
    folder = served.root / "templates"
    folder.mkdir()
    shipped = Path(__file__).parent.parent.parent / "templates/web.css"
    text = shipped.read_text(encoding="utf-8")
    (folder / "web.css").write_text(text + "\nh1 { color: rgb(1, 2, 3) }\n", encoding="utf-8")
    served.write(LEAD, "出发", "起步")
    expect(shown.locator("h1")).to_contain_text("起步")
    shown.goto(f"http://127.0.0.1:{served.port}/yunxi/")
    served.write(LEAD, "起步", "出发")

    expect(shown.locator(".bulletins a").first).to_contain_text("出发")
    expect(shown.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
