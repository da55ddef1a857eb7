"""Which days the office works: China's days off and make-up days, and the office's own.

    holidays, data/calendar.yaml ──read_calendar──▶ Checked[Calendar]

What the State Council has not announced yet the library computes from the law;
data/calendar.yaml has the last word.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from holidays.countries.china import China

from jianbao.diagnostics import Checked, Finding, Message, error, msg
from jianbao.model.rounds import Calendar
from jianbao.reading.files import is_file, read_text
from jianbao.reading.scalars import read_day
from jianbao.reading.shapes import CalendarShape
from jianbao.reading.shaping import checked_shape, value_place
from jianbao.reading.tree import Table, read_tree

PATH = "data/calendar.yaml"
_KEYS = frozenset("holidays workdays skipped merged".split())


def read_calendar(root: Path, years: Iterable[int]) -> Checked[Calendar]:
    """Return the calendar of `years`; without the office's own days where its file is wrong."""
    china = China(years=set(years), language="zh_CN")  # type: ignore[no-untyped-call]
    official = Calendar(
        {day: _plain(name) for day, name in china.items()}, frozenset(china.weekend_workdays)
    )
    if not is_file(root, PATH):
        return Checked(official)
    text = read_text(root, PATH)
    tree = read_tree(PATH, text.value or "", _KEYS)
    findings = [*text.findings, *tree.findings]
    shape = checked_shape(CalendarShape, tree.value)
    findings += shape.findings
    if findings or shape.value is None:
        return Checked(official, tuple(findings))
    off = {_day(tree.value, ("holidays", day), day, findings): name or "放假"
           for day, name in shape.value.holidays.items()}  # fmt: skip
    worked = frozenset(
        _day(tree.value, ("workdays", index), day, findings)
        for index, day in enumerate(shape.value.workdays)
    )
    calendar = Calendar(
        {**{d: name for d, name in official.off.items() if d not in worked}, **off},
        (official.worked | worked) - set(off),
        _by_campaign(tree.value, "skipped", shape.value.skipped, findings),
        _by_campaign(tree.value, "merged", shape.value.merged, findings),
    )
    return Checked(official if findings else calendar, tuple(findings))


def _plain(name: str) -> str:
    """Return a day off's name in short: 国庆节, or 调休 for one that is worked off later."""
    if "休息日" in name or "Day off" in name:
        return "调休"
    return re.split("[（;]", name, maxsplit=1)[0]


def _by_campaign(
    tree: Table, key: str, listed: Mapping[str, list[str]], findings: list[Finding]
) -> Mapping[str, frozenset[date]]:
    return {
        campaign: frozenset(
            _day(tree, (key, campaign, index), day, findings) for index, day in enumerate(days)
        )
        for campaign, days in listed.items()
    }


def _day(tree: Table, path: tuple[str | int, ...], typed: str, findings: list[Finding]) -> date:
    """Return a typed day; the first of all days where it is none, which is then a finding."""
    found = read_day(typed)
    if isinstance(found, Message):
        findings.append(
            error("day-refused", value_place(tree, *path), found, msg("Write it like 2021-12-21."))
        )
        return date.min
    return found
