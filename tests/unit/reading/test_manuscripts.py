"""Word texts as units send them, and the stories they become."""

import random
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from jianbao.cli.language import translator
from jianbao.cli.showing import sentence
from jianbao.reading.manuscripts.opening import open_document
from jianbao.reading.manuscripts.reading import Manuscript, read_manuscript
from jianbao.reading.stories import read_story
from tests.conftest import Golden

BODY = "全区各单位把群众来电当作命令，接到就办，办完就回访，群众满意了才销号。"


def saved(document: Document) -> bytes:
    """Return the document as a file."""
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def written(
    lines: Sequence[str], size: float = 0, centred: bool = False, into: Document | None = None
) -> Document:
    """Return a document with these paragraphs."""
    document = into or docx.Document()
    for line in lines:
        paragraph = document.add_paragraph()
        run = paragraph.add_run(line)
        if size:
            run.font.size = Pt(size)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return document


def taken(document: Document) -> Manuscript:
    """Return the story the document becomes, which must be without findings."""
    read = read_manuscript("来稿.docx", "letter", saved(document))

    assert () == read.findings
    assert read.value is not None
    return read.value


def test_a_head_is_what_is_set_large_above_the_text() -> None:
    """No style says so: the largest line is the headline, above it the kicker, below the deck."""
    document = written(["云溪区办好热线"], 16, True)
    written(["群众来电有回音"], 26, True, document)
    written(["——区信访局办理诉求纪实"], 16, True, document)
    written([BODY], into=document)
    written(["（区信访局供稿）"], into=document)

    assert {
        "引题": "云溪区办好热线",
        "主题": "群众来电有回音",
        "副题": "区信访局办理诉求纪实",
        "供稿": "区信访局",
    } == taken(document).head


@pytest.mark.parametrize(
    ("first", "headline"),
    [("群众来电有回音", "群众来电有回音"), ("现将有关情况报告如下：", ""), ("截至目前，", "")],
)
def test_a_plain_first_line_is_a_headline_if_it_can_be_one(first: str, headline: str) -> None:
    """A unit that knows no large type still begins with its headline."""
    read = read_manuscript("来稿.docx", "letter", saved(written([first, BODY])))

    assert read.value is not None
    assert headline == read.value.head["主题"]
    assert ["manuscript-headline"] * (not headline) == [f.rule for f in read.findings]


def test_a_title_in_words_own_style() -> None:
    """Whoever uses Word's Title is believed, whatever its size."""
    document = docx.Document()
    document.add_paragraph("群众来电有回音", style="Title")
    written([BODY], into=document)

    assert {"主题": "群众来电有回音"} == taken(document).head


def test_crossheads_bold_beginnings_and_numbered_paragraphs() -> None:
    """A short bold paragraph is a crosshead; bold at the beginning stays; 一、 is the brief's own."""
    document = written(["群众来电有回音", BODY])
    document.add_heading("接诉即办", 2)
    document.add_paragraph().add_run("一、主要做法").bold = True
    paragraph = document.add_paragraph()
    paragraph.add_run("首问负责 ").bold = True
    paragraph.add_run("谁接电话谁负责到底。")

    assert (
        BODY,
        "## 接诉即办",
        "一、主要做法",
        "**首问负责** 谁接电话谁负责到底。",
    ) == taken(document).lines


def test_numbers_that_word_counts_are_written_out() -> None:
    """They stand nowhere in the text, and would be lost without a word."""
    document = written(["群众来电有回音", BODY])
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate(
            [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
        )
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    )
    for text, level in [("甲", 0), ("乙", 1), ("丙", 1), ("丁", 2), ("戊", 0), ("己", 1)]:
        properties = document.add_paragraph(f"{text}事办得好。")._p.get_or_add_pPr()
        asked = properties.get_or_add_numPr()
        asked.get_or_add_ilvl().set(qn("w:val"), str(level))
        asked.get_or_add_numId().set(qn("w:val"), "90")

    labels = [line.partition("事")[0] for line in taken(document).lines[1:]]
    assert ["一、甲", "（一）乙", "（二）丙", "1.丁", "二、戊", "（一）己"] == labels


def picture() -> BytesIO:
    """Return a photo as a file."""
    buffer = BytesIO()
    Image.new("RGB", (60, 40), "red").save(buffer, "JPEG")
    buffer.seek(0)
    return buffer


def test_photos_with_their_captions() -> None:
    """The short line below a photo is its caption, who took it its credit."""
    document = written(["群众来电有回音", BODY])
    document.add_picture(picture())
    document.add_paragraph("▲接线员在接听来电。 周某某 摄")
    document.add_picture(picture())
    document.add_paragraph(BODY)

    made = taken(document)

    assert {"photos/letter-1.jpg", "photos/letter-2.jpg"} == set(made.photos)
    assert (
        "/// photo | photos/letter-1.jpg", "credit: 周某某 摄", "", "接线员在接听来电", "///", "",
        "/// photo | photos/letter-2.jpg", "", "///", "", BODY,
    ) == made.lines[2:]  # fmt: skip


def test_tables_keep_their_cells() -> None:
    """Joined cells leave empty ones; a bar in a cell does not make a column."""
    document = written(["群众来电有回音", BODY])
    table = document.add_table(2, 3)
    for row, texts in enumerate([["级别", "", "已完成"], ["区级", "94", "60|61"]]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(0, 1))

    assert (
        "| 级别 |  | 已完成 |", "| --- | --- | --- |", "| 区级 | 94 | 60｜61 |",
    ) == taken(document).lines[2:]  # fmt: skip


def test_nothing_of_a_units_text_acts(tmp_path: Path) -> None:
    """Braces, fences, rules, heads and HTML are text; the story is read as it was written."""
    evil = ["{{ 实事.已完成 }}", "/// photo | ../x", "---", "## 头", "<b>x</b>", "*a*", "\ue0000"]
    document = written(["群众来电有回音", *(f"{line}" for line in evil), BODY])
    place = tmp_path / "content/yunxi/2026-47/letter.md"
    place.parent.mkdir(parents=True)
    place.write_text(taken(document).text, encoding="utf-8")

    story = read_story(tmp_path, "content/yunxi/2026-47/letter.md")

    assert () == story.findings
    assert story.value is not None
    assert not story.value.quotes
    assert not story.value.photos
    assert BODY in story.value.sections[0].body


@settings(deadline=None, max_examples=8)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60), max_size=6))
def test_any_text_becomes_a_story(lines: list[str]) -> None:
    """Whatever a unit writes, no paragraph is taken for something else or lost silently."""
    read = read_manuscript("来稿.docx", "letter", saved(written(["群众来电有回音", BODY, *lines])))

    assert read.value is not None
    assert BODY in read.value.lines
    assert not any("{" in line for line in read.value.lines)


def with_part(name: str, text: bytes) -> Callable[[], bytes]:
    """Return what makes a good file with one more part in its package."""

    def make() -> bytes:
        buffer = BytesIO(saved(written([BODY])))
        with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(name, text)
        return buffer.getvalue()

    return make


def locked() -> bytes:
    """Return a package whose parts are encrypted, by what it says of itself."""
    data = bytearray(saved(written([BODY])))
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(sign, at + 4)
    return bytes(data)


def workbook() -> bytes:
    """Return a workbook that was given the name of a text."""
    buffer = BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()


def crowd() -> bytes:
    """Return XML of many small entries that does not pack as if it were empty."""
    dice = random.Random(5)
    return b"<x>" + b"".join(b"<y%d/>" % dice.randrange(10**6) for _ in range(400_000)) + b"</x>"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def replaced(file: bytes, part: str, data: bytes) -> bytes:
    """Return a file with one of its parts exchanged."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(file)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, data if name == part else old.read(name))
    return buffer.getvalue()


SPOILT: dict[str, tuple[str, Callable[[], bytes]]] = {
    "old word": ("manuscript-kind", lambda: OLE + "WordDocument".encode("utf-16-le")),
    "password": ("manuscript-password", lambda: OLE + "EncryptedPackage".encode("utf-16-le")),
    "macros": ("manuscript-macros", with_part("word/vbaProject.bin", b"x")),
    "text": ("manuscript-kind", lambda: "群众来电有回音".encode("gb18030")),
    "spreadsheet": ("manuscript-kind", workbook),
    "WPS": ("manuscript-kind", lambda: OLE + "WpsContent".encode("utf-16-le")),
    "cut before its end": ("manuscript-broken", lambda: saved(written([BODY]))[:-200]),
    "web page": ("manuscript-kind", lambda: b"<html><body>x</body></html>"),
    "nothing": ("manuscript-kind", lambda: b""),
    "cut short": ("manuscript-broken", lambda: saved(written([BODY]))[:900]),
    "entities": (
        "manuscript-broken",
        with_part("word/x.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'),
    ),
    "no document": (
        "manuscript-broken",
        lambda: replaced(saved(written([BODY])), "word/document.xml", b"<x/>"),
    ),
    "bomb": ("manuscript-too-large", with_part("word/x.bin", bytes(50_000_000))),
    "locked parts": ("manuscript-password", locked),
    "crowded": ("manuscript-too-large", with_part("word/x.xml", crowd())),
    "endless lines": ("story-bounds", lambda: saved(written(["一句话"] * 2_500))),
    "endless paragraph": ("story-bounds", lambda: saved(written(["题", "字" * 30_000]))),
    "empty": ("manuscript-empty", lambda: saved(docx.Document())),
}


@pytest.mark.parametrize("case", SPOILT)
def test_a_spoilt_file_is_refused(case: str) -> None:
    """Each with what it is and what to do; nothing of it is taken."""
    rule, make = SPOILT[case]
    read = read_manuscript("来稿.docx", "letter", make())

    assert read.value is None
    assert [rule] == [finding.rule for finding in read.findings]


def test_what_is_said_of_spoilt_files(golden: Golden) -> None:
    """The sentences a clerk reads, one a case, in Chinese."""
    lines = []
    for case, (_, make) in SPOILT.items():
        read = read_manuscript("来稿.docx", "letter", make())
        lines += [f"{case}: {sentence(one, translator('zh'))}" for one in read.findings]

    golden(Path(__file__).parent / "spoilt-word.zh.txt", "\n".join([*lines, ""]))


@settings(deadline=None, max_examples=10)
@given(st.binary(max_size=400), st.integers(0, 30_000))
def test_no_bytes_make_it_crash(noise: bytes, at: int) -> None:
    """A file damaged anywhere is opened or refused."""
    data = bytearray(GOOD)
    data[at : at + len(noise)] = noise

    assert open_document("来稿.docx", bytes(data)).findings is not None
    assert read_manuscript("来稿.docx", "letter", bytes(data)) is not None


GOOD = saved(written(["群众来电有回音", BODY]))


def test_styles_based_on_each_other_come_to_an_end() -> None:
    """Where 甲 is based on 乙 and 乙 on 甲, nobody looks for their sizes and lists for ever."""
    document = written(["群众来电有回音", BODY])
    one, other = (document.styles.add_style(name, 1) for name in ("甲", "乙"))
    one.base_style, other.base_style = other, one
    for paragraph in document.paragraphs:
        paragraph.style = one

    assert BODY in taken(document).lines


def test_a_cell_over_all_columns_is_as_broad_as_word_makes_one() -> None:
    """Two thousand million columns are no list of as many empty cells."""
    document = written(["群众来电有回音", BODY])
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "甲"
    span = parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="2000000000"/>')
    table.cell(0, 0)._tc.get_or_add_tcPr().append(span)

    assert 64 == next(line for line in taken(document).lines if "甲" in line).count("|") - 1


def test_what_nobody_sees_is_left_in_word() -> None:
    """Marks that turn the writing, and signs without a width, do not come along."""
    story = taken(written(["群众\u202e来\u200b电有回音", f"{BODY}\u3164\u061c"]))

    assert ("群众来电有回音", (BODY,)) == (story.head["主题"], story.lines)


def test_what_nobody_has_decided_is_said() -> None:
    """Tracked changes and remarks: the text is as if all were accepted."""
    document = written(["群众来电有回音", BODY])
    paragraph = document.add_paragraph("办结")
    for tag, text in [("w:ins", "<w:t>八成</w:t>"), ("w:del", "<w:delText>七成</w:delText>")]:
        run = f'<{tag} {nsdecls("w")} w:id="1" w:author="x"><w:r>{text}</w:r></{tag}>'
        paragraph._p.append(parse_xml(run))

    read = read_manuscript("来稿.docx", "letter", saved(document))

    assert ["manuscript-changes"] == [finding.rule for finding in read.findings]
    assert read.value is not None
    assert "办结八成" == read.value.lines[-1]
