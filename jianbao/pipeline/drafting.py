"""A bulletin with its figures written, and everything proofreading has to say of it.

Reported, Bulletin ──stories, book, quotes, charts, pictures──▶ Draft + findings
"""

from collections.abc import Sequence
from itertools import chain

from jianbao.diagnostics import Checked, Finding, stops
from jianbao.figures.book import open_book
from jianbao.model import Bulletin
from jianbao.pages.charts.blocks import ask as ask_charts
from jianbao.pages.charts.blocks import ask_elsewhere
from jianbao.pages.editions import quoted_datasets, write_quotes
from jianbao.pages.views import Material
from jianbao.pipeline.runs import Draft, Findings, Run
from jianbao.proofreading import check_book, check_plan, check_quotes, check_story
from jianbao.proofreading.matching.catalogue import open_catalogue
from jianbao.proofreading.profiles import masthead_of
from jianbao.reading.pictures import read_pictures
from jianbao.reading.seals import read_corrections
from jianbao.reading.sites import Reported, read_stories


def make_draft(run: Run, reported: Reported, bulletin: Bulletin) -> Checked[Draft | None]:
    """Return the bulletin with every quote written, and what proofreading has to say."""
    root = run.settings.root
    read = read_stories(root, bulletin)
    stories = read.value
    book = open_book(reported.campaign, reported.observations, bulletin.as_of, run.office.documents)
    written = write_quotes(book.value, stories, bulletin.day.year)
    asked = (book.value, reported.ledgers, stories, bulletin, run.office.layouts)
    panels, elsewhere = ask_charts(*asked), ask_elsewhere(*asked)
    pictures = read_pictures(root, stories, run.shelf.developed)
    catalogue = open_catalogue(book.value, bulletin.day.year)
    findings = (
        *read.findings,
        *check_plan(bulletin, reported, stories, run.office, run.editions(bulletin)),
        *book.findings,
        *written.findings,
        *panels.findings,
        *elsewhere.findings,
        *pictures.findings,
        *check_quotes(book.value, stories, written.value),
        *check_book(book.value, quoted_datasets(written.value, panels.value)),
        *chain.from_iterable(check_story(story, catalogue) for story in stories.values()),
    )
    if any(path not in stories for page in bulletin.pages for path in page.paths):
        return Checked(None, findings)
    masthead = masthead_of(run.office.site, reported.campaign)
    material = Material(
        bulletin, reported.campaign, stories, written.value, pictures.value, panels.value,
        elsewhere.value, masthead=masthead, corrections=read_corrections(root, bulletin.address),
        look={"masthead": run.office.masthead} if run.office.masthead else {},
    )  # fmt: skip
    return Checked(Draft(material, book.value), findings)


def without_echoes(findings: Findings, data: Sequence[Finding]) -> Findings:
    """Return findings less those that only say that a number is not there.

    Where a data file has an error of its own, the numbers it should have given
    are missing everywhere, and one sentence about the cause is enough.
    """
    echoes = (
        ("figure-unreported", "part-missing", "member-silent", "chart-empty") if stops(data) else ()
    )
    return tuple(finding for finding in findings if finding.rule not in echoes)
