"""Ledgers: any spreadsheet's text, counted as of any day, and the rows behind each number."""

import zipfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao import pipeline
from jianbao.diagnostics import Checked
from jianbao.figures.counting import counted, rows_behind
from jianbao.model import AsOf, Dataset, Observation
from jianbao.reading.campaigns import read_campaign
from jianbao.reading.ledgers import LedgerTable, read_ledger
from jianbao.settings import Settings
from tests.sheets import write_workbook

DECLARED = """
title: 台账
organisation: 云溪区
datasets:
  督办:
    dimensions: {级别: [国家级, 省级], 类别: [道路, 住宅]}
    breakdown: {类别: overlapping}
    ledger: {file: FILE, date: 登记日期, key: 编号, show: [登记日期, 事项]}
    measures:
      件数: {unit: 件}
      金额: {unit: 万元, sum: 金额}
      逾期: {unit: 件, where: {期限: 早于截至, 办结日期: [空, 晚于截至]}}
      在办: {unit: 件, where: {状态: 不是已办结}}
      有期限: {unit: 件, where: {期限: 非空}}
"""
CSV = """登记日期,级别,类别,编号,事项,金额,期限,办结日期,状态
2026-11-01,国家级,道路,1,甲,1.5,2026-11-10,2026-11-12,已办结
2026/11/2,省级,道路、住宅,2,乙,２,2026.11.15,,办理中
46330,省级,住宅,3,丙,0.5,,,待办
20261120,国家级,住宅,4,丁,-,2026年11月30日,2026-11-25,已办结
合计,,,4,,4,,,
"""


def table_of(root: Path, file: str, data: bytes) -> tuple[Checked[LedgerTable | None], Dataset]:
    """Return a ledger that was written into a folder."""
    home = root / "data/yunxi"
    (home / "ledgers").mkdir(parents=True, exist_ok=True)
    (home / "campaign.yaml").write_text(DECLARED.replace("FILE", file), encoding="utf-8")
    (home / "ledgers" / file).write_bytes(data)
    campaign = read_campaign(root, "yunxi")
    assert campaign.value, campaign.findings
    dataset = campaign.value.datasets["督办"]
    return read_ledger(root, dataset), dataset


def value(observations: Sequence[Observation], name: str, *members: str | None) -> int:
    """Return one observed value."""
    return int(next(o.amount.value for o in observations if (o.name, o.members) == (name, members)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_any_csv_counts_the_same(encoding: str, mark: str, tmp_path: Path) -> None:
    """Whatever Excel or WPS made of it: the encoding and the delimiter do not matter."""
    found, dataset = table_of(tmp_path, "台账.csv", CSV.replace(",", mark).encode(encoding))
    assert found.value
    assert () == found.findings
    seen = counted(found.value, dataset, [AsOf(date(2026, 11, 20))])

    assert [4, 2, 2, 2, 3] == [
        value(seen, "件数", None, None), value(seen, "件数", "国家级", None),
        value(seen, "件数", "省级", None), value(seen, "件数", None, "道路"),
        value(seen, "件数", None, "住宅"),
    ]  # fmt: skip
    assert 40000 == value(seen, "金额", None, None)
    assert [2, 3] == [value(seen, "在办", None, None), value(seen, "有期限", None, None)]


def test_what_is_overdue_depends_on_the_day(tmp_path: Path) -> None:
    """Overdue from the day after the deadline until the day it is done, and only then."""
    found, dataset = table_of(tmp_path, "台账.csv", CSV.encode())
    assert found.value
    days = [date(2026, 11, day) for day in (9, 10, 11, 12, 15, 16, 30)]
    seen = [counted(found.value, dataset, [AsOf(day)]) for day in days]

    assert [0, 0, 1, 0, 0, 1, 1] == [value(one, "逾期", None, None) for one in seen]
    assert [3, 3, 3, 3, 3, 3, 4] == [value(one, "件数", None, None) for one in seen]


def test_a_workbook_with_merged_cells_headings_and_totals(tmp_path: Path) -> None:
    """Headings of two rows, members merged downwards, a total row: as in the .csv."""
    write_workbook("""# 台账
督办台账
填报单位：督查室 ｜ ｜ 截至 ｜ @2026-11-30
登记日期 ｜ 级别 ｜ 基本情况 ｜ ｜ ｜ 金额（万元） ｜ 期限 ｜ 办结日期 ｜ 状态
 ｜ ｜ 类别 ｜ 编号 ｜ 事项 ｜ ｜ ｜ ｜
@2026-11-01 ｜ 国家级 ｜ 道路 ｜ 1 ｜ 甲 ｜ 1.5 ｜ ｜ ｜ 待办
46328 ｜  ｜ 住宅 ｜ 2 ｜ 乙 ｜ 2 ｜ ｜ ｜ 待办
小计 ｜ 2 ｜ ｜ ｜ ｜ 3.5
@2026-11-03 ｜ 省级 ｜ 道路 ｜ 3 ｜ 丙 ｜ 0.1 ｜ ｜ ｜ 待办
总计 ｜ 3件 ｜ ｜ ｜ ｜ 3.6
审核人：张三
! merge A1:I1
! merge A3:A4
! merge B5:B6
! merge C3:E3
""", tmp_path / "a.xlsx")  # fmt: skip
    found, dataset = table_of(tmp_path, "台账.xlsx", (tmp_path / "a.xlsx").read_bytes())
    assert found.value
    assert () == found.findings
    seen = counted(found.value, dataset, [AsOf(date(2026, 12, 31))])

    assert [3, 2, 1] == [value(seen, "件数", m, None) for m in (None, "国家级", "省级")]
    assert {AsOf(date(2026, 11, 30))} == {o.as_of for o in seen}
    assert [2, 3] == [int(t.value) for t in found.value.totals if not t.column]


@pytest.mark.parametrize(
    ("cut", "words"), [("<row", "not one row"), ('<row r="502"', "Below row {row} ")]
)
def test_a_workbook_that_breaks_off(cut: str, words: str, tmp_path: Path) -> None:
    """It is told how far it could be read, without advice that is for a .csv."""
    heads = " ｜ ".join(CSV.split("\n", maxsplit=1)[0].split(","))
    rows = "".join(f"2026-11-01 ｜ 国家级 ｜ 道路 ｜ {n}\n" for n in range(600))
    write_workbook(f"# 台账\n{heads}\n{rows}", tmp_path / "a.xlsx")
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(tmp_path / "a.xlsx") as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts[part] = parts[part].replace(cut.encode(), b"<" + cut.encode(), 1)
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    found, _ = table_of(tmp_path, "台账.xlsx", (tmp_path / "b.xlsx").read_bytes())

    assert ["ledger-broken"] == [finding.rule for finding in found.findings]
    assert words in found.findings[0].message.text
    assert "quotation mark" not in found.findings[0].hint.text


dates = st.dates(date(2026, 1, 1), date(2026, 2, 1))
items = st.lists(
    st.tuples(dates, st.sampled_from(["国家级", "省级", "县级"]), st.sampled_from(["道路", "住宅", "道路、住宅"]),
              st.integers(0, 99), st.none() | dates, st.none() | dates, st.sampled_from(["已办结", "待办"])),
    max_size=12,
)  # fmt: skip


@given(rows=items, day=dates)
def test_each_number_is_its_rows(
    rows: list[tuple[object, ...]], day: date, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever the list, a printed number is how many rows stand behind it, on any day."""
    text = CSV.split("\n", maxsplit=1)[0] + "\n"
    for number, (entered, level, kind, money, due, done, state) in enumerate(rows):
        text += f"{entered},{level},{kind},n{number},事,{money},{due or ''},{done or ''},{state}\n"
    found, dataset = table_of(tmp_path_factory.mktemp("a"), "台账.csv", text.encode())
    assert found.value
    as_of = AsOf(day)

    for item in counted(found.value, dataset, [as_of]):
        behind = rows_behind(found.value, dataset, item.members, item.name, as_of)
        amounts = [found.value.sums["金额"][index] or 0 for index in behind]
        assert item.amount.value == (sum(amounts) if item.name == "金额" else len(behind))


def test_a_story_prints_what_the_ledger_counts(small: Settings) -> None:
    """From the file to the page: 2篇 of the three rows, since the third is of a later day."""
    home = small.root / "data/yunxi"
    (home / "ledgers").mkdir()
    with (home / "campaign.yaml").open("a", encoding="utf-8") as file:
        file.write("  报道:\n    dimensions: {级别: [国家级, 省级]}\n"
                   "    ledger: {file: 报道.csv, date: 日期}\n    measures: {篇数: {unit: 篇}}\n")  # fmt: skip
    later = date(2026, 11, 21) + timedelta(days=1)
    (home / "ledgers/报道.csv").write_text(
        f"日期,级别\n2026-11-01,国家级\n2026-11-21,国家级\n{later},国家级\n", encoding="gb18030"
    )
    story = small.root / "content/yunxi/2026-47/lead.md"
    with story.open("a", encoding="utf-8") as file:
        file.write("国家级媒体刊发{{ 报道.国家级.篇数 }}，省级{{ 报道.省级.篇数 }}。\n")
    outcome = pipeline.build(small)
    html = (small.output / "yunxi/2026-47/index.html").read_text(encoding="utf-8")

    assert [] == [f for f in outcome.findings if f.severity == "error"]
    assert ">2篇<" in html
    assert ">0篇<" in html
