"""Where the photos of a picture page stand: by their own shapes, cut as little as can be.

shapes of photos, rows of text ──hang──▶ a box each, and one for the text

The first photo is the large one: over all five columns with the text below it, or over four or
three with the text beside. The others stand on shelves below, those of a shelf equally high, as a
picture editor hangs them. Every division is weighed by what it cuts off the photos.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, inf, log

from jianbao.pages.modular.stories import SHARP, caption_width
from jianbao.pages.views import StoryView

FIRST, LAST = 13, 76
COLUMN, GAP, COLUMNS, ROW = 126.0, 12.6, 5, 13.0
WIDE = 680.4
MOST_SHELVES = 3
LEAST_ROWS = 6
OVER = 200.0  # what text costs that does not fit
SEVENTH, FIFTH = 0.16, 0.22  # shares of a photo's height or width, as logarithms
CUT_CAPTION = 150.0
STRIP = 6.0  # times as long as wide: a photo longer than that is a strip
LARGER = 1.25  # than any other photo the large one is at least


@dataclass(frozen=True, slots=True)
class Print:
    """A photo's width for its height, how wide it may become and not look coarse, its caption's."""

    shape: float
    widest: float = inf
    caption: float = 0.0


@dataclass(frozen=True, slots=True)
class Box:
    """Left edge and width in points at 四开, top row and rows."""

    left: float
    wide: float
    top: int
    rows: int


@dataclass(frozen=True, slots=True)
class Gallery:
    """A box for each photo in its order, and one for the text with its number of columns."""

    photos: tuple[Box, ...]
    text: Box
    columns: int
    cost: float


def gallery_of(story: StoryView, rows: Mapping[str, int]) -> Gallery:
    """Return where a story's photos and its text stand."""
    photos = [
        Print(photo.width / photo.height, photo.width * SHARP, caption_width(photo))
        for photo in story.photos
    ]
    return hang(photos, rows.get(f"{story.place}@{COLUMN:g}", 1))


def hang(photos: Sequence[Print], lines: int) -> Gallery:
    """Return the best place for each photo, and for so many lines of text.

    >>> best = hang([Print(1.5), Print(1.5), Print(1.4), Print(1.1)], 30)
    >>> best.photos[0].wide, best.columns
    (680.4, 5)
    """
    rows = ceil(lines / COLUMNS)
    best = _best(photos, lines, (rows,))
    if (
        best.cost >= OVER
    ):  # too long for a picture page: as much of it as good photos leave room for
        best = _best(photos, lines, range(min(rows, LEAST_ROWS), rows + 1))
    return best


def _best(photos: Sequence[Print], lines: int, depths: Sequence[int]) -> Gallery:
    """Return the best way of all; text below the large photo is so many rows deep: `depths`."""
    ways = [
        _hung(photos, lines, (columns, rows), high)
        for columns in (5, 4, 3)
        for high in range(20, 46)
        for rows in (depths if columns == COLUMNS else depths[:1])
    ]
    return min((way for way in ways if way), key=lambda way: way.cost)


def _hung(photos: Sequence[Print], lines: int, form: tuple[int, int], high: int) -> Gallery | None:
    """Return a way with the large photo over so many columns and so many rows high.

    `form` is its columns, and the rows of the text if it stands below.
    """
    columns, rows = form
    wide = columns * COLUMN + (columns - 1) * GAP
    beside = COLUMNS - columns
    cost = _cut(wide, high, photos[0])
    if beside:
        text = Box(wide + GAP, beside * COLUMN + (beside - 1) * GAP, FIRST, high)
        top = FIRST + high + 1
        cost += _empty(beside * high - lines)
    else:
        text = Box(0, WIDE, FIRST + high + 1, rows)
        top = FIRST + high + rows + 2
        cost += _empty(COLUMNS * rows - lines) + 1
    large = Box(0, wide, FIRST, high)
    most = wide * high / LARGER
    if len(photos) == 1:
        return Gallery((large,), text, beside or COLUMNS, cost + LAST + 1 - top)
    shelved = _shelved(photos[1:], top)
    if shelved is None:
        return None
    over = max(box.wide * box.rows for box in shelved[1]) / most
    cost += shelved[0] + max(0.0, over - 1) * 100
    return Gallery((large, *shelved[1]), text, beside or COLUMNS, cost)


def _shelved(photos: Sequence[Print], top: int) -> tuple[float, tuple[Box, ...]] | None:
    """Return the best shelves from a row to the last, with what they cost."""
    room = LAST + 1 - top
    best: tuple[float, tuple[Box, ...]] | None = None
    for count in range(1, min(MOST_SHELVES, len(photos)) + 1):
        for cuts in combinations(range(1, len(photos)), count - 1):
            ends = (*cuts, len(photos))
            shelves = [photos[a:b] for a, b in zip((0, *cuts), ends, strict=True)]
            natural = [(WIDE - GAP * (len(s) - 1)) / _shape(s) / ROW + 1 for s in shelves]
            free = room - (count - 1)
            rows = [round(each * free / sum(natural)) for each in natural]
            rows[-1] += free - sum(rows)
            if min(rows) < 6:
                continue
            boxes = tuple(_boxes(shelves, rows, top))
            cost = sum(_cut(b.wide, b.rows, p) for b, p in zip(boxes, photos, strict=True))
            cost += sum(len(shelf) == 1 for shelf in shelves) * 3
            if best is None or cost < best[0]:
                best = cost, boxes
    return best


def _boxes(shelves: Sequence[Sequence[Print]], rows: Sequence[int], top: int) -> Iterator[Box]:
    for shelf, high in zip(shelves, rows, strict=True):
        room = WIDE - GAP * (len(shelf) - 1)
        left = 0.0
        for photo in shelf:
            wide = room * _kept(photo) / _shape(shelf)
            yield Box(round(left, 2), round(wide, 2), top, high)
            left += wide + GAP
        top += high + 1


def _shape(shelf: Sequence[Print]) -> float:
    return sum(map(_kept, shelf))


def _kept(photo: Print) -> float:
    """Return the shape a photo keeps beside others: a strip leaves them room, and is cut."""
    return min(max(photo.shape, 1 / STRIP), STRIP)


def _cut(wide: float, rows: int, photo: Print) -> float:
    """Return what a box costs: nothing of the photo's own shape, much where it looks coarse."""
    high = (rows - 1) * ROW
    off = abs(log(wide / high / photo.shape))
    needs = max(wide, high * photo.shape) / photo.widest
    cost = 40 * off**2 + max(0.0, off - SEVENTH) * 200 + max(0.0, needs - 1) * 8000
    cost += max(0.0, off - FIFTH) * 6000  # rather text that is over, and told
    return cost + (0.0 if photo.caption <= wide else CUT_CAPTION)


def _empty(free: int) -> float:
    return OVER - 20 * free if free < 0 else 0.15 * free**2
