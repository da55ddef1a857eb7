"""A bulletin's page brings its own faces along: exactly its characters, light, made once."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from jianbao import pipeline
from jianbao.delivery import webfonts
from jianbao.pages.typefaces import BLACK, BOLD, HEI, KAI, SONG, characters
from jianbao.press.woff2 import packed
from jianbao.reading.faces import Face, find_face
from jianbao.settings import Settings, shipped_templates
from tests.conftest import SMALL

PAGE = (
    '<html><head><title>题</title></head><body><p class="mast-name">报</p><main><h1>大</h1>'
    '<p class="kicker">引</p><p>正文<br>甲&amp;乙<a class="figure">3件</a></p>'
    '<svg><text>图</text></svg><figure class="chart"><svg><text>轴</text></svg></figure></main></body></html>'
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Return the settings of one sample bulletin, built with its fonts."""
    made = Settings(
        SMALL.parent.parent.parent, tmp_path_factory.mktemp("fonts"), date(2026, 11, 22),
        targets=("yunxi/2026-47",), pdf=False, templates=shipped_templates(),
    )  # fmt: skip
    assert () == pipeline.build(made).findings
    return made


def folder(settings: Settings) -> Path:
    """Return the bulletin's folder."""
    return settings.output / "yunxi/2026-47"


def test_each_face_gets_the_characters_it_shows() -> None:
    """By element and class as web.css sets them; nothing of the head, nothing twice."""
    found = characters(PAGE)

    assert "&3乙件图文正甲" == found[SONG]
    assert "引" == found[KAI]
    assert "轴" == found[HEI]
    assert {"报", "大", "轴"} == set(found[BOLD])


def test_only_what_is_shown_counts() -> None:
    """Comments, scripts and attributes show nothing; what closes and what does not is known."""
    found = characters(
        '<!DOCTYPE html><!-- 注>释 --><body><script>if (1 < 2) "<b>脚</b>"</script><style>p > b {}</style>'
        '<h2 title="甲>乙" class=\'crosshead\'>丙<svg><path d="M0 0"/><g class="x"></g></svg>丁<hr>戊</h2>'
        "<p>&lt;己&#24218;<i>辛</p><b/>壬<P CLASS=kicker>癸</P></body>"
    )

    assert {SONG: "<壬己庚辛", BOLD: "丁丙戊", BLACK: "丁丙戊"} == {
        face: text for face, text in found.items() if face is not KAI
    }
    assert "癸" == found[KAI]


def test_a_file_holds_exactly_its_characters(settings: Settings) -> None:
    """Each character of the page that the whole font has, and hardly another."""
    html = (folder(settings) / "index.html").read_text(encoding="utf-8")
    wanted = {f: text for f, text in characters(html).items() if find_face(f.family, f.weight)}
    files = {file.name.split(".")[0]: file for file in (folder(settings) / "fonts").iterdir()}

    assert len(wanted) >= 4
    assert {face.key for face in wanted} == set(files)
    for typeface, text in wanted.items():
        face = find_face(typeface.family, typeface.weight)
        assert face
        with TTFont(face.path, fontNumber=face.number, lazy=True) as whole:
            has = {chr(code) for code in whole.getBestCmap()}
        with TTFont(files[typeface.key]) as cut:
            kept = {chr(code) for code in cut.getBestCmap()}
        assert has & set(text) <= kept
        assert len(kept - set(text)) <= 5  # glyphs that the font's own rules bring along


def test_the_first_view_is_light_and_its_text_visible_at_once(settings: Settings) -> None:
    """Page, style sheets, script and fonts stay under 500 KB; no face is waited for."""
    parts = [*folder(settings).glob("fonts/*"), folder(settings) / "index.html", folder(settings) / "fonts.css"]  # fmt: skip
    parts += [settings.output / "web.css", settings.output / "web.js"]
    style = (folder(settings) / "fonts.css").read_text(encoding="utf-8")

    assert sum(part.stat().st_size for part in parts) < 500_000
    assert style.count("@font-face") == style.count("font-display: swap") >= 4
    assert all(f'url("fonts/{file.name}")' in style for file in folder(settings).glob("fonts/*"))


def test_fonts_are_made_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page with the same characters takes its fonts from the folder; another digest does not."""
    before = {file.name: file.read_bytes() for file in folder(settings).glob("fonts/*")}

    def cut(_face: Face, _text: str, _abroad: bool) -> bytes:
        raise AssertionError("cut again")

    monkeypatch.setattr(webfonts, "_cut", cut)
    pipeline.build(settings)

    assert before == {file.name: file.read_bytes() for file in folder(settings).glob("fonts/*")}
    monkeypatch.setattr(webfonts, "__version__", "another")
    with pytest.raises(AssertionError, match="cut again"):
        pipeline.build(settings)


def test_letters_of_the_older_kind_are_packed_as_they_are() -> None:
    """WOFF2 may rewrite quadratic outlines; ours are left alone, and say so."""
    pen = TTGlyphPen(None)
    for move, points in (
        (pen.moveTo, [(0, 0)]),
        (pen.lineTo, [(500, 0)]),
        (pen.lineTo, [(0, 700)]),
    ):
        move(*points)
    pen.closePath()
    maker = FontBuilder(1000)
    maker.setupGlyphOrder([".notdef", "one"])
    maker.setupCharacterMap({ord("一"): "one"})
    maker.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "one": pen.glyph()})
    maker.setupHorizontalMetrics({".notdef": (1000, 0), "one": (1000, 0)})
    maker.setupHorizontalHeader()
    maker.setupPost()
    made = BytesIO()
    maker.save(made)
    with TTFont(BytesIO(packed(made.getvalue()))) as font:
        assert font.flavor == "woff2"
        assert {ord("一"): "one"} == font.getBestCmap()
        assert [(0, 0), (500, 0), (0, 700)] == list(font["glyf"]["one"].coordinates)


def test_without_a_font_the_page_is_whole(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:  # fmt: skip
    """A machine without the faces makes a page that names the reader's own."""
    monkeypatch.setattr(webfonts, "find_face", lambda _family, _weight: None)
    outcome = pipeline.build(replace(settings, output=tmp_path))

    assert () == outcome.findings
    assert b"\n" == (tmp_path / "yunxi/2026-47/fonts.css").read_bytes()


def test_a_page_in_other_languages_gets_their_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that names another language, or none; and its file has another name."""
    cut: list[bool] = []

    def noted(_face: Face, _text: str, abroad: bool) -> bytes:
        cut.append(abroad)
        return b"font"

    monkeypatch.setattr(webfonts, "_cut", noted)
    ours = ('<html lang="zh-CN">', "<html lang=zh-CN><i lang='zh'>")
    others = ('<html lang="zh-CN"><i lang="ja">', "<html>")
    made = [
        webfonts.web_fonts(f'{head}<link href="fonts.css"><p>骨</p>', Path("nowhere"))
        for head in (*ours, *others)
    ]
    names = [next(iter(files)) for files in made]

    assert [False, False, True, True] == cut
    assert names[0] == names[1] != names[2] == names[3]
