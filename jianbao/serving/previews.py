"""What the browser is told: the state of the preview, and when it changes.

a build's Outcome ──▶ Preview ──▶ told() as JSON, each time something is new
"""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from secrets import token_hex

from jianbao.diagnostics import Finding
from jianbao.pipeline.runs import Outcome


class Paper(StrEnum):
    """How far the PDFs are."""

    WAITS = "waits"
    PRESSED = "pressed"
    FAILED = "failed"


@dataclass(slots=True)
class Preview:
    """The preview as it stands now.

    Attributes:
        web: The folder of the pages that are shown.
        papers: The folder of the PDFs, which are made after the pages.
        say: Puts a finding into the reader's words.
        words: The overlay's own words, by name, in the reader's language.
        run: Names this run, so that a page that another run served is loaded anew.
        count: How many times a bulletin's page was replaced.
        look: How many times templates or what is not of one bulletin changed.
        rest: How many times the pages that link the bulletins were.
    """

    web: Path
    papers: Path
    say: Callable[[Finding], str]
    words: Mapping[str, str]
    run: str = field(default_factory=lambda: token_hex(4))
    count: int = 0
    rest: int = 0
    look: int = 0
    paper: Paper = Paper.WAITS
    pdfs: tuple[str, ...] = ()
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    pressed: tuple[Finding, ...] = ()
    news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def version(self) -> str:
        """What a bulletin's page is served with; one that bears another is old."""
        return f"{self.run}-{self.count}"

    @property
    def site(self) -> str:
        """What every other page is served with, which is made after the bulletin's."""
        return f"{self.version}.{self.rest}"

    def turned(self, address: str) -> None:
        """Show a bulletin's new page at once; what was found in it follows.

        The very first has to wait for the style sheets, which are made after it.
        """
        if not self.rest:
            return
        self.outcomes.pop(address, None)
        self.count += 1
        self.announce()

    def built(self, address: str, outcome: Outcome) -> None:
        """Take what a build of one bulletin found."""
        self.outcomes[address] = outcome
        self.count += bool(outcome.made) and not self.rest
        self.rest += bool(outcome.made)
        self.paper, self.pressed = Paper.WAITS, ()
        self.announce()

    def keep_only(self, addresses: Iterable[str]) -> None:
        """Forget what was found in bulletins that are no longer shown."""
        kept = set(addresses)
        self.outcomes = {a: outcome for a, outcome in self.outcomes.items() if a in kept}

    def printed(self, outcome: Outcome | None) -> None:
        """Take what came of the PDFs; None where nothing came."""
        done = outcome is not None and not outcome.kept
        self.paper = Paper.PRESSED if done else Paper.FAILED
        self.pressed = outcome.findings if outcome else ()
        paths = outcome.paths if outcome else ()
        self.pdfs = tuple(
            path.relative_to(self.papers).as_posix() for path in paths if path.suffix == ".pdf"
        )
        self.announce()

    def announce(self) -> None:
        """Wake everybody who waits for news."""
        over, self.news = self.news, asyncio.Event()
        over.set()

    def findings(self) -> tuple[Finding, ...]:
        """Return everything that was found, each finding once."""
        web = (finding for outcome in self.outcomes.values() for finding in outcome.findings)
        return tuple(dict.fromkeys((*web, *self.pressed)))

    def told(self) -> str:
        """Return the state as JSON, on one line."""
        found = [
            {
                "severity": finding.severity.value,
                "sentence": self.say(finding),
                "path": finding.place.path,
                "line": finding.place.line,
                "excerpt": finding.place.excerpt,
            }
            for finding in self.findings()
        ]
        kept = [address for address, outcome in self.outcomes.items() if outcome.kept]
        return json.dumps(
            {
                "version": self.version,
                "site": self.site,
                "look": self.look,
                "kept": kept,
                "paper": self.paper.value,
                "pdfs": self.pdfs if self.paper is Paper.PRESSED else (),
                "findings": found,
                "words": dict(self.words),
            },
            ensure_ascii=False,
        )
