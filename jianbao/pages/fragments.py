"""A bulletin as one piece of HTML to paste into a content management system.

    BulletinView, pictures ──▶ one <div>: styles in the tags, pictures in the text

Such systems take out style sheets, classes and scripts, and cannot be asked for files beside the
page; so everything is in the piece itself, and it needs nothing else.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from xml.etree.ElementTree import Element, tostring

from markupsafe import Markup, escape
from PIL import Image

from jianbao.pages.bylines import signed
from jianbao.pages.charts.painting import is_drawing, painted, parts_of, spoken
from jianbao.pages.flow import PhotoView, PieceView, StripView
from jianbao.pages.official import levelled
from jianbao.pages.views import BulletinView, StoryView
from jianbao.reading.markdowns import body_of
from jianbao.reading.pictures import Picture

_WIDEST = 960
_DRAWN = 2.2  # pixels a point of a chart, so that all charts have letters of one size
_SERIF = "'Noto Serif CJK SC','Source Han Serif SC',SimSun,serif"
_STYLES = {
    "div": f"max-width:42em;margin:0 auto;font:1em/1.9 {_SERIF};color:#222",
    "h2": "margin:1.6em 0 .4em;font-size:1.6em;line-height:1.4;text-align:center",
    "h3": "margin:1.4em 0 .4em;font-size:1.15em;line-height:1.5;text-align:center",
    "p": "margin:.5em 0;text-indent:2em;text-align:justify",
    "kicker": "margin:2.4em 0 -.9em;text-align:center;color:#555",
    "plain": "margin:.3em 0;text-align:center;color:#555",
    "table": "margin:1em auto;border-collapse:collapse;line-height:1.6",
    "td": "padding:.3em .8em;border:1px solid #999;text-align:center",
    "th": "padding:.3em .8em;border:1px solid #999;text-align:center;background:#f2f2f2",
    "img": "display:block;max-width:100%;max-height:40em;height:auto;margin:.8em auto .3em",
    "sign": "margin:.5em 0;text-align:right",
}


def fragment(bulletin: BulletinView, pictures: Mapping[str, Picture]) -> Markup:
    """Return the bulletin as one element that needs no other file, figures written."""
    parts = [part for page in bulletin.pages for stories in page.stories.values()
             for story in stories for part in _story(story, pictures)]  # fmt: skip
    number = f"{bulletin.imprint.masthead}　{bulletin.imprint.number}　{bulletin.day_text}".strip()
    return Markup('<div lang="zh-CN" style="{}">\n{}\n{}\n</div>\n').format(
        _STYLES["div"], _tag("p", escape(number), "plain"), Markup("\n").join(parts)
    )


def _story(story: StoryView, pictures: Mapping[str, Picture]) -> Iterator[Markup]:
    if story.kicker:
        yield _tag("p", story.kicker, "kicker")
    yield _tag("h2", Markup("<br>").join(story.headline))
    if story.deck:
        yield _tag("p", story.deck, "plain")
    if story.standfirst:
        yield _tag("p", story.standfirst)
    yield from _pieces(story.before, pictures)
    for section in story.sections:
        if section.heads:
            yield _tag("h3", Markup("<br>").join(section.heads))
        yield from _pieces(section.pieces, pictures)
    yield from _pieces(story.after, pictures)
    if story.byline:
        yield _tag("p", signed(story.byline, held=False), "sign")


def _pieces(pieces: Sequence[PieceView], pictures: Mapping[str, Picture]) -> Iterator[Markup]:
    for piece in pieces:
        if piece.photo:
            yield from _photo(piece.photo, pictures[piece.photo.src])
        elif piece.strip:
            yield _strip(piece.strip)
        elif piece.text:
            for element in body_of(str(levelled(piece.text))):
                yield from _block(element)


def _block(element: Element) -> Iterator[Markup]:
    """Yield a block with its styles in its tags; a chart becomes a picture."""
    if element.tag == "figure":
        for part in parts_of(element):
            if is_drawing(part):
                alt = spoken(part)
                wide = float(part.get("viewBox", f"0 0 {_WIDEST} 0").split()[2])
                yield _image(painted(part), "image/png", alt, f"width:{wide * _DRAWN:.0f}px;")
            elif part.tag == "table":
                yield from _block(part)
            else:
                yield _tag("p", escape("".join(part.itertext()).strip()), "plain")
        return
    for inner in element.iter():
        for name in list(inner.attrib):
            if name not in ("href", "colspan", "rowspan", "scope"):
                del inner.attrib[name]
        if inner.tag in _STYLES:
            inner.set("style", _STYLES[inner.tag])
    element.tail = None
    yield Markup(tostring(element, encoding="unicode", method="html"))


def _photo(photo: PhotoView, picture: Picture) -> Iterator[Markup]:
    yield _image(_small(picture), "image/jpeg", photo.alt)
    caption = Markup("　").join(part for part in (photo.caption, escape(photo.credit)) if part)
    yield _tag("p", caption, "plain")


def _strip(strip: Sequence[StripView]) -> Markup:
    rows = ((("th", item.label) for item in strip), (("td", item.value) for item in strip))
    cells = (Markup("").join(_tag(tag, text) for tag, text in row) for row in rows)
    return _tag("table", Markup("").join(Markup("<tr>{}</tr>").format(row) for row in cells))


def _image(data: bytes, mime: str, alt: str, style: str = "") -> Markup:
    return Markup('<img alt="{}" style="{}" src="data:{};base64,{}">').format(
        alt, style + _STYLES["img"], mime, b64encode(data).decode()
    )


def _small(picture: Picture) -> bytes:
    """Return a picture no wider than a page of text, as JPEG."""
    with Image.open(BytesIO(picture.data)) as image:
        small = image.convert("RGB")
    small.thumbnail((_WIDEST, 2 * _WIDEST))
    buffer = BytesIO()
    small.save(buffer, "JPEG", quality=80, optimize=True)
    return buffer.getvalue()


def _tag(tag: str, inner: Markup, style: str = "") -> Markup:
    return Markup('<{0} style="{1}">{2}</{0}>').format(tag, _STYLES[style or tag], inner)
