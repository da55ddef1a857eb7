"""Read what review has left: the office's stages, signatures, and what was printed each time.

    site.yaml ──process_of──▶ Process       review.yaml ──read_review──▶ Checked[Review]

Only Jianbao writes review.yaml. Its digests are computed anew when it is read,
so that a changed or deleted line does not go unseen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jianbao.diagnostics import Checked, Finding, Place, error, msg
from jianbao.model.reviewed import (
    PRESETS,
    Deadline,
    Passage,
    Printed,
    PrintedFigure,
    Process,
    Review,
    Signature,
    Stage,
)
from jianbao.reading.files import is_file, read_text
from jianbao.reading.shaping import checked_shape, nearest, value_place
from jianbao.reading.tree import Table, read_tree

if TYPE_CHECKING:
    from jianbao.reading.kept_shapes import PrintedShape
    from jianbao.reading.stages import ReviewShape, StageShape

REVIEW = "review.yaml"
_UNTIL = re.compile(r"\s*(?:当天|前(?P<days>\d{1,2})天)\s*(?P<time>(?:[01]?\d|2[0-3]):[0-5]\d)?\s*")


def printed_of(shape: PrintedShape) -> Printed:
    """Return what was printed from its kept form."""
    return Printed(
        {
            name: tuple(Passage(role, text) for row in rows for role, text in row.items())
            for name, rows in shape.texts.items()
        },
        tuple(PrintedFigure(**dict(row)) for row in shape.figures),
        dict(shape.pictures),
        dict(shape.looks),
    )


def kept_form(printed: Printed) -> dict[str, object]:
    """Return what was printed as plain values to keep, the other way round."""
    return {
        "texts": {
            name: [{passage.role: passage.text} for passage in passages]
            for name, passages in printed.texts.items()
        },
        "figures": [
            {name: getattr(figure, name) for name in PrintedFigure.__slots__}
            for figure in printed.figures
        ],
        "pictures": dict(printed.pictures),
        "looks": dict(printed.looks),
    }


def read_review(root: Path, address: str) -> Checked[Review]:
    """Return a bulletin's signatures; none, with findings, where the file was changed by hand."""
    path = f"content/{address}/{REVIEW}"
    if not is_file(root, path):
        return Checked(Review())
    text = read_text(root, path)
    tree = read_tree(path, text.value or "")
    findings = (*text.findings, *tree.findings)
    if findings:
        return Checked(Review(), findings)
    from jianbao.reading.kept_shapes import ReviewFileShape

    shape = checked_shape(ReviewFileShape, tree.value)
    if shape.value is None:
        return Checked(Review(), shape.findings)
    contents = {name: printed_of(kept) for name, kept in shape.value.contents.items()}
    signatures = tuple(
        Signature(**{name: getattr(row, name) for name in Signature.__slots__})
        for row in shape.value.signatures
    )
    chains = [row.chain for row in shape.value.signatures]
    rows = [Link(one.chained, one.digest) for one in signatures]
    damage = (
        *broken_chain(tree.value, "signatures", zip(rows, chains, strict=True), contents),
        *altered(tree.value, contents),
    )
    return Checked(Review() if damage else Review(signatures, contents), damage)


@dataclass(frozen=True, slots=True)
class Link:
    """A record of a chain: what ties it to the one before it, and what it was given for."""

    tie: Callable[[str], str]
    digest: str


def broken_chain(
    tree: Table, key: str, rows: Iterable[tuple[Link, str]], contents: Mapping[str, Printed]
) -> Iterator[Finding]:
    """Yield where a list of records is not as it was written; each comes with its kept tie."""
    last = ""
    for index, (link, kept) in enumerate(rows):
        if link.tie(last) != kept or link.digest not in contents:
            yield damaged(value_place(tree, key, index, "digest"))
        last = kept


def altered(tree: Table, contents: Mapping[str, Printed]) -> Iterator[Finding]:
    """Yield where what was printed is not as it was kept."""
    for name, printed in contents.items():
        if printed.digest != name:
            yield damaged(value_place(tree, "contents", name))


def damaged(place: Place) -> Finding:
    """Return the finding for a record that somebody changed by hand."""
    return error(
        "record-damaged",
        place,
        msg("This record is not as it was written: somebody changed or deleted something here."),
        msg("Take the file back from a copy. If there is none, delete it and have it signed anew."),
    )


def process_of(tree: Table, shape: ReviewShape) -> Checked[Process]:
    """Return the office's stages: those of a preset, with what is said otherwise."""
    preset = PRESETS[shape.preset]
    findings: list[Finding] = []
    order = tuple(_stages(tree, "order", shape.order, findings)) or preset.order
    given = "beside" in shape.model_fields_set
    own = tuple(_stages(tree, "beside", shape.beside, findings))
    beside = own if given or shape.order else preset.beside
    names = [stage.name for stage in (*order, *beside)]
    findings += [
        error(
            "review-stages",
            value_place(tree, "review", "order"),
            msg("{name} is named twice among the stages of review.", name=name),
            msg("Name each stage once."),
        )
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    apart = tuple(_known(tree, "apart", shape.apart, names, findings))
    fitting = tuple(_known(tree, "fitting", shape.fitting, names, findings))
    process = Process(
        order,
        beside,
        apart or tuple(name for name in preset.apart if name in names),
        fitting or tuple(dict.fromkeys(n for n in (*preset.fitting, order[-1].name) if n in names)),
    )
    return Checked(process, tuple(findings))


def _stages(
    tree: Table, key: str, shapes: list[StageShape], findings: list[Finding]
) -> Iterator[Stage]:
    for index, shape in enumerate(shapes):
        until = None
        if shape.until:
            found = _UNTIL.fullmatch(shape.until)
            if found is None:
                findings.append(
                    error(
                        "review-stages",
                        value_place(tree, "review", key, index, "until"),
                        msg("It is not clear until when."),
                        msg("Write it like “前1天 17:30” or “当天 9:00”."),
                    )
                )
            else:
                until = Deadline(int(found["days"] or 0), found["time"] or "")
        yield Stage(shape.name, shape.who, until)


def _known(
    tree: Table, key: str, wanted: list[str], names: list[str], findings: list[Finding]
) -> Iterator[str]:
    for index, name in enumerate(wanted):
        if name in names:
            yield name
            continue
        findings.append(
            error(
                "review-stages",
                value_place(tree, "review", key, index),
                msg("There is no stage {name} in review.", name=name),
                nearest(name, names),
            )
        )
