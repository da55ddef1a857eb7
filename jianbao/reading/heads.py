"""The head of a story: plain lines `key：value` up to `---`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jianbao.diagnostics import Checked, Finding, Place, error, msg
from jianbao.reading.shaping import nearest

KEYS = {
    "引题": "kicker",
    "kicker": "kicker",
    "主题": "headline",
    "标题": "headline",
    "headline": "headline",
    "副题": "deck",
    "deck": "deck",
    "导语": "standfirst",
    "standfirst": "standfirst",
    "供稿": "byline",
    "署名": "byline",
    "byline": "byline",
}

_LINE = re.compile(r"\s*([^\s：:]+)\s*[：:]\s*(.*?)\s*")
_RULE = re.compile(r"\s*(?:[-－]{3,}|—{2,})\s*")


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A value of the head, and where it stands."""

    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Head:
    """The head's values by their English keys, and the first line of the body, from 0."""

    values: Mapping[str, HeadLine]
    body: int


def headed(lines: Iterable[Place], key: str) -> Place | None:
    """Return the first line that has a key of the head, by its English name."""
    for line in lines:
        match = _LINE.fullmatch(line.text)
        if match and KEYS.get(match[1].lower()) == key:
            return line
    return None


def closing_line(lines: Sequence[Place]) -> int:
    """Return the number of the line on which a story's closing begins; 0 where it has none.

    >>> lines = enumerate(("主题：好", "---", "开头。", "---", "", "结尾。"), 1)
    >>> closing_line([Place("lead.md", number, text=text) for number, text in lines])
    6
    """
    rules = [line for line in lines if is_rule(line.text)]
    after = lines[rules[1].line :] if len(rules) > 1 else ()
    return next((line.line for line in after if line.text.strip()), 0)


def is_rule(line: str) -> bool:
    """Say whether a line is the one between head and body, or before the closing."""
    return _RULE.fullmatch(line) is not None


def read_head(path: str, lines: tuple[str, ...], marked: tuple[str, ...]) -> Checked[Head]:
    """Return the head of a story; a story without `---` has no body.

    `marked` are the lines with marks for the quoted figures; places show `lines`.
    """
    values: dict[str, HeadLine] = {}
    findings: list[Finding] = []
    for number, line in enumerate(marked, 1):
        if is_rule(line):
            findings += _missing(path, values)
            return Checked(Head(values, number), tuple(findings))
        if not line.strip():
            continue
        finding = _take(Place(path, number, 0, 0, lines[number - 1]), line, values)
        if finding:
            findings.append(finding)
        if finding and _is_body(line):
            break
    findings.append(
        error(
            "head-open",
            findings[-1].place if findings else Place(path, max(1, len(lines))),
            msg("The story's head does not end."),
            msg("Put a line --- between the head and the text."),
        )
    )
    return Checked(Head(values, len(lines)), tuple(findings[-1:]))


def _is_body(line: str) -> bool:
    """Say whether a line that is none of the head's can only be the body's first."""
    return len(line) > 24 or "。" in line or line.lstrip().startswith(("##", "**", "///"))


def _take(place: Place, line: str, values: dict[str, HeadLine]) -> Finding | None:
    match = _LINE.fullmatch(line)
    word = line.split(maxsplit=1)[0] if line.split() else ""
    if match is None and KEYS.get(word.lower()):
        return error(
            "head-line",
            place,
            msg("There is no colon behind {name}.", name=word),
            msg("Write {name}.", name=f"{word}："),
        )
    if match is None:
        return error(
            "head-line",
            place,
            msg("This line of the head has no key."),
            msg("Write it as 主题：… and put --- before the text."),
        )
    whole, place = place, place.words(match.start(1) + 1, match.end(1) + 1)
    key = KEYS.get(match[1].lower())
    if key is None:
        return error(
            "head-key",
            place,
            msg("{name} is not known in a story's head.", name=match[1]),
            nearest(match[1], [name for name in KEYS if not name.isascii()]),
        )
    if key in values:
        return error(
            "key-twice",
            place,
            msg("{name} is given twice.", name=match[1]),
            msg("Keep one of the two lines."),
        )
    values[key] = HeadLine(match[2], whole)
    return None


def _missing(path: str, values: Mapping[str, HeadLine]) -> list[Finding]:
    if "headline" in values and values["headline"].value:
        return []
    return [
        error(
            "headline-missing",
            Place(path, 1),
            msg("The story has no headline."),
            msg("Add a line 主题：… to its head."),
        )
    ]
