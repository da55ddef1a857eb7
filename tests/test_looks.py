"""The office's own look from site.yaml, and the command that lists what can be made one's own."""

import re
import shutil
from datetime import date
from pathlib import Path

import pymupdf
import pytest
from click.testing import CliRunner
from PIL import Image

from jianbao import pipeline
from jianbao.cli.commands import commands
from jianbao.diagnostics import Finding
from jianbao.model.colours import contrast
from jianbao.settings import Settings, shipped_templates

ROOT = Path(__file__).parent.parent
LOOK = """
look:
  red: "#1a5fb4"
  title: [没有装的字体, LXGW WenKai]
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Return a copy of 云溪区's site without its bulletins but the brief."""
    for part in ("data", "content/yunxi/2026-46"):
        shutil.copytree(ROOT / part, tmp_path / part)
    return tmp_path


def built(office: Path) -> tuple[Path, tuple[Finding, ...]]:
    """Return the brief's PDF and the findings."""
    outcome = pipeline.build(
        Settings(
            office,
            office / "output",
            date(2026, 11, 22),
            ("yunxi/2026-46",),
            templates=shipped_templates(),
        )
    )
    return office / "output/yunxi/2026-46/bulletin.pdf", outcome.findings


def add(office: Path, text: str) -> None:
    """Write more into site.yaml."""
    with (office / "data/site.yaml").open("a", encoding="utf-8") as file:
        file.write(text)


def test_colours_and_faces_are_the_offices_own(office: Path) -> None:
    """The red head is blue; the title takes the first face that is installed."""
    add(office, LOOK)
    pdf, findings = built(office)

    assert () == findings
    with pymupdf.open(pdf) as document:
        spans = [
            span
            for block in document[0].get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
        rules = [path["fill"] or path["color"] for path in document[0].get_drawings()]
    (name,) = (span for span in spans if "云溪实事简报" in span["text"])
    assert 0x1A5FB4 == name["color"]
    assert "WenKai" in name["font"]
    assert any(rule == pytest.approx((0.102, 0.373, 0.706), abs=0.01) for rule in rules)


def test_a_picture_stands_for_the_name(office: Path) -> None:
    """With the name as its alternative text; one that is not there is a finding."""
    add(office, "look: {masthead: name.png}\n")
    _, findings = built(office)
    assert ["photo-missing"] == [finding.rule for finding in findings]
    Image.new("RGB", (1600, 300), "#b00").save(office / "data/name.png")

    pdf, findings = built(office)

    assert () == findings
    with pymupdf.open(pdf) as document:
        assert (1600, 300) in [image[2:4] for image in document[0].get_images()]
        assert "云溪实事简报" not in document[0].get_text()


def test_the_web_follows_the_look(office: Path) -> None:
    """Colours and faces are in the one style sheet, the picture heads the bulletin and the lists."""
    Image.new("RGB", (1600, 300), "#00643c").save(office / "data/报头.png")
    add(office, 'look: {red: "#00643c", rule: "#99aa99", hei: [某黑体], title: [某标宋], masthead: 报头.png}\n')  # fmt: skip
    built(office)
    out = office / "output"
    css = (out / "web.css").read_text(encoding="utf-8")

    assert css.rindex("--red: #00643c;") > css.rindex("--red: #a8101a;")
    assert 'fill="#00643c"' in (out / "icon.svg").read_text(encoding="utf-8")
    assert "  --line: #99aa99;\n" in css
    assert '  --hei: "某黑体", "Jianbao Hei", ' in css
    assert 'src: local("某标宋") }' in css
    for page, folder, name in (
        ("yunxi/2026-46/index.html", "yunxi/2026-46", "云溪实事简报"),
        ("index.html", "", "简报样刊"),
        ("years/2026.html", "", "简报样刊"),
    ):
        html = (out / page).read_text(encoding="utf-8")
        (src, alt) = re.findall(
            r'class="mast-picture" src="(?:\.\./)*([^"]+)" alt="([^"]+)"', html
        )[0]
        assert name == alt
        assert (out / folder / src).is_file()
        for small in re.findall(r"(masthead-\d+\.\w+\.webp)", html):
            assert (out / folder / small).is_file()
        assert "style-src 'self'" in html
        assert "<style" not in html


def test_without_a_look_the_web_is_as_it_was(office: Path) -> None:
    """The style sheet is the template's, byte for byte, and the name is text."""
    built(office)
    out = office / "output"

    assert (shipped_templates() / "web.css").read_bytes() == (out / "web.css").read_bytes()
    assert '<p class="mast-name"><a href="../../index.html">简报样刊</a></p>' in (
        out / "yunxi/2026-46/index.html"
    ).read_text(encoding="utf-8")
    assert '<h1 class="mast-name">简报样刊</h1>' in (out / "index.html").read_text(encoding="utf-8")


def test_a_colour_that_cannot_be_read_is_darkened_and_told(office: Path) -> None:
    """On the web alone; the note names the colour that stands there instead."""
    add(office, 'look: {red: "#f5a623", tint: "#808080"}\n')
    _, findings = built(office)
    css = (office / "output/web.css").read_text(encoding="utf-8")
    red, tint = (re.findall(rf"--{name}: (#\w+);", css)[-1] for name in ("red", "tint"))

    assert {"look-contrast"} == {finding.rule for finding in findings}
    assert {"#f5a623", "#808080"} == {finding.place.excerpt.strip('"') for finding in findings}
    assert min(contrast(red, ground) for ground in ("#ffffff", "#fdf1f1", tint)) >= 4.5
    assert contrast("#555555", tint) >= 4.5
    assert {red, tint} == {dict(finding.message.values)["other"] for finding in findings}


@pytest.mark.parametrize(
    "look", ["red: red", "red: '#fff; } body { display: none'", "title: ['a\"; }']"]
)
def test_nothing_but_colours_and_names_gets_into_the_page(office: Path, look: str) -> None:
    """What is no colour and no font's name is refused."""
    add(office, f"look: {{{look}}}\n")

    assert {"value-refused"} == {finding.rule for finding in built(office)[1]}


def test_templates_lists_layouts_slots_and_the_offices_own_files(office: Path) -> None:
    """Each layout with its papers, each slot with its room, each file that can be overridden."""
    own = office / "templates/layouts/brief/page.css"
    own.parent.mkdir(parents=True)
    own.write_text("/* ours */", encoding="utf-8")

    done = CliRunner().invoke(
        commands(lambda text: text), ["templates", "--site", str(office), "--lang", "en"]
    )

    assert 0 == done.exit_code
    assert "modular 模块版: 四开、A3" in done.output
    assert "others 其他稿件: stories 2–5" in done.output
    assert "at least 3 photos" in done.output
    assert "layouts/brief/page.css  (the site's own)" in done.output
    assert "layouts/brief/page.html\n" in done.output


@pytest.mark.parametrize(
    ("look", "said"),
    [
        ("title: [没有的标宋, 没有的宋]", ["face-missing"]),
        ("title: [没有的标宋, Noto Serif CJK SC]", []),
        ("{title: [没有的标宋], fang: [没有-的仿宋]}", ["face-missing", "face-missing"]),
    ],
)
def test_a_face_that_is_not_there_is_told(office: Path, look: str, said: list[str]) -> None:
    """Once for each part of the look that none of its faces can play, at the face that was wanted."""
    add(office, f"look: {look if look.startswith('{') else '{' + look + '}'}\n")
    findings = pipeline.check(
        Settings(office, office / "out", date(2026, 11, 22), fast=True)
    ).findings

    told = [finding for finding in findings if finding.rule == "face-missing"]
    assert said == [finding.rule for finding in told]
    assert all(finding.place.excerpt.startswith("没有") for finding in told)
