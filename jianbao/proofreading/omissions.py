"""Parts of a story that have no place where the plan puts it: they would be printed nowhere."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jianbao.diagnostics import Finding, Message, Place, msg, warning
from jianbao.model import Bulletin, Story
from jianbao.reading.heads import headed
from jianbao.reading.slots import Layout


class _Part(NamedTuple):
    """A part of a story in a clerk's word, and where it stands."""

    name: Message
    place: Place


def nothing_is_left_out(
    bulletin: Bulletin, stories: Mapping[str, Story], layouts: Mapping[str, Layout]
) -> Iterator[Finding]:
    """Yield each part of a story that its slot has no place for, on any of its pages."""
    told: set[tuple[str, str]] = set()
    for page in bulletin.pages:
        layout = layouts.get(page.layout)
        for name, slot in ((layout.slots or {}) if layout else {}).items():
            for path in page.stories.get(name, ()):
                for omitted in slot.omits if path in stories else ():
                    part = _part(stories[path], omitted)
                    if part and (path, omitted) not in told:
                        told.add((path, omitted))
                        yield warning(
                            "part-left-out",
                            part.place,
                            msg("{slot} prints no {part}.", slot=slot.label, part=part.name),
                            msg("Take it out, or put the story in another slot."),
                        )


def _part(story: Story, name: str) -> _Part | None:
    """Return a part by its name in layout.yaml, None where the story has none."""
    match name:
        case "photos" if story.photos:
            return _Part(msg("photos"), story.photos[0].place)
        case "strips" if story.strips:
            return _Part(msg("strips of figures"), _line(story, "/// figures") or _first(story))
        case "text" if any(section.body.strip() for section in story.sections):
            return _Part(msg("text"), story.sections[0].place)
        case "closing" if story.closing.strip():
            return _Part(msg("closing paragraph"), story.lines[-1])
        case "kicker" | "deck" | "standfirst" | "byline" if getattr(story, name):
            words = {
                "kicker": msg("kicker"),
                "deck": msg("deck"),
                "standfirst": msg("standfirst"),
                "byline": msg("byline"),
            }
            return _Part(words[name], headed(story.lines, name) or _first(story))
        case _:
            return None


def _line(story: Story, words: str) -> Place | None:
    return next((line for line in story.lines if line.text.strip().startswith(words)), None)


def _first(story: Story) -> Place:
    return story.lines[0]
