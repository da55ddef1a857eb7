"""Ledgers against themselves: the 合计 row, and rows entered twice."""

from collections.abc import Iterator
from decimal import Decimal

from jianbao.diagnostics import Finding, error, msg
from jianbao.model import Dataset
from jianbao.reading.ledgers import LedgerTable

_MOST = 20


def totals_agree(table: LedgerTable) -> Iterator[Finding]:
    """A number in a 合计 row is what the rows above it come to."""
    for total in table.totals:
        if total.column:
            parts = table.sums[total.column][total.start : total.end]
            value = sum((part for part in parts if part), Decimal(0))
        else:
            value = Decimal(total.end - total.start)
        if value != total.value:
            name = total.column
            yield error(
                "ledger-total-differs",
                total.place,
                msg(
                    "The rows above have {value} under {name}, not {stated}.",
                    value=_plain(value),
                    name=name,
                    stated=_plain(total.value),
                )
                if name
                else msg(
                    "There are {value} rows above, not {stated}.",
                    value=_plain(value),
                    stated=_plain(total.value),
                ),
                msg("Find out which is right; rows are counted, not this total."),
            )


def keys_are_unique(table: LedgerTable, dataset: Dataset) -> Iterator[Finding]:
    """No two rows have the same value in the column that tells them apart."""
    column = dataset.ledger.key if dataset.ledger else ""
    if not column:
        return
    first: dict[str, int] = {}
    found = 0
    for index, text in enumerate(table.texts[column]):
        known = first.setdefault(text, index) if text else index
        if known != index and found < _MOST:
            found += 1
            yield error(
                "ledger-row-twice",
                table.place(index, column, text),
                msg(
                    "{name} {value} already stands in row {row}.",
                    name=column,
                    value=text,
                    row=table.lines[known],
                ),
                msg("Delete one of the two rows, or correct it."),
            )


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
