"""Totals against their parts, and measures against the measure that bounds them.

Sums are compared as intervals (newsroom rules 4.5): plain whole numbers are
exact, 5.2万 may be half its last place off, 7800余 reaches up to 7900.
"""

from collections.abc import Iterator
from itertools import product

from jianbao.diagnostics import Finding, error, msg, warning
from jianbao.figures.arithmetic import Interval, interval, sum_interval
from jianbao.figures.book import Book
from jianbao.figures.resolve import observed, parts_of
from jianbao.figures.writing import write_amount
from jianbao.model import Amount, Breakdown, Dataset, Measure, Members, Observation
from jianbao.proofreading.asking import whom_to_ask


def cells_of(dataset: Dataset) -> Iterator[Members]:
    """Yield every combination of members, None for all among them."""
    yield from product(*([None, *dimension.members] for dimension in dataset.dimensions))


def totals_agree(book: Book) -> Iterator[Finding]:
    """A stated total of an exhaustive dimension equals its parts; a partial one covers them."""
    for dataset in book.campaign.datasets.values():
        for measure in dataset.measures.values():
            if measure.unit == "%":
                continue
            for members in cells_of(dataset):
                stated = book.cells.get((dataset.name, members, measure.name))
                if stated:
                    yield from _against_parts(book, dataset, measure, stated)


def _against_parts(
    book: Book, dataset: Dataset, measure: Measure, stated: Observation
) -> Iterator[Finding]:
    for index, dimension in enumerate(dataset.dimensions):
        if stated.members[index] is not None:
            continue
        parts = parts_of(book, dataset, stated.members, measure.name, index)
        known = {name: part[0] for name, part in parts.items() if part}
        if not known:
            continue
        total, together = interval(stated.amount), sum_interval(known.values())
        whole = dimension.breakdown is Breakdown.EXHAUSTIVE and len(known) == len(parts)
        if whole and not total.meets(together):
            yield error(
                "total-differs",
                stated.place,
                msg(
                    "{parts} make {sum}, but {total} is given as the total.",
                    parts=_list(known, measure),
                    sum=_range(together, measure),
                    total=write_amount(stated.amount, measure.unit),
                ),
                whom_to_ask(dataset),
            )
        elif dimension.breakdown is not Breakdown.OVERLAPPING and together.low > total.high:
            yield error(
                "parts-exceed-total",
                stated.place,
                msg(
                    "{parts} make {sum}, more than the total of {total}.",
                    parts=_list(known, measure),
                    sum=_range(together, measure),
                    total=write_amount(stated.amount, measure.unit),
                ),
                whom_to_ask(dataset),
            )


def parts_are_reported(book: Book) -> Iterator[Finding]:
    """Every member of an exhaustive dimension reports a measure that any of them reports."""
    for dataset in book.campaign.datasets.values():
        for measure in dataset.measures.values():
            for index, dimension in enumerate(dataset.dimensions):
                nowhere: Members = (None,) * len(dataset.dimensions)
                if dimension.breakdown is not Breakdown.EXHAUSTIVE:
                    continue
                parts = parts_of(book, dataset, nowhere, measure.name, index)
                missing = [name for name, part in parts.items() if part is None]
                reported = [part for part in parts.values() if part]
                if missing and reported:
                    yield _missing(dataset, measure, missing, reported[0][1][0])


def _missing(
    dataset: Dataset, measure: Measure, missing: list[str], beside: Observation
) -> Finding:
    return warning(
        "part-missing",
        beside.place,
        msg(
            "{names} did not report {measure}, so no total can be computed.",
            names="、".join(missing),
            measure=measure.printed,
        ),
        msg("Ask {unit}.", unit=dataset.reporter)
        if dataset.reporter
        else msg("Add the missing number; 0 if it is none."),
    )


def limits_hold(book: Book) -> Iterator[Finding]:
    """No measure exceeds the one it is part of: 已完成 is at most 项目."""
    for dataset in book.campaign.datasets.values():
        for measure in dataset.measures.values():
            if not measure.at_most:
                continue
            bound = dataset.measures[measure.at_most]
            for members in cells_of(dataset):
                part = observed(book, dataset, members, measure.name)
                whole = observed(book, dataset, members, bound.name)
                if part and whole and interval(part[0]).low > interval(whole[0]).high:
                    yield error(
                        "limit-exceeded",
                        part[1][0].place,
                        msg(
                            "{part} {value} is more than {whole} {limit}.",
                            part=measure.printed,
                            value=write_amount(part[0], measure.unit),
                            whole=bound.printed,
                            limit=write_amount(whole[0], bound.unit),
                        ),
                        whom_to_ask(dataset),
                    )


def _range(sums: Interval, measure: Measure) -> str:
    low, high = (write_amount(Amount(end), measure.unit) for end in (sums.low, sums.high))
    return low if low == high else f"{low}～{high}"


def _list(parts: dict[str, Amount], measure: Measure) -> str:
    said = (f"{name}{write_amount(amount, measure.unit)}" for name, amount in parts.items())
    return "、".join(said)


_MOST_PLACES = 6
_WHOLE = frozenset(
    "人 名 位 件 个 户 家 条 次 场 份 篇 处 座 台 辆 套 所 项 人次 户次 台次 批 期 起 本 册".split()
)


def things_are_whole(book: Book) -> Iterator[Finding]:
    """People and things are counted whole: 11.6人 lacks its 万."""
    for item in book.cells.values():
        measure = book.campaign.datasets[item.dataset].measures.get(item.name)
        amount = item.amount
        passed = amount.value % 1 == 0 or amount.places > _MOST_PLACES  # computed: told elsewhere
        if measure is None or measure.unit not in _WHOLE or passed:
            continue
        typed = f"{amount.value.normalize():f}"
        yield error(
            "number-fraction",
            item.place,
            msg("{name} is {value}{unit}, and {unit} are counted whole.",
                name=item.name, value=typed, unit=measure.unit),
            msg("If 万 was left out, write {value}万.", value=typed),
        )  # fmt: skip
