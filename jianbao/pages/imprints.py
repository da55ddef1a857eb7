"""What a bulletin says of itself, as it is printed: numbers, days, lists, the line at the foot.

Bulletin, masthead ──imprint_view──▶ ImprintView
"""

from dataclasses import dataclass
from datetime import date

from jianbao.model import Bulletin
from jianbao.model.imprint import LISTS, Imprint, Profile


@dataclass(frozen=True, slots=True)
class ListView:
    """One of 报, 送 and 发, with its receivers as printed."""

    name: str
    receivers: str


@dataclass(frozen=True, slots=True)
class ImprintView:
    """What templates print of a bulletin's imprint.

    Attributes:
        masthead: The publication's name.
        number: 第47期, 第7—8期, 增刊第1期.
        total: 总第312期; "" where the bulletin has none.
        lines: The lines that internal material has to carry.
    """

    profile: str
    masthead: str
    number: str
    total: str
    secret: str
    permit: str
    compiler: str
    run: int
    lists: tuple[ListView, ...]
    lines: tuple[str, ...]


def imprint_view(bulletin: Bulletin, masthead: str) -> ImprintView:
    """Return what a bulletin prints of itself."""
    imprint = bulletin.imprint
    return ImprintView(
        profile=imprint.profile.value,
        masthead=masthead,
        number=number_text(bulletin.number),
        total=total_text(bulletin),
        secret=imprint.secret,
        permit=imprint.permit,
        compiler=imprint.compiler,
        run=imprint.run,
        lists=tuple(
            ListView(name, "，".join(imprint.send[name]) + "。")
            for name in LISTS
            if imprint.send.get(name)
        ),
        lines=_lines(imprint) if imprint.profile is Profile.NEIBU else (),
    )


def number_text(number: str) -> str:
    """Return a bulletin's number in words.

    >>> [number_text(number) for number in ("47", "7-8", "s1")]
    ['第47期', '第7—8期', '增刊第1期']
    """
    if number.startswith("s"):
        return f"增刊第{number[1:]}期"
    return f"第{number.replace('-', '—')}期"


def total_text(bulletin: Bulletin) -> str:
    """Return the total number in words; merged numbers have both."""
    if not bulletin.total:
        return ""
    first, _, last = bulletin.number.partition("-")
    if last:
        return f"总第{bulletin.total - int(last) + int(first)}—{bulletin.total}期"
    return f"总第{bulletin.total}期"


def day_text(day: date) -> str:
    """Return a day as it is printed."""
    return f"{day.year}年{day.month}月{day.day}日"


def _lines(imprint: Imprint) -> tuple[str, ...]:
    printed = day_text(imprint.printed) if imprint.printed else ""
    return (
        f"内部资料，免费交流　准印证编号：{imprint.permit}",
        f"编印单位：{imprint.compiler}　发送对象：{imprint.recipients}",
        f"印刷单位：{imprint.printer}　印刷日期：{printed}　印数：{imprint.run}份",
    )
