"""What no writer needs and a poisoned story has: endless lines, tags in tags, foreign addresses.

Markdown takes time with the square of a line's length, and tags nest until the program falls.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from xml.etree.ElementTree import Element

from jianbao.diagnostics import Finding, Place, error, msg

LONGEST_LINE = 6_000
LONGEST_STORY = 100_000
MOST_LINES = 2_000
DEEPEST = 40
SCHEMES = frozenset({"http", "https", "mailto"})
_WRITTEN = re.compile(
    r"""\]\(\s*<?([^\s<>()]+)|<([A-Za-z][A-Za-z0-9+.-]*:[^\s<>]+)>|\b(?:src|href)\s*=["'\s]*([^\s"'>]+)""",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]{2}")


def too_long(path: str, lines: Sequence[str]) -> Finding | None:
    """Return the finding for the first line no page can hold, or for a story as long as a book."""
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            why = msg(
                "The line has {count} characters; at most {limit} are read.",
                count=len(line),
                limit=LONGEST_LINE,
            )
            place = Place(path, number, 1, 21, line)
            return error("story-bounds", place, why, msg("Make several paragraphs of it."))
    if len(lines) > MOST_LINES:
        why = msg(
            "The story has {count} lines; at most {limit} are read.",
            count=len(lines),
            limit=MOST_LINES,
        )
        return error("story-bounds", Place(path), why, msg("Make several stories of it."))
    count = sum(map(len, lines))
    if count > LONGEST_STORY:
        why = msg(
            "The story has {count} characters; at most {limit} are read.",
            count=count,
            limit=LONGEST_STORY,
        )
        return error("story-bounds", Place(path), why, msg("Make several stories of it."))
    return None


def too_deep(path: str) -> Finding:
    """Return the finding for a story whose tags stand in each other without end."""
    why = msg("HTML, or lists, stand in each other too often.")
    return error("story-bounds", Place(path), why, msg("Write the text without them."))


def is_deep(tree: Element) -> bool:
    """Say whether elements stand in each other more often than any story needs."""
    level = [tree]
    for _ in range(DEEPEST):
        level = [child for element in level for child in element]
    return bool(level)


def is_elsewhere(address: str) -> bool:
    """Say whether an address is no file beside the story: one of the web, or of a computer."""
    return bool(_ELSEWHERE.match(address))


def pictures_elsewhere(tree: Element, places: Sequence[Place]) -> Iterator[Finding]:
    """Yield a finding for each picture that a reader's browser would fetch from elsewhere."""
    for picture in _pictures(tree):
        address = picture.get("src", "")
        if not is_elsewhere(address):
            continue
        place = next((one for one in places if address in one.text), places[0])
        column = place.text.find(address) + 1
        yield error(
            "photo-outside",
            place.words(column, column + len(address)) if column else place,
            msg("The picture is outside the bulletin's folder."),
            msg("Copy it into photos/ beside the story."),
        )


def addresses_lost(tree: Element, places: Sequence[Place]) -> Iterator[Finding]:
    """Yield a finding for each address that cleaning took out, for it leads to no page.

    What is left of `[name](javascript:…)` is a link, or a picture, without an address.
    """
    links = [link.get("href") for link in tree.iter("a")]
    if all([*links, *(picture.get("src") for picture in _pictures(tree))]):
        return
    for place in places:
        for match in _WRITTEN.finditer(place.text):
            group = match.lastindex or 0
            scheme = _SCHEME.match(unescape(match[group]))
            if scheme and scheme[1].lower() not in SCHEMES:
                yield error(
                    "link-unsafe",
                    place.words(match.start(group) + 1, match.end(group) + 1),
                    msg("Readers cannot open this address: only http, https and mailto are taken."),
                    msg("Write a web address, a page of this site, or the text without a link."),
                )


def _pictures(tree: Element) -> Iterator[Element]:
    """Yield the pictures in the text; those of photo blocks are told of as they are read."""
    photos = {figure.find("img") for figure in tree.iter("figure")}
    return (picture for picture in tree.iter("img") if picture not in photos)
