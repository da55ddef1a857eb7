"""What came when, of which days, and beside the datasets: nothing of it is lost or blamed."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from jianbao.newsroom.collecting.receiving import Hints, look_at
from jianbao.newsroom.collecting.settling import Delta, settle
from jianbao.newsroom.collecting.standing import State, standing, standing_of
from jianbao.newsroom.collecting.storing import write
from jianbao.newsroom.keeping import keep
from jianbao.reading.sites import read_reported
from tests.unit.newsroom.collecting.office import (
    GOOD,
    NOW,
    ROADS,
    Table,
    desk_of,
    kept,
    said,
    take,
)

TWO_DAYS = GOOD + "# 绿化\n截至 ｜ 2026-11-25\n面积（平方米）\n33000\n"
LAWN = "2026-11-25/区城市管理局.yaml"


def test_a_table_of_two_days_is_completed(
    site: Path, inbox: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between its two files, it is collected again, and what was written stays as it is."""
    path, corrected = inbox("路.xlsx", TWO_DAYS), inbox("改.xlsx", GOOD.replace("45", "46"))

    def killed(file: Path, data: bytes) -> Path:
        if file.parent.name == "2026-11-25":
            raise KeyboardInterrupt
        return keep(file, data)

    monkeypatch.setattr("jianbao.newsroom.collecting.storing.keep", killed)
    with pytest.raises(KeyboardInterrupt):
        take(site, [path])
    monkeypatch.undo()
    take(site, [corrected])
    before = kept(site)
    again = take(site, [path])
    third = take(site, [path])

    assert LAWN not in before
    assert [str(item.as_of.day) for item in again.files[0].look.observations] == ["2026-11-25"]
    assert "    面积: 33000  # 绿化!A3\n" in kept(site)[LAWN]
    assert kept(site) == before | {LAWN: kept(site)[LAWN]}
    assert third.files[0].look.before is not None


def test_changes_stand_in_the_file_of_their_day(site: Path, inbox: Table) -> None:
    """A figure changed twice is counted, on whichever day it is."""
    take(site, [inbox("1.xlsx", TWO_DAYS)])
    take(site, [inbox("2.xlsx", TWO_DAYS.replace("33000", "34000"))])
    third = take(site, [inbox("3.xlsx", TWO_DAYS.replace("33000", "35000"))])

    assert third.files[0].deltas == (Delta("绿化.面积", "34000平方米", "35000平方米", 2),)
    assert ("changes:" in kept(site)[ROADS], kept(site)[LAWN].count("before:")) == (False, 2)


LOOSE = """\
# 零星数
截至 ｜ 2026-11-26
组 ｜ 名 ｜ 数 ｜ 单位 ｜ 来源
会议 ｜ 调度会 ｜ 4 ｜ 次 ｜
捐助 ｜ 物资 ｜ 320.5 ｜ 万元 ｜ 区民政局
"""


def test_one_off_figures_are_collected_too(site: Path, inbox: Table) -> None:
    """They are kept with their units, and quoted; whose source is not said, the unit vouches for."""
    done = take(site, [inbox("路.xlsx", GOOD + LOOSE)])
    again = take(site, [inbox("路2.xlsx", GOOD + LOOSE.replace("｜ 4 ｜", "｜ 5 ｜"))])
    reported = read_reported(site, "yunxi")
    assert reported.value is not None
    datasets = reported.value.campaign.datasets
    found = {
        (o.dataset, o.name): o.amount.value
        for o in reported.value.observations
        if o.dataset in ("会议", "捐助")
    }

    assert said(done) == []
    assert "    会议:\n      截至: 2026-11-26\n" in kept(site)[ROADS]
    assert '      物资: {数: "320.5万", 单位: "万元", 来源: "区民政局"}' in kept(site)[ROADS]
    assert again.files[0].deltas == (Delta("会议.调度会", "4次", "5次"),)
    assert reported.findings == ()
    assert found == {("会议", "调度会"): 5, ("捐助", "物资"): Decimal("3205000.0")}
    assert datasets["会议"].measures["调度会"].source == "区城市管理局"
    assert datasets["捐助"].measures["物资"].unit == "元"


def test_two_units_add_to_one_group(site: Path, inbox: Table) -> None:
    """Other figures of the group are welcome; the same figure twice, or in another unit, is not."""
    street = "# 零星数\n填报单位 ｜ 枣林街道\n截至 ｜ 2026-11-26\n组 ｜ 名 ｜ 数 ｜ 单位\n会议 ｜ {} ｜ 9 ｜ {}\n"
    take(site, [inbox("路.xlsx", GOOD + LOOSE)])
    twice = take(site, [inbox("1.xlsx", street.format("调度会", "次"))])
    other = take(site, [inbox("2.xlsx", street.format("调度会", "场"))])
    good = take(site, [inbox("3.xlsx", street.format("协商会", "场"))])

    assert [f.rule for f in twice.files[0].findings] == ["figure-twice"]
    assert "unit-differs" in [f.rule for f in other.files[0].findings]
    assert (good.files[0].taken, "2026-11-26/枣林街道.yaml" in kept(site)) == (True, True)


def test_a_group_is_not_called_like_a_dataset(site: Path, inbox: Table) -> None:
    """What campaign.yaml declares is reported under its own name."""
    settlement = take(site, [inbox("路.xlsx", GOOD + LOOSE.replace("会议", "绿化"))])

    assert [f.rule for f in settlement.files[0].findings] == ["group-declared"]


@pytest.mark.parametrize(("said", "taken"), [
    ("截至：11月26日", True), ("截至11月26日", True), ("截至2026年11月26号", True), ("统计截止日期：11月19日", False),
    ("截至：13月2日", False),
])  # fmt: skip
def test_a_table_that_leaves_out_the_year(site: Path, inbox: Table, said: str, taken: bool) -> None:
    """A unit writes 11月26日 and means this year's; last week's is last week's all the same."""
    text = GOOD.replace("截至 ｜ 2026-11-26", said)
    settlement = take(site, [inbox("路.xlsx", text)])

    assert settlement.files[0].taken == taken
    assert (ROADS in kept(site)) == taken


def test_the_year_is_the_one_close_by(site: Path, inbox: Table) -> None:
    """In January, 12月31日 was last year."""
    desk = desk_of(site)
    january = replace(desk.period, first=date(2026, 12, 28), last=date(2027, 1, 3))
    path = inbox("路.xlsx", GOOD.replace("截至 ｜ 2026-11-26", "截至12月31日"))
    found = look_at(replace(desk, period=january), path, Path(path).read_bytes(), Hints())

    assert found.days == ("2026-12-31",)


def test_a_cover_is_no_table(site: Path, inbox: Table) -> None:
    """A sheet of words beside the table is passed over; words alone are no report."""
    cover = "# 封面\n云溪区 ｜ 各单位请于11月26日前报送\n"
    good = take(site, [inbox("路.xlsx", cover + GOOD)])
    alone = take(site, [inbox("区城市管理局.xlsx", cover)])

    assert (good.files[0].taken, said(good)) == (True, [])
    assert [f.rule for f in alone.files[0].findings] == ["table-unknown"]


def test_rates_and_sums_are_not_counted(site: Path, inbox: Table) -> None:
    """Two items of two measures are four figures, whatever follows from them."""
    text = (
        "# 实事\n填报单位 ｜ 区督查室\n截至 ｜ 2026-11-26\n级别 ｜ 项目 ｜ 已完成 ｜ 完成率（%）\n"
        "区级 ｜ 96 ｜ 70 ｜ 72.9\n"
    )
    settlement = take(site, [inbox("督.xlsx", text)])

    assert settlement.files[0].count(settlement.desk.campaign) == 2


WEDNESDAY, THURSDAY = datetime(2026, 11, 25, 16), datetime(2026, 11, 26, 9)  # noqa: DTZ001


def came(site: Path, path: str, when: datetime, now: datetime = NOW) -> State:
    """Collect a file that lay there at `when`, and return how its unit stands."""
    desk = desk_of(site)
    found = replace(look_at(desk, path, Path(path).read_bytes(), Hints()), came=when)
    settlement = settle(desk, [found])
    write(settlement, now, "王秀兰")
    assert standing(settlement, now)[2] == standing_of(desk_of(site), now)[2]
    return standing(settlement, now)[2].state


def test_late_is_when_it_came_not_when_it_was_collected(site: Path, inbox: Table) -> None:
    """Who collects on Thursday what came on Wednesday makes nobody late; a correction neither."""
    first = came(site, inbox("1.xlsx", GOOD), WEDNESDAY)
    correction = came(site, inbox("2.xlsx", GOOD.replace("45", "46")), THURSDAY)

    assert (first, correction) == (State.DONE, State.DONE)


def test_who_completes_too_late_is_late(site: Path, inbox: Table) -> None:
    """A part in time is not the whole in time; a clock that runs ahead makes nothing later."""
    part = came(site, inbox("1.xlsx", GOOD.replace(" ｜ 322.8", " ｜ ")), WEDNESDAY)
    whole = came(site, inbox("2.xlsx", GOOD), datetime(2030, 1, 1))  # noqa: DTZ001

    assert (part, whole) == (State.PARTLY, State.LATE)
    assert standing_of(desk_of(site), NOW)[2].at == "2026-11-26 10:12"
