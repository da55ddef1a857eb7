"""Pages that arrange their stories: measured by the press, placed, and tried.

Draft ──stories that go on──▶ where their first frame is full
      ──stories in one column──▶ their lines ──▶ Material with rows, tried until all fits

A text in columns may take a line more than in one, where no single line of a paragraph may stand
alone; so the first paper is tried, and a story that does not fit is given the lines it wants.
"""

from collections.abc import Mapping
from dataclasses import replace

from jianbao.delivery.pressing import measure_job, oversets_job, rooms_job
from jianbao.diagnostics import Checked, Finding, msg, warning
from jianbao.pages.editions import measure_html, print_html
from jianbao.pages.modular.stories import roomier
from jianbao.pages.views import Material
from jianbao.pipeline.runs import Draft, Run
from jianbao.press.jobs import Job, Resource, Trouble

TRIALS = 3


def arrange_pages(run: Run, draft: Draft) -> Checked[Material]:
    """Return the bulletin's material, its stories turned and their rows counted."""
    turned = turn_stories(run, draft)
    draft = replace(draft, material=turned.value)
    material, office = draft.material, run.office
    used = {page.layout for page in material.bulletin.pages}
    measures = {
        name: layout.measures
        for name, layout in office.layouts.items()
        if name in used and layout.measures
    }
    if not measures:
        return turned
    html = measure_html(office.site, material, draft.book, office.templates, measures)
    if isinstance(html, Finding):
        return Checked(material, (html,))
    rows: Mapping[str, int] = run.press.ask(measure_job, job_of(html, material), otherwise={})
    material = replace(material, rows=rows)
    for _ in range(TRIALS):
        paper = material.bulletin.papers[0]
        page = print_html(office.site, material, draft.book, office.templates, paper)
        if isinstance(page, Finding):
            return Checked(material, (page,))
        rows = material.rows
        over: tuple[Trouble, ...] = run.press.ask(
            oversets_job, job_of(page, material), otherwise=()
        )
        for trouble in over:
            if trouble.what.endswith("正文"):
                rows = roomier(rows, trouble.where.rpartition(":")[0], trouble.lines)
        if rows == material.rows:
            break
        material = replace(material, rows=rows)
    return Checked(material, turned.findings)


def turn_stories(run: Run, draft: Draft) -> Checked[Material]:
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
    }
    if not places:
        return Checked(material)
    lines = _over(run, draft, frozenset(places))
    spared = dict.fromkeys(lines, 1)
    for _ in range(TRIALS):
        turns = {path: sum(fit[: -spared[path]]) for path, fit in lines.items()}
        material = replace(material, turns=turns)
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
    material, office = draft.material, run.office
    paper = material.bulletin.papers[0]
    html = print_html(office.site, material, draft.book, office.templates, paper)
    if isinstance(html, Finding):  # said when it is to be pressed
        return {}
    return run.press.ask(rooms_job, job_of(html, material), paths, otherwise={})


def job_of(html: str, material: Material) -> Job:
    """Return what the press is given: a document and the bulletin's pictures."""
    pictures = {**material.pictures, **material.look}
    return Job(
        html, {name: Resource(picture.data, picture.mime) for name, picture in pictures.items()}
    )
