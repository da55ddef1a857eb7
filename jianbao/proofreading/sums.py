"""Parts and totals as they are printed: whoever adds up what the page says must get the total.

    stories, writings, Book ──printed_parts_add_up──▶ findings

What was reported adds up, or `totals` has said that it does not. Written in 万 or with
fewer decimals, each number is rounded alone, and 1.1万 and 1.1万 may make 2.3万.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jianbao.diagnostics import Finding, Place, msg, warning
from jianbao.figures.arithmetic import interval, sum_interval
from jianbao.figures.book import Book, Cell
from jianbao.figures.language import Written, parse
from jianbao.figures.resolve import Figure, Kind, parts_of
from jianbao.model import Amount, Breakdown, Quote, Story
from jianbao.reading.scalars import read_amount

_SHARES = frozenset({"占比", "share"})
_NAMED = "四舍五入"
_ALL = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Printed:
    place: Place
    figure: Figure
    text: str
    value: Decimal


def printed_parts_add_up(
    book: Book, stories: Mapping[str, Story], writings: Mapping[str, Sequence[Written]]
) -> Iterator[Finding]:
    """Parts add up as printed, or the text says that they were rounded."""
    for path, story in stories.items():
        if any(_NAMED in place.text for place in story.lines):
            continue
        pairs = list(zip(story.quotes, writings[path], strict=True))
        values, shares = _values(pairs), _shares(pairs)
        for printed in values.values():
            for parts in _all_parts(book, printed.figure, values):
                if _add_up_as_reported(printed, parts):
                    yield from _compared(parts, printed.value, printed.text, printed.place)
        for cell in {_whole(cell) for cell in shares}:
            for index in range(len(cell[1])):
                parts = _parts(book, cell, index, shares)
                if parts:
                    yield from _compared(parts, _ALL, "100%", parts[-1].place)


def _values(pairs: Sequence[tuple[Quote, Written]]) -> dict[Cell, _Printed]:
    """Return what is printed of each figure, read back; not what says itself that it is rough."""
    found: dict[Cell, _Printed] = {}
    for quote, written in pairs:
        figure = written.figure
        if figure is None or written.phrase or figure.kind is not Kind.MEASURE:
            continue
        amount = read_amount(written.text, figure.unit)
        if isinstance(amount, Amount) and not amount.approx:
            found.setdefault(figure.cell, _Printed(quote.place, figure, written.text, amount.value))
    return found


def _shares(pairs: Sequence[tuple[Quote, Written]]) -> dict[Cell, _Printed]:
    """Return the shares that are printed, in percent."""
    return {
        written.figure.cell: _Printed(
            quote.place, written.figure, written.text, Decimal(written.text.removesuffix("%"))
        )
        for quote, written in pairs
        if written.figure and any(name in _SHARES for name, _ in parse(quote.source).filters)
    }


def _whole(cell: Cell) -> Cell:
    """Return the cell a share is a share of: all members."""
    return cell[0], (None,) * len(cell[1]), cell[2]


def _all_parts(
    book: Book, figure: Figure, printed: Mapping[Cell, _Printed]
) -> Iterator[list[_Printed]]:
    """Yield the parts of a total, once for each dimension of which all members are printed."""
    for index, member in enumerate(figure.cell[1]):
        if member is None and (parts := _parts(book, figure.cell, index, printed)):
            yield parts


def _parts(book: Book, cell: Cell, index: int, printed: Mapping[Cell, _Printed]) -> list[_Printed]:
    """Return every member's number, or none where one of them is not printed."""
    name, members, measure = cell
    dataset = book.campaign.datasets[name]
    if dataset.dimensions[index].breakdown is not Breakdown.EXHAUSTIVE:
        return []
    known = parts_of(book, dataset, members, measure, index)
    cells = [(name, (*members[:index], part, *members[index + 1 :]), measure) for part in known]
    return [printed[part] for part in cells] if all(part in printed for part in cells) else []


def _add_up_as_reported(total: _Printed, parts: Sequence[_Printed]) -> bool:
    together = sum_interval([part.figure.amount for part in parts])
    return interval(total.figure.amount).meets(together)


def _compared(
    parts: Sequence[_Printed], total: Decimal, text: str, place: Place
) -> Iterator[Finding]:
    together = sum((part.value for part in parts), Decimal(0))
    if together == total or len(parts) < 2:
        return
    said = "＋".join(part.text for part in parts)
    yield warning(
        "parts-rounded",
        place,
        msg("As printed, {parts} do not make {total}: each was rounded alone.",
            parts=said, total=text),
        msg("Print one more decimal, or say in the text: {words}.",
            words="因四舍五入，分项之和与总数略有出入"),
    )  # fmt: skip
