"""Fonts are drawn with and never copied whole; the page is the same."""

from typing import Any

import pytest
from weasyprint import HTML
from weasyprint.pdf import fonts

from jianbao.press import engine
from jianbao.press.jobs import Job
from jianbao.press.lean import lean_fonts

_JOB = Job(
    """<html lang=zh-CN><title>甲</title><style>body { font: 10pt "Noto Serif CJK SC" }
    b { font: 12pt "Noto Sans CJK SC" }</style><p>民生实事 882 件，<b>黑体也在</b>。</p>""",
    {},
)


def test_no_font_is_copied_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine of itself takes some 20 MB of each; what it is given now is what it draws."""
    read, copied = fonts.get_hb_object_data, list[int]()

    def noted(*asked: Any) -> Any:
        data = read(*asked)
        copied.append(len(data or b""))
        return data

    monkeypatch.setattr(fonts, "get_hb_object_data", noted)
    plain = engine.press(_JOB).pdf
    most = max(copied)
    monkeypatch.setattr(engine, "lean_fonts", lambda: pytest.MonkeyPatch().context())
    copied.clear()

    assert plain == engine.press(_JOB).pdf
    assert most < 5_000_000
    assert max(copied) > 10_000_000


def test_a_font_that_is_asked_for_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A font that is not cut down goes into the file whole; afterwards the engine is as it was."""
    begin, kind = fonts.Font.__init__, fonts.Font.type
    monkeypatch.setattr(fonts.Font, "subset", lambda *_words: None)
    plain = len(HTML(string=_JOB.html).write_pdf())
    with lean_fonts():
        lean = len(HTML(string=_JOB.html).write_pdf())

    assert plain == lean > 10_000_000
    assert (begin, kind) == (fonts.Font.__init__, fonts.Font.type)
    assert not hasattr(fonts.Font, "file_content")
