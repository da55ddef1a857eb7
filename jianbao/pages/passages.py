"""A story's sentences as its readers see them, each with the figures it quotes.

    StoryView ──passages──▶ sentences in reading order

Search looks through them, and the page of a figure's history shows those that
quoted it. A row of a table and an item of a strip count as sentences.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from jianbao.pages.views import StoryView

_SVG = re.compile(r"<svg.*?</svg>|<summary>.*?</summary>", re.DOTALL)
_FIGURE = re.compile(r'<a class="figure" href="#(f[0-9a-f]+)">')
_CELL = re.compile(r"</t[dh]>\s*(?=<t[dh])")
_BLOCK = re.compile(r"</?(?:p|div|tr|li|h\d|figure|figcaption|dt|dd|hr|table|caption)\b[^>]*>|<br>")
_TAG = re.compile(r"<[^>]*>")
_SENTENCE = re.compile(r"[^。！？；]*[。！？；]+[”’）」』》]*|[^。！？；]+")
_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
_QUOTED = re.compile(f"{_OPEN}(f[0-9a-f]+){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, and the names of the places that say where its figures come from."""

    text: str
    figures: tuple[str, ...] = ()


def passages(story: StoryView) -> tuple[Passage, ...]:
    """Return a story's sentences in reading order, its headline first."""
    return tuple(found for html in _pieces(story) if html for found in _sentences(html))


def _pieces(story: StoryView) -> Iterator[Markup]:
    yield Markup("").join(story.headline)
    yield from (story.kicker, story.deck, story.standfirst, story.byline)
    for strip in story.strips:
        for item in strip:
            yield Markup("{}　{}{}").format(item.label, item.value, item.change)
    for section in story.sections:
        yield Markup("　").join(section.heads)
        yield section.body
    yield story.closing
    for photo in story.photos:
        yield photo.caption


def _sentences(html: Markup) -> Iterator[Passage]:
    marked = _FIGURE.sub(f"{_OPEN}\\1{_CLOSE}", _SVG.sub("", html))
    lines = _BLOCK.sub("\n", _CELL.sub("　", marked))
    for line in Markup(_TAG.sub("", lines)).unescape().split("\n"):
        for sentence in _SENTENCE.findall(line.strip()):
            figures = tuple(dict.fromkeys(_QUOTED.findall(sentence))) if _OPEN in sentence else ()
            text = (_QUOTED.sub("", sentence) if figures else sentence).strip()
            if text:
                yield Passage(text, figures)
