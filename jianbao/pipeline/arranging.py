"""Pages that arrange their stories: measured by the press, placed, and tried.

Draft ──stories in one column──▶ their lines ──▶ Material with rows, pressed until all fits

A text in columns may take a line more than in one, where no single line of a paragraph may stand
alone; so the first paper is tried, and a story that does not fit is given the lines it wants.
"""

from dataclasses import replace

from jianbao.delivery.pressing import answered, measure_job, oversets_job
from jianbao.diagnostics import Checked, Finding
from jianbao.pages.editions import measure_html, print_html
from jianbao.pages.modular.stories import roomier
from jianbao.pages.views import Material
from jianbao.pipeline.runs import Draft, Run
from jianbao.press.jobs import Job, Resource

TRIALS = 3


def arrange_pages(run: Run, draft: Draft) -> Checked[Material]:
    """Return the bulletin's material with the rows of every story that is to be arranged."""
    material, office = draft.material, run.office
    used = {page.layout for page in material.bulletin.pages}
    measures = {
        name: layout.measures
        for name, layout in office.layouts.items()
        if name in used and layout.measures
    }
    if not measures:
        return Checked(material)
    html = measure_html(office.site, material, draft.book, office.templates, measures)
    if isinstance(html, Finding):
        return Checked(material, (html,))
    material = replace(
        material, rows=answered(run.press.submit(measure_job, job_of(html, material)), {})
    )
    for _ in range(TRIALS):
        paper = material.bulletin.papers[0]
        page = print_html(office.site, material, draft.book, office.templates, paper)
        if isinstance(page, Finding):
            return Checked(material, (page,))
        rows = material.rows
        for trouble in answered(run.press.submit(oversets_job, job_of(page, material)), ()):
            rows = roomier(rows, trouble.where.rpartition(":")[0], trouble.lines)
        if rows == material.rows:
            break
        material = replace(material, rows=rows)
    return Checked(material)


def job_of(html: str, material: Material) -> Job:
    """Return what the press is given: a document and the bulletin's pictures."""
    return Job(
        html,
        {name: Resource(picture.data, picture.mime) for name, picture in material.pictures.items()},
    )
