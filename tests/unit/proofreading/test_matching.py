"""Which figure a number means: by its value and by the words beside it."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jianbao.newsroom.rewriting import Edit, changed, original
from jianbao.proofreading.matching.catalogue import Catalogue, open_catalogue
from jianbao.proofreading.matching.deciding import Match, Verdict, match_lines
from jianbao.proofreading.matching.passages import joined
from tests.unit.figures.books import book_of, say

CAMPAIGN = """
  实事:
    name: 实事项目
    dimensions: {级别: [区级, 乡镇级]}
    measures: {项目: {unit: 件}, 已完成: {unit: 件}}
    ratios: {完成率: {of: 已完成 / 项目, decimals: {all: 1, 区级: 2}}}
  诉求: {measures: {座谈会: {unit: 场}, 问卷: {unit: 份}, 意见箱: {unit: 个}}}
  防汛:
    dimensions: {身份: [志愿者, 青年志愿者]}
    breakdown: overlapping
    measures: {人员: {unit: 人}}
  窗口: {measures: {街道: {unit: 个, name: 街道办事处}, 工作组: {unit: 个}}}
  重建: {measures: {项目: {unit: 个}, 已开工: {unit: 个}, 投资: {unit: 元}}}
"""
DAY = """
实事: {as_of: 2026-11-20, 区级: {项目: 94, 已完成: 57}, 乡镇级: {项目: 788, 已完成: 636}}
诉求: {as_of: 2026-11-20, 座谈会: 149, 问卷: 36120, 意见箱: 360}
防汛: {as_of: 2026-11-20, 志愿者: {人员: 11.6万余}, 青年志愿者: {人员: 7812}}
窗口: {as_of: 2026-11-20, 街道: 14, 工作组: 14}
重建: {as_of: 2026-11-20, 项目: 5, 已开工: 5, 投资: 5.86亿}
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Return the figures the sentences below speak of."""
    folder = tmp_path_factory.mktemp("site")
    return open_catalogue(book_of(folder, CAMPAIGN, {"2026-11-20": DAY}, "2026-11-21"), 2026)


def of(catalogue: Catalogue, *lines: str) -> tuple[Match, ...]:
    """Return the matches of a story."""
    return match_lines("x.md", lines, catalogue)


def shown(match: Match) -> str:
    """Return a match in short: verdict and what would be written."""
    return " ".join([match.verdict.value, *(one.source for one in match.proposals)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全区共有实事项目882件，已完成693件，完成率78.6%。", ["one 实事.项目", "one 实事.已完成", "one 实事.完成率"]),
        ("实事项目中，区级项目94件，已完成57件；乡镇级项目788件。",
         ["one 实事.区级.项目", "one 实事.区级.已完成", "one 实事.乡镇级.项目"]),
        ("实事项目已完成692件。", ["near 实事.已完成"]),
        ("实事项目已完成639件。", ["near 实事.已完成"]),
        ("实事项目区级完成率60.63%。", ["near 实事.区级.完成率"]),
        ("实事项目乡镇级已完成57件。", ["asked 实事.乡镇级.已完成 实事.区级.已完成"]),
        ("召开座谈会149场，设置意见箱三百六十个。", ["one 诉求.座谈会", "asked 诉求.意见箱"]),
        ("发放问卷3.6万份。", ["one 诉求.问卷 | 万 | 小数 1"]),
        ("发放问卷3.7万份。", ["near 诉求.问卷"]),
        ("发放问卷36,120份。", ["asked 诉求.问卷"]),
        ("安装在14个街道办事处、14个工作组。", ["one 窗口.街道", "one 窗口.工作组"]),
        ("组成14个。", ["none"]),
        ("防汛志愿者11.6万余人，其中青年志愿者7800余人。", ["one 防汛.志愿者.人员", "one 防汛.青年志愿者.人员 | 余"]),
        ("防汛志愿者近11.6万人。", ["near 防汛.志愿者.人员"]),
        ("灾后重建项目5个，投资5.86亿元。", ["one 重建.项目", "one 重建.投资"]),
        ("灾后重建已开工项目5个。", ["one 重建.已开工"]),
        ("全市实事项目882件。", ["asked 实事.项目"]),
        ("实事项目比上期增加57件。", ["none"]),
        ("召开座谈会 149 场。", ["one 诉求.座谈会 | 数"]),
        ("干部12人。", ["none"]),
        ("2025年，全区共有实事项目880件。", ["none"]),
        ("2026年，全区共有实事项目880件。", ["near 实事.项目"]),
        ("实事项目由上期的880件增加到882件。", ["none", "asked 实事.项目"]),
        ("座谈会、意见箱分别为149场、360个。", ["asked 诉求.座谈会", "asked 诉求.意见箱"]),
        ("实事项目600件，已完成693件。", ["far 实事.项目", "one 实事.已完成"]),
        ("实事项目822件，完成率88.6%。", ["near 实事.项目", "near 实事.完成率"]),
        ("召开座谈会194场。", ["near 诉求.座谈会"]),
        ("召开座谈会1490场。", ["near 诉求.座谈会"]),
        ("发放问卷3612份。", ["near 诉求.问卷"]),
        ("灾后重建投资5.86万元。", ["near 重建.投资"]),
        ("灾后重建投资58.6亿元。", ["near 重建.投资"]),
        ("实事项目已完成693户。", ["near 实事.已完成"]),
        ("实事项目已完成300件。", ["far 实事.已完成"]),
        ("实事项目882件，其中道路类项目已完成663件。", ["one 实事.项目", "asked 实事.已完成"]),
        ("实事项目中，建设路街道已完成69件。", ["asked 实事.已完成"]),
        ("实事项目本周新完成93件。", ["asked 实事.已完成"]),
        ("区级实事项目计划完成64件。", ["none"]),
        ("某村设置意见箱36个。", ["asked 诉求.意见箱"]),
        ("近八成实事项目已办结。", ["asked 实事.完成率 | 成"]),
        ("实事项目完成率近九成。", ["near 实事.完成率 | 成"]),
        ("实事项目完成率七成多。", ["asked 实事.完成率 | 成"]),
        ("九成受访者满意，三成员到场。", ["none"]),
        ("出动车辆12台次。", ["none"]),
    ],
)  # fmt: skip
def test_verdicts(catalogue: Catalogue, text: str, expected: list[str]) -> None:
    """The words decide; a value that agrees by chance is not enough."""
    assert expected == [shown(match) for match in of(catalogue, text)]


def test_bound_figures_name_what_goes_on(catalogue: Catalogue) -> None:
    """A member named in a bound figure carries on as one that was typed."""
    found = of(catalogue, "其中{{ 实事.区级.项目 }}，已完成57件。")

    assert ["one 实事.区级.已完成"] == [shown(match) for match in found]


def test_options_of_blocks_are_not_read(catalogue: Catalogue) -> None:
    """Lines that nobody reads hold no numbers; labels of a strip of figures do."""
    lines = [
        "主题：好",
        "---",
        "/// figures",
        "座谈会：149场",
        "///",
        "/// photo | 12件.jpg",
        "alt: 149场",
        "///",
    ]

    assert [(4, "149场")] == [(m.place.line, m.place.excerpt) for m in of(catalogue, *lines)]


def test_the_head_is_read(catalogue: Catalogue) -> None:
    """A number in a headline is bound like any other."""
    assert ["one 实事.已完成"] == [
        shown(match) for match in of(catalogue, "主题：实事项目已完成693件", "---", "好。")
    ]


BROKEN = (
    "截至目前，全区共有各类民生实",
    "事项目 882件，已完成 693",
    "件。防汛救灾志愿者共有11.6万",
    "余人，召开座谈会 149场，在全",
    "区设置意见箱360个，发放调查",
    "问卷3.6万份，群众都说好。",
)


def test_broken_lines_are_read_on(catalogue: Catalogue) -> None:
    """A number whose unit is on the next line is bound without it; one that is split is not."""
    found = of(catalogue, *BROKEN)
    put = {m.place.excerpt: (shown(m), m.proposals[0].end_column) for m in found if m.proposals}

    assert ("one 实事.已完成 | 数", 17) == put["693"]
    assert ("asked 防汛.志愿者.人员", 0) == put["11.6万"]
    assert ["one"] * 6 == [m.verdict.value for m in of(catalogue, *joined(BROKEN))]


def test_lines_that_are_paragraphs_are_not_joined() -> None:
    """Only text from a newspaper page is joined; crossheads keep their lines."""
    story = (
        "实事项目882件。",
        "## 高位部署",
        "已完成693件。",
        "好。",
        "很好。",
        "都好。",
        "真好。",
    )
    page = ("抓好实事", "", *BROKEN, "", "好评如潮")

    assert story == joined(story)
    assert ("抓好实事", "", "".join(BROKEN), "", "好评如潮") == joined(page)


TEMPLATES = (
    "全区共有实事项目{}，设置意见箱{}，召开座谈会{}。",
    "召开座谈会{1}，实事项目{0}；",
    "**办实事**　实事项目 {}，意见箱 {}，座谈会 {}。",
)
FILTERS = ("", " | 数", " | 万 | 小数 1", " | 余", " | 约", " | 万 | 小数 2 | 数")


@settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    values=st.tuples(*[st.integers(1, 3_000_000)] * 3),
    filters=st.tuples(*[st.sampled_from(FILTERS)] * 3),
    template=st.sampled_from(TEMPLATES),
)  # fmt: skip
def test_binding_prints_what_was_pasted(
    tmp_path: Path, values: tuple[int, ...], filters: tuple[str, ...], template: str
) -> None:
    """Whatever is bound prints the same text again, and a second time nothing is left to bind."""
    day = "实事: {{as_of: 2026-11-20, 区级: {{项目: 1}}, 乡镇级: {{项目: 2}}, all: {{项目: {}}}}}\n"
    day += "诉求: {{as_of: 2026-11-20, 意见箱: {}, 座谈会: {}}}\n"
    campaign = CAMPAIGN.replace(
        "{级别: [区级, 乡镇级]}", "{级别: [区级, 乡镇级]}\n    breakdown: partial"
    )
    book = book_of(tmp_path, campaign, {"2026-11-20": day.format(*values)}, "2026-11-21")
    paths = ("实事.项目", "诉求.意见箱", "诉求.座谈会")
    texts = [say(book, path + words) for path, words in zip(paths, filters, strict=True)]
    pasted = template.format(
        *[say(book, p) if t.startswith("!") else t for p, t in zip(paths, texts, strict=True)]
    )
    catalogue = open_catalogue(book, 2026)

    once = bind(pasted, catalogue)
    printed = re.sub(r"\{\{ (.*?) \}\}", lambda match: say(book, match[1]), once)

    assert pasted == printed
    assert once == bind(once, catalogue)


def bind(text: str, catalogue: Catalogue) -> str:
    """Return a text with everything bound that is clear."""
    whole = original(text.encode())
    assert whole
    chosen = [m.proposals[0] for m in of(catalogue, text) if m.verdict is Verdict.ONE]
    assert all(isinstance(one.figure.amount.value, Decimal) for one in chosen)
    edits = [Edit(one.line, one.column, one.end_column, one.braces) for one in chosen]
    return changed(whole, edits).decode()
