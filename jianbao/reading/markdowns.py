"""Markdown to HTML, and HTML cleaned of everything that acts.

    text ──converted──▶ element tree      HTML ──body_of──▶ element tree

The home of Python-Markdown, PyMdown blocks and nh3, imported where a story has more than plain
paragraphs.
"""

from io import StringIO
from xml.etree.ElementTree import Element

import markdown
import nh3
import tinyhtml5
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block, type_boolean, type_string

from jianbao.reading.bounds import SCHEMES

_TAGS = frozenset(
    "p strong em b i a br hr h2 ul li table thead tbody tr th td figure img div sub sup "
    "span".split()
)


class _Photo(Block):  # type: ignore[misc]
    """`/// photo | path`, with options credit, alt and focus; the lines within are its caption."""

    NAME = "photo"
    ARGUMENT = True
    OPTIONS = {  # noqa: RUF012
        "credit": ["", type_string],
        "alt": ["", type_string],
        "focus": ["", type_string],
    }

    def on_create(self, parent: Element) -> Element:
        """Return the figure element that the caption's lines go into."""
        figure = _child(parent, "figure", "photo")
        picture = _child(figure, "img", "")
        picture.set("src", self.argument)
        picture.set("alt", self.options["alt"])
        picture.set("title", self.options["credit"])
        picture.set("data-focus", self.options["focus"])
        return figure


class _Figures(Block):  # type: ignore[misc]
    """`/// figures`: a strip of numbers, a line `label：figure` each."""

    NAME = "figures"
    ARGUMENT = None
    OPTIONS = {"hidden": [False, type_boolean]}  # noqa: RUF012

    def on_create(self, parent: Element) -> Element:
        """Return the element that the strip's lines go into."""
        return _child(parent, "div", "figures")


def _child(parent: Element, tag: str, name: str) -> Element:
    child = Element(tag, {"class": name} if name else {})
    parent.append(child)
    return child


class _Blocks(BlocksExtension):  # type: ignore[misc]
    """Registers the blocks a story may hold."""

    def extendMarkdownBlocks(self, _md: markdown.Markdown, block_mgr: object) -> None:  # noqa: N802
        """Add our blocks to the manager of PyMdown."""
        for block in (_Photo, _Figures):
            block_mgr.register(block, self.getConfigs())  # type: ignore[attr-defined]


def converted(text: str) -> Element:
    """Return what Markdown makes of a text, cleaned."""
    converter = markdown.Markdown(extensions=["tables", _Blocks()], output_format="html")
    for name in ("code", "olist", "setextheader", "quote", "reference"):
        converter.parser.blockprocessors.deregister(name, strict=False)
    html = converter.convert(text)
    clean = nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={
            "a": {"href"},
            "img": {"src", "alt", "title", "data-focus"},
            "figure": {"class"},
            "div": {"class"},
            "td": {"align"},
            "th": {"align"},
        },
        url_schemes=set(SCHEMES),
    )
    return body_of(clean)


def body_of(html: str) -> Element:
    """Return the body element of a piece of HTML."""
    # As a stream: tinyhtml5 takes a short text for the name of a file and looks for it on the disk.
    document = tinyhtml5.parse(StringIO(html), namespace_html_elements=False)
    body: Element | None = document.find("body")
    assert body is not None
    return body
