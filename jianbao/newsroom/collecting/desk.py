"""What lies on the desk before a file is looked at: the campaign, the period, what is there.

disk ──open_desk──▶ Desk
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from jianbao.diagnostics import Checked, Finding, Message, Place, Severity, error, msg
from jianbao.model import Bulletin, Calendar, Campaign, Observation, Unit
from jianbao.newsroom.collecting.expecting import Duty, Period, duties
from jianbao.newsroom.collecting.upcoming import next_bulletin
from jianbao.newsroom.skeletons import UNWRITTEN
from jianbao.reading.calendars import read_calendar
from jianbao.reading.collected import COLLECTED, Receipt, UnitReport, read_report
from jianbao.reading.files import read_text
from jianbao.reading.reports import names_of
from jianbao.reading.shaping import nearest
from jianbao.reading.sites import addresses, read_bulletins, read_reported


@dataclass(frozen=True, slots=True)
class Desk:
    """What is known before a file is looked at.

    Attributes:
        period: That of the bulletin that is being collected for.
        observations: Everything reported so far, by hand or collected.
        reports: What was collected, by day and unit.
        today: The day of the run.
    """

    root: Path
    campaign: Campaign
    period: Period
    calendar: Calendar
    observations: tuple[Observation, ...]
    reports: tuple[UnitReport, ...]
    today: date

    def duties(self) -> tuple[Duty, ...]:
        """Return what each unit owes, as things lie."""
        return duties(self.campaign, self.period, self.observations, self.calendar)

    def receipts(self) -> Iterator[tuple[str, Receipt]]:
        """Yield each file that was ever taken, with its unit."""
        for report in self.reports:
            for receipt in report.received:
                yield report.unit, receipt

    def with_observations(self, observations: Sequence[Observation]) -> "Desk":
        """Return the same desk with other observations on it."""
        return replace(self, observations=tuple(observations))


def open_desk(root: Path, key: str, today: date, bulletin: str = "") -> Checked[Desk | None]:
    """Return the campaign's desk for a bulletin (2026-48), or for the one at hand.

    At hand is the last one until its day has passed and it is written, then the next.
    """
    if not (root / f"data/{key}/campaign.yaml").is_file():
        return Checked(None, (no_campaign(root, key),))
    reported = read_reported(root, key)
    plans = read_bulletins(root, [a for a in addresses(root) if a.split("/")[0] == key])
    calendar = read_calendar(root, range(today.year - 1, today.year + 3))
    findings = [*reported.findings, *calendar.findings]
    findings += [finding for plan in plans.values() for finding in plan.findings]
    faults = tuple(finding for finding in findings if finding.severity is Severity.ERROR)
    if faults or reported.value is None:
        return Checked(None, faults)
    known = [plan.value for plan in plans.values() if plan.value]
    campaign = reported.value.campaign
    if empty := tuple(_empty(campaign)):
        return Checked(None, empty)
    period = _period(root, campaign, known, calendar.value, today, bulletin)
    if isinstance(period, Finding):
        return Checked(None, (period,))
    reports = tuple(_reports(root, campaign))
    return Checked(
        Desk(root, campaign, period, calendar.value, reported.value.observations, reports, today)
    )


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


def no_campaign(root: Path, key: str) -> Finding:
    """Return the finding for a campaign that there is not."""
    known = sorted(file.parent.name for file in (root / "data").glob("*/campaign.yaml"))
    why = msg("There is no campaign {name}.", name=key)
    return error("target-unknown", Place("data"), why, nearest(key, known))


def the_unit(campaign: Campaign, name: str) -> Unit | Finding:
    """Return a reporting unit by its name."""
    if name in campaign.units:
        return campaign.units[name]
    place = Place(f"data/{campaign.key}/campaign.yaml")
    why = msg("There is no reporting unit {name}.", name=name)
    return error("unit-unknown", place, why, nearest(name, list(campaign.units)))


def _period(
    root: Path,
    campaign: Campaign,
    known: Sequence[Bulletin],
    calendar: Calendar,
    today: date,
    bulletin: str,
) -> Period | Finding:
    counted = sorted((b for b in known if not b.number.startswith("s")), key=lambda b: b.day)
    chosen = [b for b in counted if b.key == bulletin] if bulletin else counted[-1:]
    if bulletin and not chosen:
        why = msg("There is no campaign or bulletin {name}.", name=bulletin)
        keys = [b.key for b in counted]
        return error("target-unknown", Place("content"), why, nearest(bulletin, keys))
    if chosen and (bulletin or chosen[0].day >= today or _is_unwritten(root, chosen[0])):
        return period_of(chosen[0], counted)
    upcoming = next_bulletin(campaign, counted, calendar, today)
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
