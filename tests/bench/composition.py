#!/usr/bin/env python3
"""Set four texts in three shapes, four ways, and print the table of docs/columns.md with times.

    python -m tests.bench.composition [FOLDER]

Prints Markdown. With FOLDER, keeps the PDFs there, to be looked at. To set Typst beside us,
install it in an environment of its own and name that in PYTHONPATH:

    python3 -m venv /tmp/typst && /tmp/typst/bin/pip install typst
    PYTHONPATH=/tmp/typst/lib/python3.11/site-packages python -m tests.bench.composition
"""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import setting
from tests.bench.measuring import Columns, measure
from tests.bench.setting import Shape

TEXTS = Path(__file__).parent / "texts"
NAMES = {
    "seed-a": "seed A",
    "seed-b": "seed B",
    "figures": "all figures",
    "quotations": "quotations, Latin",
}
# A3 with margins of 36 pt and 16 pt between columns is 14.86 em, the measure at which Typst was
# measured for the aims; the others are the measures of the page specs.
SHAPES = (
    Shape("A3, five columns, 9.5/14 pt, 14.86 em", 9.5, 14, 5, 141.178, 16, 79),
    Shape("14 characters, 9/13 pt", 9, 13, 5, 126, 12.6, 76),
    Shape("18 characters, 9/13 pt", 9, 13, 4, 162, 10.8, 76),
)
HEAD = (
    "| text | set by | flush | worst pt | gap mean | p99 | max | loose | open ends | bad | orphans "
    "| time s |\n|---|---|---|---|---|---|---|---|---|---|---|---|"
)
Way = Callable[[list[str], Shape], bytes]


def ways() -> dict[str, Way]:
    """Return the ways of setting that this machine has, by name."""
    found: dict[str, Way] = {"WeasyPrint": setting.plain, "**Jianbao**": setting.ours}
    if setting.has_typst():
        found["Typst"] = setting.typst
    if setting.CHROMIUM.exists():
        found["Chromium"] = setting.chromium
    return found


def timed(paragraphs: list[str], shape: Shape) -> Iterator[tuple[str, bytes, float]]:
    """Yield each way's name, its PDF and the seconds it takes warm (Chromium: a whole process).

    The best of seven, plain and composed in turns: the machine may be busy with other things.
    """
    pdfs: dict[str, bytes] = {}
    seconds: dict[str, list[float]] = {}
    for _ in range(7):
        for name, way in ways().items():
            if name == "Chromium" and name in pdfs:
                continue
            start = time.perf_counter()
            pdfs[name] = way(paragraphs, shape)
            seconds.setdefault(name, []).append(time.perf_counter() - start)
    for name, pdf in pdfs.items():
        yield name, pdf, min(seconds[name])


def row(text: str, way: str, found: Columns, seconds: float) -> str:
    """Return one row of the table."""
    return (
        f"| {text} | {way} | {found.flush:.3f} | {found.worst:.2f} | {found.mean:.4f} "
        f"| {found.p99:.3f} | {found.most:.3f} | {found.loose:.1%} | {found.open_ends} "
        f"| {found.bad} | {found.orphans} | {seconds:.3f} |"
    )


def main(folder: Path | None = None) -> None:
    """Print the table, shape by shape, and composed against plain in time."""
    for shape in SHAPES:
        sys.stdout.write(f"\n**{shape.name}**\n\n{HEAD}\n")
        ratios = []
        for stem, name in NAMES.items():
            paragraphs = (TEXTS / f"{stem}.txt").read_text(encoding="utf-8").split("\n")[:-1]
            times = {}
            for way, pdf, seconds in timed(paragraphs, shape):
                times[way] = seconds
                if folder is not None:
                    plain = way.strip("*").lower()
                    (folder / f"{stem}-{shape.width:.0f}pt-{plain}.pdf").write_bytes(pdf)
                found = measure(pdf, shape.size, shape.edges, shape.width)
                sys.stdout.write(row(name, way, found, seconds) + "\n")
            ratios.append(times["**Jianbao**"] / times["WeasyPrint"])
        spread = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        sys.stdout.write(f"\nTime, composed : plain, text by text: {spread}\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
