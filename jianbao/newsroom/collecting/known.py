"""What is known of a campaign before a bulletin is started or collected for.

disk ──read_known──▶ Known
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jianbao.diagnostics import Checked, Finding, Place, Severity, error, msg
from jianbao.model import Bulletin, Calendar, Campaign, Dataset, Observation
from jianbao.reading.calendars import read_calendar
from jianbao.reading.campaigns import read_campaign
from jianbao.reading.files import folders_in, is_file
from jianbao.reading.shaping import nearest
from jianbao.reading.sites import addresses, read_bulletins, read_reported


@dataclass(frozen=True, slots=True)
class Known:
    """A campaign with what was reported, its bulletins' plans, and which days are worked.

    Attributes:
        campaign: With a dataset for each group of one-off figures.
        declared: The datasets that campaign.yaml has.
    """

    campaign: Campaign
    declared: Mapping[str, Dataset]
    observations: tuple[Observation, ...]
    plans: tuple[Bulletin, ...]
    calendar: Calendar


def read_known(root: Path, key: str, today: date) -> Checked[Known | None]:
    """Return what is known of a campaign, or None with the errors that are in the way."""
    if not is_file(root, f"data/{key}/campaign.yaml"):
        return Checked(None, (_no_campaign(root, key),))
    reported = read_reported(root, key)
    plans = read_bulletins(root, addresses(root, key))
    calendar = read_calendar(root, range(today.year - 1, today.year + 3))
    findings = [*reported.findings, *calendar.findings]
    findings += [finding for plan in plans.values() for finding in plan.findings]
    faults = tuple(finding for finding in findings if finding.severity is Severity.ERROR)
    declared = read_campaign(root, key).value
    if faults or reported.value is None or declared is None:
        return Checked(None, faults)
    known = tuple(plan.value for plan in plans.values() if plan.value)
    campaign, observations = reported.value.campaign, reported.value.observations
    return Checked(Known(campaign, declared.datasets, observations, known, calendar.value))


def _no_campaign(root: Path, key: str) -> Finding:
    """Return the finding for a campaign that there is not."""
    data = root / "data"
    known = [name for name in folders_in(data) if is_file(data, f"{name}/campaign.yaml")]
    why = msg("There is no campaign {name}.", name=key)
    return error("target-unknown", Place("data"), why, nearest(key, known))
