"""Findings as plain lists, to be kept between builds, and back.

Finding ──plainly──▶ lists, texts, numbers ──finding_from──▶ Finding that reads the same
"""

from typing import Any

from jianbao.diagnostics import Finding, Message, Place, Severity

Plain = list[Any]


def plainly(finding: Finding) -> Plain:
    """Return a finding as JSON can hold it; what fills a gap becomes the text it is shown as."""
    place = finding.place
    return [
        finding.rule,
        finding.severity.value,
        _message(finding.message),
        [
            place.path,
            place.line,
            place.column,
            place.end_column,
            place.text,
            place.sheet,
            place.cell,
        ],
        _message(finding.hint),
    ]


def finding_from(plain: Plain) -> Finding:
    """Return the finding that was put plainly."""
    rule, severity, message, place, hint = plain
    return Finding(rule, Severity(severity), _sentence(message), Place(*place), _sentence(hint))


def _message(message: Message) -> Plain:
    values = [
        [name, _message(value) if isinstance(value, Message) else str(value)]
        for name, value in message.values
    ]
    return [message.text, values]


def _sentence(plain: Plain) -> Message:
    text, values = plain
    return Message(
        text,
        tuple(
            (name, _sentence(value) if isinstance(value, list) else value) for name, value in values
        ),
    )
