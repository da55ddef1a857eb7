"""A paragraph as sums: what a line from any atom to any other would measure.

    atoms  ──measured──▶  Paragraph (prefix sums, prices)  ──widths──▶  joint widths of one line

Every sum runs to but not including its index, so a line's widths are differences of two values
and the planner looks at a line in constant time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from jianbao.press.composition.breaks import FORBIDDEN, broken_words, emergencies, penalties
from jianbao.press.composition.characters import MARKS, Kind, is_han
from jianbao.press.composition.spacing import Atom, Joint, joints_of, trimmed, tucked
from jianbao.press.composition.units import kept, numbered, solid

_SLIGHT = MARKS | {Kind.SPACE, Kind.NEWLINE, Kind.ZERO, Kind.DASH, Kind.ELLIPSIS}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Atoms of one paragraph (between forced breaks) and everything a planner asks of them.

    Attributes:
        atoms, joints: Each atom, and the joint before it.
        prices: What a break before each atom costs; one more value for the end.
        ends: For a break before atom k, the atom after the last one that shows (spaces hang).
        trims: For a break before atom k, what the line saves by ending there, in pixels.
        advances, naturals, shrinks, reserves, flexes, spreads: Prefix sums, in pixels;
            `naturals[k]` and its fellows are sums of the joints before atoms 1 … k-1.
        hans, bodies: Prefix sums of Han characters, and of the advances of all but marks, for a
            last line of at least two Han or as much.
        head: Whether its marks are tucked.
    """

    atoms: tuple[Atom, ...]
    joints: tuple[Joint, ...]
    prices: tuple[float, ...]
    ends: tuple[int, ...]
    trims: tuple[float, ...]
    advances: tuple[float, ...]
    naturals: tuple[float, ...]
    shrinks: tuple[float, ...]
    reserves: tuple[float, ...]
    flexes: tuple[float, ...]
    spreads: tuple[float, ...]
    hans: tuple[int, ...]
    bodies: tuple[float, ...]
    head: bool = False

    def relaxed(self) -> list[float]:
        """Return the prices of breaks when long Latin words may be broken."""
        chars, kinds = zip(*((atom.text[0], atom.kind) for atom in self.atoms), strict=True)
        return broken_words(self.prices, chars, kinds)

    def lenient(self) -> list[float]:
        """Return the prices of breaks when text cannot be set lawfully: none is forbidden."""
        chars, kinds = zip(*((atom.text[0], atom.kind) for atom in self.atoms), strict=True)
        return emergencies(self.prices, chars, kinds, [atom.held for atom in self.atoms])


def measured(atoms: Sequence[Atom], head: bool = False, names: Sequence[str] = ()) -> Paragraph:
    """Return `atoms` with their sums, ready for planning; marks of a `head` are tucked.

    `names` are personal names that stay whole where the line allows.
    """
    text = "".join([atom.text[0] for atom in atoms])
    atoms = numbered(atoms, text)
    joints = solid(joints_of(atoms, head), atoms, text)
    kinds = [atom.kind for atom in atoms]
    prices = penalties([atom.text for atom in atoms], kinds, [atom.held for atom in atoms])
    for k, price in kept(text, names).items():
        prices[k] = max(prices[k], price)
    ends = [0]
    for k, kind in enumerate(kinds, start=1):
        hangs = kind in (Kind.SPACE, Kind.NEWLINE, Kind.ZERO)
        ends.append(ends[-1] if hangs and k > 1 else k)
    trims = [tucked(atom)[1] if head else trimmed(atom) for atom in atoms]
    bodies = [0.0 if atom.kind in _SLIGHT else atom.advance for atom in atoms]
    return Paragraph(
        tuple(atoms),
        tuple(joints),
        tuple(prices),
        tuple(ends),
        tuple([trims[end - 1] if end else 0.0 for end in ends]),
        _sums([atom.advance for atom in atoms]),
        _sums([joint.natural for joint in joints]),
        _sums([joint.shrink for joint in joints]),
        _sums([joint.reserve for joint in joints]),
        _sums([joint.flex for joint in joints]),
        _sums([joint.spread for joint in joints]),
        tuple(accumulate([is_han(atom.text[0]) for atom in atoms], initial=0)),
        _sums(bodies),
        head,
    )


def _sums(lengths: list[float]) -> tuple[float, ...]:
    return tuple(accumulate(lengths, initial=0.0))


class Fit(NamedTuple):
    """How a line from one atom to another would sit in its measure.

    Attributes:
        need: What is left of the measure at natural widths; negative if it is too full. Pixels.
        shrink, reserve: What its joints can lose, and what full stops can lose besides.
        flex, spread: What its joints can gain first, and their spread shares.
    """

    need: float
    shrink: float
    reserve: float
    flex: float
    spread: float

    @property
    def squeeze(self) -> tuple[float, float]:
        """The shares, 0 to 1, of what marks and of what full stops give to take in `-need`.

        Full stops give at half the rate until the others have given all.
        """
        lack = -self.need
        even = self.shrink + self.reserve / 2
        if lack <= even:
            share = lack / even if even else 0.0
            return share, share / 2
        return 1.0, min(1.0, (lack - self.shrink) / self.reserve) if self.reserve else 0.0


def fit(paragraph: Paragraph, start: int, stop: int, measure: float) -> Fit:
    """Return how the line of atoms `start` up to a break before `stop` sits in `measure` pixels."""
    end = max(paragraph.ends[stop], start + 1)
    first = start + 1
    width = (
        paragraph.advances[end]
        - paragraph.advances[start]
        + paragraph.naturals[end]
        - paragraph.naturals[first]
        - paragraph.trims[stop]
    )
    return Fit(
        measure - width,
        paragraph.shrinks[end] - paragraph.shrinks[first],
        paragraph.reserves[end] - paragraph.reserves[first],
        paragraph.flexes[end] - paragraph.flexes[first],
        paragraph.spreads[end] - paragraph.spreads[first],
    )


def widths(paragraph: Paragraph, start: int, stop: int, measure: float, full: bool) -> list[float]:
    """Return the width of the joint before each visible atom after the first of a line, in pixels.

    Means in clreq's order: marks and gaps shrink, all by one share of what each can give, so that
    no single mark looks crushed, full stops by half of it until the others have given all; else
    gaps widen, then Han are spread, evenly. A line that is not
    `full` (the last) keeps natural widths unless it would run over. What cannot be made to fit
    first loses its gaps altogether, then runs over; Han never stand over Han.
    """
    sits = fit(paragraph, start, stop, measure)
    joints = paragraph.joints[start + 1 : max(paragraph.ends[stop], start + 1)]
    if sits.need < 0:
        share, last = sits.squeeze
        least = [joint.natural - share * joint.shrink - last * joint.reserve for joint in joints]
        gaps = sum(width for width in least if width > 0)
        lacking = max(0.0, -sits.need - sits.shrink - sits.reserve)
        lost = min(1.0, lacking / gaps) if gaps else 0.0
        return [width * (1 - lost) if width > 0 else width for width in least]
    if not full:
        return [joint.natural for joint in joints]
    share = min(1.0, sits.need / sits.flex) if sits.flex else 0.0
    rest = sits.need - share * sits.flex
    if sits.spread:
        each = rest / sits.spread
        return [joint.natural + share * joint.flex + each * joint.spread for joint in joints]
    share = sits.need / sits.flex if sits.flex else 0.0
    return [joint.natural + share * joint.flex for joint in joints]


def breakable(prices: Sequence[float]) -> list[int]:
    """Return the atoms before which `prices` allow a break, the paragraph's end included."""
    return [k for k, price in enumerate(prices) if k and price != FORBIDDEN]
