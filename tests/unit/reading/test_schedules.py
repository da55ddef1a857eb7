"""Days of publication and cut-offs, as offices write them."""

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.diagnostics import Message
from jianbao.model import Calendar, CutOff, Every, Rhythm
from jianbao.model.rounds import cut_off_of
from jianbao.reading.calendars import read_calendar
from jianbao.reading.schedules import read_cut_off, read_rhythm

WEEK, MONTH, DAY, WORKDAY = Every.WEEK, Every.MONTH, Every.DAY, Every.WORKDAY


@pytest.mark.parametrize(
    ("typed", "rhythm"),
    [
        ("每周五", Rhythm(WEEK, (4,))),
        ("星期二、星期五", Rhythm(WEEK, (1, 4))),
        ("每周日", Rhythm(WEEK, (6,))),
        ("隔周三", Rhythm(Every.FORTNIGHT, (2,))),
        ("每月１０日，25日", Rhythm(MONTH, (10, 25))),
        ("每月末", Rhythm(MONTH, (31,))),
        ("工作日", Rhythm(WORKDAY)),
        ("每天", Rhythm(DAY)),
    ],
)
def test_a_rhythm_is_read(typed: str, rhythm: Rhythm) -> None:
    """What can mean one thing is understood."""
    assert read_rhythm(typed) == rhythm


@pytest.mark.parametrize("typed", ["", "看情况", "每月32日", "每周八", "每月0日", "周五下午"])
def test_a_rhythm_is_refused(typed: str) -> None:
    """What means nothing certain is not guessed."""
    assert isinstance(read_rhythm(typed), Message)


@pytest.mark.parametrize(
    ("typed", "cut_off"),
    [
        ("星期四 12:00", CutOff(WEEK, 3, 12)),
        ("周四12时", CutOff(WEEK, 3, 12)),
        ("每周四下午5点半", CutOff(WEEK, 3, 17, 30)),
        ("星期四中午12点前", CutOff(WEEK, 3, 12)),
        ("前一天 17:00", CutOff(DAY, 1, 17)),
        ("提前2个工作日", CutOff(WORKDAY, 2, 24)),
        ("当天 9：00", CutOff(DAY, 0, 9)),
    ],
)
def test_a_cut_off_is_read(typed: str, cut_off: CutOff) -> None:
    """A weekday or so many days before, with an hour or to the day's end."""
    assert read_cut_off(typed) == cut_off


@pytest.mark.parametrize("typed", ["", "尽快", "星期四 25:00", "12:00", "24:30 星期四"])
def test_a_cut_off_is_refused(typed: str) -> None:
    """A cut-off that nobody could keep is told."""
    assert isinstance(read_cut_off(typed), Message)


@given(typed=st.text(max_size=12))
def test_nothing_typed_is_too_odd(typed: str) -> None:
    """Whatever is typed, it is read or refused in words."""
    assert isinstance(read_rhythm(typed), Rhythm | Message)
    assert isinstance(read_cut_off(typed), CutOff | Message)


@given(day=st.dates(date(2026, 1, 1), date(2027, 12, 31)), rule=st.sampled_from(
    [CutOff(WEEK, 3, 12), CutOff(DAY, 2, 24), CutOff(WORKDAY, 3, 17), CutOff(DAY, 0, 9)]))  # fmt: skip
def test_a_cut_off_is_on_a_day_worked_and_not_after_the_bulletin(day: date, rule: CutOff) -> None:
    """Nobody has to report on a day off, and nobody after the bulletin is out."""
    calendar = read_calendar(Path("/nowhere"), (2025, 2026, 2027, 2028)).value
    moment = cut_off_of(rule, day, calendar)
    there = moment.date() if rule.hour < 24 else date.fromordinal(moment.toordinal() - 1)

    assert calendar.is_worked(there)
    assert there <= day


def test_a_cut_off_in_a_holiday_comes_earlier() -> None:
    """The Thursday before 10月2日 2026 is 国庆节: the figures are wanted on the day before it."""
    calendar = read_calendar(Path("/nowhere"), (2026,)).value

    assert cut_off_of(CutOff(WEEK, 3, 12), date(2026, 10, 2), calendar) == datetime(2026, 9, 30, 12)  # noqa: DTZ001
    assert calendar.off[date(2026, 10, 6)] == "调休"
    assert calendar.is_worked(date(2026, 10, 10))  # a Saturday that is worked
    assert not calendar.is_worked(date(2026, 10, 11))


def test_the_offices_own_days_have_the_last_word(tmp_path: Path) -> None:
    """data/calendar.yaml adds days off, days worked, 停刊 and 合刊."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/calendar.yaml").write_text(
        "holidays: {2026-11-27: 区庆}\nworkdays: [2026-11-28, 2026-10-01]\n"
        "skipped: {yunxi: [2027-02-05]}\nmerged: {yunxi: [2027-02-12]}\n",
        encoding="utf-8",
    )
    calendar = read_calendar(tmp_path, (2026, 2027))

    assert calendar.findings == ()
    assert calendar.value.off[date(2026, 11, 27)] == "区庆"
    assert calendar.value.is_worked(date(2026, 10, 1))
    assert calendar.value.skipped == {"yunxi": frozenset([date(2027, 2, 5)])}
    assert calendar.value.merged == {"yunxi": frozenset([date(2027, 2, 12)])}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("holidays: {2026-13-01: 区庆}", "day-refused"),
        ("workdays: 2026-11-28", "value-refused"),
        ("holiday: {2026-11-27: 区庆}", "key-unknown"),
    ],
)
def test_a_wrong_calendar_is_told(tmp_path: Path, text: str, rule: str) -> None:
    """A slip in calendar.yaml is a finding, and the official days hold."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/calendar.yaml").write_text(text, encoding="utf-8")
    calendar = read_calendar(tmp_path, (2026,))

    assert [finding.rule for finding in calendar.findings] == [rule]
    assert not calendar.value.is_worked(date(2026, 10, 1))
    assert isinstance(calendar.value, Calendar)
