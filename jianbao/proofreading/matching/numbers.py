"""What is a number in a text.

    text, units ──numbers──▶ (Number, …)

Every function keeps the text's length, so that a place in the result is a place
in what was typed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from jianbao.model import Amount
from jianbao.proofreading.matching.spelling import BEFORE, LONGEST, Spelt, spelt
from jianbao.proofreading.matching.stretches import Sort, no_figures, plain
from jianbao.reading.scalars import SCALES

COMMON_UNITS = frozenset(
    "个 件 人 名 位 户 家 项 条 次 场 份 篇 所 处 座 台 辆 套 吨 亩 类 公里 米 平方米 元 "
    "人次 户次 剂次 剂 批 期 起 间 张 本 册 枚 宗 支 车次 例 % ‰ 个百分点 倍 "
    "台次 架次 班次 场次 件次 家次 批次 条次 套次 辆次 册次 盏 株 棵 头 只 艘 架 桶 袋 瓶 箱 "
    "公顷 平方公里 立方米 千米 公斤 千瓦 千瓦时 课时".split()
)
_GAP = r"[ \u3000\u2009\u202f]?"


@dataclass(frozen=True, slots=True)
class Number:
    """A number typed by hand.

    Attributes:
        start: First character: 近 or 约, else the first digit.
        end: One past the numeral with its 万, 亿 and 余.
        unit_start: First character of the unit; `end` where no unit follows.
        unit_end: One past the unit.
        value: In the unit's base: 5.86亿元 is 586000000.
        scale: What was counted: 1, 10000 (万) or 100000000 (亿).
        places: Decimal places as typed, in `scale`.
        approx: 余, 多, 近 or 约 where it was typed, else "".
        unit: 件, 元, %; "" where none is known.
        han: Whether it is typed in Han numerals; 近九成 is a 90 of the unit 成.
    """

    start: int
    end: int
    unit_start: int
    unit_end: int
    value: Decimal
    scale: int
    places: int
    approx: str
    unit: str
    han: bool = False

    @property
    def amount(self) -> Amount:
        """What was typed, as an amount like those that were reported."""
        return Amount(self.value, self.scale, self.places, self.approx)


_DIGITS = rf"(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?P<places>\.\d+)?{_GAP}"
_NUMERAL = re.compile(
    rf"(?=[近约\d \u3000\u2009\u202f]){BEFORE}{_GAP}(?<![\d.+]){_DIGITS}"
    rf"(?P<inner>余|多(?=[万亿]))?(?P<scale>万亿|亿|万)?(?P<after>余|多)?"
)


def numbers(text: str, units: Iterable[str] = ()) -> tuple[Number, ...]:
    """Return the numbers of a text; the longest of `units` that follows a number is its unit.

    >>> [(n.value, n.approx, n.unit) for n in numbers("访问12000余户、召开 4次", ["户"])]
    [(Decimal('12000'), '余', '户'), (Decimal('4'), '', '次')]
    """
    known, units = plain(text), frozenset(units)
    for stretch in no_figures(text):
        if stretch.sort is Sort.TIME and text[stretch.start : stretch.end].endswith(tuple(units)):
            continue  # 300天 is a figure where the office counts days
        blank = "□" * (stretch.end - stretch.start)
        known = known[: stretch.start] + blank + known[stretch.end :]
    unit = _unit_pattern(units)
    words = [_spelt(one, unit.match(known, one.end)) for one in spelt(known)]
    for number in words:
        blank = "□" * (number.end - number.start)
        known = known[: number.start] + blank + known[number.end :]
    found = [number for number in words if number.unit]
    found += [
        _number(match, unit.match(known, match.end()))
        for match in _NUMERAL.finditer(known)
        if len(match["digits"] + (match["places"] or "")) <= LONGEST
    ]
    return tuple(sorted(found, key=lambda number: number.start))


def _spelt(one: Spelt, behind: re.Match[str] | None) -> Number:
    """Return a number spelt in Han, with the unit it says itself, or that stands behind it."""
    amount, end = one.amount, one.end
    unit = one.unit or (re.sub(r"\s", "", behind["unit"]) if behind else "")
    unit_end = behind.end() if behind and not one.unit else end
    return Number(one.start, end, end, unit_end, amount.value, amount.scale, amount.places,
                  amount.approx, unit, han=True)  # fmt: skip


@lru_cache(maxsize=64)
def _unit_pattern(units: frozenset[str]) -> re.Pattern[str]:
    """Return what finds a unit, with the blanks that justified lines leave in it."""
    words = sorted(COMMON_UNITS | units - {""}, key=len, reverse=True)
    choices = "|".join(_GAP.join(map(re.escape, word)) for word in words)
    return re.compile(f"{_GAP}(?P<unit>{choices})")


def _number(match: re.Match[str], unit: re.Match[str] | None) -> Number:
    scale = SCALES[match["scale"] or ""]
    places = match["places"] or ""
    start = match.start("before") if match["before"] else match.start("digits")
    return Number(
        start=start,
        end=_end(match),
        unit_start=unit.start("unit") if unit else _end(match),
        unit_end=unit.end() if unit else _end(match),
        value=Decimal(match["digits"].replace(",", "") + places) * scale,
        scale=scale,
        places=max(0, len(places) - 1),
        approx=match["before"] or match["inner"] or match["after"] or "",
        unit=re.sub(r"\s", "", unit["unit"]) if unit else "",
    )


def _end(match: re.Match[str]) -> int:
    """Return where a numeral ends, without the blank that may stand behind it."""
    return match.start() + len(match.group().rstrip(" \u3000\u2009\u202f"))
