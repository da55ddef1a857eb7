"""The gallery's pages: a text as long as a slot says it has room for, on every layout.

Capacities in layout.yaml are a promise to whoever writes: what is as long fits, without an error
and without a hole, and nothing is printed over anything else.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import pymupdf
import pytest

from jianbao import pipeline
from jianbao.diagnostics import Finding, Severity
from jianbao.reading.looks import read_templates
from jianbao.reading.slots import read_layouts
from jianbao.settings import Settings, shipped_templates
from tests.bench import gallery

LAYOUTS = ("brief", "feature", "feature-photos", "figures", "front", "modular", "photos")
NEWSPAPER = LAYOUTS[1:]
WIDE, HIGH = 680.4, 988.0


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Path], tuple[Finding, ...]]:
    """Return the PDF of each layout on its first paper, and what was found."""
    root = tmp_path_factory.mktemp("gallery")
    shipped = shipped_templates()
    layouts = {
        name: replace(layout, papers=layout.papers[:1], profiles=("jianbao",))
        for name, layout in read_layouts(read_templates(root, shipped).value).value.items()
    }
    gallery.campaign(root)
    known = dict(gallery.bulletins(root, layouts))
    settings = Settings(root, root / "output", date(2026, 12, 31), templates=shipped, jobs=0)
    findings = pipeline.build(settings).findings
    pages = {
        label.split()[0]: root / "output" / address / "bulletin.pdf"
        for label, address in known.items()
    }
    return pages, findings


def test_every_layout_is_in_the_gallery(
    full: tuple[dict[str, Path], tuple[Finding, ...]],
) -> None:
    """A layout without a page here has a capacity that nobody has tried."""
    assert set(LAYOUTS) == set(full[0])


def test_a_text_of_a_slots_capacity_fits(
    full: tuple[dict[str, Path], tuple[Finding, ...]],
) -> None:
    """Neither too long nor so short that a hole is left."""
    found = [
        (finding.place.path, finding.message.text)
        for finding in full[1]
        if finding.severity is not Severity.NOTE
    ]

    assert [] == found


def lines_of(page: pymupdf.Page) -> Iterator[tuple[str, pymupdf.Rect]]:
    """Yield each line of text with the box of its glyphs' bodies, as high as its type."""
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                if span["text"].strip():
                    left, _, right, _ = span["bbox"]
                    base, size = span["origin"][1], span["size"]
                    yield (
                        span["text"],
                        pymupdf.Rect(left, base - 0.8 * size, right, base + 0.1 * size),
                    )


@pytest.mark.parametrize("name", NEWSPAPER)
def test_nothing_is_printed_over_anything_or_outside(
    full: tuple[dict[str, Path], tuple[Finding, ...]], name: str
) -> None:
    """No text on another text, none beyond the type area."""
    with pymupdf.open(full[0][name]) as document:
        page = document[0]
        left, top = (page.rect.width - WIDE) / 2, (page.rect.height - HIGH) / 2
        area = pymupdf.Rect(left - 6, top - 2, left + WIDE + 6, top + HIGH + 1)  # a mark
        lines = list(lines_of(page))
    crossed = [
        (one, other)
        for (one, first), (other, second) in combinations(lines, 2)
        if abs(first.y1 - second.y1) > 1  # marks of one line may share their blanks
        and min(first.x1, second.x1) - max(first.x0, second.x0) > 1
        and min(first.y1, second.y1) - max(first.y0, second.y0) > 1
    ]

    assert len(lines) > 20
    assert [] == [text for text, box in lines if not area.contains(box)]
    assert [] == crossed


def test_a_standfirst_stands_in_the_middle_of_its_box(
    full: tuple[dict[str, Path], tuple[Finding, ...]],
) -> None:
    """A line less than the box holds leaves half of it above and half below."""
    with pymupdf.open(full[0]["feature"]) as document:
        page = document[0]
        box = min(
            (drawing["rect"] for drawing in page.get_drawings() if drawing["rect"].height > 150),
            key=lambda rect: rect.x0,
        )
        inside = [line for _, line in lines_of(page) if box.contains(line)]
    above = min(line.y0 for line in inside) - box.y0
    below = box.y1 - max(line.y1 for line in inside)

    assert 20 < above + below
    assert abs(above - below) <= 4
