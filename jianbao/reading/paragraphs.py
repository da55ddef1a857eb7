"""Paragraphs that are plain words, which Markdown would give back as they are.

    lines ──set_aside──▶ lines with a mark for each run of plain ones, and the runs
    lines with marks, runs ──put_back──▶ body

Most of a story is plain, and Markdown, cleaning and reading what was cleaned take a hundred times
as long as making a paragraph. What is plain is said by a list of characters, so that whatever
nobody has thought of goes the long way.
"""

import re
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

Runs = Sequence[Sequence[Element]]

_OPEN, _CLOSE = "\ue0d0", "\ue0d1"
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
# Han, Chinese marks, full-width forms, marks of quotes and charts, and ASCII that means itself.
_WORDS = (
    r"[A-Za-z0-9 .,:;?%()/\u00b7\u2014\u2018\u2019\u201c\u201d\u2026"
    r"\u3000-\u4dbf\u4e00-\u9fff\ue000-\ue003\uff00-\uffef]"
)
_PLAIN = re.compile(
    rf"(?P<head>\#\#\ )?(?P<words>{_WORDS}+)"
    rf"|\*\*(?![ \u3000])(?P<bold>{_WORDS}+)(?<![ \u3000])\*\*(?P<rest>{_WORDS}*)"
)


def set_aside(lines: Iterable[tuple[str, str | None]]) -> tuple[list[str], Runs]:
    """Return lines with a mark for each run of plain ones, and the elements of each run.

    Each line comes with its words as Markdown gets them, None where it belongs to a block.
    """
    rest: list[str] = []
    runs: list[list[Element]] = []
    runs_on = False
    for line, words in lines:
        plain = _PLAIN.fullmatch(words) if words else None
        if plain and not runs_on:
            rest.append(_mark(len(runs)))
            runs.append([])
        if plain:
            runs[-1].append(_element(plain))
        elif words == "" and (runs_on or not rest):
            continue  # blank lines say nothing beside paragraphs
        else:
            rest.append(line)
        runs_on = plain is not None
    return rest, runs


def is_one_run(rest: Sequence[str]) -> bool:
    """Return whether nothing but a single run was left."""
    return rest == [_mark(0)]


def put_back(body: Iterable[Element], runs: Runs) -> Element | None:
    """Return a body with each run in the place of its mark; None where one is not in its place."""
    whole, found = Element("body"), []
    for element in body:
        mark = _MARK.fullmatch(element.text or "") if element.tag == "p" else None
        found += [int(mark[1])] if mark else []
        whole.extend(runs[found[-1]] if mark else (element,))
    return whole if found == [*range(len(runs))] else None


def _element(plain: re.Match[str]) -> Element:
    element = Element("h2" if plain["head"] else "p")
    if plain["bold"]:
        strong = Element("strong")
        strong.text, strong.tail = plain["bold"], plain["rest"]
        element.append(strong)
    else:
        element.text = plain["words"]
    return element


def _mark(number: int) -> str:
    return f"{_OPEN}{number}{_CLOSE}"
