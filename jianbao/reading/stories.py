"""Read one story: its head, its sections, photos and strips, and the figures it quotes.

text ──▶ lines with marks ──▶ head, and body as a tree ──▶ Story
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from markupsafe import escape

from jianbao.diagnostics import Checked, Finding, Place, error, msg, warning
from jianbao.model import Photo, Section, Story, StripItem
from jianbao.reading.bounds import (
    addresses_lost,
    is_deep,
    pictures_elsewhere,
    too_deep,
    too_long,
)
from jianbao.reading.braces import take_quotes
from jianbao.reading.charts import NAMES as CHARTS
from jianbao.reading.charts import take_charts
from jianbao.reading.files import read_text
from jianbao.reading.focus import read_focus
from jianbao.reading.heads import HeadLine, read_head
from jianbao.reading.markup import BLOCKS, to_tree
from jianbao.reading.shaping import nearest

ANCHOR = '<hr class="{}">'
"""Stands in a section's body for its next photo or strip; the cleaned text has no class on hr."""
LINE_BREAK = re.compile(r"\s*／\s*|\s+/\s+")
_FENCE = re.compile(r"\s*[/／]{3,}\s*(?P<name>[^\s|｜]*)\s*(?:[|｜]\s*(?P<argument>.*?))?\s*")
_BARELESS = re.compile(r"\s*[/／]{3,}\s*(?P<name>[^\s|｜]+)\s+(?P<rest>[^|｜]+?)\s*")
_HEAD = re.compile(r"\s*[#＃]{2}(?![#＃])")
_RAW_HTML = re.compile(r"</?[A-Za-z][^>]*>")


def read_story(root: Path, path: str) -> Checked[Story | None]:
    """Return the story at `root`/`path`, or None where the file cannot be read."""
    text = read_text(root, path)
    if text.value is None:
        return Checked(None, text.findings)
    lines = tuple(text.value.split("\n"))
    if fault := too_long(path, lines):
        return Checked(None, (*text.findings, fault))
    quotes = take_quotes(path, lines)
    marked, quoted = quotes.value
    head = read_head(path, lines, marked)
    if any(finding.rule == "head-open" for finding in head.findings):
        return Checked(None, (*text.findings, *head.findings))
    found = _body_findings(path, lines, head.value.body)
    findings = (*text.findings, *quotes.findings, *head.findings, *found)
    if any(finding.rule.startswith("block-") for finding in found):
        return Checked(None, findings)
    charts = take_charts(path, lines, marked, head.value.body)
    parts = _Parts(path, lines, head.value.body)
    places = tuple(Place(path, n, 0, 0, line) for n, line in enumerate(lines, 1))
    tree = _tree(charts.value[0][head.value.body :])
    if tree is None:
        told = (finding for finding in findings if finding.rule != "raw-html")
        return Checked(None, (*told, too_deep(path)))
    parts.findings += [*pictures_elsewhere(tree, places), *addresses_lost(tree, places)]
    for element in tree:
        parts.take(element)
    values = head.value.values

    def said(key: str) -> str:
        return str(escape(values.get(key, HeadLine("", Place(path))).value))

    story = Story(
        path=path,
        headline=tuple(LINE_BREAK.split(said("headline"))),
        kicker=said("kicker"),
        deck=said("deck"),
        standfirst=said("standfirst"),
        byline=said("byline"),
        sections=parts.sections(),
        closing=parts.closing(),
        photos=tuple(parts.photos),
        strips=tuple(parts.strips),
        quotes=quoted,
        lines=places,
        charts=charts.value[1],
    )
    return Checked(story, (*findings, *charts.findings, *parts.findings))


def _tree(body: Sequence[str]) -> Element | None:
    """Return the body's elements, None where they stand in each other without end."""
    try:
        tree = to_tree(body)
    except RecursionError:
        return None
    return None if is_deep(tree) else tree


@dataclass(slots=True)
class _Parts:
    """The body as it is taken apart; the n-th crosshead stands in the n-th line that has one."""

    path: str
    lines: Sequence[str]
    body: int
    photos: list[Photo] = field(default_factory=list)
    strips: list[tuple[StripItem, ...]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _open: list[tuple[tuple[str, ...], list[str], Place]] = field(default_factory=list)
    _closing: list[str] | None = None
    _heads: int = 0

    def take(self, element: Element) -> None:
        """Sort one block of the body into where it belongs."""
        kind = (element.tag, element.get("class", ""))
        if element.tag == "h2":
            place = self._nth(_HEAD, self._heads)
            self._heads += 1
            self._open.append((tuple(LINE_BREAK.split(inner(element))), [], place))
        elif element.tag == "hr":
            self._closing = []
        elif kind == ("figure", "photo"):
            self.photos.append(self._photo(element))
            self._anchor("photo")
        elif kind == ("div", "figures"):
            self.strips.append(tuple(_strip_item(line) for line in element.iter("p")))
            self._anchor("figures")
        else:
            self._paragraphs().append(_block(element))

    def _paragraphs(self) -> list[str]:
        if self._closing is not None:
            return self._closing
        if not self._open:
            line = min(self.body, len(self.lines) - 1)
            self._open.append(((), [], Place(self.path, line + 1, 0, 0, self.lines[line])))
        return self._open[-1][1]

    def _anchor(self, name: str) -> None:
        """Mark where a photo or strip stands in the text, for layouts that set it there."""
        if self._open or self._closing is not None:
            self._paragraphs().append(ANCHOR.format(name))

    def _nth(self, pattern: re.Pattern[str], count: int) -> Place:
        numbers = [n for n in range(self.body, len(self.lines)) if pattern.match(self.lines[n])]
        number = numbers[min(count, len(numbers) - 1)] if numbers else 0
        return Place(self.path, number + 1, 0, 0, self.lines[number])

    def _photo(self, figure: Element) -> Photo:
        picture = figure.find("img")
        assert picture is not None
        place = self._nth(re.compile(r"\s*/{3,}\s*photo\b"), len(self.photos))
        caption = "".join(inner(line) for line in figure.iter("p"))
        focus = read_focus(picture.get("data-focus", ""), self.lines, place)
        self.findings += focus.findings
        return Photo(
            path=picture.get("src", ""),
            caption=caption,
            credit=picture.get("title", ""),
            alt=picture.get("alt", ""),
            place=place,
            focus=focus.value,
        )

    def sections(self) -> tuple[Section, ...]:
        """Return what stands under each crosshead."""
        return tuple(Section(heads, "".join(body), place) for heads, body, place in self._open)

    def closing(self) -> str:
        """Return the paragraphs after the rule, "" where there is none."""
        return "".join(self._closing or ())


def inner(element: Element) -> str:
    """Return what is inside an element as HTML."""
    parts = [str(escape(element.text or ""))]
    parts += [tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(parts).strip()


def _block(element: Element) -> str:
    """Return a block of the body as HTML; a bold start before a full-width blank runs in."""
    first = next(iter(element), None)
    if (
        element.tag == "p"
        and first is not None
        and first.tag in ("strong", "b")
        and not (element.text or "").strip()
        and (first.tail or "").startswith("\u3000")
    ):
        first.set("class", "run-in")
    element.tail = None
    return tostring(element, encoding="unicode", method="html").strip()


def _strip_item(line: Element) -> StripItem:
    label, _, value = inner(line).partition("：")
    return StripItem(label, value) if value else StripItem("", label)


def _body_findings(path: str, lines: Sequence[str], start: int) -> tuple[Finding, ...]:
    """Return what is wrong with a body before Markdown sees it: blocks, headings, HTML."""
    findings: list[Finding] = []
    opened: Place | None = None
    for number in range(start, len(lines)):
        line = lines[number]
        place = Place(path, number + 1, 0, 0, line)
        fence = _FENCE.fullmatch(line)
        if fence and fence["name"]:
            findings += _opening(place, fence, opened)
            opened = place
        elif fence:
            findings += _ending(place, fence, opened)
            opened = None
        elif bare := _BARELESS.fullmatch(line):
            findings.append(_no_bar(place, bare))
            opened = place
        elif re.match(r"\s*[#＃]", line) and not _HEAD.match(line):
            findings.append(
                warning(
                    "heading-level",
                    place,
                    msg("This is no crosshead."),
                    msg("A crosshead begins with ## and a blank."),
                )
            )
        elif _RAW_HTML.search(line):
            findings.append(
                warning(
                    "raw-html",
                    place,
                    msg("HTML stands in the text; what acts or looks different is taken out."),
                    msg("Write the text alone; **two stars** on either side make it bold."),
                )
            )
    if opened is not None:
        findings.append(
            error(
                "block-open",
                opened,
                msg("This block does not end."),
                msg("Put a line /// behind it."),
            )
        )
    return tuple(findings)


def _ending(place: Place, fence: re.Match[str], opened: Place | None) -> list[Finding]:
    """Return what is wrong with a line that ends a block."""
    if opened is None:
        why = msg("Nothing is open that could end here.")
        return [error("block-stray", place, why, msg("Delete this line."))]
    if fence["argument"] is not None:
        why = msg("Behind the /// that ends a block stands something more.")
        return [error("block-argument", place, why, msg("Write {name}.", name="///"))]
    return []


def _no_bar(place: Place, match: re.Match[str]) -> Finding:
    """Return the finding for `/// 台账 督办.逾期`, which lacks the bar behind its name."""
    whole = f"/// {match['name']} | {match['rest']}"
    why = msg("The bar behind {name} is missing.", name=match["name"])
    return error("block-argument", place, why, msg("Write {name}.", name=whole))


def _opening(place: Place, fence: re.Match[str], opened: Place | None) -> list[Finding]:
    if opened is not None:
        return [
            error(
                "block-open",
                opened,
                msg("This block does not end."),
                msg("Put a line /// behind it."),
            )
        ]
    if fence["name"] not in (*BLOCKS, *CHARTS):
        place = place.words(fence.start("name") + 1, fence.end("name") + 1)
        return [
            error(
                "block-unknown",
                place,
                msg("There is no block {name}.", name=fence["name"]),
                nearest(fence["name"], (*BLOCKS, *CHARTS)),
            )
        ]
    if fence["name"] == "photo" and not fence["argument"]:
        return [
            error(
                "block-argument",
                place,
                msg("It is not said which picture is meant."),
                msg("Write /// photo | photos/name.jpg."),
            )
        ]
    return []
