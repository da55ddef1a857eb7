"""Ratios stated by a unit against the ones computed from its own figures.

Within half a unit of the last place is right; cut off instead of rounded is a
warning; anything further is an error (newsroom rules 4.5).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from jianbao.diagnostics import Finding, Place, error, msg, warning
from jianbao.figures.arithmetic import rounded
from jianbao.figures.book import Book
from jianbao.figures.resolve import Figure, Kind, resolve
from jianbao.model import Observation, Rounding


def ratios_have_the_same_decimals(
    printed: Iterable[tuple[Place, Figure, str]],
) -> Iterator[Finding]:
    """Ratios in one bulletin are printed with as many decimals; 100% needs none (rules 4.2)."""
    known = [
        (place, figure, _decimals(text))
        for place, figure, text in printed
        if figure.kind is Kind.RATIO and figure.amount.value != 100
    ]
    usual = Counter(decimals for _, _, decimals in known).most_common(1)
    for place, figure, decimals in known:
        if decimals != usual[0][0]:
            yield warning(
                "ratio-decimals",
                place,
                msg(
                    "{path} has {decimals} decimals, the other ratios of this bulletin {usual}.",
                    path=figure.path,
                    decimals=decimals,
                    usual=usual[0][0],
                ),
                msg("Set decimals in campaign.yaml alike."),
            )


def _decimals(text: str) -> int:
    """Return how many digits stand behind the point of a printed number."""
    match = re.search(r"\.(\d+)", text)
    return len(match[1]) if match else 0


def stated_ratios_agree(book: Book) -> Iterator[Finding]:
    """A ratio that was typed into a day file is the one its parts give."""
    for (dataset, members, name), stated in book.cells.items():
        if name in book.campaign.datasets[dataset].ratios:
            names = (dataset, *(member for member in members if member), name)
            figure = resolve(book, names)
            if isinstance(figure, Figure):
                ratio = book.campaign.datasets[dataset].ratios[name]
                ends = (resolve(book, (*names[:-1], end)) for end in (ratio.part, ratio.whole))
                parts = [_plain(end.amount.value) for end in ends if isinstance(end, Figure)]
                yield from _compare(stated, figure, " / ".join(parts))


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _compare(stated: Observation, figure: Figure, parts: str) -> Iterator[Finding]:
    typed, places = stated.amount.value, stated.amount.places
    exact = figure.amount.value
    step = Decimal(1).scaleb(-places)
    right = rounded(exact, places)
    if abs(typed - exact) <= step / 2 or typed == right or stated.amount.approx:
        return
    if typed == rounded(exact, places, Rounding.DOWN):
        yield warning(
            "ratio-truncated",
            stated.place,
            msg(
                "{path} is {exact}% ({parts}); {typed}% is cut off, not rounded.",
                path=figure.path,
                exact=f"{rounded(exact, places + 2)}",
                parts=parts,
                typed=f"{typed:f}",
            ),
            msg("Write {value}.", value=f"{right:f}%"),
        )
    else:
        yield error(
            "ratio-differs",
            stated.place,
            msg(
                "{path} is {exact}% ({parts}), not {typed}%.",
                path=figure.path,
                exact=f"{right:f}",
                parts=parts,
                typed=f"{typed:f}",
            ),
            msg("Write {value}, or leave it out: it is computed.", value=f"{right:f}%"),
        )
