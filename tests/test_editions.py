"""Every edition of one bulletin of the sample site, as the office would ask for them."""

import json
import re
import shutil
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pymupdf
import pytest
from pikepdf import Pdf, PdfError, Stream

from jianbao import pipeline
from jianbao.cli.showing import speaking
from jianbao.model.editions import NOT_PRESSED, PAPERS, POINTS, Edition
from jianbao.pages.proofs import sources
from jianbao.settings import Settings, shipped_templates
from tests.test_sample import errors_of
from tests.unit.press.variants.pages import PROFILE

ROOT = Path(__file__).parent.parent
ADDRESS = "yunxi/2026-47"
USER = "zhang-the-clerk"


def settings_of(folder: Path) -> Settings:
    """Return a copy of 云溪区's part of the sample with a printer's profile."""
    site = folder / "site"
    for part in ("data/yunxi", "data/registers", f"content/{ADDRESS}"):
        shutil.copytree(ROOT / part, site / part)
    (site / "data/press.icc").write_bytes(PROFILE)
    words = (ROOT / "data/site.yaml").read_text(encoding="utf-8")
    wishes = "print: {profile: data/press.icc, ink: 240, papers: [四开]}\nproof: {paper: A4}\n"
    (site / "data/site.yaml").write_text(words + wishes, encoding="utf-8")
    return Settings(
        site,
        folder / "output",
        date(2026, 11, 22),
        templates=shipped_templates(),
        editions=tuple(Edition),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bulletin's folder with every edition in it."""
    settings = settings_of(tmp_path_factory.mktemp("editions"))
    with pytest.MonkeyPatch.context() as patch:
        for name in ("USER", "LOGNAME", "USERNAME"):
            patch.setenv(name, USER)
        outcome = pipeline.build(settings)

    assert outcome.findings == ()
    return settings.output / ADDRESS


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file's bytes and, of a PDF or an office file, those of every stream in it."""
    yield name, data
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as packed:
            for part in packed.namelist():
                yield from unpacked(f"{name}:{part}", packed.read(part))
    elif data.startswith(b"%PDF"):
        with Pdf.open(BytesIO(data)) as pdf:
            for number, item in enumerate(pdf.objects):
                if isinstance(item, Stream):
                    try:
                        inside = item.read_bytes()
                    except PdfError:  # a picture's own compression
                        continue
                    yield from unpacked(f"{name}:{number}", inside)
                else:
                    yield f"{name}:{number}", item.unparse(resolved=True)


def test_no_file_tells_of_the_computer_that_made_it(folder: Path) -> None:
    """Neither path, user nor host are in any file, metadata and attachments included."""
    host = socket.gethostname()
    told = [str(folder.parents[2]), str(ROOT), USER, *([host] if len(host) > 5 else [])]
    secrets = [word.encode(code) for word in told for code in ("utf-8", "utf-16-be", "utf-16-le")]
    files = [(file.name, file.read_bytes()) for file in folder.rglob("*") if file.is_file()]
    looked = [piece for name, data in files for piece in unpacked(name, data)]

    assert {".html", ".pdf", ".docx", ".json"} <= {Path(name).suffix for name, _ in files}
    assert len(looked) > 500
    assert [] == [name for name, data in looked if any(secret in data for secret in secrets)]


def test_each_edition_is_a_file_and_readers_are_offered_theirs(folder: Path) -> None:
    """The web page offers the readers' files alone."""
    made = {file.name for file in folder.glob("*.pdf")}
    pressed = [edition for edition in Edition if edition not in NOT_PRESSED]
    offered = json.loads((folder / "bulletin.json").read_text(encoding="utf-8"))["pdfs"]

    names = {f"{edition}{paper}.pdf" for edition in pressed for paper in ("", "-A3")}
    assert made == names - {"print-A3.pdf"}  # site.yaml asks for 四开 alone
    assert offered == ["bulletin.pdf", "bulletin-A3.pdf"]


@pytest.mark.parametrize("edition", ["archive", "office", "proof"])
def test_each_paper_has_its_own_file(folder: Path, edition: str) -> None:
    """The same pages, on A3: the office's own printer and the archive get what readers get."""
    with (
        pymupdf.open(folder / f"{edition}.pdf") as first,
        pymupdf.open(folder / f"{edition}-A3.pdf") as second,
    ):
        words = [re.sub(r"\s", "", file[0].get_text("text")) for file in (first, second)]
        width = round(second[0].rect.width / POINTS)

    assert words[0] == words[1]
    assert width == (210 if edition == "proof" else PAPERS["A3"].width)


def test_every_edition_has_the_same_words(folder: Path) -> None:
    """What readers get is what the printer gets; the proof says more."""
    texts = {}
    for name in ("bulletin", "print", "archive", "office", "proof"):
        with pymupdf.open(folder / f"{name}.pdf") as document:
            texts[name] = re.sub(r"\s", "", document[0].get_text("text"))

    assert texts["bulletin"] == texts["print"] == texts["archive"] == texts["office"]
    assert set(texts["bulletin"]) <= set(texts["proof"])


def test_the_archive_holds_what_the_figures_come_from(folder: Path) -> None:
    """Plan, stories, data and campaign, and the figures made from them."""
    with Pdf.open(folder / "archive.pdf") as pdf:
        kept = {str(spec.Desc): str(spec.AFRelationship) for spec in pdf.Root.AF.as_list()}
        name = f"output-{ADDRESS.replace('/', '-')}-figures.json"
        figures = pdf.attachments[name].get_file().read_bytes()

    assert kept.pop(f"output/{ADDRESS}/figures.json") == "/Data"
    assert set(kept.values()) == {"/Source"}
    assert {f"content/{ADDRESS}/lead.md", f"content/{ADDRESS}/bulletin.yaml",
            "data/yunxi/2026-11-19.yaml", "data/yunxi/campaign.yaml"} <= set(kept)  # fmt: skip
    assert figures == (folder / "figures.json").read_bytes()


def test_the_proof_numbers_lines_and_lists_every_figure(folder: Path) -> None:
    """On A4: the page with a number for each line, then each figure with source and change."""
    figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))["figures"]
    with pymupdf.open(folder / "proof.pdf") as document:
        sizes = [[round(edge / POINTS) for edge in page.rect[2:]] for page in document]
        page, sheets = document[0].get_text("words"), [p.get_text("text") for p in document][1:]
    numbers = {int(word[4]) for word in page if word[4].isdigit() and word[3] - word[1] < 7}
    listed = re.sub(r"\s", "", "".join(sheets))

    assert {(210, 297)} == {tuple(size) for size in sizes}
    assert set(range(1, 150)) <= numbers
    assert [] == [figure["text"] for figure in figures if figure["text"] not in listed]
    known = [sources(figure["places"], ADDRESS.split("/", maxsplit=1)[0]) for figure in figures]
    assert [] == [source for source in known if source not in listed]
    changes = [figure["change"] for figure in figures if figure["change"] not in ("", "持平")]
    assert len(changes) > 10
    assert [] == [change for change in changes if change not in listed]


def test_the_proof_can_be_read_on_the_smaller_paper(folder: Path) -> None:
    """Numbers of lines from an A3 page on A4 are no dots; a file and its line are not parted."""
    with pymupdf.open(folder / "proof-A3.pdf") as document:
        spans = [
            span
            for block in document[0].get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
        sheet = document[1].get_text("text")
    sizes = [span["size"] for span in spans if span["text"].strip().isdigit() and span["color"]]

    assert min(sizes) > 3.5
    assert re.findall(r"^2026-11-19\.yaml:\d+$", sheet, re.MULTILINE)
    assert [] == re.findall(r"\.(?:yaml|md):$", sheet, re.MULTILINE)


def test_the_proof_says_what_is_still_open(tmp_path: Path) -> None:
    """A warning that keeps nothing back stands on the first sheet, as the clerk was told it."""
    settings = replace(settings_of(tmp_path), editions=("proof",))
    lead = settings.root / f"content/{ADDRESS}/lead.md"
    text = lead.read_text(encoding="utf-8")
    lead.write_text(text.replace("点开门供餐\n", "点开门供餐。\n", 1), encoding="utf-8")
    (finding,) = pipeline.build(settings, say=speaking).findings
    with pymupdf.open(settings.output / ADDRESS / "proof.pdf") as document:
        sheet = re.sub(r"\s", "", document[1].get_text("text"))

    assert finding.rule == "caption-full-stop"
    assert re.sub(r"\s", "", speaking("zh")(finding)) in sheet


def test_the_printed_page_keeps_its_paper_and_bleed(folder: Path) -> None:
    """四开 within the marks, 3 mm around it."""
    paper = PAPERS["四开"]
    with Pdf.open(folder / "print.pdf") as pdf:
        trim, bled = ([float(edge) for edge in box]
                      for box in (pdf.pages[0].trimbox, pdf.pages[0].bleedbox))  # fmt: skip

    assert trim == pytest.approx([0, 0, paper.width * POINTS, paper.height * POINTS], abs=0.01)
    assert bled[0] == pytest.approx(-3 * POINTS, abs=0.01)


def test_what_readers_get_is_open_to_everybody(folder: Path) -> None:
    """PDF/UA after fonts were compacted; the archive has the same tags."""
    assert [] == errors_of(folder / "bulletin.pdf")
    with Pdf.open(folder / "bulletin.pdf") as readers, Pdf.open(folder / "archive.pdf") as kept:
        assert len(readers.Root.StructTreeRoot.ParentTree.Nums) == len(
            kept.Root.StructTreeRoot.ParentTree.Nums
        )


def test_another_day_makes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """Every edition, made on another day in another place."""
    settings = replace(settings_of(tmp_path), today=date(2027, 3, 1))
    pipeline.build(settings)
    again = settings.output / ADDRESS

    assert [] == [
        file.name for file in sorted(folder.glob("*.pdf"))
        if file.read_bytes() != (again / file.name).read_bytes()
    ]  # fmt: skip
