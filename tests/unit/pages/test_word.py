"""A bulletin as a Word document: nothing lost, in its official form, the same every time."""

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pymupdf
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from markupsafe import Markup

from jianbao import pipeline
from jianbao.figures.counting import with_counts
from jianbao.pages.charts.blocks import set_all
from jianbao.pages.flow import PieceView
from jianbao.pages.viewing import view
from jianbao.pages.views import BulletinView, Material
from jianbao.pages.word.document import word_document
from jianbao.pages.word.flow import Setter
from jianbao.pipeline.drafting import make_draft
from jianbao.pipeline.runs import Run, untold
from jianbao.reading.sites import Office, read_bulletins, read_office, read_reported
from jianbao.settings import Settings, shipped_templates
from tests.conftest import HERE

ROOT = HERE.parent
DAY = date(2026, 11, 20)


def material_of(address: str) -> tuple[Material, Office]:
    """Return what a sample bulletin's pages are made from, charts set."""
    settings = Settings(ROOT, ROOT / "output", date(2026, 11, 22))
    office = read_office(ROOT, shipped_templates()).value
    reported = read_reported(ROOT, address.split("/", maxsplit=1)[0]).value
    bulletin = read_bulletins(ROOT, [address])[address].value
    assert office
    assert reported
    assert bulletin
    run = Run(settings, office, untold, delivering=False)
    draft = make_draft(run, with_counts(reported, [bulletin.as_of]), bulletin).value
    assert draft
    material = draft.material
    return replace(material, charts=set_all(material.panels, material.writings)), office


def made(address: str) -> tuple[bytes, BulletinView]:
    """Return a sample bulletin's document, and what it is made from."""
    material, office = material_of(address)
    seen = view(material, web=False)
    return word_document(office.site, seen, material.pictures, DAY), seen


@pytest.fixture(scope="module")
def brief() -> tuple[bytes, BulletinView]:
    """Return the sample's red-headed brief."""
    return made("yunxi/2026-46")


def words(document: Document) -> str:
    """Return all text of a document in its order, without blanks."""
    texts = (node.text or "" for node in document.element.body.iter(qn("w:t")))
    return re.sub(r"\s", "", "".join(texts))


def test_every_word_of_the_stories_is_there(brief: tuple[bytes, BulletinView]) -> None:
    """Paragraph by paragraph, figures written, in the order of the page."""
    data, seen = brief
    text = words(docx.Document(BytesIO(data)))
    at = 0

    for section in seen.pages[0].stories["lead"][0].sections:
        for paragraph in re.findall(r"<p[^>]*>(.*?)</p>", section.body, re.DOTALL):
            plain = re.sub(r"<[^>]+>|\s", "", paragraph)
            at = text.index(plain, at) + len(plain)
    assert at > 500


def test_it_repeats(brief: tuple[bytes, BulletinView]) -> None:
    """The same bulletin gives the same bytes: no clock and no chance is in the file."""
    assert brief[0] == made("yunxi/2026-46")[0]
    with zipfile.ZipFile(BytesIO(brief[0])) as packed:
        assert {(2026, 11, 20, 0, 0, 0)} == {part.date_time for part in packed.infolist()}


def test_it_names_nobody_but_the_office(brief: tuple[bytes, BulletinView]) -> None:
    """Neither a template's author nor this computer is in its properties."""
    core = docx.Document(BytesIO(brief[0])).core_properties

    assert ("云溪区督查室", "云溪区督查室", "") == (
        core.author, core.last_modified_by, core.comments,
    )  # fmt: skip
    assert DAY == (core.created.date() if core.created else None)


def test_the_page_is_that_of_official_documents(brief: tuple[bytes, BulletinView]) -> None:
    """GB/T 9704-2012 5.2: A4, 37 mm above, 28 mm to the left, a type area of 156 × 225 mm."""
    section = docx.Document(BytesIO(brief[0])).sections[0]
    sides = [
        section.page_width, section.page_height, section.top_margin, section.bottom_margin,
        section.left_margin, section.right_margin,
    ]  # fmt: skip

    assert [Mm(210), Mm(297), Mm(37), Mm(35), Mm(28), Mm(26)] == [
        Mm(round((side or 0) / 36000)) for side in sides
    ]


def test_pictures_say_what_they_show(brief: tuple[bytes, BulletinView]) -> None:
    """The description goes along, for readers who cannot see the picture."""
    document = docx.Document(BytesIO(brief[0]))
    (picture,) = document.inline_shapes

    assert "脚手架" in picture._inline.docPr.get("descr")


def test_an_office_program_opens_it(brief: tuple[bytes, BulletinView], tmp_path: Path) -> None:
    """LibreOffice sets it with every figure on it, its red head first, its pages numbered."""
    samples = {"brief": brief, "front": made("yunxi/2026-47")}
    for name, (data, _) in samples.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    convert = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
               "--convert-to", "pdf", "--outdir", str(tmp_path)]  # fmt: skip
    files = [str(tmp_path / f"{name}.docx") for name in samples]
    subprocess.run([*convert, *files], check=True, capture_output=True, timeout=180)

    for name, (data, seen) in samples.items():
        with pymupdf.open(tmp_path / f"{name}.pdf") as pdf:
            pages = [re.sub(r"\s", "", page.get_text()) for page in pdf]
        assert seen.imprint.masthead in pages[0]
        assert all(f"—{number}—" in page for number, page in enumerate(pages, 1))
        figures = re.findall(r"\d+(?:\.\d+)?[件户个%]", words(docx.Document(BytesIO(data))))
        assert len(figures) > 15
        assert [] == [figure for figure in figures if figure not in "".join(pages)]


def styled(document: Document, text: str) -> Paragraph:
    """Return the paragraph that holds a text."""
    return next(p for p in document.paragraphs if text in p.text)


def test_a_head_is_never_alone_at_a_page_s_foot(brief: tuple[bytes, BulletinView]) -> None:
    """Title, and the blank lines around it, stay with the text that follows."""
    document = docx.Document(BytesIO(brief[0]))
    title = styled(document, "群众满意率稳步提高")
    after = document.paragraphs[[p._p for p in document.paragraphs].index(title._p) + 1]

    assert (True, "", True) == (
        title.paragraph_format.keep_with_next, after.text, after.paragraph_format.keep_with_next,
    )  # fmt: skip


def test_a_short_table_stays_whole(brief: tuple[bytes, BulletinView]) -> None:
    """Each row stays with the next; a column is as wide as its texts ask for."""
    table, strip = docx.Document(BytesIO(brief[0])).tables
    kept = [
        [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in each.rows]
        for each in (table, strip)
    ]
    widths = [column.width or 0 for column in table.columns]

    assert [[True, True, True, None], [True, None]] == kept
    assert widths[-1] > 1.3 * max(widths[:-1])
    assert sum(widths) == pytest.approx(Mm(156), rel=0.01)


def test_a_long_table_goes_on_with_its_head() -> None:
    """Its first row is said again on each page, and no row stands alone."""
    document = docx.Document()
    rows = "".join(f"<tr><td>第{n}街道</td><td>{n}件</td></tr>" for n in range(30))
    table = f"<table><tr><th>街道</th><th>项目</th></tr>{rows}</table>"
    Setter(document, {}).pieces([PieceView(Markup(table))])
    (made_table,) = document.tables
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in made_table.rows]

    assert made_table.rows[0]._tr.trPr is not None
    assert made_table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [True, True, *[None] * 27, True, None] == kept


def test_a_story_that_goes_on_stands_once(tmp_path: Path) -> None:
    """It stands whole where it begins, in Word and in what is pasted."""
    address = "yunxi/2026-48"
    for part in ("data/yunxi", "data/registers", f"content/{address}"):
        shutil.copytree(ROOT / part, tmp_path / part)
    shutil.copy(ROOT / "data/site.yaml", tmp_path / "data")
    editions = ("word", "paste", "bulletin")
    pipeline.build(
        Settings(
            tmp_path, tmp_path / "out", date(2026, 11, 30), templates=shipped_templates(),
            targets=(address,), editions=editions,
        )
    )  # fmt: skip
    folder = tmp_path / "out" / address
    text = words(docx.Document(str(folder / "bulletin.docx")))
    pasted = re.sub(r"<[^>]+>|\s", "", (folder / "paste.html").read_text("utf-8"))

    for each in (text, pasted):
        assert [1, 1] == [each.count(some) for some in ("再过一个月", "是写在征集表上的一句话")]
