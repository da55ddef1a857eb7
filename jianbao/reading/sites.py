"""Find and read everything of a site that more than one bulletin needs."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from jianbao.diagnostics import Checked, Finding, Place, error, msg, note
from jianbao.model import Bulletin, Campaign, Document, Observation, Person, Site, Story
from jianbao.model.sealed import is_notice
from jianbao.reading.files import files_in, folders_in, is_file
from jianbao.reading.ledgers import LedgerTable, read_ledgers
from jianbao.reading.looks import Template, read_templates
from jianbao.reading.pictures import Picture, read_masthead
from jianbao.reading.profiles import read_profile
from jianbao.reading.shaping import nearest
from jianbao.reading.slots import Layout, read_layouts
from jianbao.reading.stories import read_story

Value = TypeVar("Value")
Other = TypeVar("Other")


class Memory(Protocol):
    """What was read or made before; what has changed since is read and made anew."""

    def take(
        self, name: str, kind: type[Value], read: Callable[[], Checked[Value | None]]
    ) -> Checked[Value | None]:
        """Return what `read` gives, perhaps without reading."""

    def made(
        self, kind: type[Value], make: Callable[[], Value | Other], *made_of: object
    ) -> Value | Other:
        """Return what `make` gives of these plain values; what is of another kind is not kept."""


class Forgetful:
    """A memory that keeps nothing."""

    def take(
        self,
        _name: str,
        _kind: type[Value],
        read: Callable[[], Checked[Value | None]],
    ) -> Checked[Value | None]:
        """Return what `read` gives."""
        return read()

    def made(
        self, _kind: type[Value], make: Callable[[], Value | Other], *_made_of: object
    ) -> Value | Other:
        """Return what `make` gives."""
        return make()


@dataclass(frozen=True, slots=True)
class Registers:
    """The lists that the office keeps."""

    documents: Mapping[str, Document] = field(default_factory=dict)
    people: tuple[Person, ...] = ()


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


def read_office(
    root: Path,
    shipped: Path,
    memory: Memory = Forgetful(),  # noqa: B008  (it has no state)
) -> Checked[Office | None]:
    """Return what all bulletins share, or None where the site itself cannot be read."""
    site = memory.take("site", Site, partial(_read_site, root))
    registers = memory.take("registers", Registers, partial(_read_registers, root))
    templates = read_templates(root, shipped)
    layouts = _layouts(templates.value, memory)
    findings = (
        *site.findings,
        *registers.findings,
        *templates.findings,
        *layouts.findings,
    )
    if site.value is None:
        return Checked(None, findings)
    profile = read_profile(root, site.value.printing)
    masthead = read_masthead(root, site.value.look)
    known = registers.value or Registers()
    office = Office(
        replace(site.value, people=known.people),
        known.documents,
        templates.value,
        layouts.value,
        profile.value or b"",
        masthead.value,
    )
    return Checked(office, (*findings, *profile.findings, *masthead.findings))


def _read_site(root: Path) -> Checked[Site | None]:
    from jianbao.reading.office import read_site

    return read_site(root)


def _read_registers(root: Path) -> Checked[Registers | None]:
    from jianbao.reading.office import read_documents, read_people

    documents, people = read_documents(root), read_people(root)
    findings = (*documents.findings, *people.findings)
    return Checked(Registers(documents.value, people.value), findings)


def _layouts(templates: Mapping[str, Template], memory: Memory) -> Checked[Mapping[str, Layout]]:
    """Return every layout by name, which follows from the texts that declare them alone."""
    texts = {name: one.text for name, one in templates.items() if name.startswith("layouts/")}

    def make() -> dict[str, Layout] | Checked[Mapping[str, Layout]]:
        read = read_layouts(templates)
        return read if read.findings else dict(read.value)

    made = memory.made(dict, make, "layouts", texts)
    if isinstance(made, Checked):
        return made
    sound = all(isinstance(layout, Layout) for layout in made.values())
    return Checked(made) if sound else read_layouts(templates)


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


def read_reported(
    root: Path,
    key: str,
    memory: Memory = Forgetful(),  # noqa: B008  (it has no state)
) -> Checked[Reported | None]:
    """Return a campaign with everything its units reported."""
    read = memory.take(f"reports of {key}", Reported, partial(_read_reports, root, key))
    if read.value is None:
        return read
    ledgers = read_ledgers(root, read.value.campaign)
    reported = replace(read.value, ledgers=ledgers.value)
    return Checked(reported, (*read.findings, *ledgers.findings, *_typed_and_counted(reported)))


def _read_reports(root: Path, key: str) -> Checked[Reported | None]:
    """Return a campaign with what its units reported, without its ledgers, which may be long."""
    from jianbao.reading.campaigns import read_campaign
    from jianbao.reading.loose import loose_datasets
    from jianbao.reading.reports import read_reports

    campaign = read_campaign(root, key)
    if campaign.value is None or campaign.findings:
        return Checked(None, campaign.findings)
    reports = read_reports(root, campaign.value)
    loose = loose_datasets(reports.value.loose)
    known = replace(campaign.value, datasets={**campaign.value.datasets, **loose.value})
    return Checked(
        Reported(known, reports.value.observations), (*reports.findings, *loose.findings)
    )


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
    from jianbao.reading.office import read_bulletin

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
    from jianbao.reading.campaigns import read_campaign

    data = root / "data"
    keys = [key for key in folders_in(data) if is_file(data / key, "campaign.yaml")]
    known = (read_campaign(root, key).value for key in keys)
    return tuple(campaign for campaign in known if campaign)
