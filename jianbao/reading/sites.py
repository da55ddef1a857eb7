"""Find and read everything of a site that more than one bulletin needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jianbao.diagnostics import Checked, Finding, Place, error, msg
from jianbao.model import Bulletin, Campaign, Document, Observation, Site, Story
from jianbao.reading.campaigns import read_campaign
from jianbao.reading.looks import Template, read_templates
from jianbao.reading.office import read_bulletin, read_documents, read_site
from jianbao.reading.reports import read_reports
from jianbao.reading.shapes import nearest
from jianbao.reading.stories import read_story


@dataclass(frozen=True, slots=True)
class Office:
    """What all bulletins share; `findings` here stop every one of them."""

    site: Site
    documents: Mapping[str, Document]
    templates: Mapping[str, Template]


@dataclass(frozen=True, slots=True)
class Reported:
    """A campaign and all its units ever reported; its findings stop the campaign's bulletins."""

    campaign: Campaign
    observations: tuple[Observation, ...]


def read_office(root: Path, shipped: Path) -> Checked[Office | None]:
    """Return what all bulletins share, or None where the site itself cannot be read."""
    site = read_site(root)
    documents = read_documents(root)
    templates = read_templates(root, shipped)
    findings = (*site.findings, *documents.findings, *templates.findings)
    if site.value is None:
        return Checked(None, findings)
    return Checked(Office(site.value, documents.value, templates.value), findings)


def addresses(root: Path) -> tuple[str, ...]:
    """Return every campaign/bulletin there is a folder for, in order of name."""
    content = root / "content"
    folders = (folder for folder in content.glob("*/*") if folder.is_dir())
    return tuple(
        sorted(
            folder.relative_to(content).as_posix()
            for folder in folders
            if not folder.name.startswith(".")
        )
    )


def chosen(known: Sequence[str], targets: Sequence[str]) -> Checked[tuple[str, ...]]:
    """Return the addresses the targets name: campaigns, or campaign/bulletin; all for none."""
    if not targets:
        return Checked(tuple(known))
    campaigns = {address.split("/")[0] for address in known}
    findings: list[Finding] = []
    wanted: set[str] = set()
    for target in targets:
        clean = target.strip("/")
        found = {a for a in known if a == clean or a.split("/")[0] == clean}
        if not found:
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
    return Checked(Reported(campaign.value, reports.value), reports.findings)


def read_bulletins(root: Path, addresses: Sequence[str]) -> Mapping[str, Checked[Bulletin | None]]:
    """Return the plan of each bulletin, with what is wrong with it."""
    return {address: read_bulletin(root, *address.split("/")) for address in addresses}


def read_stories(root: Path, bulletin: Bulletin) -> Checked[Mapping[str, Story]]:
    """Return the bulletin's stories by path, less those that cannot be read."""
    stories: dict[str, Story] = {}
    findings: list[Finding] = []
    for page in bulletin.pages:
        for slot, path in page.stories.items():
            if not (root / path).is_file():
                findings.append(_missing(root, path, page.places[slot]))
            elif path not in stories:
                story = read_story(root, path)
                findings += story.findings
                if story.value:
                    stories[path] = story.value
    return Checked(stories, tuple(findings))


def _missing(root: Path, path: str, place: Place) -> Finding:
    """Return the finding for a story that the plan names and nobody wrote."""
    folder, _, name = path.rpartition("/")
    there = sorted(file.name for file in (root / folder).glob("*.md"))
    return error(
        "story-missing",
        place,
        msg("There is no story {name} in the bulletin's folder.", name=name),
        nearest(name, there),
    )
