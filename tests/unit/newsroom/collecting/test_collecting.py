"""Units' tables into the data: taken whole or not at all, once, with who and when."""

import hashlib
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from jianbao.model import Amount, AsOf
from jianbao.newsroom.collecting.desk import open_desk
from jianbao.newsroom.collecting.keeping import typed
from jianbao.newsroom.collecting.receiving import Hints, look_at
from jianbao.newsroom.collecting.settling import Delta
from jianbao.newsroom.collecting.standing import State, standing
from jianbao.reading.campaigns import split_unit
from jianbao.reading.scalars import read_amount, read_as_of
from jianbao.reading.sites import read_reported
from tests.unit.newsroom.collecting.office import (
    GOOD,
    NOW,
    ROADS,
    Table,
    desk_of,
    kept,
    look,
    said,
    take,
)


def test_a_table_is_taken_with_its_original(site: Path, inbox: Table) -> None:
    """The figures, who brought them when, the cells they stood in, and the file itself."""
    path = inbox("路.xlsx", GOOD)
    data = Path(path).read_bytes()
    settlement = take(site, [path])
    files = kept(site)

    assert said(settlement) == []
    head, _, body = files[ROADS].partition("unit:")
    assert f"# 校验码 {hashlib.sha256(('unit:' + body).encode()).hexdigest()}\n" in head
    assert body == (
        ' "区城市管理局"\n'
        "received:\n"
        '  - {at: "2026-11-26 10:12", by: "王秀兰", came: "2026-11-26 10:12", new: 3, '
        'file: "路.xlsx", '
        f"sha256: {hashlib.sha256(data).hexdigest()}}}\n"
        "figures:\n"
        "  道路:\n"
        "    截至: 2026-11-26\n"
        "    计划: 52  # 道路!A4\n"
        "    已完工: 45  # 道路!B4\n"
        "    投资: 322.8万  # 道路!C4\n"
    )
    original = site / f"data/yunxi/collected/originals/{hashlib.sha256(data).hexdigest()}.xlsx"
    assert original.read_bytes() == data


def test_what_was_taken_is_read_like_a_day_file(site: Path, inbox: Table) -> None:
    """The next bulletin's book has the collected figures beside those typed by hand."""
    take(site, [inbox("路.xlsx", GOOD)])
    reported = read_reported(site, "yunxi")
    assert reported.value is not None
    found = {
        item.name: item.amount.value
        for item in reported.value.observations
        if item.dataset == "道路" and str(item.as_of.day) == "2026-11-26"
    }

    assert reported.findings == ()
    assert found == {"计划": 52, "已完工": 45, "投资": Decimal("3228000.0")}


def test_the_same_file_again_changes_nothing(site: Path, inbox: Table) -> None:
    """A second collect says who took it when, and no byte is another."""
    path = inbox("路.xlsx", GOOD)
    take(site, [path])
    before = kept(site)
    again = take(site, [path], now=datetime(2026, 11, 27))  # noqa: DTZ001

    first = again.files[0].look.before
    assert first is not None
    assert (first[0], first[1].at, first[1].by) == ("区城市管理局", "2026-11-26 10:12", "王秀兰")
    assert kept(site) == before


def test_the_same_figures_in_another_file_are_received_and_no_change(
    site: Path, inbox: Table
) -> None:
    """A unit that sends its table once more has reported, and changed nothing."""
    take(site, [inbox("路.xlsx", GOOD)])
    again = take(site, [inbox("又.xlsx", GOOD.replace("# 道路\n", "# 道路\n道路整治进展\n"))])

    assert (again.files[0].taken, again.files[0].deltas) == (True, ())
    assert kept(site)[ROADS].count("sha256") == 2
    assert "changes:" not in kept(site)[ROADS]


def test_changes_are_shown_side_by_side(site: Path, inbox: Table) -> None:
    """Old → new for each figure that differs; one that changes again is counted."""
    take(site, [inbox("1.xlsx", GOOD)])
    second = take(site, [inbox("2.xlsx", GOOD.replace("45", "46").replace(" ｜ 322.8", " ｜ "))])
    third = take(site, [inbox("3.xlsx", GOOD.replace("45", "47"))])

    assert second.files[0].deltas == (
        Delta("道路.已完工", "45条", "46条"),
        Delta("道路.投资", "322.8万元", ""),
    )
    assert third.files[0].deltas == (
        Delta("道路.已完工", "46条", "47条", 2),
        Delta("道路.投资", "", "322.8万元", 2),
    )
    assert (
        '{at: "2026-11-26 10:12", name: "道路.已完工", before: "45条", after: "46条"}'
        in (kept(site)[ROADS])
    )


def test_nothing_of_a_faulty_file_is_half_taken(site: Path, inbox: Table) -> None:
    """One number above its limit, and the other sheet's good numbers are not taken either."""
    bad = GOOD.replace("45", "54") + "# 绿化\n截至 ｜ 2026-11-26\n面积（平方米）\n33000\n"
    settlement = take(site, [inbox("路.xlsx", bad)])

    assert said(settlement) == [
        "差错　路.xlsx 工作表“道路”B4格：“54”“已完工”54条，超过了“计划”52条。请核实哪个对。"
    ]
    assert kept(site) == {}


def test_one_bad_file_does_not_keep_the_others(site: Path, inbox: Table) -> None:
    """Each file stands for itself."""
    bad = inbox("坏.xlsx", "# 道路\n填报单位 ｜ 枣林街道\n截至 ｜ 2026-11-26\n计划\n5")
    settlement = take(site, [bad, inbox("路.xlsx", GOOD)])

    assert [settled.taken for settled in settlement.files] == [False, True]
    assert next(iter(kept(site))) == ROADS


def test_two_files_that_disagree_are_both_left(site: Path, inbox: Table) -> None:
    """Which is right only the unit knows: the two values stand side by side."""
    settlement = take(
        site, [inbox("路.xlsx", GOOD), inbox("路（新）.xlsx", GOOD.replace("45", "46"))]
    )

    assert [line.partition("：")[2] for line in said(settlement)] == [
        "“45”道路.已完工在这里是45，在同一个单位的路（新）.xlsx里是46。请问单位哪个对，只收对的那个。",
        "“46”道路.已完工在这里是46，在同一个单位的路.xlsx里是45。请问单位哪个对，只收对的那个。",
    ]
    assert kept(site) == {}


def test_a_figure_typed_by_hand_is_not_given_twice(site: Path, inbox: Table) -> None:
    """One observation in two files is an error: the day file has it already."""
    day = site / "data/yunxi/2026-11-26.yaml"
    day.write_text("道路: {截至: 2026-11-26, 计划: 52}\n", encoding="utf-8")
    settlement = take(site, [inbox("路.xlsx", GOOD)])

    assert [line.partition("：")[2] for line in said(settlement)] == [
        "“52”同一截至时间的“计划”，data/yunxi/2026-11-26.yaml 第1行已经报过。两处只留一处。"
    ]


def test_a_collected_file_changed_by_hand_is_told(site: Path, inbox: Table) -> None:
    """A number that is in no unit's spreadsheet does not get into print."""
    take(site, [inbox("路.xlsx", GOOD)])
    file = site / "data/yunxi/collected" / ROADS
    file.write_text(file.read_text(encoding="utf-8").replace("45", "54"), encoding="utf-8")
    reported = read_reported(site, "yunxi")

    assert [finding.rule for finding in reported.findings] == ["collected-edited"]


def test_who_is_missing_late_and_in_part(site: Path, inbox: Table) -> None:
    """After each collect it is said how every unit stands."""
    part = (
        "# 实事\n填报单位 ｜ 区督查室\n截至 ｜ 2026-11-26\n级别 ｜ 项目 ｜ 已完成\n区级 ｜ 96 ｜ 70"
    )
    before = standing(take(site, []), NOW)
    after = standing(take(site, [inbox("路.xlsx", GOOD), inbox("督.xlsx", part)]), NOW)
    friday = standing(take(site, []), datetime(2026, 11, 27, 9))  # noqa: DTZ001

    missing, late, partly = State.MISSING, State.LATE, State.PARTLY
    assert [one.state for one in before] == [missing, missing, State.OVERDUE]
    assert [one.state for one in after] == [partly, missing, late]
    assert [one.state for one in friday] == [partly, State.OVERDUE, late]
    assert after[0].duty.missing == (("回访", (), "户数"), ("回访", (), "满意率"))
    assert str(after[2].duty.cut_off) == "2026-11-25 17:00:00"


def test_a_units_own_table_is_explained_once(site: Path, inbox: Table) -> None:
    """Strange headings are asked; what was said is remembered and read the next time."""
    own = "# Sheet1\n区城市管理局 ｜ 道路进展\n路数 ｜ 完工条数 ｜ 花费（万元） ｜ 电话\n52 ｜ 45 ｜ 322.8 ｜ 6301"
    path = inbox("区城市管理局1126.xlsx", own)
    asked = look(site, path)
    words = {"路数": "道路.计划", "完工条数": "道路.已完工", "花费": "道路.投资", "电话": ""}
    day = read_as_of("2026-11-26")
    assert isinstance(day, AsOf)
    take(site, [path], Hints(as_of=day, words=words))
    next_time = look(site, inbox("区城市管理局二.xlsx", own.replace("45", "46")), Hints(as_of=day))

    assert [one.word for one in asked.unknown] == ["路数", "完工条数", "花费（万元）", "电话"]
    assert "    已完工: 45  # Sheet1!B3\n" in kept(site)[ROADS]
    assert 'columns:\n  "完工条数": "道路.已完工"\n' in kept(site)["columns/区城市管理局.yaml"]
    assert next_time.is_good
    assert [str(item.amount.value) for item in next_time.observations] == ["52", "46", "3228000.0"]


def test_one_table_may_hold_two_datasets(site: Path, inbox: Table) -> None:
    """A measure a row, two datasets below each other; a .csv from an older program."""
    text = "指标,数,单位\n计划,52,条\n已完工,45,条\n面积,3.3万,平方米\n"
    path = inbox("区城市管理局.csv", text)
    Path(path).write_bytes(text.encode("gb18030"))
    day = read_as_of("2026-11-26")
    assert isinstance(day, AsOf)
    found = look(site, path, Hints(as_of=day))

    assert found.findings == ()
    assert [(item.dataset, item.name) for item in found.observations] == [
        ("道路", "计划"), ("道路", "已完工"), ("绿化", "面积"),
    ]  # fmt: skip


def test_an_earlier_figure_is_corrected_when_its_day_is_named(site: Path, inbox: Table) -> None:
    """Last week's table is refused as such, and taken where somebody says that it is meant."""
    old = GOOD.replace("2026-11-26", "2026-11-18")
    day = read_as_of("2026-11-18")
    assert isinstance(day, AsOf)
    refused = take(site, [inbox("路.xlsx", old)])
    meant = take(site, [inbox("路.xlsx", old.replace("45", "41"))], Hints(as_of=day))

    assert [f.rule for f in refused.files[0].findings] == ["form-old"]
    assert meant.files[0].taken
    assert "2026-11-18/区城市管理局.yaml" in kept(site)


def test_figures_of_a_shared_dataset_are_of_one_day(site: Path, inbox: Table) -> None:
    """Two units report 实事: figures of two days would not add up."""
    text = "# 实事\n填报单位 ｜ 枣林街道\n截至 ｜ 2026-11-25\n级别 ｜ 项目 ｜ 已完成\n乡镇级 ｜ 640 ｜ 530"
    settlement = take(site, [inbox("街.xlsx", text)])

    assert [f.rule for f in settlement.files[0].findings] == ["as-of-apart"]


def test_figures_of_a_day_to_come_are_taken_and_told(site: Path, inbox: Table) -> None:
    """On Tuesday nobody knows Thursday's figures."""
    desk = replace(desk_of(site), today=date(2026, 11, 24))
    path = inbox("路.xlsx", GOOD)
    found = look_at(desk, path, Path(path).read_bytes(), Hints())

    assert [(f.rule, f.severity) for f in found.findings] == [("as-of-early", "warning")]
    assert found.is_good


UNITS = st.sampled_from(["件", "元", "万元", "%", "人次"])


@given(
    value=st.decimals(0, 10**9, places=2, allow_nan=False),
    places=st.integers(0, 2),
    approx=st.sampled_from(["", "余", "近", "约", "多"]),
    scale=st.sampled_from([1, 10_000, 100_000_000]),
    declared=UNITS,
)
def test_an_amount_is_read_back_as_it_was(
    value: Decimal, places: int, approx: str, scale: int, declared: str
) -> None:
    """Whatever a unit reports, what is kept is read as the same amount."""
    own, unit = split_unit(declared)
    scale = own if scale == 1 else scale
    amount = Amount(round(value, places) * scale, scale, places, approx)

    assert read_amount(typed(amount, unit), unit, 1 if scale == 1 else own) == amount


def test_a_unit_that_reports_nothing_is_told_before_anything_is_collected(site: Path) -> None:
    """A unit's name that is no dataset's reporter is a slip of campaign.yaml."""
    file = site / "data/yunxi/campaign.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("units:\n", "units:\n  区信访局: {contact: 柴国庆}\n"), encoding="utf-8"
    )
    desk = open_desk(site, "yunxi", date(2026, 11, 26))

    assert [f.rule for f in desk.findings] == ["unit-empty"]


def test_the_desk_turns_to_the_next_bulletin(site: Path) -> None:
    """With 47 out, figures are collected for 48: from the day after its as-of on."""
    period = desk_of(site).period

    assert (period.key, str(period.first), str(period.last)) == (
        "2026-48", "2026-11-20", "2026-11-26",
    )  # fmt: skip
