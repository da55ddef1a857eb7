"""Diagnostics: what a check has to say, where, and how it travels.

    any phase ──▶ Checked[value] ──▶ … ──▶ cli, the only one who speaks

Editors' faults are values of this file, never exceptions; our own bugs are
exceptions and keep their traceback. A message is kept as an English sentence
with named gaps and is put into the reader's language when it is shown, so
that no phase has to know which language that is.
"""

import errno
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Severity(StrEnum):
    """What a finding does to the build: an error keeps the bulletin's old output."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with named gaps, not yet in any reader's language.

    Attributes:
        text: English, and the key of the catalogues: "no figure is named {name}".
        values: What fills the gaps; a Message among them is translated too.
    """

    text: str
    values: tuple[tuple[str, object], ...] = ()

    def in_words(self, translate: Callable[[str], str]) -> str:
        """Return the sentence with its gaps filled, in the language of `translate`."""
        filled = {
            name: value.in_words(translate) if isinstance(value, Message) else str(value)
            for name, value in self.values
        }
        return translate(self.text).format_map(filled)


NOTHING = Message("")


def msg(text: str, /, **values: object) -> Message:
    """Return a Message; the catalogues' extractor looks for calls of this name."""
    return Message(text, tuple(values.items()))


_WHYS = {
    errno.ENOSPC: msg("the disk is full"),
    errno.EDQUOT: msg("the disk is full"),
    errno.EACCES: msg("this account may not do that"),
    errno.EPERM: msg("this account may not do that"),
    errno.EROFS: msg("the disk can only be read"),
    errno.EEXIST: msg("something else of that name is there"),
    errno.ENOTDIR: msg("something else of that name is there"),
    errno.EISDIR: msg("something else of that name is there"),
    errno.ENOTEMPTY: msg("something else of that name is there"),
    errno.ELOOP: msg("a link there leads elsewhere"),
    errno.ENAMETOOLONG: msg("the name is too long"),
    errno.EIO: msg("the disk is at fault"),
    errno.EADDRINUSE: msg("another program has the port"),
    errno.EADDRNOTAVAIL: msg("this computer has no such address"),
}


def why_of(fault: OSError) -> Message:
    """Return why the system did not do what it was asked, in a clerk's words."""
    return _WHYS.get(fault.errno or 0, msg("{why}", why=fault.strerror or str(fault)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file the office wrote; as short a stretch as still shows it.

    Attributes:
        path: Relative to the site, with forward slashes.
        line: From 1; 0 means the file as a whole.
        column: First character, from 1; 0 means the line as a whole.
        end_column: One past the last character.
        text: The whole line, so that a finding can be shown without the file.
        sheet: Sheet of a workbook, "" elsewhere.
        cell: Cell of that sheet, such as "C4".
    """

    path: str
    line: int = 0
    column: int = 0
    end_column: int = 0
    text: str = ""
    sheet: str = ""
    cell: str = ""

    def words(self, column: int, end_column: int) -> "Place":
        """Return the same line with another stretch in question."""
        return replace(self, column=column, end_column=end_column)

    @property
    def spot(self) -> str:
        """The place in short: lead.md:3, or 2021-12-21.xlsx:实事!C4."""
        if self.sheet:
            return f"{self.path}:{self.sheet}" + (f"!{self.cell}" if self.cell else "")
        return f"{self.path}:{self.line}" if self.line else self.path

    @property
    def excerpt(self) -> str:
        """The words in question, or the whole line where none are named."""
        return self.text[self.column - 1 : self.end_column - 1] if self.column else self.text


def where(place: Place) -> Message:
    """Return a place in words."""
    if place.cell:
        return msg(
            "{path}, sheet {sheet}, cell {cell}",
            path=place.path,
            sheet=place.sheet,
            cell=place.cell,
        )
    if place.sheet:
        return msg("{path}, sheet {sheet}", path=place.path, sheet=place.sheet)
    if place.line:
        return msg("{path}, line {line}", path=place.path, line=place.line)
    return msg("{path}", path=place.path)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check has to say about a place in a file the office wrote.

    Attributes:
        rule: Stable name for tests, waivers and docs/rules.md: "figure-unknown".
        severity: What it does to the build.
        message: What is wrong, in the clerk's words, without advice.
        place: Where.
        hint: What to write instead, or whom to ask; NOTHING if unsure.
    """

    rule: str
    severity: Severity
    message: Message
    place: Place
    hint: Message = NOTHING


def error(rule: str, place: Place, message: Message, hint: Message = NOTHING) -> Finding:
    """Return a finding that keeps its bulletin from being replaced."""
    return Finding(rule, Severity.ERROR, message, place, hint)


def warning(rule: str, place: Place, message: Message, hint: Message = NOTHING) -> Finding:
    """Return a finding that somebody should look at before publishing."""
    return Finding(rule, Severity.WARNING, message, place, hint)


def note(rule: str, place: Place, message: Message, hint: Message = NOTHING) -> Finding:
    """Return a finding that is good to know."""
    return Finding(rule, Severity.NOTE, message, place, hint)


@dataclass(frozen=True, slots=True)
class Checked(Generic[Value]):
    """A phase's value together with everything the phase has to say about its input."""

    value: Value
    findings: tuple[Finding, ...] = ()


def stops(findings: Iterable[Finding]) -> bool:
    """Return whether any of `findings` is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def regraded(
    findings: Iterable[Finding], severities: Mapping[str, Severity]
) -> tuple[Finding, ...]:
    """Return `findings` with the severities that the office has set for some rules."""
    return tuple(
        replace(finding, severity=severities.get(finding.rule, finding.severity))
        for finding in findings
    )
