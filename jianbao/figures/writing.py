"""How a figure is written: pure functions, one formatter for every place it is printed.

    Figure, Form ──write──▶ "5.86亿元"

Sources: GB/T 15835-2011 (numerals), GB/T 15834-2011 (marks).
"""

from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_UP, Decimal

from jianbao.diagnostics import Message, msg
from jianbao.figures.arithmetic import EXACT, rounded, rounded_share
from jianbao.figures.resolve import Figure, Kind
from jianbao.model import Amount, AsOf, Document, Precision

WAN, YI = 10_000, 100_000_000
_WORDS = {1: "", WAN: "万", YI: "亿", WAN * YI: "万亿"}
MONEY = "元"
_MOST_PLACES = 4


@dataclass(frozen=True, slots=True)
class Form:
    """What the filters ask for; the figure's own way where they say nothing.

    Attributes:
        unit: Whether the unit is written.
        scale: 1, 10000 (万) or 100000000 (亿); None leaves it to the figure.
        decimals: Places to round to; None prints every digit typed.
        approx: 余, 多, 近 or 约, which must be true of the value.
    """

    unit: bool = True
    scale: int | None = None
    decimals: int | None = None
    approx: str = ""


PLAIN = Form()


def write(figure: Figure, form: Form = PLAIN) -> str | Message:
    """Return the figure as printed, or why it cannot be written in this form."""
    if figure.kind is Kind.RATIO:
        return _write_ratio(figure, form)
    amount = figure.amount
    if form.approx and form.approx != amount.approx:
        changed = _approximate(amount, form)
        if isinstance(changed, Message):
            return changed
        amount = changed
    return write_amount(amount, figure.unit, form)


def write_amount(amount: Amount, unit: str, form: Form = PLAIN) -> str:
    """Return an amount with its unit, in its own approximation."""
    scale = form.scale or _scale(amount, unit)
    value = EXACT.divide(amount.value, Decimal(scale))
    if form.decimals is not None:
        value = rounded(value, form.decimals)
    shown = unit if form.unit or unit == "%" else ""
    digits = _digits(value, form.decimals, amount, scale)
    return _compose(digits, _WORDS[scale], amount.approx, shown)


def _write_ratio(figure: Figure, form: Form) -> str | Message:
    if form.scale:
        return msg("A percentage is not written in 万 or 亿.")
    decimals = figure.decimals if form.decimals is None else form.decimals
    if figure.amount.value == 100 and form.decimals is None:
        decimals = 0
    value = rounded_share(figure.amount.value, decimals or 0, figure.rounding)
    approx = form.approx or figure.amount.approx
    return _compose(f"{value:f}", "", approx, "%")


def _scale(amount: Amount, unit: str) -> int:
    """Return the scale a figure is written in when nobody says.

    元 goes into 亿 from one 亿 and into 万 from one 万 when four decimals hold every
    digit; other units keep the scale they were typed with.
    """
    if unit != MONEY:
        return amount.scale
    for scale in (YI, WAN):
        if (
            abs(amount.value) >= scale
            and _places(EXACT.divide(amount.value, scale)) <= _MOST_PLACES
        ):
            return scale
    return 1


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _digits(value: Decimal, decimals: int | None, amount: Amount, scale: int) -> str:
    """Return the digits without grouping (GB/T 15835 5.1.1 leaves that to the house)."""
    if decimals is not None:
        return f"{value:f}"
    kept = amount.places if scale == amount.scale else 0
    return f"{value:.{max(_places(value), kept)}f}"


def _compose(digits: str, word: str, approx: str, unit: str) -> str:
    if approx in ("近", "约"):
        return f"{approx}{digits}{word}{unit}"
    if approx and unit == "%":
        return f"{digits}%{approx}"
    return f"{digits}{word}{approx}{unit}"


def _approximate(amount: Amount, form: Form) -> Amount | Message:
    """Return the round number that 余, 多, 近 or 约 may stand beside, cut from the true value.

    余 and 多 stand only behind less than the value, 近 only before more (newsroom
    rules A6). One decimal is kept in 万 and 亿, otherwise the leading two digits.
    """
    if amount.approx:
        return msg(
            "The value was reported with {word}; it cannot be written with {other}.",
            word=amount.approx,
            other=form.approx,
        )
    value = abs(amount.value)
    scale = form.scale or (YI if value >= YI else WAN if value >= WAN else 1)
    places = form.decimals if form.decimals is not None else (1 if scale > 1 else 0)
    step = scale * Decimal(1).scaleb(-places)
    if scale == 1:
        step = Decimal(1).scaleb(max(0, value.adjusted() - 1))
    mode = {"近": ROUND_UP, "约": None}.get(form.approx, ROUND_DOWN)
    quotient = EXACT.divide(value, step)
    whole = rounded(quotient, 0) if mode is None else quotient.quantize(Decimal(1), mode, EXACT)
    if whole * step == value:
        return msg(
            "The value is exactly {value}; {word} would be wrong.",
            value=write_amount(replace(amount, approx=""), ""),
            word=form.approx,
        )
    return Amount(whole * step, scale, places if scale > 1 else 0, form.approx)


def write_as_of(as_of: AsOf, year: int) -> str:
    """Return an as-of as the text names it; the year only where it is not the bulletin's.

    >>> from datetime import date
    >>> write_as_of(AsOf(date(2021, 12, 21), 24, Precision.HOUR), 2021)
    '12月21日24时'
    >>> write_as_of(AsOf(date(2020, 10, 31), None, Precision.MONTH), 2021)
    '2020年10月底'
    """
    before = "" if as_of.day.year == year else f"{as_of.day.year}年"
    if as_of.precision is Precision.MONTH:
        return f"{before}{as_of.day.month}月底"
    hour = "" if as_of.hour is None else f"{as_of.hour}时"
    return f"{before}{as_of.day.month}月{as_of.day.day}日{hour}"


def write_document(document: Document) -> str:
    """Return a document with its number: 《…》（中原学发〔2021〕4号） (GB/T 9704 7.2.5)."""
    number = f"（{document.number}）" if document.number else ""
    return f"《{document.title}》{number}"
