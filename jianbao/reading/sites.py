"""Find and read everything of a site that more than one bulletin needs."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jianbao.diagnostics import Checked, Finding, Place, error, msg, note
from jianbao.model import Bulletin, Campaign, Document, Observation, Site, Story
from jianbao.model.sealed import is_notice
from jianbao.reading.campaigns import read_campaign
from jianbao.reading.files import files_in, folders_in, is_file
from jianbao.reading.ledgers import LedgerTable, read_ledgers
from jianbao.reading.looks import Template, read_templates
from jianbao.reading.loose import loose_datasets
from jianbao.reading.office import read_bulletin, read_documents, read_people, read_site
from jianbao.reading.pictures import Picture, read_masthead
from jianbao.reading.profiles import read_profile
from jianbao.reading.reports import read_reports
from jianbao.reading.shaping import nearest
from jianbao.reading.slots import Layout, read_layouts
from jianbao.reading.stories import read_story


@dataclass(frozen=True, slots=True)
class Office:
    """What all bulletins share; `findings` here stop every one of them.

    Attributes:
        profile: The printer's ICC profile; empty where none is named.
    """

    site: Site
    documents: Mapping[str, Document]
    templates: Mapping[str, Template]
    layouts: Mapping[str, Layout]
    profile: bytes = b""
    masthead: Picture | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """A campaign and all its units ever reported; its findings stop the campaign's bulletins.

    Attributes:
        ledgers: The lists that some of its datasets are counted from.
    """

    campaign: Campaign
    observations: tuple[Observation, ...]
    ledgers: tuple[LedgerTable, ...] = ()


def read_office(root: Path, shipped: Path) -> Checked[Office | None]:
    """Return what all bulletins share, or None where the site itself cannot be read."""
    site = read_site(root)
    documents, people = read_documents(root), read_people(root)
    templates = read_templates(root, shipped)
    layouts = read_layouts(templates.value)
    findings = (
        *site.findings,
        *documents.findings,
        *people.findings,
        *templates.findings,
        *layouts.findings,
    )
    if site.value is None:
        return Checked(None, findings)
    profile = read_profile(root, site.value.printing)
    masthead = read_masthead(root, site.value.look)
    office = Office(
        replace(site.value, people=people.value),
        documents.value,
        templates.value,
        layouts.value,
        profile.value or b"",
        masthead.value,
    )
    return Checked(office, (*findings, *profile.findings, *masthead.findings))


def addresses(root: Path, campaign: str = "") -> tuple[str, ...]:
    """Return every campaign/bulletin there is a folder for, or a campaign's, in order of name."""
    content = root / "content"
    return tuple(
        f"{key}/{name}"
        for key in ((campaign,) if campaign else folders_in(content))
        for name in folders_in(content / key)
    )


def chosen(
    known: Sequence[str], targets: Sequence[str], idle: Collection[str] = ()
) -> Checked[tuple[str, ...]]:
    """Return the addresses the targets name: campaigns, or campaign/bulletin; all for none.

    `idle` are campaigns without a bulletin that may be named too.
    """
    if not targets:
        return Checked(tuple(known))
    campaigns = {address.split("/")[0] for address in known}
    findings: list[Finding] = []
    wanted: set[str] = set()
    for target in targets:
        clean = target.strip("/")
        found = {a for a in known if a == clean or a.split("/")[0] == clean}
        if not found and clean not in idle:
            findings.append(
                error(
                    "target-unknown",
                    Place("content"),
                    msg("There is no campaign or bulletin {name}.", name=target),
                    nearest(clean, [*known, *sorted(campaigns)]),
                )
            )
        wanted |= found
    return Checked(tuple(a for a in known if a in wanted), tuple(findings))


def read_reported(root: Path, key: str) -> Checked[Reported | None]:
    """Return a campaign with everything its units reported."""
    campaign = read_campaign(root, key)
    if campaign.value is None or campaign.findings:
        return Checked(None, campaign.findings)
    reports = read_reports(root, campaign.value)
    loose = loose_datasets(reports.value.loose)
    known = replace(campaign.value, datasets={**campaign.value.datasets, **loose.value})
    ledgers = read_ledgers(root, campaign.value)
    reported = Reported(known, reports.value.observations, ledgers.value)
    findings = (*reports.findings, *loose.findings, *ledgers.findings)
    return Checked(reported, (*findings, *_typed_and_counted(reported)))


def _typed_and_counted(reported: Reported) -> Iterator[Finding]:
    """Yield a finding for each dataset that a day file reports and a ledger counts."""
    first: dict[str, Observation] = {}
    for item in reported.observations:
        if reported.campaign.datasets[item.dataset].ledger:
            first.setdefault(item.dataset, item)
    for name, item in first.items():
        yield error(
            "dataset-counted",
            item.place,
            msg("{name} is counted from its ledger, and is typed in here too.", name=name),
            msg("Delete it here, or delete ledger in campaign.yaml."),
        )


def read_bulletins(root: Path, addresses: Sequence[str]) -> Mapping[str, Checked[Bulletin | None]]:
    """Return the plan of each bulletin, with what is wrong with it."""
    return {address: read_bulletin(root, *address.split("/")) for address in addresses}


def read_stories(root: Path, bulletin: Bulletin) -> Checked[Mapping[str, Story]]:
    """Return the bulletin's stories by path, less those that cannot be read."""
    stories: dict[str, Story] = {}
    findings: list[Finding] = []
    for page in bulletin.pages:
        for slot, path in ((slot, path) for slot, paths in page.stories.items() for path in paths):
            if not is_file(root, path):
                findings.append(_missing(root, path, page.places[slot]))
            elif path not in stories:
                story = read_story(root, path)
                findings += story.findings
                if story.value:
                    stories[path] = story.value
    findings += _unplaced(root, bulletin)
    return Checked(stories, tuple(findings))


def _unplaced(root: Path, bulletin: Bulletin) -> Iterator[Finding]:
    """Yield a note for each story beside the plan that stands on no page."""
    folder = f"content/{bulletin.address}"
    named = {path for page in bulletin.pages for path in page.paths}
    for name in files_in(root / folder, ".md"):
        if f"{folder}/{name}" not in named and not is_notice(name):
            yield note(
                "story-unplaced",
                Place(f"{folder}/{name}"),
                msg("This story stands on no page."),
                msg("Name it under stories: of a page in bulletin.yaml, or move it away."),
            )


def _missing(root: Path, path: str, place: Place) -> Finding:
    """Return the finding for a story that the plan names and nobody wrote."""
    folder, _, name = path.rpartition("/")
    if not name:
        why = msg("No story is named here.")
        return error(
            "story-missing", place, why, msg("Write the name of its file, or take the line out.")
        )
    there = files_in(root / folder, ".md")
    return error(
        "story-missing",
        place,
        msg("There is no story {name} in the bulletin's folder.", name=name),
        nearest(name, list(there)),
    )


def read_campaigns(root: Path) -> tuple[Campaign, ...]:
    """Return every campaign of the site whose file can be read."""
    data = root / "data"
    keys = [key for key in folders_in(data) if is_file(data / key, "campaign.yaml")]
    known = (read_campaign(root, key).value for key in keys)
    return tuple(campaign for campaign in known if campaign)
