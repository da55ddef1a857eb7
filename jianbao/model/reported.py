"""What is counted and reported: campaigns, datasets, measures, observations.

Amounts are exact decimals in the unit's base (元, 人), never floats.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from jianbao.diagnostics import Place
from jianbao.model.rounds import Members, Rhythm, Unit


class Breakdown(StrEnum):
    """How the members of a dimension make up the whole."""

    EXHAUSTIVE = "exhaustive"
    PARTIAL = "partial"
    OVERLAPPING = "overlapping"


class Rounding(StrEnum):
    """How a ratio is cut to its decimals: half up unless the dataset says otherwise."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"


class Precision(StrEnum):
    """How exactly an as-of was stated."""

    MONTH = "month"
    DAY = "day"
    HOUR = "hour"


@dataclass(frozen=True, slots=True)
class AsOf:
    """The moment an observation was true.

    Attributes:
        day: The day, or the last day of the month.
        hour: 0 to 24; 24 is the end of `day`. None where no hour was stated.
        precision: What was stated: a month's end, a day, a day and hour.
    """

    day: date
    hour: int | None = None
    precision: Precision = Precision.DAY

    @property
    def moment(self) -> datetime:
        """The instant it ends at; a day or month without an hour ends with its last second."""
        midnight = datetime.combine(self.day, time())
        return midnight + timedelta(hours=24 if self.hour is None else self.hour)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as reported: exact, with what was said about its exactness.

    Attributes:
        value: In the unit's base: 5.86亿元 is 586000000.
        scale: What was counted when it was typed: 1, 10000 (万) or 100000000 (亿).
        places: Decimal places as typed, in `scale`.
        approx: 余, 多, 近 or 约 where the office said so, else "".
    """

    value: Decimal
    scale: int = 1
    places: int = 0
    approx: str = ""

    @property
    def step(self) -> Decimal:
        """One unit of the last place typed: 100 for 3.62万."""
        return self.scale * Decimal(1).scaleb(-self.places)

    @property
    def is_exact(self) -> bool:
        """Whether every unit was counted: a plain whole number without 余 or 近."""
        return self.scale == 1 and self.places == 0 and not self.approx


@dataclass(frozen=True, slots=True)
class Condition:
    """What a ledger's row shows in a column if it counts: any of what is named here.

    Attributes:
        before: Or a day before the as-of.
        after: Or a day after the as-of.
        negated: Whether `texts` are those that do not count.
    """

    column: str
    texts: frozenset[str] = frozenset()
    negated: bool = False
    empty: bool = False
    filled: bool = False
    before: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class Counting:
    """How a measure is counted from a ledger: its rows, or the sum of a column of them."""

    summed: str = ""
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """A list of items, a row each, that a dataset is counted from.

    Attributes:
        path: Relative to the site.
        date: Column with the day a row counts from; "" where all rows count.
        key: Column in which no two rows are alike.
        columns: The column that holds each dimension's members, by dimension.
        show: The columns of the printed list.
    """

    path: str
    place: Place
    sheet: str = ""
    date: str = ""
    key: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    show: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted.

    Attributes:
        name: What the office calls it in data and stories.
        printed: Its longer printed name; `name` unless given.
        unit: 件, 元, 人次, %; without 万 or 亿.
        scale: 10000 where the unit was given as 万元.
        at_most: Name of the measure of the same dataset that it cannot exceed.
        cumulative: Whether it counts from a beginning and so never falls.
    """

    name: str
    unit: str
    place: Place
    printed: str = ""
    scale: int = 1
    at_most: str = ""
    cumulative: bool = False
    definition: str = ""
    source: str = ""
    counting: Counting = Counting()


@dataclass(frozen=True, slots=True)
class Ratio:
    """A measure divided by a measure, in percent; computed, never typed in.

    Attributes:
        decimals: Per member, under "" for all that are not named.
    """

    name: str
    part: str
    whole: str
    place: Place
    decimals: Mapping[str, int] = field(default_factory=dict)
    rounding: Rounding = Rounding.HALF_UP
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One of the things a dimension tells apart."""

    name: str
    printed: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a dataset is broken down by: 级别 → 县区级, 乡镇级."""

    name: str
    members: Mapping[str, Member]
    breakdown: Breakdown


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table of measures over at most two dimensions, reported again and again.

    Attributes:
        cadence: day, week, month, quarter or year; "" where nothing is promised.
        since: The day its definition (口径) last changed.
    """

    name: str
    printed: str
    dimensions: tuple[Dimension, ...]
    measures: Mapping[str, Measure]
    ratios: Mapping[str, Ratio]
    place: Place
    cadence: str = ""
    source: str = ""
    definition: str = ""
    reporter: str = ""
    since: date | None = None
    ledger: Ledger | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """What the bulletins report on.

    Attributes:
        units: Who reports, by name.
        publishes: When its bulletins come out; None where that is not said.
    """

    key: str
    title: str
    organisation: str
    datasets: Mapping[str, Dataset]
    masthead: str = ""
    units: Mapping[str, Unit] = field(default_factory=dict)
    publishes: Rhythm | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """One measure (or stated ratio) of one member at one as-of."""

    dataset: str
    members: Members
    name: str
    amount: Amount
    as_of: AsOf
    place: Place


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the office's register: how they are called, and their post, "" where none."""

    name: str
    post: str
    place: Place


@dataclass(frozen=True, slots=True)
class Document:
    """An official document in the office's register: title without 《》 and number."""

    name: str
    title: str
    number: str
    place: Place
