"""How a finding is shown: a sentence for a clerk, or JSON for a program."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from jianbao.cli.language import Translate, translator
from jianbao.diagnostics import NOTHING, Finding, Message, Place, Severity, msg, where
from jianbao.reading.files import plain

if TYPE_CHECKING:
    from jianbao.pipeline.runs import Outcome
    from jianbao.proofreading.plans import Fill

_SEVERITIES = {
    Severity.ERROR: msg("Error"),
    Severity.WARNING: msg("Warning"),
    Severity.NOTE: msg("Note"),
}
_BESIDE = 12
_WHOLE = 32
_LONGEST = 80
_MOST = 400
_ALIKE = 30


def speaking(language: str) -> Callable[[Finding], str]:
    """Return what puts a finding into a sentence of the language."""
    return partial(sentence, translate=translator(language))


def sentence(finding: Finding, translate: Translate) -> str:
    """Return the finding as a clerk reads it, with the words in question in 【】.

    No caret: Han are two columns wide in one terminal and not in another.
    """
    shown = msg(
        "{severity}: {place}: {excerpt}{what}{hint}",
        severity=_SEVERITIES[finding.severity],
        place=where(finding.place),
        excerpt=excerpt(finding.place),
        what=finding.message,
        hint=msg(" {hint}", hint=finding.hint) if finding.hint.text else NOTHING,
    )
    return plain(_short(shown).in_words(translate))


def _short(message: Message) -> Message:
    """Return a message whose gaps are filled with no more than a sentence bears."""
    return Message(
        message.text,
        tuple(
            (name, _short(value) if isinstance(value, Message) else _cut(str(value)))
            for name, value in message.values
        ),
    )


def _cut(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[:_WHOLE]}……"


def excerpt(place: Place) -> Message:
    """Return the line of a place, shortened, with the words in question in 【】."""
    if not place.text.strip():
        return NOTHING
    if not place.column:
        text = place.text.strip()
        return msg("“{text}” ", text=text[:_WHOLE] + ("……" if len(text) > _WHOLE else ""))
    before = place.text[: place.column - 1].lstrip()
    after = place.text[place.end_column - 1 :].rstrip()
    if len(before) > _BESIDE:
        before = "……" + before[-_BESIDE:]
    if len(after) > _BESIDE:
        after = after[:_BESIDE] + "……"
    words = place.excerpt
    if len(words) > _LONGEST:
        words = words[:_WHOLE] + "……"
    return msg("“{text}” ", text=f"{before}【{words}】{after}")


def told(findings: Iterable[Finding], translate: Translate) -> Iterator[str]:
    """Yield a sentence each finding; of very many of a kind in one file, the first."""
    seen: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        kind = (finding.place.path, finding.rule)
        seen[kind] += 1
        if seen[kind] <= _ALIKE:
            yield sentence(finding, translate)
    for (path, _), count in seen.items():
        if count > _ALIKE:
            left = count - _ALIKE
            more = msg("{path}: {count} more of this kind, not shown.", path=path, count=left)
            yield plain(_short(more).in_words(translate))


def as_json(findings: Iterable[Finding], fills: Iterable[Fill], translate: Translate) -> str:
    """Return the findings as DESIGN 2.3 lays them down, lines and columns from 1, and the slots."""
    return json.dumps(
        {
            "findings": [record(finding, translate) for finding in findings],
            "slots": [asdict(fill) for fill in fills],
        },
        ensure_ascii=False,
        indent=2,
    )


def record(finding: Finding, translate: Translate) -> dict[str, object]:
    """Return one finding as DESIGN 2.3 lays it down."""
    place = finding.place
    record: dict[str, object] = {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "path": place.path,
    }
    if place.sheet:
        record |= {"sheet": place.sheet}
    if place.cell:
        record |= {"cell": place.cell}
    if place.line:
        record["line"] = place.line
    if place.column:
        record |= {"column": place.column, "end_column": place.end_column}
    return record | {
        "message": finding.message.in_words(translate),
        "hint": finding.hint.in_words(translate),
        "excerpt": place.excerpt,
    }


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings file by file, as they come up, and each file's from its top down."""
    found = list(findings)
    paths = {path: at for at, path in enumerate(dict.fromkeys(f.place.path for f in found))}
    return sorted(found, key=lambda one: (paths[one.place.path], one.place.line, one.place.column))


def fullness(fills: Iterable[Fill], translate: Translate) -> str:
    """Return a line each page: the characters in its slots, and how many there is room for."""
    pages = groupby(fills, key=lambda fill: (fill.address, fill.page, fill.layout))
    lines = [
        msg(
            "{address}, page {page}, {layout}: {slots}",
            address=address,
            page=page,
            layout=layout,
            slots="　".join(f"{fill.slot} {fill.characters}/{fill.room}" for fill in group),
        )
        for (address, page, layout), group in pages
    ]
    return "\n".join(line.in_words(translate) for line in lines)


def summary(outcome: Outcome, translate: Translate) -> str:
    """Return how many findings of each severity there are, and what was not made, and why."""
    severities = [finding.severity for finding in outcome.findings]
    lines = []
    if not severities:
        lines.append(msg("No faults found."))
    else:
        lines.append(
            msg(
                "{errors} errors, {warnings} warnings, {notes} notes.",
                errors=severities.count(Severity.ERROR),
                warnings=severities.count(Severity.WARNING),
                notes=severities.count(Severity.NOTE),
            )
        )
    if Severity.ERROR in severities:
        lines.append(msg("Mend these and check once more: some faults hide others."))
    lines += [
        msg("{address} was not made; what it had in output/ stays.", address=address)
        for address in outcome.kept
    ]
    if outcome.fresh:
        count = len(outcome.fresh)
        lines.append(msg("{count} bulletins are as they were.", count=count))
    return "\n".join(line.in_words(translate) for line in lines)
