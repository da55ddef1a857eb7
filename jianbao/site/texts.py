"""What a bulletin leaves for search and for the histories of figures: text.js in its folder.

    Material ──text_of──▶ Text ──as_script──▶ text.js ──read_script──▶ Text ──quotes_of──▶ Quotes

A script, since a page opened from a folder may load scripts and nothing else.
"""

import json
from dataclasses import dataclass
from typing import NamedTuple

from jianbao.model import Entry
from jianbao.pages.passages import passages
from jianbao.pages.views import BulletinView, headline_of

FILE = "text.js"
_HEAD, _TAIL = "jianbaoText(", ");\n"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a story, and the names of the figures it quotes."""

    story: int
    sentence: int
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A bulletin's sentences.

    Attributes:
        stories: The name of each story's place, its headline and its sentences.
        quotes: The sentences that quote figures.
    """

    address: str
    stories: tuple[tuple[str, str, tuple[str, ...]], ...]
    quotes: tuple[Said, ...]


class Quote(NamedTuple):
    """A sentence that quotes figures, with the name of its story's place and its headline."""

    anchor: str
    headline: str
    sentence: str
    figures: tuple[str, ...]


def quotes_of(text: Text) -> tuple[Quote, ...]:
    """Return the sentences that quote figures."""
    return tuple(
        Quote(anchor, headline, lines[said.sentence], said.figures)
        for said in text.quotes
        for anchor, headline, lines in (text.stories[said.story],)
    )


def text_of(seen: BulletinView) -> Text:
    """Return the sentences of a bulletin as its web page shows them."""
    stories: list[tuple[str, str, tuple[str, ...]]] = []
    quotes: list[Said] = []
    for page in seen.pages:
        for story in (story for slot in page.stories.values() for story in slot):
            found = passages(story)
            quotes += [
                Said(len(stories), index, one.figures)
                for index, one in enumerate(found) if one.figures
            ]  # fmt: skip
            stories.append((story.anchor, headline_of(story), tuple(one.text for one in found)))
    return Text(seen.address, tuple(stories), tuple(quotes))


def as_script(text: Text, entry: Entry) -> bytes:
    """Return text.js: what a result of a search says, and the sentences."""
    values = {
        "address": text.address,
        "campaign": entry.campaign_title,
        "label": entry.label,
        "day": entry.day,
        "stories": text.stories,
        "quotes": [[said.story, said.sentence, *said.figures] for said in text.quotes],
    }
    body = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return f"{_HEAD}{body}{_TAIL}".encode()


def read_script(data: bytes) -> Text:
    """Return what `as_script` wrote."""
    values = json.loads(data.decode().removeprefix(_HEAD).removesuffix(_TAIL))
    return Text(
        values["address"],
        tuple((anchor, head, tuple(lines)) for anchor, head, lines in values["stories"]),
        tuple(Said(story, line, tuple(names)) for story, line, *names in values["quotes"]),
    )
