"""Markdown as clerks write it: every line is a paragraph, and few signs mean anything.

    lines ──▶ Markdown ──▶ HTML ──cleaned──▶ element tree

No indented code, no list from a bare `1.`, no headings from `===`: a clerk who
types those means the characters. Plain paragraphs go past Markdown.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

from jianbao.reading.paragraphs import is_one_run, put_back, set_aside

BLOCKS = ("photo", "figures")
_OPTION_KEYS = {
    "credit": "credit",
    "图源": "credit",
    "摄影": "credit",
    "alt": "alt",
    "替代文字": "alt",
    "focus": "focus",
    "焦点": "focus",
}
_BLANKS = " \t\u3000"
_FENCE = re.compile(r"\s*[/／]{3,}\s*(\S*)\s*(?:[|｜]\s*(.*?))?\s*")
_OPTION = re.compile(rf"\s*({'|'.join(_OPTION_KEYS)})\s*[：:]\s*(.*?)\s*")


def to_tree(lines: Sequence[str]) -> Element:
    """Return the cleaned body of a story as an element that holds its blocks."""
    if any("<" in line for line in lines):  # a tag may stay open over any number of lines
        return _converted(lines)
    rest, runs = set_aside(_worded(lines))
    if is_one_run(rest):
        body = Element("body")
        body.extend(runs[0])
        return body
    whole = put_back(_converted(rest), runs) if runs else None
    return _converted(lines) if whole is None else whole


def _worded(lines: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Yield each line with its words, None where it belongs to a block."""
    depth = 0
    for line in lines:
        fence = _FENCE.fullmatch(line)
        yield line, None if fence or depth else _literal(line.strip(_BLANKS))
        if fence:
            depth = depth + 1 if fence[1] else max(0, depth - 1)


def _converted(lines: Sequence[str]) -> Element:
    """Return what Markdown makes of lines, cleaned."""
    from jianbao.reading.markdowns import converted  # few stories need it

    return converted("\n".join(separated(lines)))


def separated(lines: Sequence[str]) -> list[str]:
    """Return the lines so that Markdown takes each for a paragraph.

    Rows of a table and items of a list stay together; leading blanks go, except
    that the options of a block get the four that PyMdown wants.
    """
    result: list[str] = []
    in_options = False
    for line in lines:
        text = line.strip(_BLANKS)
        fence = _FENCE.fullmatch(line)
        if fence:  # of three slashes, however many were typed: blocks do not stand in each other
            name, argument = fence[1], fence[2]
            result += [
                "",
                f"/// {name}" + (f" | {argument}" if argument else "") if name else "///",
            ]
            in_options = bool(name)
            continue
        option = _OPTION.fullmatch(line) if in_options else None
        if option:
            result.append(f"    {_OPTION_KEYS[option[1]]}: {_yaml_text(option[2])}")
            continue
        if in_options and not text:
            continue
        if not (_goes_on(text, result) and not in_options):
            result.append("")
        in_options = False
        result.append(_literal(text))
    return result


def _goes_on(text: str, before: Sequence[str]) -> bool:
    """Say whether a line belongs to the table or list of the line before it."""
    previous = before[-1] if before else ""
    return any(previous.startswith(sign) and text.startswith(sign) for sign in ("|", "- "))


def _literal(text: str) -> str:
    """Return a line with the signs escaped that a clerk means as characters."""
    text = re.sub(r"^[#＃]{2}(?![#＃])\s*", "## ", text).replace("＊＊", "**")
    if re.match(r"^(#(?!# )|[+*]\s|>|={3,}$)", text):
        return "\\" + text
    return text


def _yaml_text(text: str) -> str:
    """Return an option's text as YAML takes it, whatever marks are in it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
