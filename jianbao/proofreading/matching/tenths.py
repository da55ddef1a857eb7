"""Shares typed in tenths, 近九成, beside the percentages they may speak of.

    Number, figure ──holds──▶ bool

八成 is what rounds to eighty, 近八成 what lies just below it, 七成多 what lies above
seventy (GB/T 15835-2011 4.2; newsroom rules A6).
"""

from decimal import Decimal

from jianbao.proofreading.matching.numbers import Number

_BELOW = ("近", "将近", "接近")
_ABOVE = ("多", "以上", "超过", "超", "逾")
_ABOUT = ("约", "左右")
_HALF = Decimal(5)


def holds(number: Number, percentage: Decimal) -> bool:
    """Say whether what was typed is true of a percentage.

    >>> from jianbao.proofreading.matching.numbers import numbers
    >>> typed = numbers("近八成，七成多，八成，近九成，七成半")
    >>> [holds(number, Decimal("78.6")) for number in typed]
    [True, True, True, False, False]
    """
    over = percentage - number.value
    if number.approx in _BELOW:
        return -_HALF <= over < 0
    if number.approx in _ABOVE:
        return 0 < over < 2 * _HALF or (over == 0 and number.approx == "以上")
    if number.approx == "半":
        return abs(over - _HALF) <= 1
    slack = _HALF if number.approx in _ABOUT else Decimal(2)
    return abs(over) <= slack
