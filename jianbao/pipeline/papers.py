"""What reviewers read and sign on paper: what `proof` asks of the pipeline.

Settings, target ──papers──▶ proof.pdf, 审签单 and 保密审查单
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jianbao.diagnostics import Checked, Finding, Severity, stops
from jianbao.model.editions import Edition
from jianbao.newsroom.reviewing.changes import compared
from jianbao.newsroom.reviewing.papers import Counts, Slip, review_slip, secrecy_slip, slip_html
from jianbao.pipeline import build
from jianbao.pipeline.proofing import PROOF
from jianbao.pipeline.recalling import once
from jianbao.pipeline.reviewing import Case, base_of, open_case
from jianbao.pipeline.runs import Speak, Tell
from jianbao.pipeline.signing import printed_at
from jianbao.press.jobs import Job
from jianbao.press.tasks import press_job
from jianbao.press.troubles import findings_of
from jianbao.reading.files import bytes_of
from jianbao.reading.reviews import read_review
from jianbao.settings import Settings

REVIEW_SLIP, SECRECY_SLIP = "review-slip.pdf", "secrecy-slip.pdf"


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a bulletin's review: PDFs by name."""

    address: str
    files: Mapping[str, bytes]


def papers(settings: Settings, target: str, tell: Tell, say: Speak) -> Checked[Papers | None]:
    """Make the bulletin with its proof, and return the papers to sign for just that content.

    With errors there is no proof, and so there is nothing to sign either.
    """
    case = open_case(settings, target)
    if case.value is None:
        return Checked(None, case.findings)
    found = case.value
    editions = (*settings.editions, Edition.PROOF.value)
    made = build(replace(settings, targets=(found.address,), editions=editions), tell, say)
    if stops(made.findings):
        return Checked(None, made.findings)
    review = read_review(settings.root, found.address)
    material, now = found.draft.material, printed_at(found)
    counts = _counts(found, made.findings)
    slips = {
        REVIEW_SLIP: review_slip(material, found.office.site.process, review.value, now, counts),
        SECRECY_SLIP: secrecy_slip(material, now),
    }
    files = {PROOF: bytes_of(settings.output / found.address, PROOF) or b""}
    findings = [*made.findings, *review.findings]
    for name, slip in slips.items():
        pressed = _pressed(found, slip)
        findings += pressed.findings
        files[name] = pressed.value
    return Checked(Papers(found.address, files), once(findings))


def _pressed(case: Case, slip: Slip) -> Checked[bytes]:
    html = slip_html(slip, case.office.templates)
    if isinstance(html, Finding):
        return Checked(b"", (html,))
    done = press_job(Job(html, {}))
    stories = case.draft.material.stories
    return Checked(done.pdf, tuple(findings_of(done.troubles, stories, case.bulletin.place)))


def _counts(case: Case, findings: Sequence[Finding]) -> Counts:
    """Return what the reviewers are told of figures and findings."""
    base = base_of(case, "")
    odd = figures = 0
    if not isinstance(base, Finding):
        changes = compared(case.draft.material, case.draft.book, base, findings)
        figures, odd = len(changes.rows), len(changes.odd)
    severities = [finding.severity for finding in findings]
    return Counts(
        figures, odd, severities.count(Severity.ERROR), severities.count(Severity.WARNING)
    )
