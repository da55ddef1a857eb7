"""A bulletin's page plan against what its layouts take: slots, papers, profiles, room."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jianbao.diagnostics import Finding, Place, error, msg
from jianbao.model import Bulletin, PagePlan, Story
from jianbao.model.imprint import Profile
from jianbao.reading.slots import Layout, Slot

PROFILES = {
    Profile.JIANBAO: msg("an office's brief"),
    Profile.NEIBU: msg("internal material"),
    Profile.BAOZHI: msg("a licensed paper"),
}
_MARKUP = re.compile(r"<[^>]*>|\s")


@dataclass(frozen=True, slots=True)
class Fill:
    """How full a slot is: characters of its stories, and its room."""

    address: str
    page: int
    layout: str
    slot: str
    characters: int
    room: int


def plan_fits(bulletin: Bulletin, layouts: Mapping[str, Layout]) -> Iterator[Finding]:
    """Yield what a bulletin's plan asks of its layouts that they cannot give."""
    for page in bulletin.pages:
        layout = layouts.get(page.layout)
        if layout is None:
            yield error(
                "layout-unknown",
                page.place,
                msg("There is no layout {name}.", name=page.layout),
                msg("Known here: {names}.", names="、".join(layouts)),
            )
            continue
        yield from _papers(bulletin, page, layout)
        if layout.slots is not None:
            yield from _slots(page, layout.slots)
    yield from stories_stand_once(bulletin)


def _papers(bulletin: Bulletin, page: PagePlan, layout: Layout) -> Iterator[Finding]:
    for paper in bulletin.papers:
        if layout.papers and paper not in layout.papers:
            yield error(
                "layout-paper",
                page.place,
                msg("The layout {name} is not drawn for {paper}.", name=page.layout, paper=paper),
                msg(
                    "Write paper: {names}, or choose another layout.",
                    names="、".join(layout.papers),
                ),
            )
    profile = bulletin.imprint.profile
    if layout.profiles and profile not in layout.profiles:
        yield error(
            "layout-profile",
            page.place,
            msg(
                "The layout {name} is not for {profile}.",
                name=page.layout,
                profile=PROFILES[profile],
            ),
            msg("Choose another layout, or another profile."),
        )


def _slots(page: PagePlan, slots: Mapping[str, Slot]) -> Iterator[Finding]:
    for name, paths in page.stories.items():
        slot = slots.get(name)
        place = page.places[name]
        if slot is None:
            known = "、".join(f"{key}（{slot.label}）" for key, slot in slots.items())
            yield error(
                "slot-unknown",
                place,
                msg("The layout {layout} has no slot {name}.", layout=page.layout, name=name),
                msg("Known here: {names}.", names=known),
            )
        elif len(paths) > slot.most:
            yield error(
                "slot-crowded",
                place,
                msg(
                    "{label} takes {most} stories at most; {count} are named.",
                    label=slot.label,
                    most=slot.most,
                    count=len(paths),
                ),
                msg("Take some out, or choose another layout."),
            )
    for name, slot in slots.items():
        if slot.least > len(page.stories.get(name, ())):
            yield error(
                "slot-empty",
                page.place,
                msg("{label} has no story.", label=slot.label),
                msg("Add {name} under stories:, or choose another layout.", name=f"{name}: ….md"),
            )


def stories_stand_once(bulletin: Bulletin) -> Iterator[Finding]:
    """No story stands in two places."""
    counts = Counter(path for page in bulletin.pages for path in page.paths)
    told: set[str] = set()
    for page in bulletin.pages:
        for slot, paths in page.stories.items():
            for path in paths:
                if counts[path] > 1 and path in told:
                    yield _twice(path, page.places[slot])
                told.add(path)


def _twice(path: str, place: Place) -> Finding:
    return error(
        "story-twice",
        place,
        msg("{name} already stands in another place.", name=path.rpartition("/")[2]),
        msg("Name it once."),
    )


def pages_fit(bulletin: Bulletin, pages: int, layouts: Mapping[str, Layout]) -> Iterator[Finding]:
    """Yield a finding where a bulletin ran to more pages than its layouts may fill."""
    room = sum(layouts[page.layout].pages for page in bulletin.pages)
    if pages > room:
        yield error(
            "pages-too-many",
            bulletin.pages[0].place,
            msg("There are {pages} pages, and {room} at most.", pages=pages, room=room),
            msg("Cut the stories."),
        )


def fills(
    bulletin: Bulletin, stories: Mapping[str, Story], layouts: Mapping[str, Layout]
) -> tuple[Fill, ...]:
    """Return how full each slot for text is, in the order of pages and slots."""
    return tuple(
        Fill(
            bulletin.address,
            page.number,
            layouts[page.layout].label,
            slot.label,
            sum(length(stories[path]) for path in page.stories.get(name, ())),
            slot.characters,
        )
        for page in bulletin.pages
        if page.layout in layouts
        for name, slot in (layouts[page.layout].slots or {}).items()
        if slot.characters
    )


def length(story: Story) -> int:
    """Return the characters of a story's text as clerks count them, marks included."""
    texts = (*(section.body for section in story.sections), story.closing)
    return sum(len(_MARKUP.sub("", text)) for text in texts)
