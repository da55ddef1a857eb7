"""Whether the numbers of a table are the unit's own, and of the time that is collected for.

Desk, Unit, observations ──misplaced──▶ findings
"""

from collections.abc import Iterator, Sequence

from jianbao.diagnostics import Finding, Place, error, msg, warning
from jianbao.model import AsOf, Observation, Unit
from jianbao.newsroom.collecting.desk import Desk
from jianbao.newsroom.collecting.keeping import as_of_typed


def misplaced(
    desk: Desk, unit: Unit, observations: Sequence[Observation], named: AsOf | None
) -> Iterator[Finding]:
    """Yield a finding where numbers are another unit's, or of another time.

    `named` is the as-of that somebody gave: then an earlier time is meant. One-off
    figures may come from anybody.
    """
    for item in observations:
        if item.dataset not in desk.known.declared:
            continue
        covering = [s for s in unit.shares if s.dataset == item.dataset]
        whole = all(member is None for member in item.members)
        if not any(share.covers(item.members, item.name) for share in covering) and not (
            whole and covering and item.members
        ):
            yield error(
                "figure-foreign",
                item.place,
                msg("{unit} does not report {name}.", unit=unit.name, name=name_of(item)),
                msg("Take it out of the table; or add it to the unit in campaign.yaml."),
            )
    seen: set[tuple[str, AsOf]] = set()
    for item in observations:
        if (item.dataset, item.as_of) not in seen:
            seen.add((item.dataset, item.as_of))
            yield from _out_of_time(desk, unit, item, named)


def _out_of_time(
    desk: Desk, unit: Unit, item: Observation, named: AsOf | None
) -> Iterator[Finding]:
    period = desk.period
    place = Place(item.place.path, sheet=item.place.sheet)
    stated, wanted = as_of_typed(item.as_of), str(period.last)
    if desk.today < item.as_of.day <= period.last:
        yield warning(
            "as-of-early",
            place,
            msg("The table is as of {stated}, and that day has not come yet.", stated=stated),
            msg("Ask the unit whether its figures may still change; if so, collect them that day."),
        )
    if item.as_of.day > period.last:
        yield error(
            "as-of-ahead",
            place,
            msg("The table is as of {stated}, later than this bulletin's {wanted}.",
                stated=stated, wanted=wanted),
            msg("Ask the unit whether the day is mistyped; or start the next bulletin first."),
        )  # fmt: skip
    elif named is None and _is_old(desk, unit, item):
        yield error(
            "form-old",
            place,
            msg("The table is as of {stated}: that is an earlier bulletin's, "
                "this one goes from {first} to {last}.",
                stated=stated, first=period.first, last=period.last),
            msg("Ask for this time's table. To correct earlier figures, add --as-of {stated}.",
                stated=stated),
        )  # fmt: skip
    elif _is_shared(desk, item.dataset) and _is_frequent(desk, item.dataset):
        others = {
            o.as_of for o in desk.observations
            if o.dataset == item.dataset and period.first <= o.as_of.day <= period.last
        } or {AsOf(period.last)}  # fmt: skip
        if named is None and item.as_of.moment not in {one.moment for one in others}:
            yield error(
                "as-of-apart",
                place,
                msg("Several units report {dataset}, all as of {wanted}; this table is as of "
                    "{stated}.", dataset=item.dataset,
                    wanted="、".join(sorted(as_of_typed(one) for one in others)), stated=stated),
                msg("Ask the unit for its figures of that day: figures of two days do not add up."),
            )  # fmt: skip


def _is_shared(desk: Desk, dataset: str) -> bool:
    return (
        sum(any(s.dataset == dataset for s in u.shares) for u in desk.campaign.units.values()) > 1
    )


def _is_frequent(desk: Desk, dataset: str) -> bool:
    """Say whether a dataset is reported for every bulletin anew."""
    known = desk.known.declared.get(dataset)
    return known is not None and known.cadence in ("day", "week")


def _is_old(desk: Desk, unit: Unit, item: Observation) -> bool:
    """Say whether a table is an earlier bulletin's; a month's end may lie before the period."""
    if item.as_of.day >= desk.period.first:
        return False
    if _is_frequent(desk, item.dataset):
        return True
    mine = f"/{unit.name}.yaml"
    known = [o.as_of.moment for o in desk.observations
             if o.dataset == item.dataset and not o.place.path.endswith(mine)]  # fmt: skip
    return bool(known) and item.as_of.moment <= max(known)


def name_of(item: Observation) -> str:
    """Return a number's name, as it is quoted."""
    steps = (item.dataset, *item.members, item.name)
    return ".".join(step for step in steps if step)
