"""YAML as a tree of texts that know their place; no value is guessed from its look.

    text ──tolerate──▶ text YAML accepts ──compose──▶ Entry

YAML would make 010 an 8, 12:30 a 750 and let the second of two equal keys win.
So scalars stay the text that was typed, and what each may mean is decided where
its meaning is known. `PyYAML` composes the nodes; nothing is constructed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jianbao.diagnostics import Checked, Finding, Message, Place, error, msg
from jianbao.reading.files import hidden_in, shown

if TYPE_CHECKING:
    import yaml


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar, as typed."""

    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping; every key stands there once."""

    items: Mapping[str, tuple[Text, Entry]]
    place: Place


@dataclass(frozen=True, slots=True)
class Row:
    """A sequence."""

    items: tuple[Entry, ...]
    place: Place


Entry = Text | Table | Row


@dataclass(frozen=True, slots=True)
class _Source:
    path: str
    lines: tuple[str, ...]
    inserted: Mapping[int, tuple[int, ...]]

    def place(self, start: yaml.Mark, end: yaml.Mark) -> Place:
        column = self._typed(start.line, start.column)
        last = self._typed(start.line, end.column) if end.line == start.line else 0
        text = self.lines[start.line] if start.line < len(self.lines) else ""
        return Place(self.path, start.line + 1, column + 1, (last or len(text)) + 1, text)

    def _typed(self, line: int, column: int) -> int:
        """Return the column in the file as typed, before blanks were put in for YAML."""
        return column - bisect_left(self.inserted.get(line, ()), column)


_DEEPEST = 64
_MAYBE_DEEP = re.compile(rf"(?m)^[ \t?-]{{{_DEEPEST}}}")
_BRACKETS = str.maketrans("｛｝［］", "{}[]")


def read_tree(path: str, text: str, known: Collection[str] = ()) -> Checked[Table]:
    """Return the table a YAML file holds, empty with findings where it cannot be read.

    Full-width colons and commas after one of the `known` keys are taken for YAML's own.
    """
    import yaml

    tolerated, inserted = _tolerate(text, known)
    source = _Source(path, tuple(text.split("\n")), inserted)
    try:
        if _is_deep(tolerated):
            raise RecursionError
        node = yaml.compose(tolerated, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as fault:
        return Checked(Table({}, Place(path)), (_broken(source, fault),))
    except RecursionError:
        why = error(
            "yaml-broken",
            Place(path),
            msg("Brackets, or groups of lines, stand in each other too often."),
            msg("Write lines of the form name: value, one group below the other."),
        )
        return Checked(Table({}, Place(path)), (why,))
    except (yaml.YAMLError, ValueError):
        why = error("yaml-broken", Place(path), msg("The file cannot be understood as YAML."))
        return Checked(Table({}, Place(path)), (why,))
    if node is None:
        return Checked(Table({}, Place(path)))
    findings: list[Finding] = []
    entry = _entry(source, node, findings, set())
    if not isinstance(entry, Table):
        findings.append(
            error(
                "yaml-broken",
                entry.place,
                msg("The file should hold lines of the form name: value."),
            )
        )
        entry = Table({}, Place(path))
    return Checked(entry, tuple(findings))


def _is_deep(text: str) -> bool:
    """Say whether groups stand in each other without end; composing those ends the process."""
    if text.count("[") + text.count("{") <= _DEEPEST and not _MAYBE_DEEP.search(text):
        return False
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return True
    return False


def _tolerate(text: str, known: Collection[str]) -> tuple[str, dict[int, tuple[int, ...]]]:
    """Write full-width marks beside known keys as YAML wants them; say where blanks went in."""
    if not known or not re.search("[：，｛｝［］、；;]", text):
        return text, {}
    names = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    mark = re.compile(
        rf"(?:^|(?<=[\s{{,，-]))(?P<name>{names})(?P<colon>：[ \u3000]*)"
        rf"|(?P<comma>[，、；;][ \u3000]*)(?=(?:{names})[ ]*[:：])"
    )
    lines, inserted = [], {}
    for number, line in enumerate(text.split("\n")):
        columns: list[int] = []
        if line.lstrip().startswith("#"):
            lines.append(line)
        else:
            lines.append(_replaced(mark, _bracketed(line), columns))
        if columns:
            inserted[number] = tuple(columns)
    return "\n".join(lines), inserted


def _bracketed(line: str) -> str:
    """Return the line with half-width brackets, and half-width commas between square ones."""
    halved = line.translate(_BRACKETS)
    return re.sub(r"\[[^\[\]]*\]", lambda match: re.sub("[，、]", ",", match.group()), halved)


def _replaced(mark: re.Pattern[str], line: str, columns: list[int]) -> str:
    """Return the line with half-width marks; `columns` gets where a blank was put in."""
    parts, last, length = [], 0, 0
    for match in mark.finditer(line):
        typed = match["colon"] or match["comma"]
        before = line[: match.start()]
        if typed[0] in "、；;" and before.count("{") <= before.count("}"):
            continue  # in a sentence they are what they look like
        sign = ": " if match["colon"] else ", "
        piece = line[last : match.start()] + (match["name"] or "") + sign.ljust(len(typed))
        parts.append(piece)
        length += len(piece)
        last = match.end()
        if len(typed) < len(sign):
            columns.append(length - 1)
    return "".join(parts) + line[last:]


def _is(node: yaml.Node, kind: str) -> bool:
    """Say whether a node is a mapping, a sequence or a scalar, as its own name says."""
    return bool(getattr(node, "id", "") == kind)


def _entry(source: _Source, node: yaml.Node, findings: list[Finding], seen: set[int]) -> Entry:
    place = source.place(node.start_mark, node.end_mark)
    if id(node) in seen:
        findings.append(
            error(
                "yaml-alias",
                place,
                msg("References with & and * are not understood here."),
                msg("Write the values out."),
            )
        )
        return Text("", place)
    seen.add(id(node))
    if _is(node, "mapping"):
        return _table(source, node, findings, seen)
    if _is(node, "sequence"):
        return Row(tuple(_entry(source, item, findings, seen) for item in node.value), place)
    value = str(node.value)
    findings += hidden_in(value, place)
    return Text(shown(value), place)


def _table(source: _Source, node: yaml.Node, findings: list[Finding], seen: set[int]) -> Table:
    items: dict[str, tuple[Text, Entry]] = {}
    previous: Text | None = None
    for key_node, value_node in node.value:
        key = _entry(source, key_node, findings, seen)
        value = _entry(source, value_node, findings, seen)
        if not isinstance(key, Text):
            findings.append(error("yaml-broken", key.place, msg("This cannot be a name.")))
            continue
        fault = _key_fault(key, value, items, previous)
        if fault:
            findings.append(fault)
        else:
            items[key.value] = (key, value)
        if fault and fault.rule == "number-comma":
            items.popitem()
        previous = value if isinstance(value, Text) else None
    return Table(items, source.place(node.start_mark, node.end_mark))


def _key_fault(
    key: Text, value: Entry, items: Mapping[str, object], previous: Text | None
) -> Finding | None:
    if key.value in items:
        return error(
            "key-twice",
            key.place,
            msg("{name} is given twice.", name=key.value),
            msg("Keep one of the two lines."),
        )
    empty = isinstance(value, Text) and not value.value
    joined = re.fullmatch(r"([^:]+):([^:]+)", key.value)
    if joined and empty:
        return error(
            "colon-blank",
            key.place,
            msg("A blank is missing behind the colon."),
            msg("Write {name}.", name=f"{joined[1]}: {joined[2]}"),
        )
    digits = re.fullmatch(r"\d{3}(\.\d+)?\D?", key.value)
    if digits and empty and previous and re.fullmatch(r"\d{1,3}", previous.value):
        return error(
            "number-comma",
            key.place,
            msg("A comma splits this number into two entries."),
            msg("Write {number}.", number=previous.value + key.value),
        )
    return None


_FAULTS: tuple[tuple[str, Message], ...] = (
    ("found character '\\t'", msg("A tab stands where blanks are needed.")),
    (
        "mapping values are not allowed",
        msg(
            "A second colon stands in this line, or the line "
            "is indented differently from its neighbours."
        ),
    ),
    (
        "could not find expected ':'",
        msg(
            "A name in this line or the line before it is not "
            "followed by a half-width colon and a blank."
        ),
    ),
    (
        "did not find expected ',' or '}'",
        msg("A bracket {{ is opened and not closed with }}, or a half-width comma is missing."),
    ),
    (
        "did not find expected ',' or ']'",
        msg("A bracket [ is opened and not closed with ], or a half-width comma is missing."),
    ),
    (
        "did not find expected alphabetic or numeric character",
        msg("References with & and * are not understood here."),
    ),
    ("did not find expected key", msg("The line is indented differently from its neighbours.")),
    ("unexpected end of stream", msg("A quotation mark is opened and not closed.")),
    ("cannot start any token", msg("The value begins with a mark that needs quotation marks.")),
)


def _broken(source: _Source, fault: yaml.MarkedYAMLError) -> Finding:
    opened = "flow" in (fault.context or "") and fault.context_mark
    problem = f"{fault.context or ''} {fault.problem or ''}"
    begun = "simple key" in problem and fault.context_mark
    mark = opened or begun or fault.problem_mark or fault.context_mark
    if mark is not None and source.lines[min(mark.line, len(source.lines) - 1)].startswith("\t"):
        problem = _FAULTS[0][0]
    message = next(
        (text for words, text in _FAULTS if words in problem),
        msg("The line cannot be understood: check its colon, blanks and brackets."),
    )
    place = Place(source.path)
    if mark is not None and (wide := _wide_blanks(source, mark.line)):
        return wide
    if mark is not None:
        line = min(mark.line, len(source.lines) - 1)
        text = source.lines[line]
        if not text.strip() and line:
            line, text = line - 1, source.lines[line - 1]
        place = Place(source.path, line + 1, 0, 0, text)
    return error(
        "yaml-broken",
        place,
        message,
        msg(
            "Write each line as name: value, with a half-width colon, "
            "and lines of one group under each other."
        ),
    )


def _wide_blanks(source: _Source, last: int) -> Finding | None:
    """Return the finding for the first line up to `last` that full-width blanks begin."""
    for number, line in enumerate(source.lines[: last + 1], 1):
        start = re.match(r"[ \t]*[\u3000\u00a0]+", line)
        if start:
            return error(
                "yaml-broken",
                Place(source.path, number, 0, 0, line),
                msg("The line begins with full-width blanks."),
                msg(
                    "Delete them, and type half-width blanks instead, as many as in the line above."
                ),
            )
    return None


def texts(entry: Entry) -> Iterator[Text]:
    """Yield the scalars of a row, or the one scalar itself."""
    if isinstance(entry, Text):
        yield entry
    elif isinstance(entry, Row):
        yield from (item for item in entry.items if isinstance(item, Text))
