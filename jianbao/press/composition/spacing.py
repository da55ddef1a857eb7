"""What stands between two neighbours of a line, and how far it gives.

    atoms (advances, white around the ink)  ──joints_of──▶  Joints, one a boundary

Every mark's squeeze belongs to a boundary: taking white from the right of a closing mark or from
the left of an opening one moves the next character nearer. How much a mark can give is read from
its ink, so no face has its marks crushed, wherever they stand in their em (L6-L10 of the rules).
Lengths are CSS pixels unless a name says em.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from jianbao.press.composition.characters import MARKS, WORD, Kind, is_wide

HALF = 0.5  # em: what a full-width mark may lose at most (clreq; GB/T 15834 5.1.10)
INSIDE = 0.15  # share of its white that a mark in a head has towards what it quotes
CLEAR = 0.02  # em: white left beside a squeezed mark's ink, as `halt` leaves it in Noto’s 《
GAP, GAP_LEAST, GAP_MOST = 0.25, 0.125, 1 / 3  # em: between Han and Latin (L10)
_FULL_STOPS = frozenset("。？！")
_CLINGING = frozenset("@#＠＃&_")  # Latin that stands solid with Han: @群众
_RIGID = frozenset({Kind.GLUE, Kind.ZERO})
_CONNECTING = frozenset({Kind.SLASH, Kind.LINK, Kind.DOT})


class Atom(NamedTuple):
    """What a line cannot take apart: a character, a ligature, a picture.

    Attributes:
        text: Its characters; U+FFFC for a picture.
        kind: Its part in the line.
        advance: Its natural width, edges of inline boxes around it included.
        em: Its font size.
        before, after: White between its advance's edges and its ink; 0 where nothing may be taken.
        held: What the page makes a break before it cost: 0, a price, or `breaks.FORBIDDEN`.
        raised: Whether it stands off the baseline, as a footnote's mark does.
    """

    text: str
    kind: Kind
    advance: float
    em: float
    before: float = 0.0
    after: float = 0.0
    held: float = 0.0
    raised: bool = False


class Joint(NamedTuple):
    """The boundary before an atom, in pixels.

    Attributes:
        natural: Width of the boundary in a line that needs nothing: a Han-Latin gap, or less
            than nothing between two marks.
        shrink: What it may lose.
        reserve: What it may lose besides, at half the rate: the white of a full stop (L9).
        flex: What it may gain before Han are spread: a Han-Latin gap, a space between words.
        spread: Its share of what is spread between Han at last; an em, or 0 where never.
    """

    natural: float = 0.0
    shrink: float = 0.0
    reserve: float = 0.0
    flex: float = 0.0
    spread: float = 0.0


def joints_of(atoms: Sequence[Atom], head: bool = False) -> list[Joint]:
    """Return the joint before each atom; the first is empty, for nothing stands before it.

    In a `head` every mark is half an em wide, close to what it belongs to, and between Han and
    Latin stands the least gap.
    """
    joints = [Joint()]
    between_han: dict[float, Joint] = {}  # most joints are, and are alike
    for left, right in pairwise(atoms):
        if left.kind is right.kind is Kind.HAN and not (left.raised or right.raised):
            em = min(left.em, right.em)
            joints.append(between_han.get(em) or between_han.setdefault(em, Joint(spread=em)))
        else:
            joints.append(_in_head(left, right) if head else _joint(left, right))
    return joints


def _in_head(left: Atom, right: Atom) -> Joint:
    if _gapped(left, right):
        return Joint(GAP_LEAST * min(left.em, right.em))
    return Joint(-tucked(left)[1] - tucked(right)[0])


def tucked(atom: Atom) -> tuple[float, float]:
    """Return what a head takes from a mark's white on its left and right: it keeps half an em.

    Most of the white that is left stands outside, so that a mark is close to what it quotes.
    """
    if atom.kind is Kind.STOP:
        return 0.0, min(HALF * atom.em, atom.after)
    if atom.kind not in MARKS or not (atom.before or atom.after):
        return 0.0, 0.0
    kept = max(0.0, HALF * atom.em - (atom.advance - atom.before - atom.after))
    outer, inner = (1 - INSIDE) * kept, INSIDE * kept
    if atom.kind is Kind.OPEN:
        return atom.before - outer, atom.after - inner
    return atom.before - inner, atom.after - outer


def _joint(left: Atom, right: Atom) -> Joint:
    em = min(left.em, right.em)
    if left.kind is Kind.SPACE:
        return Joint(shrink=left.advance / 3, flex=left.advance / 2)
    if right.kind is Kind.SPACE or left.kind in _RIGID or right.kind in _RIGID:
        return Joint()
    if left.kind in _CONNECTING or right.kind in _CONNECTING:
        return Joint(spread=em / 2 if Kind.HAN in (left.kind, right.kind) else 0.0)
    if _gapped(left, right):
        return Joint(GAP * em, (GAP - GAP_LEAST) * em, flex=(GAP_MOST - GAP) * em)
    slack = _white_after(left) + _white_before(right)
    squeezed = 0.0
    if left.kind in MARKS and right.kind in MARKS and slack:
        squeezed = min(HALF * em, slack)
    ends_sentence = left.text[0] in _FULL_STOPS
    shrink, reserve = (0.0, slack - squeezed) if ends_sentence else (slack - squeezed, 0.0)
    return Joint(-squeezed, shrink, reserve, spread=em if _spreads(left, right) else 0.0)


def trimmed(atom: Atom) -> float:
    """Return what a line saves by ending with `atom`: half a closing mark (GB/T 15834 5.1.10)."""
    if atom.kind is Kind.WIDE_SPACE:
        return atom.advance
    if atom.kind in (Kind.CLOSE, Kind.STOP) and atom.after:
        return min(HALF * atom.em, atom.after)
    return 0.0


def _white_after(atom: Atom) -> float:
    return _takeable(atom, atom.after) if atom.kind in (Kind.CLOSE, Kind.STOP) else 0.0


def _white_before(atom: Atom) -> float:
    return _takeable(atom, atom.before) if atom.kind is Kind.OPEN else 0.0


def _takeable(atom: Atom, white: float) -> float:
    return max(0.0, min(HALF * atom.em, white - CLEAR * atom.em))


def _gapped(left: Atom, right: Atom) -> bool:
    if left.raised or right.raised:  # a footnote's mark belongs to the word before it
        return False
    if right.kind is Kind.HAN:
        return _latin(left) and left.text[0] not in _CLINGING
    return left.kind is Kind.HAN and _latin(right) and right.text[0] not in _CLINGING


def _latin(atom: Atom) -> bool:
    narrow = atom.kind in WORD or atom.kind in (Kind.POSTFIX, Kind.PREFIX)
    return narrow and not is_wide(atom.text[0])


def _spreads(left: Atom, right: Atom) -> bool:
    """Han and full-width marks stand apart when they must; words, numerals, —— and …… never.

    Beside what connects them (/ ～ ·) they do so half as far.
    """
    if _latin(left) or _latin(right):
        return False
    return left.kind is not right.kind or left.kind not in (Kind.DASH, Kind.ELLIPSIS)
