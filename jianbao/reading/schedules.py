"""When bulletins come out and until when units report, as an office says it.

每周五、每月10日、隔周二 ──read_rhythm──▶ Rhythm     星期四 12:00 ──read_cut_off──▶ CutOff
"""

import re

from jianbao.diagnostics import Message, msg
from jianbao.model.rounds import CutOff, Every, Rhythm
from jianbao.reading.scalars import half_width

_WEEKDAYS = {name: day for day, name in enumerate("一二三四五六日")} | {"天": 6}
_DIGITS = {name: number for number, name in enumerate("零一二三四五六七八九十")} | {"两": 2}
_WEEK = re.compile(r"(?P<every>每|隔|每两|每隔一)?(?:星期|周|礼拜)(?P<day>[一二三四五六日天])")
_MONTH = re.compile(r"(?:每月|每个月)?(?:(?P<day>\d{1,2})[日号]|(?P<last>月?末|月?底|最后一天))")
_TIME = re.compile(
    r"(?P<rest>.*?)\s*(?:(?P<hour>\d{1,2})(?::(?P<minute>\d{2})|[点时](?P<half>半)?))?"
)
_BEFORE = re.compile(
    r"(?:提?前|出刊前|出版前)(?P<days>\d{1,2}|[一两二三四五六七八九十])(?P<work>个?工作日|天|日)"
)


def read_rhythm(typed: str) -> Rhythm | Message:
    """Return when bulletins come out, or why that cannot be understood.

    >>> read_rhythm("每周二、周五").days
    (1, 4)
    >>> read_rhythm("每月10日、月末").days
    (10, 31)
    """
    text = re.sub(r"\s", "", half_width(typed))
    if text in ("每天", "每日", "天天"):
        return Rhythm(Every.DAY)
    if text in ("工作日", "每个工作日", "每工作日"):
        return Rhythm(Every.WORKDAY)
    words = [word for word in re.split("[、,;和]", text) if word]
    weeks = [_WEEK.fullmatch(word) for word in words]
    if words and all(weeks):
        days = tuple(sorted({_WEEKDAYS[match["day"]] for match in weeks if match}))
        apart = bool(weeks[0] and weeks[0]["every"] in ("隔", "每两", "每隔一"))
        return Rhythm(Every.FORTNIGHT if apart else Every.WEEK, days)
    months = [_MONTH.fullmatch(word) for word in words]
    if words and all(months):
        found = {31 if match["last"] else int(match["day"]) for match in months if match}
        if all(1 <= day <= 31 for day in found):
            return Rhythm(Every.MONTH, tuple(sorted(found)))
    return msg("It cannot be understood on which days bulletins come out.")


def read_cut_off(typed: str) -> CutOff | Message:
    """Return until when a unit reports, or why that cannot be understood.

    Without an hour it is the end of the day.

    >>> read_cut_off("星期四 12:00")
    CutOff(every=<Every.WEEK: 'week'>, days=3, hour=12, minute=0)
    >>> read_cut_off("前两个工作日下午5点").hour
    17
    """
    match = _TIME.fullmatch(re.sub(r"以?前$", "", half_width(typed).strip()))
    rest = re.sub(r"\s", "", match["rest"]) if match else ""
    late = bool(re.search("下午|晚上?", rest))
    rest = re.sub("上午|中午|下午|晚上?", "", rest)
    hour, minute = 24, 0
    if match and match["hour"]:
        hour = int(match["hour"]) + (12 if late and int(match["hour"]) < 12 else 0)
        minute = 30 if match["half"] else int(match["minute"] or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return msg("There is no such hour.")
    if week := _WEEK.fullmatch(rest):
        return CutOff(Every.WEEK, _WEEKDAYS[week["day"]], hour, minute)
    if rest in ("当天", "当日", "出刊当天", "出刊日"):
        return CutOff(Every.DAY, 0, hour, minute)
    if before := _BEFORE.fullmatch(rest):
        days = int(before["days"]) if before["days"].isdigit() else _DIGITS[before["days"]]
        every = Every.WORKDAY if "工作日" in before["work"] else Every.DAY
        return CutOff(every, days, hour, minute)
    return msg("It cannot be understood until when the figures are to be there.")
