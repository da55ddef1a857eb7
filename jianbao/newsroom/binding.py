"""Bind by reading: propose a figure for each number that was typed into a story.

    story, the bulletin's figures ──read_binding──▶ Binding ──bound──▶ bytes

Which figure a number means is decided in `proofreading.matching`, the same way
for `bind` and for `check`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jianbao.diagnostics import Checked, Finding, Place, Severity, error, msg
from jianbao.figures.book import open_book
from jianbao.figures.counting import with_counts
from jianbao.newsroom.rewriting import Edit, Original, changed, original, relined
from jianbao.proofreading.matching.catalogue import Catalogue, open_catalogue
from jianbao.proofreading.matching.deciding import Match, Verdict, match_lines
from jianbao.proofreading.matching.passages import is_broken, joined
from jianbao.proofreading.matching.writing import Proposal
from jianbao.proofreading.moments import as_ofs_agree
from jianbao.reading.files import LARGEST_TEXT, not_text, read_bytes
from jianbao.reading.office import read_bulletin, read_documents
from jianbao.reading.sites import read_reported


@dataclass(frozen=True, slots=True)
class Binding:
    """A story, and what its numbers may mean.

    Attributes:
        path: Relative to the site.
        before: The file as it lies on the disk.
        whole: The text that `matches` are of; its lines are joined where that was wanted.
    """

    path: str
    before: bytes
    whole: Original
    catalogue: Catalogue
    matches: tuple[Match, ...]

    @property
    def is_broken(self) -> bool:
        """Whether its lines are broken as on a newspaper page."""
        return is_broken(self.whole.lines)

    def of(self, verdict: Verdict) -> tuple[Match, ...]:
        """Return the numbers with a verdict; those that are no statistics are left out."""
        return tuple(
            match
            for match in self.matches
            if match.verdict is verdict and (match.proposals or match.number.unit)
        )


def read_binding(root: Path, path: str) -> Checked[Binding | None]:
    """Return the story at `root`/`path` with its numbers matched, or None with findings."""
    parts = path.split("/")
    if len(parts) != 4 or parts[0] != "content":
        where = msg("A story lies in content/, in the folder of its bulletin.")
        return Checked(None, (error("story-place", Place(path), where),))
    data = read_bytes(root, path, LARGEST_TEXT)
    if data.value is None:
        return Checked(None, data.findings)
    whole = original(data.value)
    if whole is None:
        return Checked(None, (not_text(path),))
    catalogue = _read_catalogue(root, *parts[1:3])
    if catalogue.value is None:
        return Checked(None, catalogue.findings)
    binding = _matched(path, data.value, whole, catalogue.value)
    return Checked(binding, catalogue.findings)


def _read_catalogue(root: Path, campaign: str, key: str) -> Checked[Catalogue | None]:
    """Return the figures a bulletin may print, and the faults of what they are made of."""
    reported = read_reported(root, campaign)
    bulletin = read_bulletin(root, campaign, key)
    documents = read_documents(root)
    findings = (*reported.findings, *bulletin.findings, *documents.findings)
    if reported.value is None or bulletin.value is None:
        return Checked(None, _errors(findings))
    counted = with_counts(reported.value, [bulletin.value.as_of])
    book = open_book(
        counted.campaign,
        counted.observations,
        bulletin.value.as_of,
        documents.value,
    )
    catalogue = open_catalogue(book.value, bulletin.value.day.year)
    return Checked(catalogue, _errors((*findings, *book.findings)))


def _errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def _matched(path: str, before: bytes, whole: Original, catalogue: Catalogue) -> Binding:
    return Binding(path, before, whole, catalogue, match_lines(path, whole.read_lines, catalogue))


def with_joined_lines(binding: Binding) -> Binding:
    """Return the same story with the lines of each paragraph joined, and matched anew."""
    whole = original(relined(binding.whole, joined(binding.whole.lines)))
    assert whole is not None
    return _matched(binding.path, binding.before, whole, binding.catalogue)


def remarks(binding: Binding) -> Iterator[Finding]:
    """Yield what is to be said of the story's as-ofs typed by hand."""
    lines = [
        Place(binding.path, number, 0, 0, text)
        for number, text in enumerate(binding.whole.read_lines, 1)
    ]
    yield from as_ofs_agree(lines, binding.matches, binding.catalogue)


def bound(binding: Binding, chosen: Iterable[Proposal]) -> bytes:
    """Return the story's bytes with the chosen figures in their places."""
    return changed(
        binding.whole,
        (Edit(one.line, one.column, one.end_column, one.braces) for one in chosen),
    )
