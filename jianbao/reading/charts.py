"""Find the charts and tables a story asks for, before Markdown sees them.

    /// chart | 重建 按 类别：已开工、已竣工   ──▶   ▮0▮   and   Chart(重建, 类别, …)

A block of options stands for a picture of figures; which figures these are is
not this room's business. As for quotes, a mark of private-use characters goes
through Markdown in the block's place, as a paragraph of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import escape

from jianbao.diagnostics import Checked, Finding, Place, error, msg
from jianbao.model import Chart, ChartKind, Word
from jianbao.reading.shaping import nearest

OPEN, CLOSE = "\ue002", "\ue003"
MARK = re.compile(f"<p>{OPEN}(\\d+){CLOSE}</p>")
CHARTS, TABLES, LISTS = ("chart", "图"), ("table", "表"), ("list", "台账")
NAMES = (*CHARTS, *TABLES, *LISTS)
MOST_ROWS = 200
TIME = ("时间", "各期", "time")
OPTIONS = {
    "形式": "kind", "kind": "kind",
    "标题": "title", "title": "title",
    "排序": "order", "order": "order",
    "合计": "totals", "totals": "totals",
    "制图": "credit", "credit": "credit",
    "行数": "most", "rows": "most",
    "注": "note", "note": "note",
}  # fmt: skip
CHOICES: Mapping[str, Mapping[str, str]] = {
    "kind": {
        "条形": "bars", "条形图": "bars", "柱状": "bars", "柱状图": "bars", "bars": "bars",
        "进度": "progress", "进度图": "progress", "进度条": "progress", "progress": "progress",
        "堆叠": "stack", "堆叠图": "stack", "stack": "stack",
        "折线": "line", "折线图": "line", "line": "line",
        "大数": "numbers", "大数字": "numbers", "numbers": "numbers",
    },
    "order": {"大到小": "falling", "falling": "falling", "小到大": "rising", "rising": "rising",
              "晚到早": "falling", "早到晚": "rising"},
    "totals": {"首行": "first", "first": "first", "末行": "last", "last": "last",
               "不列": "none", "none": "none"},
}  # fmt: skip
_FENCE = re.compile(rf"\s*[/／]{{3,}}\s*(?:{'|'.join(NAMES)})\s*(?:[|｜](?P<argument>.*))?")
_END = re.compile(r"\s*[/／]{3,}\s*")
_ARGUMENT = re.compile(
    r"(?P<path>[^:：]*?)(?:\s(?:by|按)\s*(?P<by>[^:：]*?))?\s*(?:[:：](?P<names>.*))?"
)
_PATH = re.compile(r"[^.．。·\s]+(?:\s+[^.．。·\s]+)*")
_NAME = re.compile(r"[^,，、\s]+")
_OPTION = re.compile(r"\s*(?P<key>[^:：]*?)\s*[:：]\s*(?P<value>.*?)\s*")


@dataclass(slots=True)
class _Found:
    """What is found on the way through the lines."""

    charts: list[Chart] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def take_charts(
    path: str, lines: Sequence[str], marked: Sequence[str], start: int = 0
) -> Checked[tuple[tuple[str, ...], tuple[Chart, ...]]]:
    """Return the lines with a mark for each chart, and the charts in reading order.

    `marked` are the lines with marks for quotes already; from `start` on every block must
    be closed.
    """
    found = _Found()
    result = list(marked)
    number = start
    while number < len(lines):
        fence = _FENCE.fullmatch(lines[number])
        if not fence:
            number += 1
            continue
        end = next(n for n in range(number + 1, len(lines)) if _END.fullmatch(lines[n]))
        whole = [Place(path, n + 1, 0, 0, lines[n]) for n in range(number, end)]
        chart = _chart(whole, fence, marked[number + 1 : end], found.findings)
        result[number : end + 1] = [""] * (end + 1 - number)
        if chart:
            result[number] = f"{OPEN}{len(found.charts)}{CLOSE}"
            found.charts.append(chart)
        number = end + 1
    return Checked((tuple(result), tuple(found.charts)), tuple(found.findings))


def _chart(
    lines: Sequence[Place], fence: re.Match[str], marked: Sequence[str], findings: list[Finding]
) -> Chart | None:
    """Return the chart of a block, None where it is not said what it is to show."""
    start = fence.start("argument")
    argument = _ARGUMENT.fullmatch(fence["argument"] or "")
    path = _words(lines[0], start, argument, "path") if argument else ()
    if argument is None or not path:
        findings.append(
            error(
                "chart-argument",
                lines[0],
                msg("It is not said what this chart or table is to show."),
                msg("Write it like /// chart | dataset by dimension: measure, measure."),
            )
        )
        return None
    by = _words(lines[0], start, argument, "by")
    texts, places = _options(lines[1:], marked, findings)
    kind = _kind(fence, texts)
    findings += _out_of_place(kind, places)
    return Chart(
        path=path,
        by=by[0] if by else None,
        names=_words(lines[0], start, argument, "names"),
        place=lines[0],
        kind=kind,
        order=texts.get("order", ""),
        totals=texts.get("totals", "first"),
        most=int(texts.get("most", 0)),
        title=texts.get("title", ""),
        credit=texts.get("credit", ""),
        note=texts.get("note", ""),
        options=places,
    )


def _kind(fence: re.Match[str], texts: Mapping[str, str]) -> ChartKind | None:
    """Return what the block is by its name, or by the option that says it."""
    name = fence[0].strip("/／ \t\u3000")
    if name.startswith(LISTS):
        return ChartKind.LIST
    if name.startswith(TABLES):
        return ChartKind.TABLE
    return ChartKind(texts["kind"]) if "kind" in texts else None


def _out_of_place(kind: ChartKind | None, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Yield options that say nothing in a block of this kind."""
    idle = {
        "kind": kind in (ChartKind.TABLE, ChartKind.LIST) and "kind" in places,
        "totals": kind is ChartKind.LIST,
        "most": kind is not ChartKind.LIST,
    }
    for option, place in places.items():
        if idle.get(option):
            why = msg("This option says nothing in such a block.")
            yield error("chart-option", place, why, msg("Delete this line."))


def _words(line: Place, start: int, argument: re.Match[str], group: str) -> tuple[Word, ...]:
    """Return the names in one part of a block's argument, each with its place."""
    text = argument[group] or ""
    at = start + argument.start(group)
    pattern = _NAME if group == "names" else _PATH
    return tuple(
        Word(match[0], line.words(at + match.start() + 1, at + match.end() + 1))
        for match in pattern.finditer(text)
    )


def _options(
    lines: Sequence[Place], marked: Sequence[str], findings: list[Finding]
) -> tuple[dict[str, str], dict[str, Place]]:
    """Return each option's value, and where it stands."""
    texts: dict[str, str] = {}
    places: dict[str, Place] = {}
    for line, text in zip(lines, marked, strict=True):
        if not line.text.strip():
            continue
        typed, shown = _OPTION.fullmatch(line.text), _OPTION.fullmatch(text)
        if typed is None or shown is None or typed["key"] not in OPTIONS:
            findings.append(_unknown(line, typed))
            continue
        key, value = OPTIONS[typed["key"]], typed["value"]
        places[key] = line.words(typed.start("value") + 1, typed.end("value") + 1)
        if key == "most" and not (re.fullmatch(r"\d{1,3}", value) and 1 <= int(value) <= MOST_ROWS):
            why = msg("It is not said how many rows are to be printed.")
            how = msg("Write a whole number from 1 to {most}.", most=MOST_ROWS)
            findings.append(error("chart-option", places[key], why, how))
        elif key not in CHOICES:
            texts[key] = str(escape(shown["value"]))
        elif value in CHOICES[key]:
            texts[key] = CHOICES[key][value]
        else:
            why = msg("{option} knows nothing named {name}.", option=typed["key"], name=value)
            known = _in_chinese(CHOICES[key])
            findings.append(error("chart-option", places[key], why, nearest(value, known)))
    return texts, places


def _in_chinese(choices: Mapping[str, str]) -> list[str]:
    """Return one Chinese word for each choice."""
    words: dict[str, str] = {}
    for word, choice in choices.items():
        if not word.isascii():
            words.setdefault(choice, word)
    return list(words.values())


def _unknown(line: Place, typed: re.Match[str] | None) -> Finding:
    """Return the finding for a line that is no option of a chart."""
    key = typed["key"] if typed else line.text.strip()
    column = line.text.index(key) + 1
    place = line.words(column, column + len(key))
    known = _in_chinese(OPTIONS)
    why = msg("A chart or table has no option {name}.", name=key)
    return error("chart-option", place, why, nearest(key, known))
