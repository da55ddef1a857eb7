"""A bulletin's page plan against what its layouts take: slots, papers, profiles, room."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jianbao.diagnostics import Finding, Place, error, msg
from jianbao.model import Bulletin, PagePlan, Story
from jianbao.model.imprint import Profile
from jianbao.reading.shaping import nearest
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
                nearest(page.layout, tuple(layouts)),
            )
            continue
        yield from _papers(bulletin, page, layout)
        if not page.stories and not page.continued:
            yield error(
                "page-empty",
                page.place,
                msg("Page {number} has no stories.", number=page.number),
                msg("Name its stories under stories:, or take the page out."),
            )
        elif layout.slots is not None:
            yield from _slots(page, layout.slots)
    found = (finding for paper in bulletin.papers for finding in _on(bulletin.pages_on(paper)))
    yield from dict.fromkeys(found)


def _on(pages: Sequence[PagePlan]) -> Iterator[Finding]:
    """Yield what is wrong between the pages of one paper."""
    yield from stories_stand_once(pages)
    yield from _continued(pages)


def _continued(pages: Sequence[PagePlan]) -> Iterator[Finding]:
    """A story goes on once, and on a later page than it begins."""
    begun: set[str] = set()
    gone_on: set[str] = set()
    for page in pages:
        for slot, paths in page.continued.items():
            for path in paths:
                name = path.rpartition("/")[2]
                if path not in begun:
                    yield error(
                        "story-continued",
                        page.places[slot],
                        msg("{name} does not begin on an earlier page.", name=name),
                        msg("Name it under stories: of an earlier page, or take it out here."),
                    )
                elif path in gone_on:
                    yield error(
                        "story-continued",
                        page.places[slot],
                        msg("{name} is continued a second time.", name=name),
                        msg("A story goes on once; take it out here."),
                    )
                gone_on.add(path)
        begun |= set(page.paths)


def _papers(bulletin: Bulletin, page: PagePlan, layout: Layout) -> Iterator[Finding]:
    for paper in page.papers or bulletin.papers:
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
    named = {
        name: (*page.stories.get(name, ()), *page.continued.get(name, ()))
        for name in (*page.stories, *page.continued)
    }
    for name, paths in named.items():
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
            more = len(page.continued.get(name, ()))
            counts = {"label": slot.label, "most": slot.most, "count": len(paths) - more}
            yield error(
                "slot-crowded",
                place,
                msg(
                    "{label} takes {most} stories at most; {count} are named, and {more} run on "
                    "to it.",
                    **counts,
                    more=more,
                )
                if more
                else msg("{label} takes {most} stories at most; {count} are named.", **counts),
                msg("Take some out, or choose another layout."),
            )
    for name, slot in slots.items():
        if slot.least > len(named.get(name, ())):
            yield error(
                "slot-empty",
                page.place,
                msg("{label} has no story.", label=slot.label),
                msg("Add {name} under stories:, or choose another layout.", name=f"{name}: ….md"),
            )


def stories_stand_once(pages: Sequence[PagePlan]) -> Iterator[Finding]:
    """No story stands in two places of one paper."""
    counts = Counter(path for page in pages for path in page.paths)
    told: set[str] = set()
    for page in pages:
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


def pages_fit(
    bulletin: Bulletin, paper: str, pages: int, layouts: Mapping[str, Layout]
) -> Iterator[Finding]:
    """Yield a finding where a bulletin ran to more pages than its layouts may fill."""
    here = bulletin.pages_on(paper)
    room = sum(layouts[page.layout].pages for page in here)
    if pages > room:
        yield error(
            "pages-too-many",
            here[0].place,
            msg("There are {pages} pages, and {room} at most.", pages=pages, room=room),
            msg("Cut the stories."),
        )


def photos_are_enough(
    bulletin: Bulletin, stories: Mapping[str, Story], layouts: Mapping[str, Layout]
) -> Iterator[Finding]:
    """Yield slots that want more photos than their stories have."""
    for page in bulletin.pages:
        layout = layouts.get(page.layout)
        for name, slot in ((layout.slots or {}) if layout else {}).items():
            named = [stories[path] for path in page.stories.get(name, ()) if path in stories]
            count = sum(len(story.photos) for story in named)
            if named and count < slot.photos:
                yield error(
                    "photos-few",
                    page.places[name],
                    msg(
                        "{label} wants {least} photos at least; there are {count}.",
                        label=slot.label,
                        least=slot.photos,
                        count=count,
                    ),
                    msg("Add photos to the story, or choose another layout."),
                )


def fills(
    bulletin: Bulletin, stories: Mapping[str, Story], layouts: Mapping[str, Layout]
) -> tuple[Fill, ...]:
    """Return how full each slot for text is, in the order of pages and slots.

    A story that runs on fills what its first slot has left; the rest counts where it goes on.
    """
    parts = _parts(bulletin, stories, layouts)
    return tuple(
        Fill(
            bulletin.address,
            page.number,
            layouts[page.layout].label,
            slot.label,
            sum(parts[path][0] for path in page.stories.get(name, ()))
            + sum(parts.get(path, (0, 0))[1] for path in page.continued.get(name, ())),
            slot.characters,
        )
        for page in bulletin.pages
        if page.layout in layouts
        for name, slot in (layouts[page.layout].slots or {}).items()
        if slot.characters
    )


def _parts(
    bulletin: Bulletin, stories: Mapping[str, Story], layouts: Mapping[str, Layout]
) -> Mapping[str, tuple[int, int]]:
    """Return the characters of each story where it begins, and where it goes on."""
    parts = {path: (length(story), 0) for path, story in stories.items()}
    going_on = {p for page in bulletin.pages for paths in page.continued.values() for p in paths}
    for page in bulletin.pages:
        slots = (layouts[page.layout].slots or {}) if page.layout in layouts else {}
        for name, paths in page.stories.items():
            whole = sum(length(stories[path]) for path in paths)
            for path in going_on.intersection(paths):
                own = length(stories[path])
                room = slots[name].characters if name in slots else 0
                first = min(own, max(0, room - (whole - own))) if room else own
                parts[path] = (first, own - first)
    return parts


def length(story: Story) -> int:
    """Return the characters of a story's text as clerks count them, marks included."""
    texts = (*(section.body for section in story.sections), story.closing)
    return sum(len(_MARKUP.sub("", text)) for text in texts)
