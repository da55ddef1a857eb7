"""What the next story is written into: the last one's shape, and none of its sentences.

    last week's text ──skeleton──▶ heads, blocks and {{ figures }}, the words （待写）

No sentence, caption or number typed by hand is taken over. What stays are the
figures it quoted, since those come from the data; a bulletin in which the mark
is left is not made (`story-unwritten`).
"""

import re
from collections.abc import Iterator, Sequence

from jianbao.reading.braces import BRACES
from jianbao.reading.charts import NAMES as CHARTS
from jianbao.reading.heads import KEYS, is_rule

UNWRITTEN = "（待写）"
PHOTO = f"{UNWRITTEN}图片：放进本期的 photos/，再写成 /// photo | photos/文件名"
_FENCE = re.compile(r"\s*[/／]{3,}\s*(?P<name>[^\s|｜]*)\s*(?:[|｜].*)?")
_HEAD = re.compile(r"\s*(?P<key>[^\s：:]+)\s*[：:]\s*(?P<value>.*?)\s*")
_OPTION = re.compile(r"\s*(?P<key>[^\s：:]+)\s*[：:]")
_CROSSHEAD = re.compile(r"\s*[#＃]{2}")
_RUN_IN = re.compile(r"\s*(?:\*\*|＊＊).+?(?:\*\*|＊＊)\u3000")
_MARKER = re.compile(r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|- )")
_ROW = re.compile(r"\s*\|.*\|\s*")
_SEPARATOR = re.compile(r"[\s|:：-]+")
_DIGIT = re.compile(r"[\d０-９]")
_WORDS = ("标题", "title", "注", "note", "制图", "credit")


def skeleton(text: str, *, standing: bool = False) -> str:
    r"""Return the shape of a story; the head of a standing column (一周简讯) stays as it is.

    >>> print(skeleton("主题：实事过半\n供稿：区督查室\n---\n办结{{ 实事.已完成 }}。"))
    主题：（待写）
    供稿：区督查室
    ---
    （待写）{{ 实事.已完成 }}
    <BLANKLINE>
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ends = next((n for n, line in enumerate(lines) if is_rule(line)), len(lines))
    head = [_head_line(line, standing) for line in lines[:ends] if line.strip()]
    body = list(_body(lines[ends + 1 :])) or [UNWRITTEN]
    return "\n".join([*head, "---", *body]).rstrip("\n") + "\n"


def is_untouched(text: str) -> bool:
    """Say whether nobody has written anything yet into what `skeleton` gave."""
    shapes = (skeleton(text), skeleton(text, standing=True))
    return UNWRITTEN in text and text.replace("\r\n", "\n").rstrip("\n") + "\n" in shapes


def quotes_in(line: str) -> str:
    """Return the figures quoted in a line; a number cited from elsewhere is none."""
    found = (match for match in BRACES.finditer(line))
    return "、".join(m.group() for m in found if m[1].strip()[:1] not in tuple("“”\"'‘’"))


def _written(line: str) -> str:
    return UNWRITTEN + quotes_in(line)


def _head_line(line: str, standing: bool) -> str:
    match = _HEAD.fullmatch(line)
    if match is None:
        return UNWRITTEN
    stays = standing and not _DIGIT.search(BRACES.sub("", line))
    if stays or KEYS.get(match["key"]) == "byline":
        return line.strip()
    return f"{match['key']}：{_written(match['value'])}"


def _body(lines: Sequence[str]) -> Iterator[str]:
    block = ""
    for number, line in enumerate(lines):
        fence = _FENCE.fullmatch(line)
        if fence and fence["name"]:
            block = fence["name"]
            yield PHOTO if block == "photo" else line.strip()
        elif fence:
            if block != "photo":
                yield "///"
            block = ""
        elif block:
            yield from _in_block(block, line)
        elif not line.strip() or is_rule(line):
            yield line.strip()
        elif _ROW.fullmatch(line):
            following = lines[number + 1] if number + 1 < len(lines) else ""
            yield _row(line, heading=bool(_SEPARATOR.fullmatch(following)))
        else:
            yield _paragraph(line)


def _in_block(block: str, line: str) -> Iterator[str]:
    """Yield what stays of a line within a block: figures with their labels, and what a chart is."""
    if block == "photo" or not line.strip():
        return
    if block in CHARTS:
        option = _OPTION.match(line)
        if option and option["key"] not in _WORDS:
            yield line.strip()
    elif quotes_in(line) and not _DIGIT.search(BRACES.sub("", line)):
        yield line.strip()
    else:
        yield _written(line)


def _row(line: str, *, heading: bool) -> str:
    if _SEPARATOR.fullmatch(line):
        return line.strip()
    cells = line.strip().strip("|").split("|") if not BRACES.search(line) else _cells(line)
    kept = []
    for number, cell in enumerate(cells):
        words = cell.strip()
        label = (heading or number == 0) and not _DIGIT.search(words)
        kept.append(quotes_in(words) or (words if label or not words else UNWRITTEN))
    return "| " + " | ".join(kept) + " |"


def _cells(line: str) -> list[str]:
    """Return a row's cells; a bar within braces ends none."""
    quotes = [match.group() for match in BRACES.finditer(line)]
    marked = BRACES.sub("\ue000", line).strip().strip("|")
    left = iter(quotes)
    return [re.sub("\ue000", lambda _: next(left), cell) for cell in marked.split("|")]


def _paragraph(line: str) -> str:
    if line.strip() == PHOTO:
        return PHOTO
    if _CROSSHEAD.match(line):
        return f"## {_written(line)}"
    if _RUN_IN.match(line):
        return f"**{UNWRITTEN}**\u3000{_written(line)}"
    marker = _MARKER.match(line)
    return (
        (marker.group().strip() if marker else "")
        + (" " if marker and marker.group().strip() == "-" else "")
        + _written(line)
    )
