"""Sums, shares and intervals of amounts: exact where the office was exact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

from jianbao.model import Amount, Rounding

_MODES = {
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.HALF_EVEN: ROUND_HALF_EVEN,
    Rounding.DOWN: ROUND_DOWN,
}
EXACT = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Interval:
    """All values that an amount as typed may stand for; both ends may be reached."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Interval") -> bool:
        """Return whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def holds(self, value: Decimal) -> bool:
        """Return whether `value` lies in it."""
        return self.low <= value <= self.high


def interval(amount: Amount) -> Interval:
    """Return what `amount` may stand for in a sum.

    A plain whole number is exact. One typed with decimals or in 万 or 亿 may be
    half its last place off. 余 and 多 reach up to the next last place, 近 down to
    the one before, 约 one place to both sides (GB/T 15835-2011 4.3).
    """
    value, step = amount.value, amount.step
    if amount.approx in ("余", "多"):
        step = max(step, round_part(value))
        return Interval(value, value + step)
    if amount.approx == "近":
        return Interval(value - max(step, round_part(value)), value)
    if amount.approx == "约":
        step = max(step, round_part(value))
        return Interval(value - step, value + step)
    half = Decimal(0) if amount.is_exact else step / 2
    return Interval(value - half, value + half)


def round_part(value: Decimal) -> Decimal:
    """Return the unit of the last digit that is not 0: 100 for 7800."""
    digits = value.normalize()
    exponent = digits.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def sum_of(amounts: Sequence[Amount]) -> Amount:
    """Return the sum, as exact as its least exact part."""
    value = sum((amount.value for amount in amounts), Decimal(0))
    finest = min(amounts, key=lambda amount: amount.step)
    words = {amount.approx for amount in amounts if amount.approx}
    approx = "" if not words else "余" if words <= {"余", "多"} else "约"
    return Amount(value, finest.scale, finest.places, approx)


def sum_interval(amounts: Iterable[Amount]) -> Interval:
    """Return every value the sum of `amounts` may have."""
    parts = [interval(amount) for amount in amounts]
    return Interval(
        sum((part.low for part in parts), Decimal(0)),
        sum((part.high for part in parts), Decimal(0)),
    )


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Return part / whole in percent, with 60 digits; `whole` must not be 0."""
    return EXACT.divide(part * 100, whole)


def rounded(value: Decimal, decimals: int, rounding: Rounding = Rounding.HALF_UP) -> Decimal:
    """Return `value` rounded once to `decimals` places (GB/T 8170-2008 3.3.1).

    >>> rounded(Decimal("60.6383"), 2)
    Decimal('60.64')
    """
    return value.quantize(Decimal(1).scaleb(-decimals), _MODES[rounding], EXACT)


def rounded_share(value: Decimal, decimals: int, rounding: Rounding) -> Decimal:
    """Return a percentage rounded, but never 100 before all is done, nor 0 when some is.

    >>> rounded_share(Decimal("99.97"), 1, Rounding.HALF_UP)
    Decimal('99.9')
    """
    result = rounded(value, decimals, rounding)
    if result >= 100 > value:
        return rounded(value, decimals, Rounding.DOWN)
    return result
