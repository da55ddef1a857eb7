"""Fonts are drawn with and never copied whole, and cut to the page's letters; it looks the same."""

from io import BytesIO
from typing import Any

import pymupdf
import pytest
from fontTools.cffLib import CFFFontSet  # type: ignore[import-untyped]
from pikepdf import Dictionary, Name, Pdf
from weasyprint import HTML
from weasyprint.pdf import fonts

from jianbao.press import engine, lean
from jianbao.press.jobs import Job
from jianbao.press.lean import lean_fonts
from jianbao.press.subsets import outlines

_JOB = Job(
    """<html lang=zh-CN><title>甲</title><style>body { font: 10pt "Noto Serif CJK SC" }
    b { font: 12pt "Noto Sans CJK SC" } i { font: 10pt "DejaVu Sans" }</style>
    <p>民生实事 882 件，<b>黑体也在</b>。<i>i</i>""",
    {},
)


@pytest.fixture
def as_it_was(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """What is pressed with the engine's own fonts."""
    with monkeypatch.context() as patch:
        patch.setattr(engine, "lean_fonts", lambda: pytest.MonkeyPatch().context())
        return engine.press(_JOB).pdf


def programs(pdf: bytes) -> dict[str, bytes]:
    """Return the fonts whose letters go by CIDs, by their names."""
    with Pdf.open(BytesIO(pdf)) as file:
        return {
            str(item.BaseFont).partition("+")[2]: bytes(item.FontDescriptor.FontFile3.read_bytes())
            for item in file.objects
            if isinstance(item, Dictionary) and item.get("/Subtype") == Name.CIDFontType0
            and item.FontDescriptor.FontFile3.Subtype == Name.CIDFontType0C
            and "/CIDToGIDMap" not in item
        }  # fmt: skip


def test_no_font_is_copied_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine of itself takes some 20 MB of each; what it is given now is what it draws."""
    read, copied = fonts.get_hb_object_data, list[int]()

    def noted(*asked: Any) -> Any:
        data = read(*asked)
        copied.append(len(data or b""))
        return data

    monkeypatch.setattr(fonts, "get_hb_object_data", noted)
    engine.press(_JOB)
    most = max(copied)
    monkeypatch.setattr(engine, "lean_fonts", lambda: pytest.MonkeyPatch().context())
    copied.clear()
    engine.press(_JOB)

    assert most < 5_000_000
    assert max(copied) > 10_000_000


def test_the_page_looks_and_reads_the_same(as_it_was: bytes) -> None:
    """Pixels and words are those of before; the file is a fraction of its size."""
    now = engine.press(_JOB).pdf
    with pymupdf.open("pdf", as_it_was) as one, pymupdf.open("pdf", now) as other:
        assert one[0].get_text("rawdict")["blocks"] == other[0].get_text("rawdict")["blocks"]
        assert one[0].get_pixmap(dpi=144).samples == other[0].get_pixmap(dpi=144).samples

    assert len(now) < len(as_it_was) / 3


def test_only_the_letters_of_the_page_are_left() -> None:
    """A font has as many letters as the page, and one for what is missing."""
    counts = {}
    for name, data in programs(engine.press(_JOB).pdf).items():
        program = CFFFontSet()
        program.decompile(BytesIO(data), None)
        counts[name] = len(program[0].CharStrings)

    assert counts == {
        "Noto-Serif-CJK-SC": 1 + len(set("民生实事882件，。 ")),
        "Noto-Sans-CJK-SC": 1 + 4,
    }


def test_a_font_that_cannot_be_cut_so_is_cut_as_ever(
    as_it_was: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What HarfBuzz refuses, or whose letters go by other CIDs, is left to the engine."""

    def refusing(_face: int, _glyphs: list[int]) -> bytes:
        raise ValueError

    def lacking(face: int, glyphs: list[int]) -> bytes:
        return outlines(face, sorted(glyphs)[:-1])

    for cut in (refusing, lacking):
        monkeypatch.setattr(lean, "outlines", cut)

        assert as_it_was == engine.press(_JOB).pdf


def test_a_font_that_is_asked_for_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A font that is not cut down goes into the file whole; afterwards the engine is as it was."""
    monkeypatch.setattr(fonts.Font, "subset", lambda _font, to_unicode, hinting: None)  # noqa: ARG005
    before = fonts.Font.__init__, fonts.Font.type, fonts.Font.subset
    plain = len(HTML(string=_JOB.html).write_pdf())
    with monkeypatch.context() as patch:
        patch.setattr(lean, "_bare", lambda *_words: None)
        with lean_fonts():
            whole = len(HTML(string=_JOB.html).write_pdf())

    assert plain == whole > 10_000_000
    assert before == (fonts.Font.__init__, fonts.Font.type, fonts.Font.subset)
    assert not hasattr(fonts.Font, "file_content")
