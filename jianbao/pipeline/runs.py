"""What a run is asked and what becomes of it: the values that the pipeline's steps hand on."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jianbao.diagnostics import Finding, Severity, regraded
from jianbao.figures.book import Book
from jianbao.model import Waiver
from jianbao.pages.views import Material
from jianbao.proofreading.plans import Fill
from jianbao.proofreading.waivers import waived
from jianbao.reading.sites import Office
from jianbao.settings import Settings

Findings = tuple[Finding, ...]
Tell = Callable[[str, str], None]
"""Told the address of a bulletin and what is being done with it: check, web, press, done."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found and wrote."""

    findings: Findings
    paths: tuple[Path, ...] = ()
    made: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    language: str = "zh"
    fills: tuple[Fill, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: what was asked, what all bulletins share, whom to tell.

    `known` is every bulletin's address, asked for or not: numbers run on from the others.
    """

    settings: Settings
    office: Office
    tell: Tell
    delivering: bool
    known: tuple[str, ...] = ()

    def settled(self, findings: Iterable[Finding], waivers: Sequence[Waiver] = ()) -> Findings:
        """Return findings once each, as the office has decided about their rules."""
        severities = {rule: Severity(w) for rule, w in self.office.site.severities.items()}
        return regraded(waived(dict.fromkeys(findings), waivers), severities)


@dataclass(frozen=True, slots=True)
class Draft:
    """A bulletin with its figures written, ready to be laid out."""

    material: Material
    book: Book


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one bulletin; `paths` are empty where its old output was kept."""

    findings: Findings
    paths: tuple[Path, ...] = ()
    fills: tuple[Fill, ...] = ()


def untold(_address: str, _step: str) -> None:
    """Tell nobody."""
