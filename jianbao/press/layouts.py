"""One document laid out again and again: what did not change is not made again.

    HTML ──Layouts──▶ render() ──▶ Document, each time its elements were changed a little

Whoever fits a page changes a variable of one element, or moves a figure, and wants to see the pages
anew. The engine's own `render` would read the style sheets again and compute every style again.
Here sheets are read once (see `sheets`), and an element keeps its style as long as it is the same
(see `styles`). The steps are those of the engine's `Document._render`, in their order.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import weasyprint
from weasyprint import document, layout
from weasyprint.css.counters import CounterStyle
from weasyprint.css.targets import TargetCollector
from weasyprint.pdf import VARIANTS
from weasyprint.text.fonts import FontConfiguration

from jianbao.press.fontlists import fonts
from jianbao.press.sheets import key_of, read
from jianbao.press.styles import Known, Styles


class Layouts:
    """A document's style sheets, styles and pictures, and a layout of it whenever one is wanted.

    `options` are those of the engine's `HTML.render`.
    """

    def __init__(self, html: Any, **options: Any) -> None:
        """Read the document's style sheets."""
        self._html = html
        self._options = {**weasyprint.DEFAULT_OPTIONS, **options}
        if variant := self._options["pdf_variant"]:
            for name, value in VARIANTS[variant][1].items():
                if self._options.get(name, value) is None:
                    self._options[name] = value
        self._fonts = fonts() if key_of(html) else FontConfiguration()
        self._counters = CounterStyle()
        self._profiles: dict[str, Any] = {}
        self._pictures: dict[str, Any] = {}
        self._sheets = list(self._read())
        self._known = Known()
        self._overflow: Any = None

    def _read(self) -> Iterator[tuple[Any, str, None]]:
        """Yield every style sheet, the engine's own before the document's."""
        html = self._html
        for style in html._ua_counter_style():
            for key, value in style.items():
                self._counters[key] = value
        for sheet in html._ua_stylesheets(self._options["pdf_forms"]):
            yield sheet, "user agent", None
        for sheet in read(html, self._fonts, self._counters, self._profiles):
            yield sheet, "author", None

    @property
    def root(self) -> Any:
        """The document's element, to be changed between layouts."""
        return self._html.etree_element

    def render(self) -> Any:
        """Return the document as its elements are now, laid out."""
        html, targets = self._html, TargetCollector()
        style_for = Styles(html, self._sheets, self._fonts, targets, self._known)
        picture = partial(
            document.original_get_image_from_uri,
            cache=self._pictures, url_fetcher=html.url_fetcher, options=self._options,
        )  # fmt: skip
        context = document.LayoutContext(style_for, picture, self._fonts, self._counters, targets)
        root = document.build_formatting_structure(
            html.etree_element, style_for, context.get_image_from_uri, html.base_url,
            targets, self._counters, context.footnotes,
        )  # fmt: skip
        if self._overflow is None:  # the engine takes it out of the style when it is first asked
            self._overflow = root.viewport_overflow
        root.viewport_overflow = self._overflow
        laid = document.Document(
            [document.Page(page) for page in document.layout_document(html, root, context)],
            document.DocumentMetadata(**document.get_html_metadata(html)),
            html.url_fetcher, self._fonts, self._profiles, self._options["output_intent"],
        )  # fmt: skip
        laid._html = html
        return laid

    def attempt(self, hopeless: Callable[[Sequence[Any]], bool]) -> Any:
        """Return the same as `render`; None as soon as the pages made so far are `hopeless`."""
        make = layout.make_all_pages

        def making(*words: Any) -> Iterator[Any]:
            pages: list[Any] = []
            for page in make(*words):
                pages.append(page)
                if hopeless(pages):
                    raise _HopelessError
                yield page

        layout.make_all_pages = making
        try:
            return self.render()
        except _HopelessError:
            return None
        finally:
            layout.make_all_pages = make


class _HopelessError(Exception):
    """Pages that nobody wants are not finished."""
