"""Who owes what for a bulletin, until when, and what is there.

Campaign, Upcoming, what was reported ──duties──▶ a Duty for each unit
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product

from jianbao.model import Calendar, Campaign, Dataset, Members, Observation, Share, Unit
from jianbao.model.rounds import cut_off_of

Cell = tuple[str, Members, str]
"""Dataset, members, measure."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One dataset that a unit reports for a bulletin.

    Attributes:
        after: Its figures are of a later day than this,
        until: and of no later day than this.
        cells: The numbers that are wanted.
        missing: Those of them that are not there.
    """

    dataset: Dataset
    share: Share
    after: date
    until: date
    cells: tuple[Cell, ...]
    missing: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """What a unit owes for a bulletin; nothing is owed where `wanted` is empty."""

    unit: Unit
    cut_off: datetime
    wanted: tuple[Wanted, ...]

    @property
    def owes(self) -> tuple[Wanted, ...]:
        """The datasets that are not there, or not in full."""
        return tuple(one for one in self.wanted if one.missing)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every number that is wanted."""
        return tuple(cell for one in self.wanted for cell in one.cells)

    @property
    def missing(self) -> tuple[Cell, ...]:
        """Every number that is wanted and not there."""
        return tuple(cell for one in self.wanted for cell in one.missing)


@dataclass(frozen=True, slots=True)
class Period:
    """What a bulletin reports on: the days from `first` to `last`, which is its as-of.

    Attributes:
        day: Its day of publication.
        number: Its number, "" where it is not asked for.
    """

    day: date
    first: date
    last: date
    number: str = ""

    @property
    def key(self) -> str:
        """The bulletin's folder, such as 2026-48."""
        return f"{self.day.year}-{self.number}"


def duties(
    campaign: Campaign,
    period: Period,
    observations: Iterable[Observation],
    calendar: Calendar,
) -> tuple[Duty, ...]:
    """Return what each unit owes for the bulletin of a period, in the order of campaign.yaml."""
    by_dataset: dict[str, list[Observation]] = {}
    for item in observations:
        by_dataset.setdefault(item.dataset, []).append(item)
    return tuple(
        Duty(
            unit,
            cut_off_of(unit.cut_off, period.day, calendar),
            tuple(_wanted(campaign, unit, period, by_dataset)),
        )
        for unit in campaign.units.values()
    )


def _wanted(
    campaign: Campaign,
    unit: Unit,
    period: Period,
    known: Mapping[str, list[Observation]],
) -> Iterator[Wanted]:
    for share in unit.shares:
        dataset = campaign.datasets[share.dataset]
        window = due(dataset, period)
        if window is None:
            continue
        after, until = window
        there = {
            (dataset.name, item.members, item.name)
            for item in known.get(dataset.name, ())
            if after < item.as_of.day <= until
        }
        cells = tuple(cells_of(dataset, share, known.get(dataset.name, ()), after))
        missing = tuple(cell for cell in cells if cell not in there)
        if not missing and dataset.cadence not in ("day", "week"):
            continue  # its month, quarter or year was reported before
        yield Wanted(dataset, share, after, until, cells, missing)


def due(dataset: Dataset, period: Period) -> tuple[date, date] | None:
    """Return after which and until which day a dataset's figures are wanted; None for nothing.

    A monthly dataset is wanted as of the last month that has ended, and so on; one
    without a cadence is promised by nobody.
    """
    if dataset.cadence in ("day", "week"):
        return period.first - timedelta(days=1), period.last
    step = {"month": 1, "quarter": 3, "year": 12}.get(dataset.cadence)
    if step is None:
        return None
    end = _last_end(period.last, step)
    return end - timedelta(days=1), end


def _last_end(day: date, step: int) -> date:
    """Return the last end of a month, quarter or year that is not after a day."""
    after = day + timedelta(days=1)
    month = (after.month - 1) // step * step + 1
    return after.replace(month=month, day=1) - timedelta(days=1)


def cells_of(
    dataset: Dataset, share: Share, known: Iterable[Observation], after: date
) -> Iterator[Cell]:
    """Yield the numbers of a share: those reported the last time, else every member's.

    A partial breakdown's total, or a member that never had a measure, is known
    from the last time only.
    """
    before = [item for item in known if item.as_of.day <= after and item.name in dataset.measures]
    latest = max((item.as_of.moment for item in before), default=None)
    cells = [
        (dataset.name, item.members, item.name)
        for item in before
        if item.as_of.moment == latest and share.covers(item.members, item.name)
    ]
    if cells:
        totals = is_computed(dataset)
        yield from (cell for cell in cells if not (totals and None in cell[1]))
        return
    for members in product(*(dimension.members for dimension in dataset.dimensions)):
        for measure in dataset.measures:
            if share.covers(members, measure):
                yield (dataset.name, members, measure)


def is_computed(dataset: Dataset) -> bool:
    """Say whether the totals follow from the members, so that nobody has to report them."""
    return all(dimension.breakdown == "exhaustive" for dimension in dataset.dimensions)
