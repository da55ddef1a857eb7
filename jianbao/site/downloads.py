"""What readers may take along: each dataset and each bulletin's figures as CSV and JSON.

    Dataset, observations ──▶ data/….csv, data/….json
    origins of a bulletin ──▶ figures.csv

CSV begins with a byte order mark, so that Excel reads it as UTF-8, and a text
that Excel would take for a formula is kept a text.
"""

import csv
import json
import re
from collections.abc import Iterable, Sequence
from io import StringIO

from jianbao.figures.book import Book
from jianbao.figures.writing import write_amount, write_as_of
from jianbao.model import Dataset, Observation
from jianbao.pages.provenance import Origin

BOM = "\ufeff"
_ACTS = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?%?")
FIGURES = (
    "印法",
    "数值",
    "单位",
    "名称",
    "路径",
    "截至",
    "算法",
    "上期",
    "来源",
    "填报处",
    "引用处",
)


def csv_of(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as CSV for Excel and for programs alike.

    >>> csv_of(["单位"], [["=1+1"], ["-3.5"]]).decode()
    "\\ufeff单位\\r\\n'=1+1\\r\\n-3.5\\r\\n"
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_harmless(head) for head in heads])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return (BOM + text.getvalue()).encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if _ACTS.match(cell) and not _NUMBER.fullmatch(cell) else cell


def figures_csv(origins: Iterable[Origin]) -> bytes:
    """Return a bulletin's printed figures: a row each quote."""
    rows = (
        (
            item.text, item.value, item.unit, item.label, item.path, item.as_of, item.formula,
            item.last, item.source, "；".join(item.places), item.quoted,
        )
        for item in origins
    )  # fmt: skip
    return csv_of(FIGURES, rows)


def dataset_files(book: Book, dataset: Dataset, stem: str) -> dict[str, bytes]:
    """Return all that was reported of a dataset, the earliest first, as CSV and as JSON."""
    items = [
        item
        for snapshot in book.snapshots.get(dataset.name, ())
        for item in sorted(snapshot.cells.values(), key=lambda item: _order(dataset, item))
    ]
    heads = ["截至", *(dimension.name for dimension in dataset.dimensions)]
    rows = [_row(dataset, item) for item in items]
    keys = ("as_of", "members", "measure", "value", "unit", "text", "place")
    values = {
        "dataset": dataset.name,
        "name": dataset.printed,
        "dimensions": [dimension.name for dimension in dataset.dimensions],
        "definition": dataset.definition,
        "observations": [
            dict(zip(keys, (row[0], item.members, *row[-5:]), strict=True))
            for item, row in zip(items, rows, strict=True)
        ],
    }
    body = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    return {
        f"{stem}.csv": csv_of([*heads, "指标", "数值", "单位", "印法", "填报处"], rows),
        f"{stem}.json": body,
    }


def _row(dataset: Dataset, item: Observation) -> list[str]:
    measure = dataset.measures.get(item.name)
    unit = measure.unit if measure else "%"
    value = f"{item.amount.value.normalize():f}"
    return [
        write_as_of(item.as_of, 0),
        *(member or "全部" for member in item.members),
        item.name, value, unit, write_amount(item.amount, unit), item.place.spot,
    ]  # fmt: skip


def _order(dataset: Dataset, item: Observation) -> tuple[int, ...]:
    """Return where an observation stands: by members, then measure, in official order."""
    members = (
        -1 if member is None else [*dimension.members].index(member)
        for dimension, member in zip(dataset.dimensions, item.members, strict=True)
    )
    names = [*dataset.measures, *dataset.ratios]
    return (*members, names.index(item.name))
