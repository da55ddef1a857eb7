"""Numbers that no count and no share of a whole can be.

Book ──shares_lie_within, counts_are_not_negative──▶ findings

Only what a name leaves no doubt about is told: a 满意率 is a share of those who were asked, while
a 完成率 may pass 100% and a 增长率 may be anything.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from jianbao.diagnostics import Finding, error, msg
from jianbao.figures.book import Book
from jianbao.figures.writing import write_amount
from jianbao.proofreading.asking import whom_to_ask

_SHARES = re.compile(
    "(满意|合格|优良|优秀|覆盖|普及|知晓|参与|出勤|到课|回访|接通|达标|成活|入住|通过|命中"
    "|巩固|公开|响应)(率|度)$|占比$|比重$"
)
_MOVES = re.compile("增|减|升|降|差|变|净|比|盈|亏|涨|跌|幅|速|超")
_COUNTED = frozenset(
    "人 名 位 件 个 户 家 条 次 场 份 篇 处 座 台 辆 套 所 项 人次 户次 台次 批 期 本 册".split()
)
_WHOLE = Decimal(100)


def shares_lie_within(book: Book) -> Iterator[Finding]:
    """A share of a whole lies between 0% and 100%: a 满意率 of 9680% lacks its point."""
    for item in book.cells.values():
        dataset = book.campaign.datasets[item.dataset]
        measure, value = dataset.measures.get(item.name), item.amount.value
        if measure is None or measure.unit != "%" or 0 <= value <= _WHOLE:
            continue
        if not _SHARES.search(measure.name) and not _SHARES.search(measure.printed):
            continue
        if _MOVES.search(measure.name.removesuffix("占比").removesuffix("比重")):
            continue
        pointed = value / _WHOLE
        yield error(
            "rate-beyond",
            item.place,
            msg("{name} is {value}, and a share of a whole lies between 0% and 100%.",
                name=item.name, value=write_amount(item.amount, "%")),
            msg("If the point was left out, write {value}%.", value=f"{pointed.normalize():f}")
            if 2 <= pointed <= _WHOLE
            else whom_to_ask(dataset),
        )  # fmt: skip


def counts_are_not_negative(book: Book) -> Iterator[Finding]:
    """There are no fewer than no people and things, unless a name speaks of more or less."""
    for item in book.cells.values():
        dataset = book.campaign.datasets[item.dataset]
        measure, value = dataset.measures.get(item.name), item.amount.value
        if measure is None or measure.unit not in _COUNTED or value >= 0:
            continue
        if _MOVES.search(measure.name + measure.printed):
            continue
        yield error(
            "number-negative",
            item.place,
            msg("{name} is {value}, and there are never fewer than none.",
                name=item.name, value=write_amount(item.amount, measure.unit)),
            msg("If only a dash was typed too many, write {value}.", value=f"{-value:f}"),
        )  # fmt: skip
