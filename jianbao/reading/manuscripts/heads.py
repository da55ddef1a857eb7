"""What stands above and below the text of a Word file: headline, kicker, deck, byline.

    document ──take_head──▶ the head's lines; the document without them

Units seldom use Word's styles: a headline is what is set large or in the middle before the text
begins. What is taken for what is said, and the clerk sees it in the story's first lines.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from jianbao.reading.manuscripts.numbering import lineage

_MOST = 6
_LONGEST = 45
_TITLES = re.compile(r"(?i)^(title|标题|大标题|heading 1|标题 ?1)$")
_BODY = re.compile(r"[。；]$|^[一二三四五六七八九十]+、|^（[一二三四五六七八九十]+）")
_DECK = re.compile(r"^(?:—{1,2}|-{2,}|――|——)\s*")
_BYLINE = re.compile(
    r"^[（(]?\s*(?:(?:通讯员|供稿单位|供稿人?|作者|撰稿|来源|文)\s*[：:/／ \u3000]\s*"
    r"(?P<before>.+?)|(?P<after>.+?)\s*(?:供稿|报送))\s*[）)]?$"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph above the text: how large it is set, and whether in the middle."""

    paragraph: Paragraph
    text: str
    size: float
    centred: bool
    titled: bool


def take_head(document: Document) -> dict[str, str]:
    """Return the head by its Chinese keys, and take its paragraphs out of the document."""
    head: dict[str, str] = {}
    lines = _above(document)
    for line in [line for line in lines if _BYLINE.match(line.text)]:
        head["供稿"] = _byline(line.text)
        lines.remove(line)
        _remove(line.paragraph)
    titles = _titles(lines)
    if titles:
        first, last = lines.index(titles[0]), lines.index(titles[-1])
        parts = {"引题": lines[:first], "主题": titles, "副题": lines[last + 1 :]}
        for key, group in parts.items():
            if group:
                head[key] = "／".join(_DECK.sub("", line.text) for line in group)
            for line in group:
                _remove(line.paragraph)
    return _with_closing_byline(document, head)


def _above(document: Document) -> list[_Line]:
    """Return the short paragraphs before the text begins."""
    lines: list[_Line] = []
    for paragraph in document.paragraphs:
        text = paragraph.text.strip()
        if not text:
            continue
        if len(lines) >= _MOST or len(text) > _LONGEST or _BODY.search(text):
            break
        if paragraph._p.find(f".//{qn('w:drawing')}") is not None:
            break
        lines.append(_line(paragraph, text))
    while lines and not (lines[-1].centred or lines[-1].titled or _BYLINE.match(lines[-1].text)):
        lines.pop()
    return lines or _only_line(document)


def _only_line(document: Document) -> list[_Line]:
    """Return the first paragraph where it can only be a headline: short, without a full stop."""
    for paragraph in document.paragraphs:
        text = paragraph.text.strip()
        if text:
            fits = len(text) <= 30 and not re.search(r"[。；：:，]$", text)
            return [_line(paragraph, text)] if fits and not _BODY.search(text) else []
    return []


def _titles(lines: Sequence[_Line]) -> list[_Line]:
    """Return the headline's lines: those in a title's style, else the largest ones together."""
    named = [line for line in lines if line.titled]
    if named:
        return named
    candidates = [line for line in lines if not _DECK.match(line.text)] or list(lines)
    if not candidates:
        return []
    largest = max(line.size for line in candidates)
    first = next(index for index, line in enumerate(lines) if line.size == largest)
    titles = []
    for line in lines[first:]:
        if line.size < largest or _DECK.match(line.text):
            break
        titles.append(line)
    return titles[:2]


def _line(paragraph: Paragraph, text: str) -> _Line:
    name = paragraph.style.name if paragraph.style is not None else None
    return _Line(
        paragraph,
        text,
        _size(paragraph),
        _alignment(paragraph) == WD_ALIGN_PARAGRAPH.CENTER,
        bool(_TITLES.match(name or "")),
    )


def _alignment(paragraph: Paragraph) -> WD_ALIGN_PARAGRAPH | None:
    own = paragraph.alignment
    styles = (style.paragraph_format.alignment for style in _styles(paragraph))
    return next((found for found in (own, *styles) if found is not None), None)


def _size(paragraph: Paragraph) -> float:
    """Return the largest type of a paragraph in points; 10.5 where nothing is said."""
    own = [run.font.size.pt for run in paragraph.runs if run.font.size is not None]
    styles = (style.font.size.pt for style in _styles(paragraph) if style.font.size is not None)
    return max(own, default=next(styles, 10.5))


def _styles(paragraph: Paragraph) -> Iterator[ParagraphStyle]:
    """Yield the paragraph's style and what it is based on, the nearest first."""
    yield from (s for s in lineage(paragraph.style) if isinstance(s, ParagraphStyle))


def _with_closing_byline(document: Document, head: dict[str, str]) -> dict[str, str]:
    """Take `（区住建局供稿）` from the end of the text where it stands there."""
    written = [paragraph for paragraph in document.paragraphs if paragraph.text.strip()]
    if written and "供稿" not in head:
        text = written[-1].text.strip()
        if len(text) <= 40 and not text.endswith("。") and _BYLINE.match(text):
            head["供稿"] = _byline(text)
            _remove(written[-1])
    order = ("引题", "主题", "副题", "供稿")
    return {key: head[key] for key in order if key in head}


def _byline(text: str) -> str:
    match = _BYLINE.match(text)
    assert match is not None
    return re.sub(r"[\s\u3000]+", " ", match["before"] or match["after"]).strip("（()） ")


def _remove(paragraph: Paragraph) -> None:
    parent = paragraph._p.getparent()
    if parent is not None:
        parent.remove(paragraph._p)
