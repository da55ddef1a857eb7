"""Words of a story: headlines, captions, and phrases that are always wrong."""

import re
from collections.abc import Iterator

from jianbao.diagnostics import Finding, error, msg, warning
from jianbao.model import Story
from jianbao.reading.heads import KEYS

_FULL_STOP = re.compile(r"[。．]\s*$")


def captions_have_no_full_stop(story: Story) -> Iterator[Finding]:
    """A caption takes no final 。 (GB/T 15834-2011 A.1)."""
    for photo in story.photos:
        if _FULL_STOP.search(photo.caption):
            yield warning(
                "caption-full-stop",
                photo.place,
                msg("The caption ends in a full stop."),
                msg("Delete the final 。"),
            )
        if not photo.caption.strip():
            yield error(
                "caption-missing",
                photo.place,
                msg("The picture has no caption."),
                msg("Write one between the two lines ///."),
            )


def photos_are_described(story: Story) -> Iterator[Finding]:
    """A picture says what it shows to those who cannot see it (GB/T 37668-2019, WCAG 1.1.1)."""
    for photo in story.photos:
        if not photo.alt:
            yield warning(
                "alt-missing",
                photo.place,
                msg("The picture has no description for readers who cannot see it."),
                msg("Add a line alt: and what it shows."),
            )


def headlines_have_no_full_stop(story: Story) -> Iterator[Finding]:
    """No line of a headline ends in 。 (newsroom rules 1.2)."""
    for place in story.lines:
        key, colon, text = place.text.replace("：", ":", 1).partition(":")
        if place.text.strip() and set(place.text.strip()) <= {"-"}:
            return
        if (
            colon
            and KEYS.get(key.strip()) in ("headline", "kicker", "deck")
            and _FULL_STOP.search(text)
        ):
            yield warning(
                "headline-full-stop",
                place.words(len(place.text.rstrip()), len(place.text.rstrip()) + 1),
                msg("A headline takes no full stop."),
                msg("Delete it."),
            )


_UNWRITTEN = re.compile(r"[（(【〔\[]待写[^）)】〕\]]{0,40}[）)】〕\]]")


def nothing_is_left_to_write(story: Story) -> Iterator[Finding]:
    """No （待写） is left of those that `new` put where words are to be written."""
    left = [
        place.words(match.start() + 1, match.end() + 1)
        for place in story.lines
        for match in _UNWRITTEN.finditer(place.text)
    ]
    if left:
        yield error(
            "story-unwritten",
            left[0],
            msg("The story is not written yet: {count} such marks are left.", count=len(left)),
            msg("Write the words, and delete the mark."),
        )


_DEADLINE = re.compile(r"截止(?=目前|\d|{{|｛｛|上?[年月]|[一二三四五六七八九十])|截至到|截止到")


_VAGUE = re.compile(r"截至(?:目前|现在|今[日天]?|昨[日天]?|当[日天前]|[本上][周月期]末?)(?![\d年])")


def deadline_words(story: Story) -> Iterator[Finding]:
    """As-ofs are introduced by 截至, not 截止 or 截至到 (newsroom rules A8)."""
    for place in story.lines:
        for match in _DEADLINE.finditer(place.text):
            yield warning(
                "as-of-word",
                place.words(match.start() + 1, match.end() + 1),
                msg("{word} is not how an as-of begins.", word=match.group()),
                msg("Write {name}.", name="截至"),
            )
        for match in _VAGUE.finditer(place.text):
            yield warning(
                "as-of-vague",
                place.words(match.start() + 1, match.end() + 1),
                msg("It is not said which day this is true of."),
                msg("Write 截至{{{{ dataset.截至 }}}}."),
            )
