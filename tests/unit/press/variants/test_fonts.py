"""Compacted fonts: smaller files that show and say the same."""

from io import BytesIO

import pymupdf
from fontTools.cffLib import CFFFontSet  # type: ignore[import-untyped]
from pikepdf import Dictionary, Name, Pdf
from weasyprint import HTML

from jianbao.press.composition import composed
from jianbao.press.variants.fonts import _compacted, compacted

_HTML = """<html lang=zh-CN><title>甲</title><style>body { font: 10pt "Noto Serif CJK SC" }
b { font: 10pt 'Noto Sans CJK SC' } i { font: 10pt "DejaVu Sans" }</style>
<p>民生实事 882 件，<b>黑体也在</b>。</p>"""


def plain() -> bytes:
    """Return a page as WeasyPrint leaves it."""
    with composed():
        pdf: bytes = HTML(string=_HTML).write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def test_the_page_looks_and_reads_the_same() -> None:
    """Pixels and words are those of before; the file is a fraction of its size."""
    before = plain()
    after = compacted(before)
    with pymupdf.open("pdf", before) as one, pymupdf.open("pdf", after) as other:
        assert one[0].get_text("rawdict")["blocks"] == other[0].get_text("rawdict")["blocks"]
        assert one[0].get_pixmap(dpi=144).samples == other[0].get_pixmap(dpi=144).samples

    assert len(after) < len(before) / 3


def test_only_the_letters_of_the_page_are_left() -> None:
    """A font has as many letters as the page, and one for what is missing."""
    with Pdf.open(BytesIO(compacted(plain()))) as pdf:
        fonts = [
            item for item in pdf.objects
            if isinstance(item, Dictionary) and item.get("/Subtype") == Name.CIDFontType0
        ]  # fmt: skip
        counts = {}
        for font in fonts:
            program = CFFFontSet()
            program.decompile(BytesIO(font.FontDescriptor.FontFile3.read_bytes()), None)
            counts[str(font.BaseFont).partition("+")[2]] = len(program[0].CharStrings)

    assert counts == {
        "Noto-Serif-CJK-SC": 1 + len(set("民生实事882件，。 ")),
        "Noto-Sans-CJK-SC": 1 + 4,
    }


def test_a_font_that_cannot_be_cut_stays_as_it_is() -> None:
    """What HarfBuzz refuses, or has no CIDs, is left to the reader whole."""
    assert _compacted(b"OTTO" + bytes(60), [1, 2]) is None
