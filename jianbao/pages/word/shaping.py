"""What a Word document is set in: faces, sizes, page, grid; and its bytes, the same every time.

Measures follow GB/T 9704-2012 5: A4, 22 lines of 28 characters, 三号 FangSong.
"""

import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

SONG, HEI, KAI, FANG, TITLE = "宋体", "黑体", "楷体", "仿宋", "方正小标宋简体"
"""Faces every office PC has; the last is licensed, and Word takes 宋体 where it is missing."""
LATIN = "Times New Roman"
LINE = Pt(28.95)  # 225 mm / 22 lines
_ORDER = ("rFonts", "b", "bCs", "i", "color", "spacing", "w", "kern", "position", "sz", "szCs",
          "highlight", "u", "lang")  # fmt: skip
SHORT, KEPT = 12, 2
"""Rows up to which a table is not broken over pages, and how many stay together where one is."""
RED = RGBColor(0xE6, 0x00, 0x12)
_PITCH = 579  # LINE in twentieths of a point
_SQUEEZE = -5  # 28 characters of 16 pt are 158 mm: a quarter of a point less makes them 156


@dataclass(frozen=True, slots=True)
class Type:
    """A face in a size, bold or not, in points."""

    face: str
    size: float
    bold: bool = False


BODY = Type(FANG, 16)


def new_document(title: str, author: str, day: date) -> Document:
    """Return an empty A4 document with the grid of official documents."""
    document = docx.Document()
    for paragraph in list(document.paragraphs):
        paragraph._p.getparent().remove(paragraph._p)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(22)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    for name, value in (("type", "lines"), ("linePitch", _PITCH)):
        grid.set(qn(f"w:{name}"), str(value))
    section._sectPr.append(grid)
    normal = document.styles["Normal"]
    normal.font.size = Pt(BODY.size)
    properties = normal.element.get_or_add_rPr()
    _faces(properties, BODY.face)
    _set(properties, "spacing", val=_SQUEEZE)
    _set(properties, "lang", val="en-US", eastAsia="zh-CN")
    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001  (Word takes it as UTC)
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = title, author, author, ""
    core.created = core.modified = moment
    core.language, core.revision = "zh-CN", 1
    return document


def write_run(paragraph: Paragraph, text: str, face: Type, red: bool = False) -> Run:
    """Add text in a face to a paragraph."""
    run = paragraph.add_run(text)
    run.font.size = Pt(face.size)
    run.bold = face.bold or None
    if red:
        run.font.color.rgb = RED
    _faces(run._r.get_or_add_rPr(), face.face)
    return run


def set_line(
    paragraph: Paragraph,
    pitch: Length = LINE,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY,
    indent: int = 0,
) -> Paragraph:
    """Give a paragraph its line pitch, its alignment and its first line's indent in characters."""
    shape = paragraph.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, pitch
    shape.space_before = shape.space_after = Pt(0)
    shape.widow_control = True
    paragraph.alignment = align
    if indent:
        first = paragraph._p.get_or_add_pPr().get_or_add_ind()
        first.set(qn("w:firstLineChars"), str(100 * indent))
        first.set(qn("w:firstLine"), str(round(20 * BODY.size * indent)))
    return paragraph


def hang(paragraph: Paragraph, size: float) -> None:
    """Let all lines but the first begin below what stands behind a label of two characters."""
    edge = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for name, characters in (("left", 3), ("hanging", 2)):
        edge.set(qn(f"w:{name}Chars"), str(100 * characters))
        edge.set(qn(f"w:{name}"), str(round(20 * size * characters)))


def off_grid(paragraph: Paragraph) -> None:
    """Let a picture be as high as it is: on the grid it would have a part of a line below it."""
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(snap, "w:spacing", "w:ind", "w:jc", "w:rPr")


def repeat_or_keep(row: _Row, first: bool, below: int) -> None:
    """Let a table go on over pages with its head again, and no row alone; a short one stays whole.

    `below` is how many rows follow.
    """
    properties = row._tr.get_or_add_trPr()
    for name in ("cantSplit", *(("tblHeader",) if first else ())):
        properties.append(OxmlElement(f"w:{name}"))
    count = len(row.table.rows)
    at = count - 1 - below
    if below and (count <= SHORT or at < KEPT or below < KEPT):
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def set_border(paragraph: Paragraph, side: str, points: float, colour: str = "000000") -> None:
    """Draw a rule above (`top`) or below (`bottom`) a paragraph."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(borders, "w:shd", "w:tabs", "w:suppressAutoHyphens",
                                         "w:spacing", "w:ind", "w:jc", "w:rPr")  # fmt: skip
    rule = OxmlElement(f"w:{side}")
    values = {"val": "single", "sz": round(points * 8), "space": 1, "color": colour}
    for name, value in values.items():
        rule.set(qn(f"w:{name}"), str(value))
    borders.append(rule)


def number_pages(document: Document) -> None:
    """Number the pages — 1 —, 四号 Song, on the outer side (GB/T 9704-2012 7.5)."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    sides = (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    )
    for footer, side in sides:
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        edge = paragraph._p.get_or_add_pPr().get_or_add_ind()
        edge.set(qn("w:rightChars" if side is WD_ALIGN_PARAGRAPH.RIGHT else "w:leftChars"), "100")
        small = Type(SONG, 14)
        write_run(paragraph, "— ", small)
        _page_field(write_run(paragraph, "", small))
        write_run(paragraph, " —", small)


def packed(document: Document, day: date) -> bytes:
    """Return the document's bytes: the same document, the same bytes."""
    loose = BytesIO()
    document.save(loose)
    fixed = BytesIO()
    stamp = (max(day.year, 1980), day.month, day.day, 0, 0, 0)
    with (
        zipfile.ZipFile(loose) as source,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            info = zipfile.ZipInfo(part.filename, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(part))
    return fixed.getvalue()


def _faces(properties: BaseOxmlElement, face: str) -> None:
    _set(properties, "rFonts", ascii=LATIN, hAnsi=LATIN, cs=LATIN, eastAsia=face)


def _set(properties: BaseOxmlElement, name: str, **values: str | int) -> None:
    """Give a run's properties one more, in the place where Word wants it."""
    old = properties.find(qn(f"w:{name}"))
    if old is not None:
        properties.remove(old)
    element = OxmlElement(f"w:{name}")
    for key, value in values.items():
        element.set(qn(f"w:{key}"), str(value))
    later = _ORDER[_ORDER.index(name) + 1 :]
    properties.insert_element_before(element, *(f"w:{follower}" for follower in later))


def _page_field(run: Run) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
