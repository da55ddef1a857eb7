"""Press one job with WeasyPrint: tagged, with fonts subset, Chinese lines composed.

Job ──▶ render, composed, floated, leveled ──▶ frames measured ──▶ PDF ──▶ saved small
"""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

import weasyprint
from weasyprint import HTML
from weasyprint.text.ffi import pango as libpango
from weasyprint.urls import (
    FatalURLFetchingError,
    URLFetcher,
    URLFetcherResponse,
)

from jianbao.press.composition import composed
from jianbao.press.copyfitting import fitted
from jianbao.press.crossing import crossing
from jianbao.press.floating import floated
from jianbao.press.garbage import undisturbed
from jianbao.press.headings import scope_headings
from jianbao.press.jobs import Fault, Job, Pressed, Resource, Trouble
from jianbao.press.layouts import Layouts
from jianbao.press.lean import lean_fonts, name_outlines
from jianbao.press.leveling import leveled
from jianbao.press.lines import text_lines
from jianbao.press.overwide import overwide
from jianbao.press.pictures import place_pictures
from jianbao.press.sheets import forget
from jianbao.press.variants.files import opened, saved
from jianbao.press.variants.granting import grant

BASE = "job:///"
PICTURE_DPI = 360
"""More dots an inch than newsprint and an office laser show only make the file larger."""
_GLYPH = re.compile(r'unsupported by fonts: "(.*?)" \(U\+([0-9A-F]+)\)')


class _JobFetcher(URLFetcher):  # type: ignore[misc]
    """Serves what the job carries and nothing else; anything missing stops the pressing."""

    def __init__(self, resources: Mapping[str, Resource]) -> None:
        super().__init__(fail_on_errors=True)
        self._resources = resources

    def fetch(self, url: str, _headers: object = None) -> URLFetcherResponse:
        """Return the job's resource of this address."""
        name = unquote(url.removeprefix(BASE))
        resource = self._resources.get(name)
        if resource is None:
            raise FatalURLFetchingError(name)
        return URLFetcherResponse(url, resource.data, {"Content-Type": resource.mime})


class _Ear(logging.Handler):
    """Keeps what the engine logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.heard.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Collect what WeasyPrint logs while the block runs."""
    logger = logging.getLogger("weasyprint")
    ear = _Ear()
    before = logger.propagate
    logger.addHandler(ear)
    logger.propagate = False
    try:
        yield ear.heard
    finally:
        logger.removeHandler(ear)
        logger.propagate = before
        if ear.heard:
            forget()


@contextmanager
def laid_out(job: Job) -> Iterator[list[Any]]:
    """Return the boxes of the pages, not printed; none where a picture that is named is missing.

    What the engine logs is not kept: it is said when the pages are pressed.
    """
    with undisturbed(), _listening(), composed():
        html = HTML(string=job.html, base_url=BASE, url_fetcher=_JobFetcher(job.resources))
        try:
            pages = [page._page_box for page in Layouts(html).render().pages]
        except FatalURLFetchingError:
            pages = []
        yield pages


def versions() -> dict[str, str]:
    """Return the versions of what sets the type; another one moves lines."""
    number = libpango.pango_version()
    return {"WeasyPrint": weasyprint.__version__, "Pango": str(number)}


def press(job: Job) -> Pressed:
    """Return the job's PDF and the troubles met, in the order of the page."""
    with undisturbed(), _listening() as heard, lean_fonts(), composed() as paragraphs:
        try:
            html = HTML(string=job.html, base_url=BASE, url_fetcher=_JobFetcher(job.resources))
            layouts = Layouts(html, pdf_variant=job.variant, dpi=PICTURE_DPI)
            document = leveled(layouts, floated(layouts))
            document, troubles = fitted(layouts, document, paragraphs)
            pages = [page._page_box for page in document.pages]
            troubles = (*troubles, *overwide(pages))
            troubles = (*troubles, *crossing(pages, troubles), *place_pictures(pages))
            lines = tuple(text_lines(pages))
            pdf = document.write_pdf(pdf_variant=job.variant, finisher=_finish)
        except FatalURLFetchingError as fault:
            return Pressed(b"", 0, (Trouble(Fault.PICTURE, str(fault)),))
    heard_too = map(_trouble, dict.fromkeys(heard))
    with opened(pdf) as file:
        small = saved(file)
    files = {name: grant(small, wish) for name, wish in job.wishes.items()}
    return Pressed(small, len(document.pages), (*troubles, *heard_too), files, lines)


def _finish(_document: Any, pdf: Any) -> None:
    """Mend what the engine is about to write."""
    scope_headings(pdf)
    name_outlines(pdf)


def _trouble(heard: str) -> Trouble:
    glyph = _GLYPH.search(heard)
    if glyph:
        return Trouble(Fault.GLYPH, chr(int(glyph[2], 16)))
    return Trouble(Fault.ENGINE, heard)
