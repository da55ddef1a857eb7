#!/usr/bin/env python3
"""Measure the columns of the sample bulletins as they are pressed.

    python -m tests.bench.samples

Prints rows of the table of `tests.bench.composition`: the pages as readers get them, with figures,
bold run-in heads and crossheads in their columns, at the two measures of the page specs.
"""

import sys

import pymupdf

from jianbao.press.engine import press
from tests.bench.composition import HEAD, row
from tests.bench.editions import prepared
from tests.bench.measuring import measure

AREA = 680.4  # points: the type area of 四开, in the middle of the page
COLUMNS = {
    "zhongyuan/2021-47": ("four columns of 18", [0, 172.8, 345.6, 518.4], 162.0),
    "huiji/2021-43": ("five columns of 14", [0, 138.6, 277.2, 415.8, 554.4], 126.0),
}


def main() -> None:
    """Print a row for each bulletin."""
    sys.stdout.write(HEAD + "\n")
    for address, (name, lefts, width) in COLUMNS.items():
        pdf = press(prepared(address).job).pdf
        with pymupdf.open(stream=pdf) as document:
            edge = (document[0].rect.width - AREA) / 2
        found = measure(pdf, 9, [edge + left for left in lefts], width)
        sys.stdout.write(row(f"{address}, {name}", "**Jianbao**", found, 0.0) + "\n")


if __name__ == "__main__":
    main()
