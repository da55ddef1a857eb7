"""Which wrong numbers are a slip of the hand: near what was meant, or one key away from it.

    what was typed, the true value ──is_slip──▶ bool

A clerk leaves out a digit, types one twice, takes the key beside it, swaps two,
loses the point or a 万. A number further off is another number, and may be right.
"""

from decimal import Decimal

from jianbao.figures.arithmetic import EXACT
from jianbao.proofreading.matching.numbers import Number

_NEAR_SHARE = Decimal("0.05")
_LEAST_DIGITS = 2


def is_slip(number: Number, true: Decimal) -> bool:
    """Say whether the number could be a slip for the true value, in the base of its unit."""
    if true == 0:
        return False
    if abs(number.value - true) / abs(true) <= _NEAR_SHARE:
        return True
    typed = numeral(EXACT.divide(number.value, number.scale), number.places)
    meant = numeral(EXACT.divide(true, number.scale), number.places)
    whole = numeral(true, None)
    return is_one_key_away(typed, meant) or _same_digits(typed, whole)


def numeral(value: Decimal, places: int | None) -> str:
    """Return a value as it would be typed, with so many places at least.

    >>> numeral(Decimal("78.5714"), 1), numeral(Decimal("9.82"), 1), numeral(Decimal(693), 0)
    ('78.6', '9.8', '693')
    """
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), context=EXACT)
    return f"{value:f}" if places else f"{value.normalize(EXACT):f}"


def is_one_key_away(typed: str, meant: str) -> bool:
    """Say whether one digit was changed, left out, doubled or swapped with its neighbour.

    >>> [is_one_key_away(typed, "660") for typed in ("600", "66", "6660", "606", "860", "90")]
    [True, True, True, True, True, False]
    """
    if min(len(typed), len(meant)) < _LEAST_DIGITS or typed == meant:
        return False
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    one, other = typed[start:], meant[start:]
    return (
        one[1:] == other[1:]
        or one == other[1:]
        or one[1:] == other
        or (one[:2] == other[1::-1] and one[2:] == other[2:])
    )


def _same_digits(typed: str, meant: str) -> bool:
    """Say whether only the point, noughts at the end or a 万 are lost or too many.

    >>> _same_digits("58600", "586000000"), _same_digits("7.86", "78.6"), _same_digits("1", "10")
    (True, True, False)
    """
    one, other = (text.replace(".", "").strip("0") for text in (typed, meant))
    return one == other and len(one) >= _LEAST_DIGITS
