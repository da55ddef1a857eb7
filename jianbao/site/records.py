"""What a bulletin leaves for the pages that link the bulletins: bulletin.json in its folder.

Material, its page, its files ──entry_of, record──▶ JSON
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date

from jianbao.diagnostics import Checked, Finding
from jianbao.model import AsOf, Correction, Entry, Link, StoryEntry
from jianbao.pages.editions import Shown
from jianbao.pages.imprints import number_text
from jianbao.pages.neighbours import with_steps
from jianbao.pages.views import Material, headline_of
from jianbao.site.links import dead_in_folder, outline, written_by


def entry_of(
    material: Material,
    html: str,
    files: Collection[str],
    figures: Iterable[str],
    shown: Shown,
) -> Checked[Entry]:
    """Return what the site knows of a bulletin, and a finding for each link within it that is dead.

    `files` are named as they lie in its folder, `figures` by their paths.
    """
    bulletin, page = material.bulletin, outline(with_steps(html, ""))
    seen = shown.bulletin
    stories = [story for one in seen.pages for slot in one.stories.values() for story in slot]
    findings: tuple[Finding, ...] = dead_in_folder(page, files, material.stories.values())
    return Checked(
        Entry(
            bulletin.address,
            seen.title,
            material.campaign.title,
            material.campaign.organisation,
            bulletin.number,
            bulletin.day.isoformat(),
            tuple(name for name in files if name.endswith(".pdf")),
            number_text(bulletin.number),
            _as_of(bulletin.as_of),
            tuple(StoryEntry(story.anchor, headline_of(story)) for story in stories),
            page.anchors,
            tuple(written_by(href, material.stories.values()) for href in page.outward),
            shown.neighbours,
            files=tuple(files),
            figures=tuple(figures),
            corrections=tuple(material.corrections),
        ),
        findings,
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """A bulletin that lies in the output, and the digests of what pages show of it.

    Digests are "" where they are not known; nothing is remembered by them then.

    Attributes:
        shown: Of what lists show: see `shown_of`.
        said: Of its sentences that quote figures.
        text: Of all its sentences.
    """

    entry: Entry
    shown: str = ""
    said: str = ""
    text: str = ""


def shown_of(entry: Entry) -> Entry:
    """Return what lists are told of a bulletin: not its files and links, which only checks need.

    Its fonts have other names after each change of a word, and no list shows them.
    """
    return replace(entry, files=(), anchors=(), links=(), neighbours=("", ""))


def _as_of(as_of: AsOf) -> str:
    return as_of.day.isoformat() + ("" if as_of.hour is None else f"T{as_of.hour:02d}")


def as_of_from(text: str) -> AsOf:
    """Return the moment that a record names.

    >>> as_of_from("2026-11-19T24").hour
    24
    """
    day, _, hour = text.partition("T")
    return AsOf(date.fromisoformat(day), int(hour) if hour else None)


def record(entry: Entry) -> bytes:
    """Return bulletin.json, which says what lies in the bulletin's folder."""
    return json.dumps(entry, ensure_ascii=False, default=_named).encode() + b"\n"


def _named(value: Entry | StoryEntry | Link | Correction) -> dict[str, object]:
    return {each.name: getattr(value, each.name) for each in fields(value)}
