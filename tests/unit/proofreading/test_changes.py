"""Changes typed by hand: compared with what the data say, and bound."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jianbao.newsroom.rewriting import Edit, changed, original
from jianbao.proofreading.matching.catalogue import Catalogue, open_catalogue
from jianbao.proofreading.matching.deciding import Match, Verdict, match_lines
from jianbao.proofreading.numerals import finding_of
from tests.unit.figures.books import book_of

CAMPAIGN = """
  实事:
    name: 实事项目
    measures: {项目: {unit: 件}, 已完成: {unit: 件}}
    ratios: {完成率: {of: 已完成 / 项目, decimals: 1}}
    cadence: week
  就业: {measures: {新增: {unit: 人, name: 城镇新增就业}}, cadence: week}
"""
WEEKS = {
    "2025-12-31": "实事: {as_of: 2025-12-31, 项目: 800, 已完成: 500}",
    "2026-11-13": "实事: {as_of: 2026-11-13, 项目: 882, 已完成: 680}\n"
    "就业: {as_of: 2026-11-13, 新增: 8000}",
    "2026-11-20": "实事: {as_of: 2026-11-20, 项目: 882, 已完成: 693}\n"
    "就业: {as_of: 2026-11-20, 新增: 8200}",
}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Return figures of two weeks, and one of the year's beginning."""
    folder = tmp_path_factory.mktemp("site")
    return open_catalogue(book_of(folder, CAMPAIGN, WEEKS, "2026-11-21"), 2026)


def last(catalogue: Catalogue, line: str) -> Match:
    """Return what was found for the last number of a line."""
    return match_lines("x.md", [line], catalogue)[-1]


RIGHT = {
    "实事项目已完成693件，比上期增加13件。": "实事.已完成 | 变化",
    "实事项目已完成693件，比年初增加193件。": "实事.已完成 | 变化 年初",
    "实事项目已完成{{ 实事.已完成 }}，比上期增加13件。": "实事.已完成 | 变化",
    "实事项目已完成693件，完成率78.6%，比上期提高1.5个百分点。": "实事.完成率 | 变化",
    "实事项目已完成693件，完成率{{ 实事.完成率 }}，比上期增加13件。": "实事.已完成 | 变化",
    "城镇新增就业8200人，比上期增长2.5%。": "就业.新增 | 增长了",
}


@pytest.mark.parametrize("line", RIGHT)
def test_a_change_that_is_right_is_bound_with_its_words(catalogue: Catalogue, line: str) -> None:
    """What stands there now is what a build prints, from 比 to the unit."""
    match = last(catalogue, line)

    (one,) = match.proposals
    assert (Verdict.ONE, RIGHT[line], True) == (match.verdict, one.source, one.is_exact)
    assert one.prints == match.place.excerpt == line[line.index("比") : -1]


@pytest.mark.parametrize(
    ("line", "prints"),
    [
        ("实事项目已完成693件，比上期增加31件。", "比上期增加13件"),
        ("实事项目已完成693件，比上期减少13件。", "比上期增加13件"),
        ("实事项目已完成693件，较上期增加了14件。", "比上期增加13件"),
        ("实事项目已完成{{ 实事.已完成 }}，比年初增加13件。", "比年初增加193件"),
        ("完成率{{ 实事.完成率 }}，比上期提高1.6个百分点。", "比上期提高1.5个百分点"),
        ("实事项目882件，比上期增加2件。", "与上期持平"),
        ("城镇新增就业8200人，比上期增长2.4%。", "比上期增长2.5%"),
    ],
)
def test_a_change_that_is_wrong_is_an_error(catalogue: Catalogue, line: str, prints: str) -> None:
    """The base is named as the data name it, and its figure stands right before."""
    match = last(catalogue, line)

    assert (Verdict.NEAR, prints) == (match.verdict, match.proposals[0].prints)
    assert "number-differs" == finding_of(match).rule


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("实事项目已完成693件，较上一期多13件。", Verdict.ASKED),
        ("实事项目已完成693件，比上周新增了13件。", Verdict.ASKED),
        ("实事项目已完成693件，比上周增加12件。", Verdict.FAR),
        ("完成率{{ 实事.完成率 }}，比上期提高1.5%。", Verdict.FAR),
        ("实事项目已完成693件，比上月增加12件。", Verdict.NONE),
        ("实事项目已完成693件。比上期增加12件。", Verdict.NONE),
        ("实事项目已完成693件，覆盖5个街道，比上期增加2个。", Verdict.NONE),
        ("实事项目已完成693件，走访企业12件，比上期增加2件。", Verdict.NONE),
        ("比上期增加12件。", Verdict.NONE),
        ("实事项目已完成693件，比去年同期增加12件。", Verdict.NONE),
    ],
)
def test_what_is_unclear_is_no_error(catalogue: Catalogue, line: str, verdict: Verdict) -> None:
    """Other words, another period, another sentence, another thing: asked, told, or left."""
    assert verdict is last(catalogue, line).verdict


def test_a_bound_change_prints_what_stood_there(catalogue: Catalogue) -> None:
    """The words from 比 on give way to the braces; the rest of the line stays."""
    line = "实事项目已完成693件，比上期增加13件，继续推进。"
    one = last(catalogue, line).proposals[0]
    whole = original(line.encode())
    assert whole is not None

    after = changed(whole, [Edit(one.line, one.column, one.end_column, one.braces)])

    assert "实事项目已完成693件，{{ 实事.已完成 | 变化 }}，继续推进。" == after.decode()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.integers(1, 882), now=st.integers(1, 882), typed=st.integers(1, 900) | st.none())
def test_only_what_changed_is_right(
    tmp_path_factory: pytest.TempPathFactory, before: int, now: int, typed: int | None
) -> None:
    """Whatever was reported, one number and one direction is right, and every other is an error."""
    weeks = {
        day: f"实事: {{as_of: {day}, 项目: 882, 已完成: {done}}}"
        for day, done in (("2026-11-13", before), ("2026-11-20", now))
    }
    book = book_of(tmp_path_factory.mktemp("site"), CAMPAIGN, weeks, "2026-11-21")
    said = abs(now - before) or 1 if typed is None else typed

    match = last(open_catalogue(book, 2026), f"已完成{{{{ 实事.已完成 }}}}，比上期增加{said}件。")

    right = now - before == said
    assert (Verdict.ONE if right else Verdict.NEAR) is match.verdict
