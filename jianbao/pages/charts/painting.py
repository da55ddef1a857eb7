"""A chart as a picture, for where no drawing can go: Word, a page that is pasted somewhere.

<svg> as it stands in the page ──painted──▶ PNG
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

_FACE = "Noto Sans CJK SC"
_SCALE = 4  # a chart is drawn at 72 dots an inch, and painted at 288
_SVG = "http://www.w3.org/2000/svg"


def parts_of(figure: Element) -> Iterator[Element]:
    """Yield what a chart's block holds, its frame opened."""
    for element in figure:
        if element.tag == "div":
            yield from parts_of(element)
        else:
            yield element


def is_drawing(element: Element) -> bool:
    """Say whether an element is a drawing."""
    return str(element.tag).rpartition("}")[2] == "svg"


def spoken(drawing: Element) -> str:
    """Return what a drawing shows, in words."""
    titles = (child for child in drawing if str(child.tag).rpartition("}")[2] == "title")
    title = next(titles, None)
    return "".join(title.itertext()).strip() if title is not None else ""


def painted(drawing: Element) -> bytes:
    """Return a drawing as PNG; in the page its faces and size come from the page's CSS."""
    import vl_convert

    for element in drawing.iter():
        element.tag = str(element.tag).rpartition("}")[2]
    for name in [name for name in drawing.attrib if name.startswith("{")]:
        del drawing.attrib[name]
    _, _, width, height = drawing.get("viewBox", "0 0 1 1").split()
    given = {"xmlns": _SVG, "width": width, "height": height, "font-family": _FACE}
    for name, value in given.items():
        drawing.set(name, value)
    drawing.tail = None
    png: bytes = vl_convert.svg_to_png(tostring(drawing, encoding="unicode"), _SCALE)
    return png
