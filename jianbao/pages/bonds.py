"""Which characters of a headline belong together, by the bulletin's own words.

    stories, names ──bonds_of──▶ Bonds ──bond──▶ how firmly two neighbours hold

No dictionary: those for Chinese are tens of megabytes, know none of an office's own names and cut
群众办 anywhere. A headline's words stand again and again in the stories below it, and what the
office calls things is written in its data; both know better where a word ends.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

SEEN, KNOWN = 2, 4  # times: a pair that is no chance; a character that is often met


@dataclass(frozen=True, slots=True)
class Bonds:
    """How often characters and their pairs stand in a bulletin, and names that stay whole."""

    names: tuple[str, ...] = ()
    singles: Mapping[str, int] = field(default_factory=dict)
    pairs: Mapping[str, int] = field(default_factory=dict)

    def bond(self, left: str, right: str) -> float | None:
        """Return how firmly two neighbours hold: from 0 (chance) to 1 (always together).

        None where the bulletin is too short to tell.
        """
        together = self.pairs.get(left + right, 0)
        rarer = min(self.singles.get(left, 0), self.singles.get(right, 0))
        if together >= SEEN:
            return together / rarer
        return 0.0 if rarer >= KNOWN else None


def bonds_of(texts: Iterable[str], names: Iterable[str]) -> Bonds:
    """Return the bonds of plain texts; names of one character are none."""
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text in texts:
        singles.update(text)
        pairs.update(map("".join, pairwise(text)))
    whole = sorted({name for name in names if len(name) > 1}, key=len, reverse=True)
    return Bonds(tuple(whole), singles, pairs)
