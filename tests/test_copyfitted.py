"""Stories a little and far too long, on the sample's own pages: what a clerk is told and gets."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from jianbao import pipeline
from jianbao.cli.language import translator
from jianbao.cli.showing import sentence
from jianbao.settings import Settings
from tests.test_sample import ROW, lines_of

ROOT = Path(__file__).parent.parent
EXTRA = "各级各部门对照清单逐项核对，把进度写实，把难点写清，把下一步的时间表排到每一周，让群众看得见变化。"


def longer(folder: Path, address: str, anchor: str, characters: int) -> Settings:
    """Return a copy of one bulletin's site, so many characters longer before `anchor`."""
    campaign = address.split("/", maxsplit=1)[0]
    for part in ("data", "content"):
        shutil.copytree(ROOT / part / campaign, folder / part / campaign)
    for part in ("site.yaml", "registers"):
        copy = shutil.copytree if (ROOT / "data" / part).is_dir() else shutil.copy
        copy(ROOT / "data" / part, folder / "data" / part)
    plan = folder / "content" / address / "bulletin.yaml"
    text = plan.read_text(encoding="utf-8").replace("[四开, A3]", "四开")
    plan.write_text(text, encoding="utf-8")
    story = plan.with_name("lead.md")
    text = story.read_text(encoding="utf-8")
    assert 1 == text.count(anchor)
    extra = (EXTRA * 60)[: characters - 1] + "。"
    story.write_text(text.replace(anchor, extra + "\n" + anchor), encoding="utf-8")
    return Settings(folder, folder / "output", date(2026, 11, 22), targets=(address,))


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


def test_twice_too_long_is_told_by_how_much(tmp_path: Path) -> None:
    """Nothing is delivered, and the one finding counts characters and lines."""
    outcome = pipeline.build(longer(tmp_path, "zhongyuan/2021-47", "汛情紧急时", 2400))
    said = [sentence(finding, translator("zh")) for finding in outcome.findings]

    assert () == outcome.made
    told = "“正文”放不下，多出2361字，约130行。请删去约2361字。"
    assert [told] == [words[-len(told) :] for words in said]
