"""Words that depend on values come from them: what changed, shares, the rest, lists.

    Book, Figure, argument ──phrase──▶ "比上期增加12件"

Words follow the sign. A difference of percentages is in percentage points,
never in percent; 增长到 includes the base and 增长了 does not; 翻番 doubles
(newsroom rules A1–A4). Where nothing fits there is a Message and no phrase.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from jianbao.diagnostics import Message, msg
from jianbao.figures.arithmetic import percent, rounded, rounded_share, sum_of
from jianbao.figures.book import Book
from jianbao.figures.hanzi import in_han
from jianbao.figures.resolve import Figure, Kind, Unresolved, observed, parts_of, resolve
from jianbao.figures.series import Then, then
from jianbao.figures.writing import write
from jianbao.model import Amount, Dataset, Rounding

Phrase = Callable[[Book, Figure, str], str | Message]
PLACES = tuple("0123456")
"""How many decimals may be asked for, as it is typed."""


def _dataset(book: Book, figure: Figure) -> Dataset:
    return book.campaign.datasets[figure.cell[0]]


def _before(book: Book, figure: Figure, base: str) -> tuple[Figure, str] | Message:
    """Return the same figure at the base of a comparison, and how the base is named."""
    found = then(book, _dataset(book, figure), base)
    if not isinstance(found, Then):
        return found
    figure_then = resolve(found.book, tuple(figure.path.split(".")))
    if isinstance(figure_then, Unresolved):
        return figure_then.why
    assert isinstance(figure_then, Figure)
    if figure.amount.approx or figure_then.amount.approx:
        return msg("{path} is not exact, so its change is unknown.", path=figure.path)
    return figure_then, found.label


def printed_value(figure: Figure) -> Decimal:
    """Return a ratio as it is printed, so that a change is that of the printed numbers."""
    if figure.kind is Kind.RATIO:
        return rounded_share(figure.amount.value, figure.decimals or 0, figure.rounding)
    return figure.amount.value


def change(book: Book, figure: Figure, base: str) -> str | Message:
    """Return how a figure changed: 比上期增加12件, 比上期提高2.3个百分点, 与上期持平."""
    found = _before(book, figure, base)
    if isinstance(found, Message):
        return found
    before, label = found
    difference = printed_value(figure) - printed_value(before)
    if difference == 0:
        return f"与{label}持平"
    return f"比{label}{_verb(figure, difference)}{difference_text(figure, difference)}"


def direction(book: Book, figure: Figure, base: str) -> str | Message:
    """Return the word alone: 增加, 减少, 提高, 下降 or 持平."""
    found = _before(book, figure, base)
    if isinstance(found, Message):
        return found
    difference = printed_value(figure) - printed_value(found[0])
    return _verb(figure, difference) if difference else "持平"


def _verb(figure: Figure, difference: Decimal) -> str:
    if figure.unit == "%":
        return "提高" if difference > 0 else "下降"
    return "增加" if difference > 0 else "减少"


def difference_text(figure: Figure, difference: Decimal) -> str:
    """Return the size of a difference with its unit: 12件, 2.3个百分点."""
    size = abs(difference)
    if figure.unit == "%":
        return f"{size.normalize():f}个百分点"
    amount = Amount(size, figure.amount.scale, figure.amount.places)
    text = write(replace(figure, amount=amount))
    assert isinstance(text, str)
    return text


def grown_to(book: Book, figure: Figure, base: str) -> str | Message:
    """Return both ends, the base included: 由上期的681件增加到693件."""
    found = _before(book, figure, base)
    if isinstance(found, Message):
        return found
    before, label = found
    old, new = write(before), write(figure)
    difference = printed_value(figure) - printed_value(before)
    if difference == 0:
        return msg("{path} did not change.", path=figure.path)
    return f"由{label}的{old}{_verb(figure, difference)}到{new}"


def grown_by(book: Book, figure: Figure, base: str) -> str | Message:
    """Return the growth in percent of the base, the base not included: 比上期增长1.8%."""
    found = _before(book, figure, base)
    if isinstance(found, Message):
        return found
    before, label = found
    if figure.unit == "%":
        return msg("A percentage changes by percentage points; use | 变化.")
    if before.amount.value <= 0:
        return msg("{path} was 0; growth from 0 has no percentage.", path=figure.path)
    growth = percent(figure.amount.value - before.amount.value, before.amount.value)
    shown = rounded(abs(growth), 1)
    if shown == 0:
        return f"与{label}基本持平" if growth else f"与{label}持平"
    return f"比{label}{'增长' if growth > 0 else '下降'}{shown:f}%"


def doubled(book: Book, figure: Figure, base: str) -> str | Message:
    """Return how often a figure doubled, if it did: 比去年同期翻了一番."""
    found = _before(book, figure, base)
    if isinstance(found, Message):
        return found
    before, label = found
    if before.amount.value <= 0 or figure.amount.value < 2 * before.amount.value:
        return msg("{path} did not double.", path=figure.path)
    times = 0
    value = before.amount.value
    while value * 2 <= figure.amount.value:
        value, times = value * 2, times + 1
    more = "" if value == figure.amount.value else "多"
    return f"比{label}翻了{in_han(times, measured=True)}番{more}"


def share(book: Book, figure: Figure, argument: str) -> str | Message:
    """Return what part of the whole dataset a member's figure is, in percent: 1.7%."""
    dataset = _dataset(book, figure)
    nothing = (None,) * len(dataset.dimensions)
    whole = (
        observed(book, dataset, nothing, figure.cell[2]) if figure.kind is Kind.MEASURE else None
    )
    if whole is None or whole[0].value == 0 or figure.cell[1] == nothing:
        return msg("{path} is not a part of a known whole.", path=figure.path)
    if argument not in ("", *PLACES):
        return msg("How many decimals is a number from 0 to 6: | share 1.")
    decimals = int(argument or 1)
    value = percent(figure.amount.value, whole[0].value)
    return f"{rounded_share(value, decimals, Rounding.HALF_UP):f}%"


def rest(book: Book, figure: Figure, _argument: str) -> str | Message:
    """Return the total less the members that are reported: 其余26个."""
    parts = _members(book, figure)
    if isinstance(parts, Message):
        return parts
    known = sum_of([part for _, part in parts])
    left = figure.amount.value - known.value
    if left < 0 or figure.amount.approx or known.approx:
        return msg("The parts of {path} leave no exact rest.", path=figure.path)
    amount = Amount(left, figure.amount.scale, max(figure.amount.places, known.places))
    text = write(replace(figure, amount=amount))
    return f"其余{text}" if isinstance(text, str) else text


def listed(book: Book, figure: Figure, _argument: str) -> str | Message:
    """Return each member with its figure, in official order: 甲16个、乙14个."""
    parts = _members(book, figure)
    if isinstance(parts, Message):
        return parts
    return "、".join(f"{name}{write(replace(figure, amount=amount))}" for name, amount in parts)


def _members(book: Book, figure: Figure) -> list[tuple[str, Amount]] | Message:
    """Return the printed name and amount of each member below a total."""
    dataset, (_, members, name) = _dataset(book, figure), figure.cell
    index = next((i for i, member in enumerate(members) if member is None), None)
    if index is None or figure.kind is not Kind.MEASURE:
        return msg("{path} is not a total of members.", path=figure.path)
    printed = dataset.dimensions[index].members
    found = parts_of(book, dataset, members, name, index)
    parts = [(printed[key].printed, part[0]) for key, part in found.items() if part]
    return parts or msg("No member of {path} was reported.", path=figure.path)


def tenths(_book: Book, figure: Figure, _argument: str) -> str | Message:
    """Return a percentage in tenths, cut to what is true: 八成, 近八成, 七成多 (GB/T 15835 4.2)."""
    if figure.unit != "%":
        return msg("Only a percentage can be written in tenths.")
    value = figure.amount.value
    if not 10 <= value <= 100:
        return msg("{path} cannot be written in tenths.", path=figure.path)
    nearest = rounded(value / 10, 0)
    if nearest == 10 > value / 10:
        nearest = Decimal(9)
    digit = in_han(int(nearest))
    if value == nearest * 10:
        return f"{digit}成"
    if nearest * 10 > value:
        return f"近{digit}成"
    return f"{digit}成多"


def han(_book: Book, figure: Figure, _argument: str) -> str | Message:
    """Return a small whole number in Han numerals before its unit: 四批, 两批 (A10)."""
    value = figure.amount.value
    if figure.unit == "%" or value != value.to_integral_value() or not 0 <= value < 10_000:
        return msg("{path} is not written in Han numerals.", path=figure.path)
    return f"{in_han(int(value), measured=bool(figure.unit))}{figure.amount.approx}{figure.unit}"


PHRASES: Mapping[str, Phrase] = {
    "变化": change, "change": change,
    "升降": direction, "direction": direction,
    "增长到": grown_to, "grown-to": grown_to,
    "增长了": grown_by, "grown-by": grown_by,
    "翻番": doubled, "doubled": doubled,
    "占比": share, "share": share,
    "其余": rest, "rest": rest,
    "列举": listed, "listed": listed,
    "成": tenths, "tenths": tenths,
    "汉字": han, "han": han,
}  # fmt: skip
