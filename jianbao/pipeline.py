"""The whole story on one page.

    read_office ──▶ for each bulletin: draft ──▶ make ──▶ deliver ──▶ the list of all

1. `read_office`, `read_reported`, `read_bulletins`: what is written where.
2. `draft`: stories, the book of figures as of the bulletin, every quote
   written, and everything proofreading has to say. All faults of a bulletin are
   found in one go, so that a clerk mends them in one go.
3. `make`: pages to HTML, HTML to PDF. Only a draft without errors gets here,
   since a page with gaps cannot be fitted.
4. `deliver`: a bulletin's folder changes all at once. One with an error keeps
   its old output, and the others are built all the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from pathlib import Path

from jianbao.delivery.output import deliver_file, deliver_folder
from jianbao.delivery.shared import shared_files
from jianbao.diagnostics import Checked, Finding, Severity, regraded, stops
from jianbao.figures.book import Book, open_book
from jianbao.figures.counting import with_counts
from jianbao.model import Bulletin, Waiver
from jianbao.pages.charts.blocks import ask as ask_charts
from jianbao.pages.charts.blocks import set_all
from jianbao.pages.editions import (
    Download,
    print_html,
    quoted_datasets,
    title_of,
    web_html,
    write_quotes,
)
from jianbao.pages.provenance import as_json, origins
from jianbao.pages.views import Material
from jianbao.press.jobs import Job, Pressed, Resource
from jianbao.press.troubles import findings_of
from jianbao.proofreading import (
    check_book,
    check_bulletin,
    check_ledgers,
    check_plan,
    check_quotes,
    check_story,
)
from jianbao.proofreading.matching.catalogue import open_catalogue
from jianbao.proofreading.plans import Fill, fills, pages_fit
from jianbao.proofreading.profiles import masthead_of
from jianbao.proofreading.waivers import waived
from jianbao.reading.looks import read_pictures
from jianbao.reading.sites import (
    Office,
    Reported,
    addresses,
    chosen,
    read_bulletins,
    read_office,
    read_reported,
    read_stories,
)
from jianbao.settings import Settings
from jianbao.site import record

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


def build(settings: Settings, tell: Tell = untold) -> Outcome:
    """Check and make the chosen bulletins and deliver those without errors."""
    return _run(settings, tell, delivering=True)


def check(settings: Settings, tell: Tell = untold) -> Outcome:
    """Check the chosen bulletins, layout included unless `fast`, and deliver nothing."""
    return _run(settings, tell, delivering=False)


def _run(settings: Settings, tell: Tell, delivering: bool) -> Outcome:
    office = read_office(settings.root, settings.templates)
    language = settings.language or (office.value.site.language if office.value else "zh")
    every = addresses(settings.root)
    wanted = chosen(every, settings.targets)
    findings = (*office.findings, *wanted.findings)
    if office.value is None or stops(findings):
        return Outcome(findings, kept=wanted.value if delivering else (), language=language)
    run = Run(settings, office.value, tell, delivering, every)
    results: dict[str, Result] = {}
    for campaign, group in groupby(wanted.value, key=lambda address: address.split("/")[0]):
        results |= _run_campaign(run, campaign, tuple(group))
    findings = tuple(dict.fromkeys(chain(findings, *(r.findings for r in results.values()))))
    paths = tuple(path for result in results.values() for path in result.paths)
    if paths:
        shared = shared_files(run.office, settings.root, settings.output)
        findings = (*findings, *shared.findings)
        paths += tuple(deliver_file(settings.output, *file) for file in shared.value.items())
    made = tuple(address for address, result in results.items() if result.paths)
    kept = tuple(address for address in results if delivering and address not in made)
    full = tuple(fill for result in results.values() for fill in result.fills)
    return Outcome(findings, paths, made, kept, language, full)


def _run_campaign(run: Run, key: str, group: Sequence[str]) -> dict[str, Result]:
    """Run the bulletins of one campaign; what is wrong with its data keeps all of them back."""
    read = read_reported(run.settings.root, key)
    plans = read_bulletins(run.settings.root, chosen(run.known, [key]).value)
    known = [plan.value for plan in plans.values() if plan.value]
    reported = with_counts(read.value, [plan.as_of for plan in known]) if read.value else None
    faults = (*read.findings, *(check_ledgers(reported) if reported else ()))
    results = {}
    for address in group:
        plan = plans[address]
        findings = [*faults, *plan.findings]
        if plan.value is None or reported is None:
            results[address] = Result(run.settled(findings))
            continue
        run.tell(address, "check")
        findings += check_bulletin(plan.value, known)
        results[address] = _run_bulletin(run, reported, plan.value, findings)
        made = "done" if results[address].paths else "kept"
        run.tell(address, made if run.delivering else "checked")
    return results


def _run_bulletin(
    run: Run, reported: Reported, bulletin: Bulletin, found: Sequence[Finding]
) -> Result:
    draft = make_draft(run, reported, bulletin)
    waivers = bulletin.waivers
    findings = (*found, *without_echoes(draft.findings, found))
    if draft.value is None:
        return Result(run.settled(findings, waivers))
    full = fills(bulletin, draft.value.material.stories, run.office.layouts)
    if stops(run.settled(findings, waivers)) or run.settings.fast:
        return Result(run.settled(findings, waivers), fills=full)
    made = make_editions(run, draft.value)
    settled = run.settled((*findings, *made.findings), waivers)
    if stops(settled) or not run.delivering:
        return Result(settled, fills=full)
    paths = deliver_folder(run.settings.output, bulletin.address, made.value)
    return Result(settled, paths, full)


def without_echoes(findings: Findings, data: Sequence[Finding]) -> Findings:
    """Return findings less those that only say that a number is not there.

    Where a data file has an error of its own, the numbers it should have given
    are missing everywhere, and one sentence about the cause is enough.
    """
    echoes = ("figure-unreported", "part-missing", "chart-empty") if stops(data) else ()
    return tuple(finding for finding in findings if finding.rule not in echoes)


def make_draft(run: Run, reported: Reported, bulletin: Bulletin) -> Checked[Draft | None]:
    """Return the bulletin with every quote written, and what proofreading has to say."""
    root = run.settings.root
    read = read_stories(root, bulletin)
    stories = read.value
    book = open_book(reported.campaign, reported.observations, bulletin.as_of, run.office.documents)
    written = write_quotes(book.value, stories, bulletin.day.year)
    panels = ask_charts(book.value, stories, bulletin, run.office.layouts)
    pictures = read_pictures(root, stories)
    catalogue = open_catalogue(book.value, bulletin.day.year)
    findings = (
        *read.findings,
        *check_plan(bulletin, reported, stories, run.office),
        *book.findings,
        *written.findings,
        *panels.findings,
        *pictures.findings,
        *check_quotes(stories, written.value),
        *check_book(book.value, quoted_datasets(written.value, panels.value)),
        *chain.from_iterable(check_story(story, catalogue) for story in stories.values()),
    )
    if any(path not in stories for page in bulletin.pages for path in page.paths):
        return Checked(None, findings)
    masthead = masthead_of(run.office.site, reported.campaign)
    material = Material(
        bulletin, reported.campaign, stories, written.value, pictures.value, panels.value,
        masthead=masthead,
    )  # fmt: skip
    return Checked(Draft(material, book.value), findings)


def make_editions(run: Run, draft: Draft) -> Checked[Mapping[str, bytes]]:
    """Return the files of a bulletin's folder by name: the web page, its pictures, the PDFs."""
    material, office = draft.material, run.office
    findings: list[Finding] = []
    files: dict[str, bytes] = {}
    papers = material.bulletin.papers if run.settings.pdf else ()
    names = {
        paper: "bulletin.pdf" if not i else f"bulletin-{paper}.pdf"
        for i, paper in enumerate(papers)
    }
    run.tell(material.bulletin.address, "web")
    material = replace(material, charts=set_all(material.panels, material.writings))
    downloads = [Download(name, f"PDF（{paper}）") for paper, name in names.items()]
    web = web_html(office.site, material, draft.book, office.templates, downloads)
    if isinstance(web, Finding):
        findings.append(web)
    else:
        files["index.html"] = web.encode()
    files["bulletin.json"] = record(
        material.bulletin, material.campaign, title_of(material), tuple(names.values())
    )
    files["figures.json"] = as_json(origins(material, draft.book))
    files |= {name: picture.data for name, picture in material.pictures.items()}
    for paper, name in names.items():
        run.tell(material.bulletin.address, "press")
        html = print_html(office.site, material, draft.book, office.templates, paper)
        if isinstance(html, Finding):
            findings.append(html)
            continue
        pressed = _pressed(html, material)
        findings += findings_of(pressed.troubles, material.stories, material.bulletin.place)
        findings += pages_fit(material.bulletin, pressed.pages, office.layouts)
        files[name] = pressed.pdf
    return Checked(files, tuple(dict.fromkeys(findings)))


def _pressed(html: str, material: Material) -> Pressed:
    from jianbao.press.engine import press

    resources = {
        name: Resource(picture.data, picture.mime) for name, picture in material.pictures.items()
    }
    return press(Job(html, resources))
