"""Read a unit's Word text as a story of ours.

.docx ──read_manuscript──▶ Checked[Manuscript]
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from docx.document import Document
from docx.oxml.ns import qn

from jianbao.diagnostics import Checked, Finding, Place, error, msg, warning
from jianbao.reading.bounds import too_long
from jianbao.reading.files import without_hidden
from jianbao.reading.manuscripts.converting import convert
from jianbao.reading.manuscripts.heads import take_head
from jianbao.reading.manuscripts.numbering import write_numbers
from jianbao.reading.manuscripts.opening import broken, open_document

_LOST = {
    "c:chart": msg("charts"),
    "w:footnoteReference": msg("footnotes"),
    "w:endnoteReference": msg("endnotes"),
    "m:oMath": msg("formulas"),
    "o:OLEObject": msg("embedded objects"),
}
_SPACES = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "o": "urn:schemas-microsoft-com:office:office",
}


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A unit's text as a story.

    Attributes:
        head: Its head by Chinese keys, in the order of the page.
        lines: Its text, a line a paragraph.
        photos: Its pictures as they were in the file, by their path beside the story.
    """

    head: Mapping[str, str]
    lines: tuple[str, ...]
    photos: Mapping[str, bytes]

    @property
    def text(self) -> str:
        """The story as it is written to the disk."""
        head = [f"{key}：{value}" for key, value in self.head.items()]
        return "\n".join([*head, "---", *self.lines, ""])


def read_manuscript(path: str, stem: str, data: bytes) -> Checked[Manuscript | None]:
    """Return the text of a .docx as a story whose photos are named after `stem`.

    Findings: why it is not opened (`open_document`), manuscript-empty, manuscript-changes,
    manuscript-headline, manuscript-left-out, story-bounds.
    """
    opened = open_document(path, data)
    if opened.value is None:
        return Checked(None, opened.findings)
    try:
        return _taken(path, stem, opened.value)
    except Exception:  # noqa: BLE001
        # What no Word writes makes python-docx and mammoth raise anything; nothing is half taken.
        return Checked(None, (broken(Place(path)),))


def _taken(path: str, stem: str, document: Document) -> Checked[Manuscript | None]:
    findings = [*_left_out(path, document), *_undecided(path, document)]
    write_numbers(document)
    head = {key: without_hidden(value) for key, value in take_head(document).items()}
    buffer = BytesIO()
    document.save(buffer)
    lines, photos, lost = convert(path, stem, buffer.getvalue())
    long = too_long(path, lines)
    if long:
        return Checked(None, (*findings, long))
    findings += lost
    place = Place(path)
    if not any(lines) and not head:
        empty = error("manuscript-empty", place, msg("The file has no text."))
        return Checked(None, (*findings, empty))
    if "主题" not in head:
        head = {"主题": "", **head}
        why = msg("No headline was found above the text.")
        findings.append(
            warning("manuscript-headline", place, why, msg("Write it after {key}.", key="主题："))
        )
    return Checked(Manuscript(head, lines, photos), tuple(findings))


def _left_out(path: str, document: Document) -> list[Finding]:
    """Return a finding for each kind of thing that a story does not take from Word."""
    found = []
    for name, what in _LOST.items():
        prefix, _, tag = name.partition(":")
        full = f"{{{_SPACES[prefix]}}}{tag}" if prefix in _SPACES else qn(name)
        count = sum(1 for _ in document.element.body.iter(full))
        if count:
            why = msg("{count} {what} were left out.", count=count, what=what)
            hint = msg("Look at the Word file; what is needed, write into the text.")
            found.append(warning("manuscript-left-out", Place(path), why, hint))
    return found


def _undecided(path: str, document: Document) -> list[Finding]:
    """Return a finding where changes are tracked or remarks stand that nobody has decided about."""
    body = document.element.body
    changes = sum(1 for tag in ("w:ins", "w:del") for _ in body.iter(qn(tag)))
    remarks = sum(1 for _ in body.iter(qn("w:commentReference")))
    if not changes and not remarks:
        return []
    why = msg(
        "{changes} tracked changes and {remarks} remarks are in the file; all were accepted.",
        changes=changes,
        remarks=remarks,
    )
    hint = msg("Ask the sender which wording holds.")
    return [warning("manuscript-changes", Place(path), why, hint)]
