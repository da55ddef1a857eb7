"""A ledger's rows as a printed list, and how it stands in a narrow column.

    Listing ──fitted──▶ Fit: widths, and every text in lines; None where it does not fit

Every text is broken here and not by the press, so that the list's height is
known before anything is set.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from jianbao.diagnostics import Place
from jianbao.model import AsOf, ChartKind
from jianbao.pages.charts.panels import Value
from jianbao.pages.charts.scenes import ems
from jianbao.pages.charts.tabular import LEADING, PAD, SIZE

_LEAST = 3.0
_RUN = re.compile(r"[0-9A-Za-z.,:/%~+-]+|.", re.DOTALL)
_NOT_FIRST = "，。、；：！？）》”’」』】〉%‰…—·"


@dataclass(frozen=True, slots=True)
class Item:
    """One cell of a list.

    Attributes:
        order: What rows are put in order by; None for an empty cell, which comes last.
        whole: Whether it is never broken: a day, a number.
    """

    text: str
    order: tuple[object, ...] | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows of a ledger, ready to be set.

    Attributes:
        columns: Their heads.
        looks: Of each column: "number" for flush right, "whole" for never broken, or "".
        count: The figure whose rows these are, as printed; `said` quotes it.
        said: How many rows there are and how many are printed: 共240件，列出20件.
        title: As HTML with marks, as are credit and note.
        now: The list's as-of.
        width: Of its column, in points of its layout.
        row: How far the lines of the text are apart, in the same.
        span: Over how many of the page's columns it stands.
    """

    columns: tuple[str, ...]
    looks: tuple[str, ...]
    rows: tuple[tuple[Item, ...], ...]
    count: Value
    said: str
    place: Place
    now: AsOf
    as_of: str
    source: str
    width: float
    title: str = ""
    credit: str = ""
    note: str = ""
    row: float = 13
    span: int = 1

    @property
    def kind(self) -> ChartKind:
        """What it is called beside charts and tables."""
        return ChartKind.LIST

    @property
    def values(self) -> Iterator[Value]:
        """The list's own figure: how many rows it has, or what they come to."""
        return iter((self.count,))


@dataclass(frozen=True, slots=True)
class Fit:
    """A list as it stands in its column, in points of 四开.

    Attributes:
        widths: Of its columns.
        head: The lines of each head.
        rows: The lines of each text.
        height: Of all its lines.
    """

    widths: tuple[float, ...]
    head: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    height: float


def fitted(listing: Listing) -> Fit | None:
    """Return how a list is set, None where its column is too narrow for it.

    Columns of days and numbers get what they need; those of words share what is left.
    """
    columns = list(zip(*listing.rows, strict=True))
    natural = [
        max(ems(text) for text in (head, *(item.text for item in column))) * SIZE
        for head, column in zip(listing.columns, columns, strict=True)
    ]
    least = [
        min(max(_unbreakable(column), _LEAST) * SIZE, wanted)
        for column, wanted in zip(columns, natural, strict=True)
    ]
    room = listing.width - 2 * PAD * len(columns) + 2 * PAD
    if sum(least) > room:
        return None
    inner = _shared(natural, least, room)
    head = tuple(wrapped(text, w) for text, w in zip(listing.columns, inner, strict=True))
    rows = tuple(
        tuple(
            (item.text,) if item.whole else wrapped(item.text, width)
            for item, width in zip(row, inner, strict=True)
        )
        for row in listing.rows
    )
    height = sum(max(map(len, row)) * LEADING + 3.3 for row in (head, *rows))
    ends = [PAD if index in (0, len(inner) - 1) else 2 * PAD for index in range(len(inner))]
    if len(inner) == 1:
        ends = [0.0]
    widths = tuple(width + end for width, end in zip(inner, ends, strict=True))
    return Fit(widths, head, rows, height + 1)


def _unbreakable(column: Sequence[Item]) -> float:
    """Return the widest run of a column that is never broken, in em."""
    return max(
        chain.from_iterable(
            (ems(item.text),) if item.whole else map(ems, _RUN.findall(item.text))
            for item in column
        ),
        default=0.0,
    )


def _shared(natural: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Return the columns' widths: what each needs, cut down evenly where that is too much.

    >>> _shared([20, 100, 40], [20, 24, 24], 120)
    [20, 60.0, 40]
    """
    spare = room - sum(natural)
    if spare >= 0:
        return [width + spare / len(natural) for width in natural]
    low, high = 0.0, max(natural)
    while high - low > 0.001:
        cap = (low + high) / 2
        over = sum(min(n, max(cap, m)) for n, m in zip(natural, least, strict=True)) > room
        low, high = (low, cap) if over else (cap, high)
    return [n if n <= low else round(max(low, m), 2) for n, m in zip(natural, least, strict=True)]


def wrapped(text: str, width: float) -> tuple[str, ...]:
    """Return a text in lines of at most `width` points; digits and Latin words stay whole.

    >>> wrapped("建设路口路灯不亮", 32.5)
    ('建设路口', '路灯不亮')
    >>> wrapped("两盏路灯，已报修", 32.5)
    ('两盏路', '灯，已报', '修')
    """
    lines, line = [], ""
    for run in _RUN.findall(text):
        if not line or ems(line + run) * SIZE <= width + 0.01:
            line += run
        elif run[0] in _NOT_FIRST and len(line) > 1 and not line[-1].isascii():
            lines.append(line[:-1])
            line = line[-1] + run
        else:
            lines.append(line)
            line = run
    return tuple(filter(None, (part.strip() for part in (*lines, line)))) or ("",)
