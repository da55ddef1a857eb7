"""A story's text in pieces: what is read one after the other, photos and figures where they stand.

    bodies with anchors, photos, strips ──▶ Flow: text, photo, strip, text …

Newspaper layouts have places of their own for photos and figures; a brief sets them in the text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from jianbao.model import Story

_ITEM = re.compile(r'<p><(?:strong|b) class="run-in">(.*?)</(?:strong|b)>\u3000(.*?)</p>')
_ANCHOR = re.compile(r'<hr class="(photo|figures)">')


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A picture as templates see it; size in pixels.

    Attributes:
        focus: What must not be cut off, in per cent from the left and from the top.
        sizes: The same picture in several sizes for the web, (address, width), small to large.
    """

    src: str
    caption: Markup
    credit: str
    alt: str
    width: int
    height: int
    place: str
    focus: str = "50% 50%"
    sizes: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True)
class StripView:
    """One number of a strip: label, the whole writing, and its number and unit apart.

    Attributes:
        change: What stands behind the number and a blank: 比上期增加12件.
        as_of: When the figure was true.
    """

    label: Markup
    value: Markup
    number: str
    unit: str
    change: Markup
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class PieceView:
    """A stretch of text, or a photo, or a strip of figures."""

    text: Markup | None = None
    photo: PhotoView | None = None
    strip: Sequence[StripView] = ()


@dataclass(frozen=True, slots=True)
class ItemView:
    """A paragraph with its run-in head, as a short item of its own.

    Attributes:
        head: Its run-in head; empty where a story's first words have none.
        body: The paragraph without it.
        rest: Whatever follows, up to the next run-in head.
    """

    head: Markup
    body: Markup
    rest: Markup
    place: str


def without_anchors(body: Markup) -> Markup:
    """Return a body for layouts that have places of their own for photos and figures."""
    return Markup(_ANCHOR.sub("", body))


@dataclass(slots=True)
class Flow:
    """The photos and strips of a story that have not yet been set, in its order."""

    photos: "list[PhotoView]"
    strips: "list[Sequence[StripView]]"

    def first(self, bodies: Sequence[str]) -> Iterator[PieceView]:
        """Yield what stands before the text: photos and strips without an anchor in `bodies`."""
        names = [name for body in bodies for name in _ANCHOR.findall(body)]
        while len(self.photos) > names.count("photo"):
            yield PieceView(photo=self.photos.pop(0))
        while len(self.strips) > names.count("figures"):
            yield PieceView(strip=self.strips.pop(0))

    def through(self, body: Markup) -> Iterator[PieceView]:
        """Yield the pieces of a body."""
        for index, part in enumerate(_ANCHOR.split(body)):
            if index % 2 and part == "photo":
                yield PieceView(photo=self.photos.pop(0))
            elif index % 2:
                yield PieceView(strip=self.strips.pop(0))
            elif part:
                yield PieceView(Markup(part))


def items_of(story: Story, put: Callable[[str], Markup]) -> Iterator[ItemView]:
    """Yield a story as short items, each begun by a run-in head, and nothing of it left out.

    What stands before the first is an item without a head. The n-th head stands in the n-th line
    that begins bold. `put` writes the figures of a text and sets its charts.
    """
    lines = [line for line in story.lines if re.match(r"\s*(\*\*|__)", line.text)]
    begun = 0
    for section in story.sections:
        # What stands before a head, the head, its paragraph; what follows that comes next.
        before, *found = _ITEM.split(section.body)
        heads = Markup("　").join(put(line) for line in section.heads)
        if heads or before.strip():
            place = f"{section.place.path}:{section.place.line}"
            yield ItemView(heads, Markup(""), without_anchors(put(before)), place)
        for head, body, rest in zip(found[::3], found[1::3], found[2::3], strict=True):
            line = lines[begun].line if begun < len(lines) else 1
            begun += 1
            yield ItemView(put(head), put(body), without_anchors(put(rest)), f"{story.path}:{line}")
    if story.closing.strip():
        yield ItemView(
            Markup(""), Markup(""), without_anchors(put(story.closing)), f"{story.path}:1"
        )
