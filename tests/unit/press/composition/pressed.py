"""Press a scrap of HTML and read it back: what the tests of this room measure with."""

from dataclasses import dataclass
from typing import Any

import pymupdf
from weasyprint import HTML

from jianbao.press.composition import composed

FACE = '"Noto Serif CJK SC"'
_OPEN: Any = pymupdf.open
_READ = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_INHIBIT_SPACES


@dataclass(frozen=True)
class Line:
    """A line: its text, its glyphs (character, x0, x1, baseline in pt), whether it must be full."""

    text: str
    glyphs: tuple[tuple[str, float, float, float], ...]
    full: bool


def render(body: str, *, width: float = 126, css: str = "") -> Any:
    """Return a rendered document: 9/13 pt, one column of `width` pt at the left of a tall page."""
    with composed():
        return HTML(
            string=(
                "<html lang=zh-CN><style>@page{size:1000pt 9000pt;margin:20pt}"
                f"body{{margin:0;width:{width}pt;font:9pt/13pt {FACE};text-align:justify}}"
                "p{margin:0;text-indent:2em}"
                f"b{{font-family:'Noto Sans CJK SC'}}{css}</style><body>{body}"
            )
        ).render()


def boxes(document: Any, name: str) -> list[Any]:
    """Return all boxes of a class, by its name, in order."""
    return [
        box
        for page in document.pages
        for box in page._page_box.descendants()
        if type(box).__name__ == name
    ]


def lines_of(document: Any) -> list[Line]:
    """Return the lines of a one-column document, as its PDF shows them, top to bottom."""
    rows: dict[float, list[tuple[str, float, float, float]]] = {}
    laid = [
        box
        for box in boxes(document, "LineBox")
        if any(
            type(child).__name__ == "TextBox" and child.text.strip() for child in box.descendants()
        )
    ]
    tops = [box.position_y * 0.75 for box in laid]
    with _OPEN(stream=document.write_pdf()) as pdf:
        for block in pdf[0].get_text("rawdict", flags=_READ)["blocks"]:
            for char in (
                char for line in block["lines"] for span in line["spans"] for char in span["chars"]
            ):
                y = char["origin"][1]
                top = max(top for top in tops if top < y)
                x0, _, x1, _ = char["bbox"]
                rows.setdefault(top, []).append((char["c"], x0, x1, y))
    ends = {id(lines[-1]) for lines in _paragraphs(document)}
    found = []
    for box, top in zip(laid, tops, strict=True):
        glyphs = sorted(rows[top], key=lambda glyph: glyph[1])
        found.append(
            Line("".join(glyph[0] for glyph in glyphs), tuple(glyphs), id(box) not in ends)
        )
    return found


def text_of(pdf: bytes) -> str:
    """Return the text of a PDF in the order of its text objects, without line ends."""
    with _OPEN(stream=pdf) as opened:
        return "".join(page.get_text(flags=_READ).replace("\n", "") for page in opened)


def _paragraphs(document: Any) -> list[list[Any]]:
    return [
        list(box.children)
        for box in boxes(document, "BlockBox")
        if box.children and type(box.children[0]).__name__ == "LineBox"
    ]


def spans_of(pdf: bytes) -> list[tuple[str, str]]:
    """Return the stretches of text of a PDF, each with the name of its face."""
    with _OPEN(stream=pdf) as opened:
        return [
            (span["font"], span["text"])
            for page in opened
            for block in page.get_text("dict", flags=_READ)["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
