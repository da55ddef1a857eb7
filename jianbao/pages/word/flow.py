"""A story's HTML as paragraphs, tables and pictures of Word.

pieces of a story (text, photo, strip) ──▶ paragraphs added to a document
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree.ElementTree import Element

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Emu, Length, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from jianbao.pages.charts.painting import is_drawing, painted, parts_of, spoken
from jianbao.pages.flow import PhotoView, PieceView, StripView
from jianbao.pages.headlines import ems
from jianbao.pages.official import levelled
from jianbao.pages.word.shaping import (
    BODY,
    FANG,
    HEI,
    KAI,
    Type,
    off_grid,
    repeat_or_keep,
    set_line,
    write_run,
)
from jianbao.reading.markdowns import body_of
from jianbao.reading.pictures import Picture

_WIDEST = Mm(156)
_HIGHEST = Mm(110)
_LEVELS = {"level-1": Type(HEI, 16), "level-2": Type(KAI, 16), "run-in": Type(HEI, 16)}
_MANY = 5  # columns from which a table is set smaller
_SIDES = 12.0  # points of white left and right in a cell
_MIDDLE = WD_ALIGN_PARAGRAPH.CENTER


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets the pieces of a story into a document.

    Attributes:
        body: What running text is set in.
    """

    document: Document
    pictures: Mapping[str, Picture]
    body: Type = field(default=BODY)

    def pieces(self, pieces: Sequence[PieceView]) -> None:
        """Set text, photos and strips in their order."""
        for piece in pieces:
            if piece.photo:
                self._photo(piece.photo)
            elif piece.strip:
                self._strip(piece.strip)
            elif piece.text:
                for element in body_of(str(levelled(piece.text))):
                    self._block(element)

    def line(self, html: str, face: Type, align: WD_ALIGN_PARAGRAPH, indent: int = 0) -> Paragraph:
        """Set one paragraph of HTML in a face."""
        paragraph = set_line(self.document.add_paragraph(), align=align, indent=indent)
        self._runs(paragraph, body_of(f"<p>{html}</p>"), face)
        return paragraph

    def _block(self, element: Element) -> None:
        if element.tag == "table":
            self._table([list(_cells(row)) for row in element.iter("tr")])
        elif element.tag == "figure":
            self._chart(element)
        elif element.tag in ("ul", "ol"):
            for item in element.iter("li"):
                self._runs(self._paragraph(), item, self.body)
        elif _words(element):
            paragraph = self._paragraph()
            paragraph.paragraph_format.keep_with_next = element.get("class") == "heading" or None
            self._runs(paragraph, element, self.body)

    def _paragraph(self) -> Paragraph:
        return set_line(self.document.add_paragraph(), indent=2)

    def _runs(self, paragraph: Paragraph, element: Element, face: Type) -> None:
        if element.text:
            write_run(paragraph, element.text, face)
        for child in element:
            inner = face
            if child.tag in ("b", "strong"):
                inner = _LEVELS.get(child.get("class", ""), Type(face.face, face.size, bold=True))
            if child.tag == "br":
                paragraph.add_run().add_break()
            self._runs(paragraph, child, inner)
            if child.tail:
                write_run(paragraph, child.tail, face)

    def _photo(self, photo: PhotoView) -> None:
        picture = self.pictures[photo.src]
        width = min(_WIDEST, Emu(_HIGHEST * picture.width // picture.height))
        self._picture(picture.data, width, photo.alt)
        text = f"{photo.caption}　{photo.credit}" if photo.credit else str(photo.caption)
        self.line(text, Type(KAI, 14), _MIDDLE)

    def _picture(self, data: bytes, width: int, alt: str) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = _MIDDLE
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(6)
        off_grid(paragraph)
        shape = paragraph.add_run().add_picture(BytesIO(data), width=Emu(width))
        shape._inline.docPr.set("descr", alt)

    def _chart(self, figure: Element) -> None:
        """Set a chart as a picture between its title and its source; a table as a table."""
        for element in parts_of(figure):
            if element.tag == "table":
                self._table([list(_cells(row)) for row in element.iter("tr")])
            elif is_drawing(element):
                self._picture(painted(element), Mm(120), spoken(element))
            elif _words(element):
                line = self.line(_words(element), Type(HEI, 14), _MIDDLE)
                line.paragraph_format.keep_with_next = element.tag != "figcaption" or None

    def _strip(self, strip: Sequence[StripView]) -> None:
        self._table([[_words(body_of(str(item.label))) for item in strip],
                     [_words(body_of(str(item.value))) for item in strip]])  # fmt: skip

    def _table(self, rows: Sequence[Sequence[str]]) -> None:
        width = max(map(len, rows), default=0)
        if not width:
            return
        table = self.document.add_table(len(rows), width, style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = True
        size = 14 if width < _MANY else 12
        for column, wide in zip(table.columns, _widths(rows, width, size), strict=True):
            column.width = wide
        for number, row in enumerate(rows):
            face = Type(HEI if number == 0 else FANG, size)
            for cell, column, text in zip(
                table.rows[number].cells, table.columns, row, strict=False
            ):
                cell.width = column.width
                _set_cell(cell, text, face)
            repeat_or_keep(table.rows[number], number == 0, len(rows) - 1 - number)


def _widths(rows: Sequence[Sequence[str]], count: int, size: float) -> list[Length]:
    """Return how wide columns are that share the page: what each text needs, and what is left.

    Where there is not enough, the widest give way.
    """
    filled = [[*row, *[""] * (count - len(row))] for row in rows]
    needs = [max(map(ems, column)) * size + _SIDES for column in zip(*filled, strict=True)]
    room = _WIDEST.pt
    if sum(needs) <= room:
        return [Pt(need + (room - sum(needs)) / count) for need in needs]
    most = max(needs)
    while sum(min(need, most) for need in needs) > room and most > size:
        most -= 1
    return [Pt(min(need, most)) for need in needs]


def _set_cell(cell: _Cell, text: str, face: Type) -> None:
    paragraph = set_line(cell.paragraphs[0], Pt(24), _MIDDLE)
    write_run(paragraph, text, face)


def _cells(row: Element) -> Iterator[str]:
    for cell in row:
        if cell.tag in ("td", "th"):
            yield _words(cell)
            yield from [""] * (int(cell.get("colspan", "1")) - 1)


def _words(element: Element) -> str:
    return "".join(element.itertext()).strip()
