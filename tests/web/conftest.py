"""One browser and two made sites for all tests that look at pages as readers do."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from jianbao import pipeline
from jianbao.model import Correction
from jianbao.settings import Settings, shipped_templates

LONG = "云溪区深化城乡融合发展暨巩固拓展脱贫攻坚成果同乡村振兴有效衔接领导小组办公室"
UNITS = [f"{LONG[:24]}第{number}工作组" for number in range(1, 31)]
MEASURES = [f"累计完成投资和建设的配套工程{name}" for name in "甲乙丙丁戊己庚辛"]
ENDLESS = "http://10.20.30.40/" + "jianbao-" * 14
CORRECTIONS = (
    Correction("2026-11-25", f"第1版《{LONG}》一文中，“已完成12件”应为“已完成21件”。"),
    Correction("2026-11-23", "图片（现场）有误，已更换。"),
)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, started once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A reader who was never here."""
    made = chromium.new_context(viewport={"width": 1440, "height": 900})
    made.set_default_timeout(20_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of that reader."""
    return context.new_page()


@pytest.fixture
def said(page: Page) -> Iterator[list[str]]:
    """What the browser complains of or asks from elsewhere; nothing may be in it at the end."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda fault: found.append(str(fault)))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith("file:") else found.append(asked.url),
    )
    yield found

    assert [] == found


def site_of(root: Path, files: Mapping[str, str]) -> Settings:
    """Write a site, and return how to build its web edition, without its own fonts."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return Settings(
        root, root / "output", date(2026, 11, 22), templates=shipped_templates(), pdf=False,
        fonts=False,
    )  # fmt: skip


@pytest.fixture(scope="package")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a site with long names, long words, broad tables and corrections."""
    settings = site_of(tmp_path_factory.mktemp("hard"), _hard_site())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("jianbao.pipeline.drafting.read_corrections", lambda *_: CORRECTIONS)
        outcome = pipeline.build(settings)

    assert {"yunxi/2026-47"} == set(outcome.made), outcome.findings
    return settings.output


def _hard_site() -> dict[str, str]:
    measures = "\n".join(f"      {name}: {{unit: 万元, at_most: 计划}}" for name in MEASURES)
    week = "实事:\n  as_of: {day}\n" + "\n".join(
        f"  {unit}: {{{{计划: 98765432, "
        + ", ".join(f"{name}: {{done}}" for name in MEASURES)
        + "}}"
        for unit in UNITS
    )
    return {
        "data/site.yaml": f"title: {LONG}简报\norganisation: {LONG}\nlanguage: zh\n",
        "data/yunxi/campaign.yaml": f"title: {LONG * 2}\norganisation: {LONG}\ndatasets:\n"
        f"  实事:\n    name: {LONG}进展\n    cadence: week\n    reporter: {LONG}\n"
        f"    dimensions: {{单位: [{', '.join(UNITS)}]}}\n"
        f"    measures:\n      计划: {{unit: 万元}}\n{measures}\n"
        f"    ratios:\n      率: {{of: {MEASURES[0]} / 计划, decimals: 1}}\n",
        **{
            f"data/yunxi/2026-11-{day}.yaml": week.format(day=f"2026-11-{day}", done=done)
            for day, done in (("06", 1234567), ("13", 2345678), ("20", 23456789))
        },
        "content/yunxi/2026-47/bulletin.yaml": "number: 47\ntotal: 312\ndate: 2026-11-20\n"
        f"paper: 四开\neditors: {{责编: {LONG}}}\n"
        "pages: [{name: 要闻, number: 1, layout: feature, stories: {lead: lead.md}}]\n",
        "content/yunxi/2026-47/lead.md": f"引题：{LONG}\n主题：{LONG}／{LONG[:20]}再出发\n"
        f"供稿：{LONG}、{LONG}\n---\n全区计划{{{{ 实事.计划 }}}}，"
        f"完成{{{{ 实事.{MEASURES[0]} }}}}，完成率{{{{ 实事.率 }}}}。详见{ENDLESS}。\n"
        f"/// 图 | 实事.{UNITS[0]}：{MEASURES[0]}、{MEASURES[1]}\n形式：条形\n///\n"
        f"/// 表 | 实事 按 单位：计划\n///\n其余照旧。\n",
    }
