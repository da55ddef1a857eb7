"""Pages printed from the browser: every line is on the paper, once, and whole."""

import unicodedata
from collections import Counter
from pathlib import Path

import pymupdf
import pytest
from playwright.sync_api import Page

from tests.web.test_kinds import HARD, KINDS

# A4 within margins of 10 mm.
SHEET = {"width": 718, "height": 1047}
MARGIN = dict.fromkeys(("top", "right", "bottom", "left"), "10mm")
# The characters that the page shows on paper, whatever is put away there.
SHOWN = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let text = '';
  while (walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const parent = walker.currentNode.parentElement;
    const folded = parent.closest('details:not([open])') && !parent.closest('summary');
    if (range.getClientRects().length && !folded && !parent.closest('.visually-hidden, title'))
      text += walker.currentNode.data;
  }
  return text;
}"""
# What is cut at the edge of its own box; headings of tables, which each sheet repeats.
CUT = """() => [...document.querySelectorAll('body *')].filter(element =>
  getComputedStyle(element).overflowX !== 'visible' && element.clientWidth
  && !element.closest('.visually-hidden, svg')
  && element.scrollWidth > element.clientWidth + 1).map(element => element.outerHTML.slice(0, 80))"""
HEADS = "() => [...document.querySelectorAll('thead')].map(head => head.textContent).join('')"


def letters(text: str) -> Counter[str]:
    """Return how often each character stands there, blanks apart."""
    plain = unicodedata.normalize("NFKC", text)
    return Counter(char for char in plain if char.isprintable() and not char.isspace())


def clipped(page: Page, folder: Path) -> tuple[Counter[str], Counter[str], list[str]]:
    """Print a page; return what is missing, what stands there twice, and what is over the edge."""
    page.emulate_media(media="print")
    page.set_viewport_size(SHEET)  # type: ignore[arg-type]
    shown, heads = (letters(str(page.evaluate(script))) for script in (SHOWN, HEADS))
    over: list[str] = page.evaluate(CUT)
    # The browser makes everything smaller, so that what is too wide goes on the sheet.
    over += ["the page"] * (page.evaluate("document.documentElement.scrollWidth") > SHEET["width"])
    file = folder / "page.pdf"
    page.pdf(path=file, format="A4", margin=MARGIN, print_background=True)  # type: ignore[arg-type]
    printed: Counter[str] = Counter()
    with pymupdf.open(file) as document:
        for sheet in document:
            width, height = sheet.rect.width, sheet.rect.height
            words = sheet.get_text("words", flags=pymupdf.TEXT_PRESERVE_WHITESPACE)
            printed += letters("".join(word[4] for word in words))
            over += [
                word[4] for word in words
                if word[0] < -1 or word[1] < -1 or word[2] > width + 1 or word[3] > height + 1
            ]  # fmt: skip
    page.emulate_media(media="screen")
    twice = Counter({char: count for char, count in (printed - shown).items() if not heads[char]})
    return shown - printed, twice, over


@pytest.mark.parametrize("kind", KINDS)
def test_printing_clips_no_line(made: Path, page: Page, tmp_path: Path, kind: str) -> None:
    """What is cut off is missing or over the edge; a line cut by a sheet's end stands on both."""
    page.goto((made / kind).as_uri())

    assert (Counter(), Counter(), []) == clipped(page, tmp_path)


@pytest.mark.parametrize("kind", HARD)
def test_printing_clips_no_broad_table(hard: Path, page: Page, tmp_path: Path, kind: str) -> None:
    """Thirty rows of nine columns go over several sheets and stay within each."""
    page.goto((hard / kind).as_uri())

    assert (Counter(), Counter(), []) == clipped(page, tmp_path)


def test_a_line_cut_by_the_edge_is_found(page: Page, tmp_path: Path) -> None:
    """The test itself: a box that is too narrow, and one that no sheet can hold."""
    for box, found in (
        ("<p style='width: 3em; overflow: hidden; white-space: nowrap'>一二三四五</p>", 2),
        ("<p style='margin-left: 180mm; white-space: nowrap'>一二三四五</p>", 2),
        ("<svg width=300 height=1900><text y=1060 font-size=60>一二三四五</text></svg>", 1),
    ):
        page.set_content(box)
        assert clipped(page, tmp_path)[found]
