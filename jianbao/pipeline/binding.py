"""The pressed papers of a bulletin join its other files, and what the press met is told once.

Editions, Pressed by paper ──bind──▶ files by name, findings
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from jianbao.diagnostics import Checked, Finding, Place, Severity, msg
from jianbao.pipeline.runs import Editions
from jianbao.press.jobs import Pressed
from jianbao.press.troubles import findings_of
from jianbao.proofreading.plans import pages_fit
from jianbao.reading.slots import Layout


def bind_editions(
    editions: Editions, pressed: Mapping[str, Pressed], layouts: Mapping[str, Layout]
) -> Checked[Mapping[str, bytes] | None]:
    """Return the files with the PDFs among them, None where one of these could not be pressed."""
    findings = _on_papers({
        paper: [
            *findings_of(pdf.troubles, editions.stories, editions.bulletin.place),
            *pages_fit(editions.bulletin, paper, pdf.pages, layouts),
        ]
        for paper, pdf in pressed.items()
    })  # fmt: skip
    if not all(paper.pdf for paper in pressed.values()):
        return Checked(None, findings)
    files = chain(editions.files.items(), *(paper.files.items() for paper in pressed.values()))
    return Checked(dict(files), findings)


def _on_papers(found: Mapping[str, Sequence[Finding]]) -> tuple[Finding, ...]:
    """Return what is wrong on any of the papers, once; what is so on some only names them."""
    first: dict[Finding, None] = {}
    on: dict[tuple[str, Place, Severity], dict[str, None]] = {}
    for paper, findings in found.items():
        fresh = [each for each in findings if _kind(each) not in on]
        first |= dict.fromkeys(fresh)
        for each in findings:
            on.setdefault(_kind(each), {})[paper] = None
    return tuple(
        each
        if len(on[_kind(each)]) == len(found)
        else replace(each, message=msg("{papers}: {what}", papers="、".join(on[_kind(each)]),
                                       what=each.message))
        for each in first
    )  # fmt: skip


def _kind(finding: Finding) -> tuple[str, Place, Severity]:
    return finding.rule, finding.place, finding.severity
