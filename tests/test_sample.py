"""The sample site as a printer, a reader and a reader who cannot see would meet it."""

import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import outloud
import pdfua
import pymupdf
import pytest

ADDRESSES = ("zhongyuan/2021-47", "huiji/2021-43")
# Width of a column, their left edges, and the row the text begins at (page-specs), in points.
COLUMNS: Mapping[str, tuple[float, tuple[float, ...], int]] = {
    "zhongyuan/2021-47": (162.0, (0, 172.8, 345.6, 518.4), 40),
    "huiji/2021-43": (126.0, (0, 138.6, 277.2, 415.8, 554.4), 34),
}
TYPE_AREA = (680.4, 988.0)
BODY, ROW = 9.0, 13.0
CLOSING = "。，、；：？！”’）》〉】〕"
NO_START = CLOSING + "·～/％%‰"
NO_END = "“‘（《〈【〔/"
Glyph = tuple[str, float, float, float]


def lines_of(pdf: Path, address: str) -> Iterator[list[list[Glyph]]]:
    """Yield the body lines of each column, from top to bottom, as glyphs (char, x0, x1, baseline).

    Points are those of 四开 from the type area's corner, on A3 too.
    """
    width, lefts, first = COLUMNS[address]
    scale = 14 / 13 if "A3" in pdf.name else 1.0
    with pymupdf.open(pdf) as document:
        rect = document[0].rect
        margins = [(size - scale * area) / 2
                   for size, area in zip((rect.width, rect.height), TYPE_AREA, strict=True)]  # fmt: skip
        glyphs = [
            (char["c"], *((x - margins[0]) / scale for x in (char["bbox"][0], char["bbox"][2])),
             (char["origin"][1] - margins[1]) / scale)
            for block in document[0].get_text("rawdict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
            if abs(span["size"] / scale - BODY) < 0.1
            for char in span["chars"]
            if char["c"].strip()
        ]  # fmt: skip
    glyphs = [glyph for glyph in glyphs if glyph[3] > (first - 1) * ROW]
    for left in lefts:
        rows: dict[float, list[Glyph]] = defaultdict(list)
        for glyph in glyphs:
            if left - 2 <= glyph[1] < left + width:
                rows[round(glyph[3], 1)].append(glyph)
        yield [sorted(rows[base], key=lambda glyph: glyph[1]) for base in sorted(rows)]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_full_line_is_flush(made: Path, address: str) -> None:
    """A line whose paragraph goes on ends at the column's edge, a closing mark half outside."""
    width, lefts, _ = COLUMNS[address]
    worst, full = 0.0, 0
    for left, lines in zip(lefts, lines_of(made / address / "bulletin.pdf", address), strict=True):
        for line, below in pairwise(lines):
            if below[0][1] - left > BODY or below[0][3] - line[0][3] > 1.5 * ROW:
                continue
            char, _, right, _ = line[-1]
            ends = (right, right - BODY / 2) if char in CLOSING else (right,)
            worst = max(worst, min(abs(left + width - end) for end in ends))
            full += 1

    assert full > 90
    assert worst <= 0.15


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_line_begins_or_ends_with_what_may_not(made: Path, address: str) -> None:
    """GB/T 15834-2011 5.1 on every line of the page."""
    lines = [
        line for column in lines_of(made / address / "bulletin.pdf", address) for line in column
    ]

    assert [] == ["".join(g[0] for g in line) for line in lines if line[0][0] in NO_START]
    assert [] == ["".join(g[0] for g in line) for line in lines if line[-1][0] in NO_END]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_baseline_stands_on_the_grid(made: Path, address: str) -> None:
    """Neighbouring columns' lines are level to a tenth of a point."""
    bases = [
        line[0][3] % ROW
        for column in lines_of(made / address / "bulletin.pdf", address)
        for line in column
    ]

    assert max(bases) - min(bases) <= 0.1


@pytest.mark.parametrize("address", ADDRESSES)
def test_a3_has_the_same_line_breaks(made: Path, address: str) -> None:
    """The office's A3 is the printer's page, larger."""
    printer, office = (
        [
            "".join(glyph[0] for glyph in line)
            for column in lines_of(made / address / name, address)
            for line in column
        ]
        for name in ("bulletin.pdf", "bulletin-A3.pdf")
    )

    assert printer == office


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_figure_is_in_both_editions(made: Path, address: str) -> None:
    """What figures.json says is printed can be read in the PDF and on the web page."""
    figures = json.loads((made / address / "figures.json").read_text(encoding="utf-8"))["figures"]
    read = subprocess.run(["pdftotext", "-raw", str(made / address / "bulletin.pdf"), "-"],
                          capture_output=True, check=True, encoding="utf-8")  # fmt: skip
    pdf = re.sub(r"\s", "", read.stdout)
    web = (made / address / "index.html").read_text(encoding="utf-8")

    assert len(figures) >= 30
    assert [] == [figure["text"] for figure in figures if figure["text"] not in pdf]
    assert [] == [figure["text"] for figure in figures if f">{figure['text']}<" not in web]


@pytest.mark.parametrize("name", ["bulletin.pdf", "bulletin-A3.pdf"])
def test_columns_are_read_one_by_one(made: Path, name: str) -> None:
    """Poppler takes no two columns for one, though marks hang over a column's edge for it."""
    file = str(made / "zhongyuan/2021-47" / name)
    read = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True, text=True)
    lines = read.stdout.splitlines()

    assert len(lines) > 100
    assert [] == [line for line in lines if re.search("[一-鿿].{8,} .{8,}[一-鿿]", line)]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("name", ["bulletin.pdf", "bulletin-A3.pdf"])
def test_the_pdf_is_tagged_titled_and_embeds_its_fonts(made: Path, address: str, name: str) -> None:
    """PDF/UA: language, title, bookmarks, tags; two checkers find no error."""
    file = made / address / name
    with pymupdf.open(file) as document:
        title = json.loads((made / address / "bulletin.json").read_text(encoding="utf-8"))["title"]
        assert title == document.metadata["title"]
        assert "zh-CN" == document.xref_get_key(document.pdf_catalog(), "Lang")[1]
        assert document.get_toc()
        assert 1 == len(document)
        fonts = document.get_page_fonts(0)
    assert [] == [font for font in fonts if not font[1] or "+" not in font[3]]

    assert [] == errors_of(file)


def errors_of(file: Path) -> Sequence[str]:
    """Return what outloud and pdfua find wrong with a PDF."""
    heard = outloud.check(str(file))
    assert heard.runs
    return [str(finding) for finding in (*heard.findings, *pdfua.validate(str(file)).findings)]
