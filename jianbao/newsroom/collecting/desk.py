"""What lies on the desk before a file is looked at: the campaign, the period, what is there.

disk ──open_desk──▶ Desk
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from jianbao.diagnostics import Checked, Finding, Message, Place, error, msg
from jianbao.model import Bulletin, Campaign, Observation, Unit
from jianbao.newsroom.collecting.expecting import Duty, Period, duties
from jianbao.newsroom.collecting.known import Known, read_known
from jianbao.newsroom.collecting.upcoming import next_bulletin
from jianbao.newsroom.skeletons import UNWRITTEN
from jianbao.reading.collected import COLLECTED, Receipt, UnitReport, read_report
from jianbao.reading.files import read_text
from jianbao.reading.reports import names_of
from jianbao.reading.shaping import nearest


@dataclass(frozen=True, slots=True)
class Desk:
    """What is known before a file is looked at.

    Attributes:
        period: That of the bulletin that is being collected for.
        reports: What was collected, by day and unit.
        today: The day of the run.
    """

    root: Path
    known: Known
    period: Period
    reports: tuple[UnitReport, ...]
    today: date

    @property
    def campaign(self) -> Campaign:
        """The campaign, with a dataset for each group of one-off figures."""
        return self.known.campaign

    @property
    def observations(self) -> tuple[Observation, ...]:
        """Everything reported so far, by hand or collected."""
        return self.known.observations

    def duties(self) -> tuple[Duty, ...]:
        """Return what each unit owes, as things lie."""
        return duties(self.campaign, self.period, self.observations, self.known.calendar)

    def receipts(self, sha256: str) -> Iterator[tuple[UnitReport, Receipt]]:
        """Yield where a file was taken before: once for each day that it speaks of."""
        for report in self.reports:
            for receipt in report.received:
                if receipt.sha256 == sha256:
                    yield report, receipt

    def with_reported(self, campaign: Campaign, observations: Sequence[Observation]) -> "Desk":
        """Return the same desk with other observations on it, and the groups they need."""
        known = replace(self.known, campaign=campaign, observations=tuple(observations))
        return replace(self, known=known)


def open_desk(root: Path, key: str, today: date, bulletin: str = "") -> Checked[Desk | None]:
    """Return the campaign's desk for a bulletin (2026-48), or for the one at hand.

    At hand is the last one until its day has passed and it is written, then the next.
    """
    found = read_known(root, key, today)
    if found.value is None:
        return Checked(None, found.findings)
    known = found.value
    if empty := tuple(_empty(known.campaign)):
        return Checked(None, empty)
    period = _period(root, known, today, bulletin)
    if isinstance(period, Finding):
        return Checked(None, (period,))
    return Checked(Desk(root, known, period, tuple(_reports(root, known.campaign)), today))


def _empty(campaign: Campaign) -> Iterator[Finding]:
    """Yield a finding for each unit of which it is not said what it reports."""
    for unit in campaign.units.values():
        if not unit.shares:
            yield error(
                "unit-empty",
                unit.place,
                msg("It is not said what {unit} reports.", unit=unit.name),
                msg("Add datasets: and the names of its datasets."),
            )


def the_unit(campaign: Campaign, name: str) -> Unit | Finding:
    """Return a reporting unit by its name."""
    if name in campaign.units:
        return campaign.units[name]
    place = Place(f"data/{campaign.key}/campaign.yaml")
    why = msg("There is no reporting unit {name}.", name=name)
    return error("unit-unknown", place, why, nearest(name, list(campaign.units)))


def _period(root: Path, known: Known, today: date, bulletin: str) -> Period | Finding:
    counted = sorted((b for b in known.plans if not b.number.startswith("s")), key=lambda b: b.day)
    chosen = [b for b in counted if b.key == bulletin] if bulletin else counted[-1:]
    if bulletin and not chosen:
        why = msg("There is no campaign or bulletin {name}.", name=bulletin)
        keys = [b.key for b in counted]
        return error("target-unknown", Place("content"), why, nearest(bulletin, keys))
    if chosen and (bulletin or chosen[0].day >= today or _is_unwritten(root, chosen[0])):
        return period_of(chosen[0], counted)
    upcoming = next_bulletin(known.campaign, counted, known.calendar, today)
    if isinstance(upcoming, Message):
        return error("schedule-refused", Place("data/calendar.yaml"), upcoming)
    return Period(upcoming.day, *upcoming.period, upcoming.number)


def period_of(bulletin: Bulletin, known: Sequence[Bulletin]) -> Period:
    """Return what a bulletin reports on: as it says, else from the last one's as-of on."""
    if bulletin.period:
        return Period(bulletin.day, *bulletin.period, bulletin.number)
    before = [b.as_of.day for b in known if b.as_of.day < bulletin.as_of.day]
    last = bulletin.as_of.day
    first = date.fromordinal(max(before).toordinal() + 1 if before else last.toordinal() - 6)
    return Period(bulletin.day, first, last, bulletin.number)


def _is_unwritten(root: Path, bulletin: Bulletin) -> bool:
    paths = (path for page in bulletin.pages for path in page.paths)
    texts = (read_text(root, path).value for path in paths if (root / path).is_file())
    return any(text and UNWRITTEN in text for text in texts)


def _reports(root: Path, campaign: Campaign) -> Iterator[UnitReport]:
    """Yield every unit's file; what is wrong with one was told with the day files."""
    for file in sorted((root / "data" / campaign.key / COLLECTED).glob("????-??-??/*.yaml")):
        path = file.relative_to(root).as_posix()
        report = read_report(root, path, names_of(campaign)).value
        if report:
            yield report
