"""Style sheets read once for all documents that have the same.

    a document's <style> elements ──read──▶ the engine's sheets, those of before if no word differs

Pages of one paper share their style sheets, to the letter, and reading them takes a tenth of the
time that a page takes. What reaches beyond a sheet, as a font or a colour profile that it names, or
what the engine had something to say about, is read each time anew.
"""

import logging
from collections import OrderedDict
from typing import Any

from weasyprint import css
from weasyprint.css.counters import CounterStyle
from weasyprint.html import get_child_text

_MOST = 4
_BEYOND = ("@import", "@font-face", "@color-profile", "@counter-style", "@layer")
_known: OrderedDict[Any, list[Any]] = OrderedDict()


class _Watch(logging.Handler):
    """Knows whether the engine said anything."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard = False

    def emit(self, _record: logging.LogRecord) -> None:
        """Note that it did."""
        self.heard = True


def read(html: Any, fonts: Any, counters: CounterStyle, profiles: dict[str, Any]) -> list[Any]:
    """Return a document's own style sheets; fonts, counters and profiles learn what they say."""
    key = key_of(html)
    if key is not None and key in _known:
        _known.move_to_end(key)
        return _known[key]
    watch, logger = _Watch(), logging.getLogger("weasyprint")
    logger.addHandler(watch)
    try:
        sheets = list(
            css.find_stylesheets(
                html.wrapper_element, html.media_type, html.url_fetcher, html.base_url,
                fonts, counters, profiles, [], [],
            )
        )  # fmt: skip
    finally:
        logger.removeHandler(watch)
    if key is not None and not watch.heard:
        _known[key] = sheets
        while len(_known) > _MOST:
            _known.popitem(last=False)
    return sheets


def forget() -> None:
    """Read all sheets anew: of a value that it cannot use the engine speaks only once a sheet."""
    _known.clear()


def key_of(html: Any) -> tuple[Any, ...] | None:
    """Return what tells a document's sheets from others; None where their text does not say all."""
    found: list[Any] = [html.base_url, html.media_type]
    for element in html.etree_element.iter():
        if element.tag == "link":
            return None
        if element.tag != "style":
            continue
        text = get_child_text(element)
        if "\\" in text or any(word in text.lower() for word in _BEYOND):
            return None
        found.append((text, *sorted(element.items())))
    return tuple(found)
