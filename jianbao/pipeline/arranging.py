"""Pages that arrange their stories: measured by the press, placed, and tried.

Draft ──stories that go on──▶ where their first frame is full
      ──stories in one column──▶ their lines ──▶ Material with rows, tried until all fits

A text in columns may take a line more than in one, where no single line of a paragraph may stand
alone; so the first paper is tried, and a story that does not fit is given the lines it wants.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import chain

from jianbao.diagnostics import Checked, Finding, msg, warning
from jianbao.model import PagePlan
from jianbao.pages.editions import measure_html, print_html
from jianbao.pages.modular.shapes import WIDTHS
from jianbao.pages.viewing import view
from jianbao.pages.views import Material
from jianbao.pipeline.runs import Draft, Run
from jianbao.press.jobs import Job, Resource, Trouble
from jianbao.press.tasks import measure_job, oversets_job, rooms_job

TRIALS = 3


def arrange_pages(run: Run, draft: Draft) -> Checked[Material]:
    """Return the bulletin's material, its stories turned and their rows counted.

    A story that runs on is turned where its first frame is full. One that begins on a page that
    is arranged has no frame yet: it is given what the other stories leave it, and turned then.
    """
    arranged = _begun_where_arranged(run, draft)
    turned = turn_stories(run, draft, lambda path: path not in arranged)
    findings = list(turned.findings)
    draft = replace(draft, material=turned.value)
    if arranged:
        given = _given_room(run, draft, arranged)
        findings += given.findings
        draft = replace(draft, material=given.value)
        turned = turn_stories(run, draft, lambda path: path in arranged)
        findings += turned.findings
        draft = replace(draft, material=turned.value)
    measured = _measured(run, draft)
    findings += measured.findings
    if measured.findings or not measured.value.rows:
        return Checked(measured.value, tuple(findings))
    placed = _roomy(run, replace(draft, material=measured.value))
    return Checked(placed.value, (*findings, *placed.findings))


def _roomy(run: Run, draft: Draft) -> Checked[Material]:
    """Return the material with more rows for the stories that take more in columns than counted."""
    from jianbao.pages.modular.stories import roomier

    material, layouts = draft.material, run.office.layouts
    arranged = frozenset(name for name, layout in layouts.items() if layout.measures)
    wanted = _pages(material, lambda page: page.layout in arranged)
    for _ in range(TRIALS):
        job = _some_pages(run, replace(draft, material=material), wanted)
        if isinstance(job, Finding):
            return Checked(material, (job,))
        rows = material.rows
        over: tuple[Trouble, ...] = run.press.ask(oversets_job, job, otherwise=())
        for trouble in over:
            if trouble.what.endswith("正文"):
                rows = roomier(rows, trouble.where.rpartition(":")[0], trouble.lines)
        if rows == material.rows:
            break
        material = replace(material, rows=rows)
    return Checked(material)


def _pages(material: Material, wanted: Callable[[PagePlan], bool]) -> tuple[int, ...]:
    """Return the places, from 0, of the pages on the first paper that are wanted."""
    bulletin = material.bulletin
    plans = bulletin.pages_on(bulletin.papers[0])
    return tuple(place for place, plan in enumerate(plans) if wanted(plan))


def _some_pages(run: Run, draft: Draft, places: tuple[int, ...]) -> Job | Finding:
    """Return these pages of the first paper, which the others have no part in."""
    material, office = draft.material, run.office
    paper = material.bulletin.papers[0]
    html = print_html(office.site, material, draft.book, office.templates, paper, places)
    return html if isinstance(html, Finding) else job_of(html, material)


def _given_room(run: Run, draft: Draft, arranged: frozenset[str]) -> Checked[Material]:
    """Return the material with as many rows for each of these stories as its page has room for."""
    from jianbao.pages.modular.stories import with_room

    measured = _measured(run, draft)
    material = measured.value
    for page in view(material, web=False).pages:
        stories = tuple(chain.from_iterable(page.stories.values()))
        for story in stories:
            path = story.place.rpartition(":")[0]
            if path in arranged:
                rows = with_room(stories, material.rows, path)
                material = replace(material, rows=rows)
    return Checked(material, measured.findings)


def _begun_where_arranged(run: Run, draft: Draft) -> frozenset[str]:
    """Return the stories that run on and begin on a page that finds each story's place itself."""
    pages = draft.material.bulletin.pages
    going_on = {path for page in pages for paths in page.continued.values() for path in paths}
    layouts = run.office.layouts
    begun = {
        path
        for page in pages
        if page.layout in layouts and set(WIDTHS) <= set(layouts[page.layout].measures)
        for path in page.paths
    }
    return frozenset(going_on & begun)


def _measured(run: Run, draft: Draft) -> Checked[Material]:
    """Return the material with the rows that its stories take in the widths of their layouts."""
    material, office = draft.material, run.office
    used = {page.layout for page in material.bulletin.pages}
    measures = {
        name: layout.measures
        for name, layout in office.layouts.items()
        if name in used and layout.measures
    }
    if not measures:
        return Checked(replace(material, rows={}))
    html = measure_html(office.site, material, draft.book, office.templates, measures)
    if isinstance(html, Finding):
        return Checked(material, (html,))
    rows: Mapping[str, int] = run.press.ask(measure_job, job_of(html, material), otherwise={})
    return Checked(replace(material, rows=rows))


def turn_stories(run: Run, draft: Draft, wanted: Callable[[str], bool]) -> Checked[Material]:
    """Return the material with the place where each story that goes on elsewhere is divided.

    The last line of its first frame is for the words that say where it goes on; a text that is
    divided may take a line more than it did whole, and then is divided a line earlier.
    """
    material, pages = draft.material, draft.material.bulletin.pages
    places = {
        path: page.places[slot]
        for page in pages
        for slot, paths in page.continued.items()
        for path in paths
        if wanted(path)
    }
    if not places:
        return Checked(material)
    lines = _over(run, draft, frozenset(places))
    spared = dict.fromkeys(lines, 1)
    for _ in range(TRIALS):
        turns = {path: sum(fit[: -spared[path]]) for path, fit in lines.items()}
        material = replace(material, turns={**draft.material.turns, **turns})
        over = _over(run, replace(draft, material=material), frozenset(lines))
        if not over:
            break
        spared = {path: count + (path in over) for path, count in spared.items()}
    findings = tuple(
        warning(
            "turn-idle",
            place,
            msg("{name} ends on its first page.", name=path.rpartition("/")[2]),
            msg("Take it out of continued:, or write more."),
        )
        for path, place in places.items()
        if path not in lines
    )
    return Checked(material, findings)


def _over(run: Run, draft: Draft, paths: frozenset[str]) -> Mapping[str, tuple[int, ...]]:
    """Return the lengths of the lines that fit of each story too long for its first frame."""
    wanted = _pages(draft.material, lambda page: not paths.isdisjoint(page.paths))
    job = _some_pages(run, draft, wanted)
    if isinstance(job, Finding):  # said when it is to be pressed
        return {}
    return run.press.ask(rooms_job, job, paths, otherwise={})


def job_of(html: str, material: Material) -> Job:
    """Return what the press is given: a document and the bulletin's pictures."""
    pictures = {**material.pictures, **material.look}
    return Job(
        html, {name: Resource(picture.data, picture.mime) for name, picture in pictures.items()}
    )
