"""Stories a little and far too long, on the sample's own pages: what a clerk is told and gets."""

import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from jianbao import pipeline
from jianbao.cli.language import translator
from jianbao.cli.showing import sentence
from jianbao.diagnostics import Severity
from jianbao.settings import Settings
from tests.test_sample import ROW, lines_of

ROOT = Path(__file__).parent.parent
PAPER = "yunxi/2026-48"
EXTRA = "各级各部门对照清单逐项核对，把进度写实，把难点写清，把下一步的时间表排到每一周，让群众看得见变化。"


def site_of(folder: Path, address: str) -> Settings:
    """Return a copy of one bulletin's site."""
    campaign = address.split("/", maxsplit=1)[0]
    for part in ("data", "content"):
        shutil.copytree(ROOT / part / campaign, folder / part / campaign)
    for part in ("site.yaml", "registers"):
        copy = shutil.copytree if (ROOT / "data" / part).is_dir() else shutil.copy
        copy(ROOT / "data" / part, folder / "data" / part)
    return Settings(folder, folder / "output", date(2026, 11, 22), targets=(address,))


def longer(folder: Path, address: str, anchor: str, characters: int) -> Settings:
    """Return a copy of one bulletin's site, so many characters longer before `anchor`."""
    settings = site_of(folder, address)
    plan = folder / "content" / address / "bulletin.yaml"
    text = plan.read_text(encoding="utf-8").replace("[四开, A3]", "四开")
    plan.write_text(text, encoding="utf-8")
    story = plan.with_name("lead.md")
    text = story.read_text(encoding="utf-8")
    assert 1 == text.count(anchor)
    extra = (EXTRA * 60)[: characters - 1] + "。"
    story.write_text(text.replace(anchor, extra + "\n" + anchor), encoding="utf-8")
    return settings


@pytest.mark.parametrize(
    ("address", "anchor", "characters", "told"),
    [
        (
            "zhongyuan/2021-47",
            "汛情紧急时",
            75,
            "“正文”多出4行，已把“正文各栏”加高1行。请看一眼版面是否满意。",
        ),
        (
            "huiji/2021-43",
            "大项目托起新动能",
            57,
            "“第二部分正文”多出4行，已把“小标题”减低1行。请看一眼版面是否满意。",
        ),
    ],
)
def test_three_percent_too_long_is_made_to_fit(
    tmp_path: Path, address: str, anchor: str, characters: int, told: str
) -> None:
    """The bulletin is made, its columns are level, and a note says what was done."""
    outcome = pipeline.build(longer(tmp_path, address, anchor, characters))
    said = [sentence(finding, translator("zh")) for finding in outcome.findings]

    assert (address,) == outcome.made
    assert [told] == [words[-len(told) :] for words in said]
    bases = [
        line[0][3] % ROW
        for column in lines_of(tmp_path / "output" / address / "bulletin.pdf", address)
        for line in column
    ]
    assert len(bases) > 100
    assert max(bases) - min(bases) <= 0.1


def only(folder: Path, layout: str, longer: Mapping[str, int]) -> Settings:
    """Return a site of one page of 云溪区's newspaper, some of its stories so much longer."""
    settings = site_of(folder, PAPER)
    plan = folder / "content" / PAPER / "bulletin.yaml"
    head, _, pages = plan.read_text(encoding="utf-8").partition("pages:\n")
    page = next(
        page for page in re.split("(?m)^(?=  - name)", pages) if f"layout: {layout}" in page
    )
    page = re.sub("(?m)^    (continued|paper).*\n", "", re.sub("number: [0-9]", "number: 1", page))
    plan.write_text(head.replace("[四开, A3, A4]", "四开") + "pages:\n" + page, encoding="utf-8")
    for name, characters in longer.items():
        story = plan.with_name(f"{name}.md")
        text = story.read_text(encoding="utf-8").rstrip("\n")
        story.write_text(f"{text}\n{(EXTRA * 60)[: characters - 1]}。\n", encoding="utf-8")
    return settings


FULL = {"renewal": 1530, "school": 200, "canteen": 240, "enterprise": 100}


@pytest.mark.parametrize(
    ("layout", "longer", "told"),
    [
        ("figures", {"numbers": 120}, "“第三栏”多出1行，已把“大数字”减低1行。请看一眼版面是否满意。"),
        ("photos", {"pictures": 1320}, "“正文”多出10行，已把“主图”减低2行。请看一眼版面是否满意。"),
        ("modular", FULL, "“正文”多出2行，已把“改什么，居民说了算……”一段收紧一行。请看一眼版面是否满意。"),
    ],
)  # fmt: skip
def test_pages_that_arrange_themselves_are_fitted_where_they_are_full(
    tmp_path: Path, layout: str, longer: dict[str, int], told: str
) -> None:
    """Where no arrangement holds the text, a row or a line more is found, and it is said."""
    outcome = pipeline.build(only(tmp_path, layout, longer))
    said = [sentence(finding, translator("zh")) for finding in outcome.findings]

    assert (PAPER,) == outcome.made
    assert told in [words[-len(told) :] for words in said]


@pytest.mark.parametrize(
    ("layout", "longer", "told"),
    [
        ("figures", {"numbers": 400}, "“第二栏”放不下，多出26字，约2行。请删去约26字。"),
        ("photos", {"pictures": 1500}, "“正文”放不下，多出305字，约22行。请删去约305字。"),
        ("modular", {**FULL, "renewal": 1560}, "“正文”放不下，多出135字，约10行。请删去约135字。"),
    ],
)
def test_what_cannot_be_arranged_nor_fitted_is_told(
    tmp_path: Path, layout: str, longer: dict[str, int], told: str
) -> None:
    """At the foot of the page too, where the engine would cut text and charts off in silence."""
    outcome = pipeline.build(only(tmp_path, layout, longer))
    errors = [each for each in outcome.findings if each.severity is Severity.ERROR]
    said = [sentence(finding, translator("zh")) for finding in errors]

    assert () == outcome.made
    assert [told] == [words[-len(told) :] for words in said]


def test_twice_too_long_is_told_by_how_much(tmp_path: Path) -> None:
    """Nothing is delivered, and the one finding counts characters and lines."""
    outcome = pipeline.build(longer(tmp_path, "zhongyuan/2021-47", "汛情紧急时", 2400))
    said = [sentence(finding, translator("zh")) for finding in outcome.findings]

    assert () == outcome.made
    told = "“正文”放不下，多出2361字，约130行。请删去约2361字。"
    assert [told] == [words[-len(told) :] for words in said]
