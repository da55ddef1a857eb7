"""The week at a glance: what is missing, from whom, what is wrong, who must act until when.

Bulletin, findings, Book, signatures, units ──glance──▶ Glance
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from jianbao.diagnostics import Finding, Severity
from jianbao.figures.book import Book
from jianbao.figures.series import PERIODS
from jianbao.model import Bulletin
from jianbao.model.reviewed import Process
from jianbao.newsroom.collecting.expecting import Period
from jianbao.newsroom.collecting.standing import Standing as Reported
from jianbao.newsroom.reviewing.standing import Standing, due

_STORIES = frozenset({"story-missing", "slot-empty", "photo-missing"})
_FIGURES = frozenset({"figure-unreported", "part-missing", "chart-empty"})


@dataclass(frozen=True, slots=True)
class Missing:
    """A dataset that was not reported for this bulletin, by no unit's duty, and its last as-of."""

    dataset: str
    printed: str
    last: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Who must act: a stage, who signs it where that is fixed, until when, and whether anew.

    `until` is "" for a correction, whose day nobody knew beforehand.
    """

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
        faults: The other errors.
        missing: Datasets not reported since the last bulletin, which are no unit's duty.
        units: How each reporting unit stands, by its own cut-off, with figures of `period`; both
            are empty once sealed.
        stages: None that nobody has signed is left out.
        sealed: The day it was sealed; "" before.
        corrected: The day of a correction that is not published yet; "" for none.
        next: The bulletin to be started, where the last one is sealed and its day is over.
    """

    address: str
    day: str
    errors: int
    warnings: int
    notes: int
    stories: tuple[Finding, ...]
    figures: tuple[Finding, ...]
    faults: tuple[Finding, ...]
    missing: tuple[Missing, ...]
    stages: tuple[Standing, ...]
    duties: tuple[Duty, ...]
    sealed: str = ""
    units: tuple[Reported, ...] = ()
    period: Period | None = None
    corrected: str = ""
    next: Period | None = None

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

    `dates` are the minute it is, to tell what is late, "" for a correction, and the day it was
    sealed, both in ISO form; "" before that.
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
        faults=tuple(
            finding
            for finding in findings
            if finding.severity is Severity.ERROR and finding.rule not in _STORIES | _FIGURES
        ),
        missing=tuple(_missing(book, bulletin.as_of.day)) if book and not sealed else (),
        stages=stages,
        duties=() if sealed else tuple(_duties(bulletin, process, stages, today)),
        sealed=sealed,
    )


def _of(findings: Iterable[Finding], rules: frozenset[str]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.rule in rules)


def _missing(book: Book, day: date) -> Iterator[Missing]:
    """Yield each dataset with a cadence that no unit owes, and whose last report is too old."""
    owed = {share.dataset for unit in book.campaign.units.values() for share in unit.shares}
    for name, dataset in book.campaign.datasets.items():
        period = PERIODS.get(dataset.cadence)
        last = book.as_ofs.get(name)
        if period and name not in owed and (last is None or (day - last.day).days >= period):
            when = last.day.isoformat() if last else ""
            yield Missing(name, dataset.printed, when)


def _duties(
    bulletin: Bulletin, process: Process, stages: Sequence[Standing], today: str
) -> Iterator[Duty]:
    for one in due(process, stages):
        until = one.stage.until
        limit = until.on(bulletin.day) if until else bulletin.day.isoformat()
        limit = limit if today else ""
        late = today[: len(limit)] > limit
        yield Duty(one.stage.name, one.stage.who, limit, bool(one.signature), late)
