"""The stories of a page that arranges them, with the lines the press has counted.

StoryViews, rows by "story@width" ──modules_of──▶ Module…
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf

from markupsafe import Markup

from jianbao.pages.bonds import Bonds
from jianbao.pages.flow import PhotoView
from jianbao.pages.headlines import NO_BONDS
from jianbao.pages.modular.division import arrange, fitted
from jianbao.pages.modular.shapes import COLUMN, WIDTHS, Item, Module
from jianbao.pages.views import StoryView
from jianbao.pages.weave import plain

SHARP = 72 / 200 / (14 / 13)
"""Points at 四开 that a dot of a photo may take to be sharp enough on A3."""
CAPTION = 7.875  # points: the size of captions (templates/print.css)
LEAST_LINES = 12  # of a story that runs on: less is not worth turning the page for
AT_EASE = 0.93  # of the lines it could have: the rest lets photos keep their size
PHOTO_ROWS = 9  # of a photo in the text (templates/print.css)
Rows = Mapping[str, int]
_CHART = re.compile(r'<figure class="chart [^"]*" data-rows="([0-9]+)"')


def modules_of(
    stories: Sequence[StoryView], rows: Rows, bonds: Bonds = NO_BONDS
) -> tuple[Module, ...]:
    """Return a module for each story; one nobody has measured is taken to have one line."""
    items = [_item(story, rows, not index) for index, story in enumerate(stories)]
    return arrange([replace(item, bonds=bonds) for item in items])


def caption_width(photo: PhotoView) -> float:
    """Return how wide a photo's caption and credit are on one line, in points at 四开."""
    words = "　".join(filter(None, (plain(photo.caption), plain(Markup(photo.credit)))))
    return sum(0.5 if char.isascii() else 1.0 for char in words) * CAPTION


def with_room(stories: Sequence[StoryView], rows: Rows, path: str) -> Rows:
    """Return `rows` with a story that runs on cut to what the page has room for.

    It has as many lines as can be while every other story of the page fits; as many as it has
    where all fit anyway.
    """
    items = [_item(story, rows, not index) for index, story in enumerate(stories)]
    own = next(k for k, story in enumerate(stories) if story.place.startswith(f"{path}:"))
    most = items[own].lines
    least, fitting = LEAST_LINES, most[COLUMN]
    if not fitted(_cut_to(items, own, fitting)):
        while fitting - least > 1:
            middle = (least + fitting) // 2
            if fitted(_cut_to(items, own, middle)):
                least = middle
            else:
                fitting = middle
        fitting = max(LEAST_LINES, round(least * AT_EASE))
    lines = _cut_to(items, own, fitting)[own].lines
    return {**rows, **{f"{stories[own].place}@{width:g}": lines[width] for width in WIDTHS}}


def _cut_to(items: Sequence[Item], index: int, lines: int) -> list[Item]:
    """Return the items with one of them so many lines long in the page's columns."""
    item = items[index]
    share = lines / item.lines[COLUMN]
    cut = {width: max(1, round(count * share)) for width, count in item.lines.items()}
    return [*items[:index], replace(item, lines={**cut, COLUMN: lines}), *items[index + 1 :]]


def roomier(rows: Rows, path: str, lines: int) -> Rows:
    """Return `rows` with a story's longer by `lines`: set in columns, it took more than counted."""
    return {
        name: count + (lines if name.startswith(f"{path}:") else 0) for name, count in rows.items()
    }


def _item(story: StoryView, rows: Rows, is_lead: bool) -> Item:
    photo = story.photos[0] if story.photos and not story.wide else None
    return Item(
        {width: rows.get(f"{story.place}@{width:g}", 1) for width in WIDTHS},
        tuple(plain(line) for line in story.headline),
        photo=photo.width / photo.height if photo else 0.0,
        widest=photo.width * SHARP if photo else inf,
        caption=caption_width(photo) if photo else 0.0,
        fixed=(story.wide_span, story.wide_rows),
        highest=_highest(story, 0 if photo is None else 1),
        kicker=bool(story.kicker),
        deck=bool(story.deck),
        is_lead=is_lead,
    )


def _highest(story: StoryView, placed: int) -> int:
    """Return the rows of the highest chart, photo or strip in a story's text, `placed` photos on.

    Those of a story that runs on stand in one of its parts, so they are looked for in the text.
    """
    text = "".join((*(section.body for section in story.sections), story.closing))
    charts = (int(rows) for rows in _CHART.findall(text))
    strips = (2 * len(strip) for strip in story.strips)
    photos = (PHOTO_ROWS for _ in story.photos[placed:])
    return max((*charts, *strips, *photos), default=0)
