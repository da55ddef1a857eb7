"""The week at a glance: what is missing, from whom, what is wrong, who must act until when.

Bulletin, findings, Book, Standings ──glance──▶ Glance
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from jianbao.diagnostics import Finding, Severity
from jianbao.figures.book import Book
from jianbao.figures.series import PERIODS
from jianbao.model import Bulletin
from jianbao.model.reviewed import Process
from jianbao.newsroom.reviewing.standing import Standing, due

_STORIES = frozenset({"story-missing", "slot-empty", "photo-missing"})
_FIGURES = frozenset({"figure-unreported", "part-missing", "chart-empty"})


@dataclass(frozen=True, slots=True)
class Missing:
    """A dataset that was not reported for this bulletin: the unit to ask, and its last as-of."""

    unit: str
    dataset: str
    printed: str
    last: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Who must act: a stage, who signs it where that is fixed, until when, and whether anew."""

    stage: str
    who: str
    until: str
    anew: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Glance:
    """How one bulletin stands.

    Attributes:
        stories: Findings for stories and photos that are not there.
        figures: Findings for figures that are quoted and not there.
        missing: Datasets not reported since the last bulletin.
        stages: None that nobody has signed is left out.
        sealed: The day it was sealed; "" before.
    """

    address: str
    day: str
    errors: int
    warnings: int
    notes: int
    stories: tuple[Finding, ...]
    figures: tuple[Finding, ...]
    missing: tuple[Missing, ...]
    stages: tuple[Standing, ...]
    duties: tuple[Duty, ...]
    sealed: str = ""

    @property
    def can_be_signed(self) -> bool:
        """Whether nothing but signatures is missing."""
        return not self.errors


def glance(
    bulletin: Bulletin,
    findings: Sequence[Finding],
    book: Book | None,
    reviewed: tuple[Process, tuple[Standing, ...]],
    dates: tuple[str, str],
) -> Glance:
    """Return how a bulletin stands; `book` is None where it has gaps.

    `dates` are the minute it is, to tell what is late, and the day it was sealed, both in ISO
    form; "" before that.
    """
    today, sealed = dates
    process, stages = reviewed
    severities = [finding.severity for finding in findings]
    return Glance(
        address=bulletin.address,
        day=bulletin.day.isoformat(),
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        notes=severities.count(Severity.NOTE),
        stories=_of(findings, _STORIES),
        figures=_of(findings, _FIGURES),
        missing=tuple(_missing(book, bulletin.as_of.day)) if book else (),
        stages=stages,
        duties=() if sealed else tuple(_duties(bulletin, process, stages, today)),
        sealed=sealed,
    )


def _of(findings: Iterable[Finding], rules: frozenset[str]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.rule in rules)


def _missing(book: Book, day: date) -> Iterator[Missing]:
    """Yield each dataset with a cadence whose last report is a whole period old."""
    for name, dataset in book.campaign.datasets.items():
        period = PERIODS.get(dataset.cadence)
        last = book.as_ofs.get(name)
        if period and (last is None or (day - last.day).days >= period):
            when = last.day.isoformat() if last else ""
            yield Missing(dataset.reporter, name, dataset.printed, when)


def _duties(
    bulletin: Bulletin, process: Process, stages: Sequence[Standing], today: str
) -> Iterator[Duty]:
    for one in due(process, stages):
        until = one.stage.until
        limit = until.on(bulletin.day) if until else bulletin.day.isoformat()
        late = today[: len(limit)] > limit
        yield Duty(one.stage.name, one.stage.who, limit, bool(one.signature), late)
