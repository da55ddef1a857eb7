"""A sheet of a form as it is made: a dataset's, as far as one unit reports it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from openpyxl.worksheet.worksheet import Worksheet

from jianbao.model import Dataset, Members, Observation, Rounding, Share

FIRST = 5
"""The row of the first number."""
NOTES = ("与上期相同", "更正上期", "尚未统计")
"""What a unit may remark on a number, for it to choose from."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A sheet as it is made: what it is of, and what was reported the last time."""

    sheet: Worksheet
    dataset: Dataset
    shares: tuple[Share, ...]
    as_of: str
    last: Mapping[tuple[Members, str], Observation]

    def covers(self, members: Members, name: str) -> bool:
        """Say whether the unit reports this number."""
        return any(share.covers(members, name) for share in self.shares)

    @property
    def members(self) -> tuple[Members, ...]:
        """The members the unit reports anything of."""
        every = product(*(dimension.members for dimension in self.dataset.dimensions))
        return tuple(
            m for m in every if any(self.covers(m, name) for name in self.dataset.measures)
        )

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures the unit reports of any member."""
        return tuple(
            name
            for name in self.dataset.measures
            if any(self.covers(m, name) for m in self.members)
        )

    @property
    def ratios(self) -> tuple[str, ...]:
        """The ratios that can be computed in the form just as they are printed."""
        names = self.measures
        return tuple(
            name
            for name, ratio in self.dataset.ratios.items()
            if ratio.part in names
            and ratio.whole in names
            and ratio.rounding is Rounding.HALF_UP
            and set(ratio.decimals) <= {""}
        )

    def decimals(self, ratio: str) -> int:
        """Return how many decimal places a ratio has."""
        return self.dataset.ratios[ratio].decimals.get("", 1)
