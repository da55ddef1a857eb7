"""Read from campaign.yaml how a dataset is counted from a ledger.

`where: {期限: 早于截至, 办结日期: [空, 晚于截至]}` counts what was overdue: all
columns must fit, and a column fits by any of the words in its list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jianbao.diagnostics import Finding, error, msg
from jianbao.model import Condition, Counting, Ledger
from jianbao.reading.headings import plain
from jianbao.reading.shaping import nearest, place_of
from jianbao.reading.tree import Table

if TYPE_CHECKING:
    from jianbao.reading.shapes import DatasetShape, MeasureShape

_WORDS = {
    "before": ("早于截至", "早于截止", "beforeas_of"),
    "after": ("晚于截至", "晚于截止", "afteras_of"),
    "empty": ("空", "empty"),
    "filled": ("非空", "notempty"),
}
_FILE = re.compile(r"[^/\\]+\.(xlsx|xls|csv)", re.IGNORECASE)
_LIKE_A_DAY = re.compile("[早晚]于|[先后]于|不?[早晚]于|超过截|为空|不为空|空白")
_NOT = ("不是", "not ")


def ledger_of(tree: Table, campaign: str, name: str, shape: DatasetShape) -> Ledger | None:
    """Return the ledger that a dataset names."""
    if shape.ledger is None:
        return None
    ledger = shape.ledger
    columns = {
        dimension: ledger.columns.get(dimension, dimension) for dimension in shape.dimensions
    }
    return Ledger(
        f"data/{campaign}/ledgers/{ledger.file}",
        place_of(tree, "datasets", name, "ledger"),
        ledger.sheet,
        ledger.date,
        ledger.key,
        columns,
        tuple(ledger.show),
    )


def _odd_words(tree: Table, name: str, key: str, measure: MeasureShape) -> Iterator[Finding]:
    """Yield conditions that look like those of days and are none: they would fit no row."""
    for column, words in measure.where.items():
        for word in [words] if isinstance(words, str) else words:
            known = any(plain(word) in texts for texts in _WORDS.values())
            if _LIKE_A_DAY.match(word) and not known:
                yield error(
                    "value-refused",
                    place_of(tree, "datasets", name, "measures", key, "where", column),
                    msg("{word} is not a condition that is known here.", word=word),
                    msg("Known here: {names}.", names="早于截至、晚于截至、空、非空"),
                )


def counting_of(shape: MeasureShape) -> Counting:
    """Return how a measure is counted: rows unless it names a column to sum."""
    where = tuple(
        condition(column, [words] if isinstance(words, str) else words)
        for column, words in shape.where.items()
    )
    return Counting(shape.sum, where)


def condition(column: str, words: list[str]) -> Condition:
    """Return what a list of words asks of a column.

    >>> condition("状态", ["不是已办结"]).negated
    True
    >>> condition("期限", ["早于截至"]).before
    True
    """
    flags = {flag: any(plain(word) in known for word in words) for flag, known in _WORDS.items()}
    reserved = {word for known in _WORDS.values() for word in known}
    texts = [word.strip() for word in words if plain(word) not in reserved]
    negated = bool(texts) and all(text.startswith(_NOT) for text in texts)
    if negated:
        texts = [text.removeprefix(_NOT[0]).removeprefix(_NOT[1]) for text in texts]
    return Condition(column, frozenset(plain(text) for text in texts), negated, **flags)


def ledger_faults(tree: Table, name: str, shape: DatasetShape) -> Iterator[Finding]:
    """Yield what does not fit between a dataset and its ledger."""
    for key, measure in shape.measures.items():
        word = "sum" if measure.sum else "where" if measure.where else ""
        if word and shape.ledger is None:
            yield error(
                "ledger-missing",
                place_of(tree, "datasets", name, "measures", key, word),
                msg(
                    "{name} is to be counted, but {dataset} has no ledger.", name=key, dataset=name
                ),
                msg("Add ledger: {{file: …}} to the dataset."),
            )
        yield from _odd_words(tree, name, key, measure)
        if shape.ledger and measure.unit == "%":
            yield error(
                "ledger-rate",
                place_of(tree, "datasets", name, "measures", key, "unit"),
                msg("A rate cannot be counted from a ledger."),
                msg("Count its two parts, and write it under ratios."),
            )
    if shape.ledger and not _FILE.fullmatch(shape.ledger.file):
        yield error(
            "value-refused",
            place_of(tree, "datasets", name, "ledger", "file"),
            msg("A ledger is an .xlsx, .xls or .csv in the folder ledgers."),
            msg("Write its name alone, such as “报道.xlsx”."),
        )
    for dimension in shape.ledger.columns if shape.ledger else ():
        if dimension not in shape.dimensions:
            yield error(
                "dimension-unknown",
                place_of(tree, "datasets", name, "ledger", "columns", dimension),
                msg("No dimension is named {name}.", name=dimension),
                nearest(dimension, list(shape.dimensions)),
            )
