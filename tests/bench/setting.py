"""Set paragraphs in columns, four ways: plain WeasyPrint, composed, Typst, Chromium.

    paragraphs, Shape  ──plain, composed_, typst, chromium──▶  the bytes of a PDF

Every way gets the same text, face, size, leading, measure and indent, and its own defaults for
the rest. Typst and Chromium are used if they are there; nothing is installed.
"""

import subprocess
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from weasyprint import HTML

from jianbao.press.composition import composed

FACE = "Noto Serif CJK SC"
CHROMIUM = Path("/usr/bin/chromium")
_MARKUP = frozenset("\\#$*_`<>@~[]-=+/")


class Shape(NamedTuple):
    """A page of columns: body size, row, number, width and gap of columns in points; rows in one."""

    name: str
    size: float
    row: float
    columns: int
    width: float
    gap: float
    rows: int

    @property
    def page_width(self) -> float:
        """Return the width of the whole page, margins of 36 pt included."""
        return self.columns * self.width + (self.columns - 1) * self.gap + 72

    @property
    def edges(self) -> list[float]:
        """Return the left edge of each column."""
        return [36 + k * (self.width + self.gap) for k in range(self.columns)]


def html(paragraphs: list[str], shape: Shape) -> str:
    """Return the page that WeasyPrint and Chromium get."""
    return (
        f"<html lang=zh-CN><meta charset=utf-8><style>"
        f"@page{{size:{shape.page_width}pt 1190.55pt;margin:36pt}}"
        f"body{{margin:0;font:{shape.size}pt/{shape.row}pt '{FACE}';text-align:justify}}"
        f"p{{margin:0;text-indent:2em;orphans:2;widows:2}}"
        f"main{{column-count:{shape.columns};column-gap:{shape.gap}pt;column-fill:auto;"
        f"height:{shape.row * shape.rows}pt;width:{shape.page_width - 72}pt}}"
        f"</style><main>" + "".join(f"<p>{text}</p>" for text in paragraphs)
    )


def plain(paragraphs: list[str], shape: Shape) -> bytes:
    """Return the page as WeasyPrint sets it."""
    pdf: bytes = HTML(string=html(paragraphs, shape)).write_pdf()
    return pdf


def ours(paragraphs: list[str], shape: Shape) -> bytes:
    """Return the page as WeasyPrint sets it with our composition."""
    with composed():
        return plain(paragraphs, shape)


def typst(paragraphs: list[str], shape: Shape) -> bytes:
    """Return the page as Typst sets it."""
    import typst as engine  # type: ignore[import-not-found,unused-ignore]

    space = shape.row - shape.size  # a line is as high as its Han bodies here
    source = (
        f"#set page(width:{shape.page_width}pt,height:1190.55pt,margin:36pt,columns:{shape.columns})\n"
        f"#set columns(gutter:{shape.gap}pt)\n"
        f'#set text(font:"{FACE}",size:{shape.size}pt,lang:"zh",region:"cn",'
        f"top-edge:0.88em,bottom-edge:-0.12em)\n"
        f"#set par(justify:true,first-line-indent:(amount:2em,all:true),"
        f"leading:{space}pt,spacing:{space}pt)\n\n"
    ) + "\n\n".join(
        "".join("\\" + char if char in _MARKUP else char for char in text) for text in paragraphs
    )
    pdf: bytes = engine.compile(source.encode())
    return pdf


def chromium(paragraphs: list[str], shape: Shape) -> bytes:
    """Return the page as Chromium prints it, in a profile of its own."""
    with TemporaryDirectory() as folder:
        page, pdf = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html(paragraphs, shape), encoding="utf-8")
        subprocess.run(
            [
                CHROMIUM,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-pdf-header-footer",
                f"--user-data-dir={folder}/profile",
                f"--print-to-pdf={pdf}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )
        return pdf.read_bytes()


def has_typst() -> bool:
    """Return whether Typst's Python package can be imported."""
    return find_spec("typst") is not None
