"""What is a number in a text, and what only looks like one.

    text, units ──numbers──▶ (Number, …)        text ──no_figures──▶ (Stretch, …)

Dates, times, ordinals, document and law article numbers, ages, addresses,
telephone numbers, names such as “1+6+N”, quotations and whatever stands in
braces are no figures (GB/T 15835-2011 4.1.2, 4.2). Every function keeps the
text's length, so that a place in the result is a place in what was typed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from jianbao.figures.hanzi import from_han
from jianbao.model import Amount
from jianbao.reading.scalars import SCALES

COMMON_UNITS = frozenset(
    "个 件 人 名 位 户 家 项 条 次 场 份 篇 所 处 座 台 辆 套 吨 亩 类 公里 米 平方米 元 "
    "人次 户次 剂次 剂 批 期 起 间 张 本 册 枚 宗 支 车次 例 % ‰ 个百分点 倍 "
    "台次 架次 班次 场次 件次 家次 批次 条次 套次 辆次 册次 盏 株 棵 头 只 艘 架 桶 袋 瓶 箱 "
    "公顷 平方公里 立方米 千米 公斤 千瓦 千瓦时 课时".split()
)
_HALF_WIDTH = {0xFF10 + n: 0x30 + n for n in range(10)} | {
    ord(full): half for full, half in zip("．％＋－　＠：，", ".%+- @:,", strict=True)
}
_GAP = r"[ \u3000\u2009\u202f]?"


class Sort(StrEnum):
    """Why a stretch of the text is no figure."""

    BOUND = "bound"
    QUOTED = "quoted"
    DOCUMENT = "document"
    ADDRESS = "address"
    PHONE = "phone"
    LAW = "law"
    DATE = "date"
    TIME = "time"
    AGE = "age"
    ORDINAL = "ordinal"
    NAME = "name"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a text that is no figure, from `start` up to `end`."""

    start: int
    end: int
    sort: Sort


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


def plain(text: str) -> str:
    """Return `text` with half-width digits and the marks that belong to numbers.

    >>> plain("召开　４次，占９７．３％")
    '召开 4次,占97.3%'
    """
    return text.translate(_HALF_WIDTH)


# The first that fits counts; each is tried where the text is still unclaimed.
_KINDS: tuple[tuple[Sort, str], ...] = (
    (Sort.BOUND, r"[{｛][{｛].*?[}｝][}｝]"),
    (Sort.ADDRESS, r"(?:https?://|www\.)[\w./?=&#%+-]+|[\w.+-]+@[\w-]+\.[\w.-]+"),
    (Sort.DOCUMENT, r"《[^》]*》|[〔\[]\d{4}[〕\]]\s*第?\d+号"),
    (Sort.QUOTED, r"“[^”]*”|‘[^’]*’|「[^」]*」"),
    (
        Sort.DATE,
        (
            r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}日?|(?:19|20)\d{2}\s?[—～~-]\s?(?:19|20)\d{2}年"
            r"|\d{4}\s?年(?:度)?|\d{1,2}[—～~-]\d{1,2}\s?月(?:份)?"
            r"|\d{1,2}\s?月(?:份|底|初|末|上旬|中旬|下旬)?|\d{1,2}[—～~-]\d{1,2}\s?日"
            r"|\d{1,2}\s?日(?!常|益)|\d{2}年代|\d{1,2}\.\d{1,2}(?=特大|事件|暴雨|地震|专案)"
        ),
    ),
    (
        Sort.TIME,
        (
            r"\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}\s?时(?:\d{1,2}\s?分)?|(?<=[上下中]午)\s?\d{1,2}\s?点"
            r"|\d+(?:\.\d+)?\s?(?:余|多)?(?:分钟|秒|小时|天|周(?!岁)|个月|个工作日|个小时|年)"
        ),
    ),
    (Sort.PHONE, r"(?<!\d)(?:0\d{2,3}-\d{7,8}|1[3-9]\d{9}|\d{3,5}(?=\s?(?:政务|服务|市长)?热线))"),
    (Sort.LAW, r"第\s?\d+\s?(?:条|款|项|章|节)"),
    (Sort.ORDINAL, r"第\s?\d+|(?<=前)\s?\d+(?=[位名强])|^\s*[(（]?\d{1,2}[)）.、．](?!\d)"),
    (Sort.AGE, r"\d+(?:\s?[—～~-]\s?\d+)?\s?(?:周岁|岁)"),
    (
        Sort.NAME,
        (
            r"[A-Za-z0-9]+(?:\+[A-Za-z0-9]+)+|[A-Za-z]+-?\d+|\d+[A-Za-z]+|\d{1,3}[·•]\d{1,3}"
            r"|\d+/\d+|\d+:\d+|\d+\.\d+\.\d+"
        ),
    ),
    (
        Sort.ADDRESS,
        (
            r"\d+\s?(?:号楼|号院|单元|楼|层|室|弄|幢|栋(?=\d)|版|路(?!公里)|国道|省道|号线|号)"
            r"|(?<=邮编)\s?\d{6}"
        ),
    ),
    (
        Sort.RANGE,
        r"\d+(?:\.\d+)?\s?[%万亿]?[\w]{0,2}[～~〜—-]\s?\d+(?:\.\d+)?\s?[%万亿]?",
    ),
)
_NO_FIGURE = re.compile(
    "|".join(f"(?P<k{i}>{kind})" for i, (_, kind) in enumerate(_KINDS)), re.MULTILINE
)


def no_figures(text: str) -> Iterator[Stretch]:
    """Yield the stretches of a text that are no figures.

    >>> text = "12月21日24时第3次印发《方案》〔2021〕12号"
    >>> [(stretch.sort.value, text[stretch.start : stretch.end]) for stretch in no_figures(text)]
    [('date', '12月'), ('date', '21日'), ('time', '24时'), ('ordinal', '第3'), ('document', '《方案》'), ('document', '〔2021〕12号')]
    """  # noqa: E501
    yield from _no_figures(text)


@lru_cache(maxsize=64)
def _no_figures(text: str) -> tuple[Stretch, ...]:
    """A passage is asked about five times in a row, by each rule that looks at it."""
    return tuple(
        Stretch(match.start(), match.end(), _KINDS[int(str(match.lastgroup)[1:])][0])
        for match in _NO_FIGURE.finditer(plain(text))
    )


_DIGITS = rf"(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?P<places>\.\d+)?{_GAP}"
_HAN_DIGITS = "〇零一二三四五六七八九十百千两"
_NUMERAL = re.compile(
    rf"(?P<before>(?<![附最将远靠])近|(?<![节预大签履违合公制集])约)?{_GAP}(?<![\d.+]){_DIGITS}"
    rf"(?P<inner>余|多(?=[万亿]))?(?P<scale>万亿|亿|万)?(?P<after>余|多)?"
)
TENTHS = "成"
_TENS = {digit: 10 * (at + 1) for at, digit in enumerate("一二三四五六七八九")}
_TENTHS = re.compile(
    r"(?P<before>将近|接近|近|约|超过|逾|超)?(?<![一二三四五六七八九十百千万第])"
    r"(?P<digit>[一二三四五六七八九])成"
    r"(?P<after>以上|左右|多|半)?(?![员立果本为功长效熟都年人就品分交群套])"
)
_HAN_NUMERAL = re.compile(rf"(?<![{_HAN_DIGITS}几数第万亿])[{_HAN_DIGITS}]*百[{_HAN_DIGITS}]*")


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
    found = [_number(match, unit.match(known, match.end())) for match in _NUMERAL.finditer(known)]
    found += [*_han_numbers(known, unit), *_tenths(known)]
    return tuple(sorted(found, key=lambda number: number.start))


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


def _tenths(text: str) -> Iterator[Number]:
    """Yield the shares written in tenths: 近九成, 七成多.

    >>> [(str(n.value), n.approx) for n in _tenths("近九成农户、七成多商户完成")]
    [('90', '近'), ('70', '多')]
    """
    for match in _TENTHS.finditer(text):
        value = Decimal(_TENS[match["digit"]])
        approx = match["before"] or match["after"] or ""
        start, end = match.span()
        yield Number(start, end, end, end, value, 10, 0, approx, TENTHS, han=True)


def _han_numbers(text: str, unit: re.Pattern[str]) -> Iterator[Number]:
    """Yield the statistics written in Han numerals: 三百六十个, not 五部门 or 一批."""
    for match in _HAN_NUMERAL.finditer(text):
        value, behind = from_han(match.group()), unit.match(text, match.end())
        if value is None or behind is None:
            continue
        start, end = match.span()
        name = re.sub(r"\s", "", behind["unit"])
        yield Number(start, end, end, behind.end(), Decimal(value), 1, 0, "", name, han=True)
