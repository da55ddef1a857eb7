"""The proof: pressed after the pages, for it numbers their lines and says what was found.

Draft, Editions, Pressed, findings ──make_proof──▶ proof.pdf
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from jianbao.diagnostics import Checked, Finding
from jianbao.model.editions import Edition
from jianbao.pages.proofs import Marks, NumberedLine, Said, proof_html
from jianbao.pipeline.runs import Draft, Editions, Findings, Run
from jianbao.pipeline.wishing import facts_of, is_wanted, name_on
from jianbao.press.jobs import Job, Line, Pressed
from jianbao.press.troubles import findings_of
from jianbao.press.wishes import ForReviewers

PROOF = "proof.pdf"


def make_proof(
    run: Run,
    draft: Draft,
    editions: Editions,
    papers: Mapping[str, Pressed],
    findings: Findings,
) -> Checked[Mapping[str, bytes]]:
    """Return the reviewers' proofs of a draft by name, or what kept them from being made."""
    files: dict[str, bytes] = {}
    for paper in editions.bulletin.papers:
        if not is_wanted(paper, run.office.site, Edition.PROOF):
            continue
        job = _job(run, draft, (paper, papers[paper]), findings)
        if isinstance(job, Finding):
            return Checked({}, (job,))
        made = run.press.take(run.press.submit(job)).pressed
        if not made.files:
            troubles = findings_of(made.troubles, editions.stories, editions.bulletin.place)
            return Checked({}, tuple(troubles))
        files |= made.files
    return Checked(files)


def _job(
    run: Run, draft: Draft, on: tuple[str, Pressed], findings: Iterable[Finding]
) -> Job | Finding:
    """Return what is to be pressed for the proof of the pages on a paper, or why it cannot be."""
    site, (paper, pages) = run.office.site, on
    said = [Said(item.severity.value, run.say(item)) for item in findings]
    marks = Marks(paper, numbered(pages), said)
    html = proof_html(site, draft.material, draft.book, run.office.templates, marks)
    if isinstance(html, Finding):
        return html
    wish = ForReviewers(facts_of(draft.material), pages.pdf, site.proofing.paper)
    return Job(html, {}, {name_on(paper, draft.material.bulletin, Edition.PROOF): wish})


def numbered(pages: Pressed) -> Sequence[Sequence[NumberedLine]]:
    """Return the lines of running text of each page, numbered from 1 in reading order."""
    by_page = {
        page: list(lines) for page, lines in groupby(pages.lines, key=lambda line: line.page)
    }
    return [
        [_line(number, line) for number, line in enumerate(by_page.get(page, ()), start=1)]
        for page in range(pages.pages)
    ]


def _line(number: int, line: Line) -> NumberedLine:
    return NumberedLine(number, line.left, round(line.foot - line.height, 2), line.height)
