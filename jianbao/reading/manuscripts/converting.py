"""A document's text as a story's lines: paragraphs, crossheads, tables and photos.

    document ──mammoth──▶ HTML ──▶ lines of Markdown, photos by name

The home of mammoth. Marks that mean something in a story are written so that they mean
themselves; nothing of a unit's text becomes a figure, a block or a rule by itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree.ElementTree import Element

import mammoth

from jianbao.diagnostics import Finding, Place, msg, warning
from jianbao.reading.files import without_hidden
from jianbao.reading.markdowns import body_of
from jianbao.reading.pictures import develop

_KINDS = {"image/jpeg": "jpg", "image/png": "png", "image/tiff": "tif", "image/gif": "gif",
          "image/bmp": "bmp", "image/webp": "webp"}  # fmt: skip
_STYLES = "\n".join(
    f"p[style-name='{name} {level}'] => h{level}:fresh"
    for name in ("标题", "样式标题")
    for level in (1, 2, 3)
)
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、])")
_CAPTION = re.compile(r"^(?:[▲△↑]+|图\s*\d*\s*[：:、.．]?\s*(?!为))\s*")
_HAN = "[\u4e00-\u9fff]"
_CREDIT = re.compile(rf"\s*[（(]?\s*(?P<who>{_HAN}{{2,4}}(?:[、 ]{_HAN}{{2,4}})*)\s*/?摄\s*[）)]?$")
_MADE_UP = re.compile(r"(?i)(图片|picture|image|img|wps)?[\s_\d.-]*(jpe?g|png)?|.*\.\w{3,4}")
_MOST_COLUMNS = 63  # of a table, by Word
_BLANKS = re.compile(r"[ \t\u3000\xa0\n]+")


@dataclass(slots=True)
class _Writer:
    """The story as it grows."""

    path: str
    stem: str
    images: Sequence[tuple[str, bytes]]
    lines: list[str] = field(default_factory=list)
    photos: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def photo(self, number: int, alt: str, caption: str) -> None:
        """Set a photo's block; a picture that cannot be printed is said and left out."""
        kind, data = self.images[number]
        place = Place(self.path)
        if kind not in _KINDS or develop(data).value is None:
            why = msg("Picture {number} is no photo ({kind}) and was left out.",
                      number=number + 1, kind=kind)  # fmt: skip
            hint = msg("Save it as JPEG in photos/, or make a chart from the figures.")
            self.findings.append(warning("manuscript-left-out", place, why, hint))
            return
        name = f"photos/{self.stem}-{len(self.photos) + 1}.{_KINDS[kind]}"
        self.photos[name] = data
        credit = _CREDIT.search(caption)
        options = [f"alt: {alt}"] if alt else []
        if credit:
            caption = caption[: credit.start()]
            options.append(f"credit: {credit['who']} 摄")
        caption = _CAPTION.sub("", caption).rstrip("。 ")
        self.lines += ["", f"/// photo | {name}", *options, "", caption, "///", ""]


def convert(
    path: str, stem: str, document: bytes
) -> tuple[tuple[str, ...], dict[str, bytes], tuple[Finding, ...]]:
    """Return the text's lines, its photos by name, and what was left out."""
    images: list[tuple[str, bytes]] = []

    def keep(image: "mammoth.documents.Image") -> dict[str, str]:
        with image.open() as stream:
            images.append((image.content_type or "", stream.read()))
        return {"src": f"image:{len(images) - 1}"}

    made = mammoth.convert_to_html(
        BytesIO(document),
        convert_image=mammoth.images.img_element(keep),
        style_map=_STYLES,
        include_embedded_style_map=False,
    )
    writer = _Writer(path, stem, images)
    elements = list(body_of(made.value))
    index = 0
    while index < len(elements):
        index += _take(writer, elements, index)
    lines = tuple(_tidied(writer.lines))
    return lines[: len(lines) - (lines[-1:] == ("",))], writer.photos, tuple(writer.findings)


def _take(writer: _Writer, elements: Sequence[Element], index: int) -> int:
    """Write one element, and return how many were used: a photo's caption is the next."""
    element = elements[index]
    text = _text(element)
    if element.tag == "table":
        writer.lines += ["", *_rows(element), ""]
        return 1
    if element.tag in ("ul", "ol"):
        writer.lines += ["", *(f"- {_text(item)}" for item in element.iter("li")), ""]
        return 1
    if text:
        writer.lines += _paragraph(element, text)
    pictures = list(element.iter("img"))
    follower = elements[index + 1] if index + 1 < len(elements) else None
    caption = _caption(follower) if pictures and not text and follower is not None else ""
    for picture in pictures:
        number = int(picture.get("src", "image:0").partition(":")[2])
        writer.photo(number, _alt(picture.get("alt", "")), caption)
    return 2 if caption else 1


def _paragraph(element: Element, text: str) -> Iterator[str]:
    """Yield the lines of a paragraph; a short one all bold, or in a heading's style, is a head."""
    bold = element.tag == "p" and _all_bold(element)
    headed = element.tag in _HEADS or (bold and len(text) <= 40)
    plain = text.replace("**", "")
    if headed and not plain.endswith(("。", "；", "，")):
        yield plain if _NUMBERED.match(plain) else f"## {plain}"
    else:
        yield from (line for line in map(str.strip, text.split("\n")) if line)


def _all_bold(element: Element) -> bool:
    loose = (element.text or "") + "".join(child.tail or "" for child in element)
    return not loose.strip() and all(child.tag == "strong" for child in element)


def _caption(element: Element) -> str:
    """Return the text of a paragraph that can only be a caption, else nothing."""
    text = _text(element).replace("**", "")
    if element.tag != "p" or next(element.iter("img"), None) is not None or len(text) > 60:
        return ""
    told = _CAPTION.match(text) or _CREDIT.search(text) or text.startswith("图为")
    return text if told or (len(text) <= 40 and not re.search(r"[。；：:]$", text)) else ""


def _alt(text: str) -> str:
    """Return a description unless it is one a program made up: 图片 3, IMG_2031.jpg."""
    return "" if _MADE_UP.fullmatch(text) else _BLANKS.sub(" ", text)


def _rows(table: Element) -> Iterator[str]:
    """Yield a table's rows; cells that span several stand in the first."""
    rows = [list(_cells(row)) for row in table.iter("tr")]
    width = max(map(len, rows), default=0)
    for index, row in enumerate(rows):
        yield "| " + " | ".join(row + [""] * (width - len(row))) + " |"
        if index == 0:
            yield "|" + " --- |" * width


def _cells(row: Element) -> Iterator[str]:
    for cell in row:
        if cell.tag in ("td", "th"):
            text = _BLANKS.sub(" ", "　".join(filter(None, map(_text, cell))) or _text(cell))
            yield text.replace("**", "").replace("|", "｜").strip()
            yield from [""] * (min(int(cell.get("colspan", "1")), _MOST_COLUMNS) - 1)


def _text(element: Element) -> str:
    """Return an element's text, bold in **, with marks that mean something made harmless."""
    return _joined(element).replace("****", "").strip(" \t\u3000\xa0\n")


def _joined(element: Element) -> str:
    parts = [_harmless(element.text or "")]
    for child in element:
        inner = _joined(child) if child.tag != "br" else "\n"
        if child.tag == "strong" and inner.strip():
            lead = inner[: len(inner) - len(inner.lstrip())]
            tail = inner[len(inner.rstrip()) :]
            inner = f"{lead}**{inner.strip()}**{tail}"
        parts += [inner, _harmless(child.tail or "")]
    return "".join(parts)


def _harmless(text: str) -> str:
    """Return text in which nothing begins a figure, a block, a head or a rule."""
    text = without_hidden(text.replace("\xa0", " "))
    text = re.sub(r"[{｛]+", "（", re.sub(r"[}｝]+", "）", text))
    text = re.sub(r"^\s*[/／]{3,}", "／", text)
    text = re.sub(r"^\s*[#＃]+", "", text)
    text = re.sub(r"^\s*([-－]{3,}|—{2,})\s*$", "", text)
    return text.replace("*", "＊").replace("<", "＜").replace("`", "｀")


def _tidied(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines with at most one empty between two, none at the ends."""
    last = ""
    for line in lines:
        if line or last:
            yield line
        last = line
