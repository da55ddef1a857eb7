"""What a run is asked and what becomes of it: the values that the pipeline's steps hand on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jianbao.diagnostics import Finding, Severity, regraded

if TYPE_CHECKING:
    from pathlib import Path

    from jianbao.delivery.output import Outputs
    from jianbao.delivery.pressing import Press
    from jianbao.delivery.shelf import Shelf
    from jianbao.figures.book import Book
    from jianbao.model import Bulletin, Story, Waiver
    from jianbao.model.editions import Edition
    from jianbao.pages.views import Material
    from jianbao.press.jobs import Job
    from jianbao.proofreading.plans import Fill
    from jianbao.reading.noting import Sights
    from jianbao.reading.sites import Office
    from jianbao.settings import Settings

Findings = tuple[Finding, ...]
Seconds = Mapping[str, float]
"""How long each step took, in the process that did it: compose, press, deliver; office, shared."""
Tell = Callable[[str, str], None]
"""Told a bulletin's address and what is done with it: waits, check, web, press, done or kept."""


Say = Callable[[Finding], str]
"""Puts a finding into the reader's words."""


Speak = Callable[[str], Say]
"""Gives what puts findings into words of a language: zh or en."""


def in_english(_language: str) -> Say:
    """Return what puts findings into English, for whoever has no catalogue at hand."""
    return plainly


def plainly(finding: Finding) -> str:
    """Return a finding in English."""
    words = " ".join(part.in_words(str) for part in (finding.message, finding.hint) if part.text)
    return f"{finding.place.spot}: {words}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found and wrote.

    Attributes:
        paths: What was written; what was up to date is not among it.
        made: The bulletins that were delivered.
        kept: Those with errors, whose old output stays.
        fresh: Those that would have come out as they lie there.
        seconds: What each step took, by the bulletin's address; "" is for what all share.
    """

    findings: Findings
    paths: tuple[Path, ...] = ()
    made: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    language: str = "zh"
    fills: tuple[Fill, ...] = ()
    fresh: tuple[str, ...] = ()
    seconds: Mapping[str, Seconds] = field(default_factory=dict)


def in_this_process() -> Press:
    """Return a press without workers, which remembers nothing."""
    from jianbao.delivery.pressing import Press
    from jianbao.delivery.workers import InThisProcess

    return Press(InThisProcess())


def empty_shelf() -> Shelf:
    """Return a shelf that keeps nothing."""
    from jianbao.delivery.shelf import Shelf

    return Shelf()


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: what was asked, what all bulletins share, whom to tell.

    `known` is every bulletin's address, asked for or not: numbers run on from the others. `press`
    is where pages are laid out and pressed, `shelf` what was read before.
    """

    settings: Settings
    office: Office
    tell: Tell
    delivering: bool
    known: tuple[str, ...] = ()
    say: Say = plainly
    press: Press = field(default_factory=in_this_process)
    shelf: Shelf = field(default_factory=empty_shelf)

    def editions(self, bulletin: Bulletin) -> tuple[Edition, ...]:
        """Return the editions to make of a bulletin; none where the run presses nothing."""
        from jianbao.model.editions import chosen

        if not self.settings.pdf:
            return ()
        return chosen(self.office.site.editions, bulletin.editions, self.settings.editions)

    def settled(self, findings: Iterable[Finding], waivers: Sequence[Waiver] = ()) -> Findings:
        """Return findings once each, as the office has decided about their rules."""
        from jianbao.proofreading.waivers import waived

        severities = {rule: Severity(w) for rule, w in self.office.site.severities.items()}
        return regraded(waived(dict.fromkeys(findings), waivers), severities)


@dataclass(frozen=True, slots=True)
class Draft:
    """A bulletin with its figures written, ready to be laid out."""

    material: Material
    book: Book


@dataclass(frozen=True, slots=True)
class Editions:
    """What a bulletin's folder will hold: files that are ready, and pages still to be pressed.

    Files by name, pages by paper; what the press has to say is about `bulletin` and its `stories`.

    Attributes:
        proofed: The draft, where reviewers are to get a proof.
    """

    bulletin: Bulletin
    stories: Mapping[str, Story]
    files: Mapping[str, bytes]
    jobs: Mapping[str, Job]
    proofed: Draft | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at on the disk for a bulletin.

    Attributes:
        seen: For it alone.
        desk: The digest of what its campaign's desk had looked at when it was composed.
        opened: What that was, if the desk was opened for this bulletin.
        seconds: How long it took to compose.
    """

    seen: Sights = field(default_factory=dict)
    desk: str = ""
    opened: Sights = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Composed:
    """A bulletin before the press; one with an error has no editions and goes no further."""

    address: str
    findings: Findings
    waivers: tuple[Waiver, ...] = ()
    fills: tuple[Fill, ...] = ()
    editions: Editions | None = None
    looked: Looked = field(default_factory=Looked)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one bulletin; `paths` are empty where its old output was kept.

    Attributes:
        outputs: Digest and stamp of each file delivered, by name.
        day: Of one that is delivered, as 2026-11-20.
        again: Whether it was broken off for a reason that is not in its files.
    """

    address: str
    findings: Findings
    paths: tuple[Path, ...] = ()
    fills: tuple[Fill, ...] = ()
    outputs: Outputs = field(default_factory=dict)
    looked: Looked = field(default_factory=Looked)
    day: str = ""
    again: bool = False
    seconds: Seconds = field(default_factory=dict)


def untold(_address: str, _step: str) -> None:
    """Tell nobody."""
