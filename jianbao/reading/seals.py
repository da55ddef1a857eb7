"""Read what publication has left: seals, corrections, their notices, and what was published then.

sealed.yaml ──read_sealed──▶ Checked[Sealed]   + notices ──read_corrections──▶ what readers see
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from jianbao.diagnostics import Checked, Finding, Place
from jianbao.model import Correction
from jianbao.model.reviewed import Printed
from jianbao.model.sealed import CorrectionRecord, Maker, Seal, Sealed, WrongFigure, chain_of
from jianbao.reading.files import bytes_of, files_below, is_file, lies_in, read_text
from jianbao.reading.reviews import (
    Link,
    altered,
    broken_chain,
    damaged,
    printed_of,
)
from jianbao.reading.shaping import checked_shape
from jianbao.reading.tree import Table, read_tree

if TYPE_CHECKING:
    from jianbao.reading.kept_shapes import CorrectionShape, SealShape

SEALED = "sealed.yaml"


def read_sealed(root: Path, address: str) -> Checked[Sealed]:
    """Return a bulletin's seals and corrections; none, with findings, where somebody tampered."""
    path = f"content/{address}/{SEALED}"
    if not is_file(root, path):
        return Checked(Sealed())
    text = read_text(root, path)
    tree = read_tree(path, text.value or "")
    findings = (*text.findings, *tree.findings)
    if findings:
        return Checked(Sealed(), findings)
    from jianbao.reading.kept_shapes import SealedFileShape

    shape = checked_shape(SealedFileShape, tree.value)
    if shape.value is None:
        return Checked(Sealed(), shape.findings)
    contents = {name: printed_of(kept) for name, kept in shape.value.contents.items()}
    sealed = Sealed(
        tuple(map(_seal, shape.value.seals)),
        tuple(map(_correction, shape.value.corrections)),
        contents,
    )
    chains = [[one.chain for one in rows] for rows in (shape.value.seals, shape.value.corrections)]
    damage = _damage(tree.value, sealed, chains, path)
    return Checked(Sealed(), damage) if damage else Checked(sealed)


def _seal(shape: SealShape) -> Seal:
    values = {name: getattr(shape, name) for name in Seal.__slots__ if name != "maker"}
    return Seal(**values, maker=Maker(**dict(shape.maker)))


def _correction(shape: CorrectionShape) -> CorrectionRecord:
    values = {
        name: getattr(shape, name) for name in CorrectionRecord.__slots__ if name != "figures"
    }
    figures = tuple(WrongFigure(**dict(figure)) for figure in shape.figures)
    return CorrectionRecord(**values, figures=figures)


def _damage(tree: Table, sealed: Sealed, chains: list[list[str]], path: str) -> tuple[Finding, ...]:
    """Return where the file is not as it was written."""
    found: list[Finding] = []
    seals: Sequence[Seal | CorrectionRecord] = sealed.seals
    corrections: Sequence[Seal | CorrectionRecord] = sealed.corrections
    for (key, known), ties in zip(
        (("seals", seals), ("corrections", corrections)), chains, strict=True
    ):
        rows = [Link(partial(_tie, asdict(one)), one.digest) for one in known]
        found += broken_chain(tree, key, zip(rows, ties, strict=True), sealed.contents)
    found += altered(tree, sealed.contents)
    return tuple(found) or (() if sealed.seals else (damaged(Place(path)),))


def _tie(values: object, last: str) -> str:
    return chain_of(last, values)


def read_corrections(root: Path, address: str) -> tuple[Correction, ...]:
    """Return a bulletin's corrections as readers see them, the latest first; of each seal one.

    Their words are those of the notice as it lies there: people may have edited it.
    """
    sealed = read_sealed(root, address).value
    last = {one.seal: one for one in sealed.corrections}
    found = []
    for number, one in sorted(last.items(), reverse=True):
        text = read_text(root, f"content/{address}/{one.notice}").value or ""
        lines = (line.strip() for line in text.splitlines() if not line.startswith("#"))
        found.append(Correction(one.day, "".join(lines), f"old/{number}/index.html"))
    return tuple(found)


def read_old(root: Path, address: str) -> dict[str, dict[str, bytes]]:
    """Return what was published under each seal that was corrected, by folder: old/1."""
    sealed = read_sealed(root, address).value
    numbers = sorted({one.seal for one in sealed.corrections})
    return {f"old/{n}": read_kept(root, address, sealed.seals[n - 1]) for n in numbers}


def read_kept(root: Path, address: str, seal: Seal) -> dict[str, bytes]:
    """Return what was published under a seal, by name in its folder; less what is not there.

    What a link or .. reaches outside the bulletin's folder is not there.
    """
    home, kept = root / "content" / address, PurePosixPath(seal.kept)
    names = files_below(home / kept)
    return _held(home / kept, (name for name in names if lies_in(home, f"{kept}/{name}")))


def read_output(output: Path, address: str, names: tuple[str, ...]) -> dict[str, bytes]:
    """Return the made files of a bulletin by name in its folder; less what is not there."""
    return _held(output / address, names)


def _held(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    held = {name: bytes_of(folder, name) for name in names}
    return {name: data for name, data in held.items() if data is not None}


def digest_file(root: Path, path: str) -> str:
    """Return the SHA-256 of a file's bytes, "" where there is none."""
    data = bytes_of(root, path)
    return "" if data is None else sha256(data).hexdigest()


def printed_last(root: Path, address: str) -> Printed | None:
    """Return what a bulletin printed when it was last sealed, None where it never was."""
    sealed = read_sealed(root, address).value
    return sealed.contents[sealed.seals[-1].digest] if sealed.seals else None
