"""A campaign without a bulletin: its data are checked, as soon as there are any."""

from dataclasses import replace
from pathlib import Path

import pytest

from jianbao import pipeline
from jianbao.pipeline.runs import Outcome
from jianbao.settings import Settings

CAMPAIGN = """title: 防汛
organisation: 云溪区
datasets:
  物资:
    dimensions: {类别: [沙袋, 水泵]}
    measures: {计划: {unit: 件}, 已到: {unit: 件, at_most: 计划}}
  巡查:
    ledger: {file: 巡查.csv, date: 日期, key: 编号}
    measures: {次数: {unit: 次}}
"""
DAY = "物资:\n  截至: 2026-11-20\n  沙袋: {计划: 900, 已到: 880}\n  水泵: {计划: 40, 已到: 36}\n"
LEDGER = "编号,日期\n1,2026-11-19\n2,2026-11-20\n"


@pytest.fixture
def site(small: Settings) -> Settings:
    """Return the small site with a second campaign, for which nothing has been written."""
    data = small.root / "data/fangxun"
    (data / "ledgers").mkdir(parents=True)
    (data / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    (data / "2026-11-20.yaml").write_text(DAY, encoding="utf-8")
    (data / "ledgers/巡查.csv").write_text(LEDGER, encoding="utf-8")
    return replace(small, pdf=False, fonts=False, remember=True)


def spoil(site: Settings, file: str, old: str, new: str) -> None:
    """Type something else into a file of the second campaign."""
    path: Path = site.root / "data/fangxun" / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def told(outcome: Outcome) -> set[str]:
    """Return the rules that had something to say of the second campaign."""
    return {f.rule for f in outcome.findings if "/fangxun/" in f.place.path}


def test_good_data_are_passed_over(site: Settings) -> None:
    """The other campaign's bulletin is made as ever."""
    outcome = pipeline.build(site)

    assert told(outcome) == set()
    assert outcome.made == ("yunxi/2026-47",)


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        ("campaign.yaml", "at_most: 计划", "at_most: 计画", "measure-unknown"),
        ("2026-11-20.yaml", "已到: 880", "已到: 980", "limit-exceeded"),
        ("2026-11-20.yaml", "已到: 880", "已到: 1,880", "number-comma"),
        ("2026-11-20.yaml", "水泵", "水栗", "figure-unknown"),
        ("ledgers/巡查.csv", "2,2026", "1,2026", "ledger-row-twice"),
    ],
)
def test_each_kind_of_fault_is_told(
    site: Settings, file: str, old: str, new: str, rule: str
) -> None:
    """Of the plan, of a number beside another, of a line as typed, of a ledger's rows."""
    spoil(site, file, old, new)

    assert rule in told(pipeline.check(site))
    outcome = pipeline.build(site)
    assert rule in told(outcome)
    assert outcome.made == ("yunxi/2026-47",), "one campaign's fault keeps no other's bulletin"


def test_what_was_found_is_told_again_until_it_is_mended(site: Settings) -> None:
    """A build that finds nothing to do does not look; it remembers, and sees the mending."""
    spoil(site, "2026-11-20.yaml", "已到: 880", "已到: 980")
    first, again = pipeline.build(site), pipeline.build(site)
    spoil(site, "2026-11-20.yaml", "已到: 980", "已到: 890")
    mended = pipeline.build(site)

    assert told(first) == told(again) == {"limit-exceeded"}
    assert again.made == ()
    assert told(mended) == set()


def test_only_who_asks_for_it_hears_of_it(site: Settings) -> None:
    """A bulletin of another campaign is asked for without it; it may be named by itself."""
    spoil(site, "2026-11-20.yaml", "已到: 880", "已到: 980")

    for _ in range(2):  # made, then remembered
        assert told(pipeline.build(replace(site, targets=("yunxi/2026-47",)))) == set()
    for _ in range(2):
        assert told(pipeline.build(replace(site, targets=("fangxun",)))) == {"limit-exceeded"}
    assert told(pipeline.build(site)) == {"limit-exceeded"}
