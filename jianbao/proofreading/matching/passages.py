"""Lines as they were pasted into running text that knows its places.

    lines ──passages──▶ (Passage, …)        lines ──joined──▶ lines

In a story every line is a paragraph. Text copied from a newspaper page breaks
its lines every dozen characters, in the middle of words and between a number
and its unit; such lines are read as one passage, and `joined` writes them so.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

_RULE = re.compile(r"\s*[-—－]{3,}\s*")
_FENCE = re.compile(r"\s*/{3,}")
_OPTION = re.compile(r"\s*(credit|alt|图源|替代文字)\s*[:：]")
_HEADING = re.compile(r"\s*[#＃]{1,6}")
_BLANKS = " \t\u3000"
_FINAL = "。！？：…!?"
_LONGEST_BROKEN = 45
_FEWEST_BROKEN = 6


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text, and where each line of it begins.

    Attributes:
        heads: The crosshead it stands under, "" where there is none.
        starts: Offset in `text` at which each of its lines begins.
        lines: Number of each of these lines, from 1.
        indents: Blanks that were dropped before each.
        is_head: Whether it is a line of the story's head.
    """

    text: str
    heads: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    indents: tuple[int, ...]
    is_head: bool = False

    def at(self, offset: int) -> tuple[int, int]:
        """Return line and column, from 1, of a character."""
        index = bisect_right(self.starts, offset) - 1
        return self.lines[index], offset - self.starts[index] + self.indents[index] + 1


def passages(lines: Sequence[str]) -> Iterator[Passage]:
    """Yield what people read of a story, in order; fences and options of blocks are not read.

    >>> [passage.text for passage in passages(["主题：好", "---", "全区共", "/// photo | a.jpg"])]
    ['主题：好', '全区共']
    """
    body = body_of(lines)
    for number in range(body - 1 if body else 0):
        if lines[number].strip():
            yield _passage(lines, (number,), "", is_head=True)
    crosshead = ""
    for group in paragraphs(lines):
        if _HEADING.match(lines[group[0]]):
            crosshead = lines[group[0]].strip(_BLANKS + "#＃")
        yield _passage(lines, group, crosshead)


def body_of(lines: Sequence[str]) -> int:
    """Return the number of the first line behind the head, from 0; 0 where there is no head."""
    return next((n + 1 for n, line in enumerate(lines) if _RULE.fullmatch(line)), 0)


def _passage(
    lines: Sequence[str], group: Sequence[int], heads: str, is_head: bool = False
) -> Passage:
    texts, starts, indents, length = [], [], [], 0
    for number in group:
        text = lines[number].strip(_BLANKS)
        starts.append(length)
        indents.append(len(lines[number]) - len(lines[number].lstrip(_BLANKS)))
        texts.append(text)
        length += len(text)
    numbers = tuple(number + 1 for number in group)
    return Passage("".join(texts), heads, tuple(starts), numbers, tuple(indents), is_head)


def _is_read(line: str) -> bool:
    return bool(line.strip()) and not _FENCE.match(line) and not _OPTION.match(line)


def paragraphs(lines: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """Yield the numbers, from 0, of the lines of each paragraph of the body."""
    read = [n for n in range(body_of(lines), len(lines)) if _is_read(lines[n])]
    width = _broken_at(lines, read)
    group: list[int] = []
    for number in read:
        if group and not (width and _goes_on(lines, group[-1], number, width)):
            yield tuple(group)
            group = []
        group.append(number)
    if group:
        yield tuple(group)


def is_broken(lines: Sequence[str]) -> bool:
    """Say whether lines were broken as on a newspaper page, so that `joined` changes them."""
    return any(len(group) > 1 for group in paragraphs(lines))


def _broken_at(lines: Sequence[str], read: Sequence[int]) -> float:
    """Return the measure at which the lines were broken; 0 where each is a paragraph."""
    texts = [lines[n].strip(_BLANKS) for n in read if not _HEADING.match(lines[n])]
    open_ends = sum(not _is_finished(text) for text in texts)
    if len(texts) < _FEWEST_BROKEN or open_ends * 2 < len(texts):
        return 0
    width = sorted(map(len, texts))[len(texts) * 3 // 4]
    return width if width <= _LONGEST_BROKEN else 0


def _is_finished(text: str) -> bool:
    return text.rstrip("”’）)」")[-1:] in _FINAL


def _goes_on(lines: Sequence[str], last: int, following: int, width: float) -> bool:
    """Say whether a broken line goes on in the following one."""
    if _HEADING.match(lines[last]) or _HEADING.match(lines[following]):
        return False
    if _stands_alone(lines, last, width) or _stands_alone(lines, following, width):
        return False
    block = [lines[n].strip(_BLANKS) for n in _block(lines, last)]
    text = lines[last].strip(_BLANKS)
    is_full = len(text) >= 0.85 * median(map(len, block))
    if following > last + 1:
        return is_full and not _is_finished(text)
    indented = lines[following][:1] in tuple(_BLANKS)
    return not (indented and _is_finished(text)) and (is_full or not _is_finished(text))


def _block(lines: Sequence[str], number: int) -> range:
    """Return the lines around `number` without a blank line among them."""
    first = last = number
    while first > 0 and _is_read(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and _is_read(lines[last + 1]):
        last += 1
    return range(first, last + 1)


def _stands_alone(lines: Sequence[str], number: int, width: float) -> bool:
    """Say whether a line is of a crosshead or caption: a few short lines without a stop."""
    block = _block(lines, number)
    return len(block) <= 3 and all(
        not re.search("[，。；]", lines[n]) and len(lines[n].strip()) < 1.5 * width for n in block
    )


def joined(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the lines with those of one paragraph joined, as a story wants them.

    >>> joined(["全区共有实事项目", "882件，已完成", "693件。"] * 3)[0]
    '全区共有实事项目882件，已完成693件。'
    """
    groups = {group[0]: group for group in paragraphs(lines)}
    inside = {number for group in groups.values() for number in group[1:]}
    result: list[str] = []
    for number, line in enumerate(lines):
        if number in groups:
            result.append("".join(lines[n].strip(_BLANKS) for n in groups[number]))
        elif number not in inside and (line.strip() or (result and result[-1].strip())):
            result.append(line)
    return tuple(result)
