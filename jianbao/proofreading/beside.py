"""What stands right beside a bound figure and is typed a second time: its unit, its 近 or 余.

Story, writings ──▶ findings
"""

import re
from collections.abc import Iterator, Sequence

from jianbao.diagnostics import Finding, error, msg, warning
from jianbao.figures.language import Written
from jianbao.model import Story

_BEFORE = re.compile(r"((?<![附最将远靠])近|(?<![节预大签履违合公制集])约|超过|逾)\s*$")
_AFTER = re.compile(r"\s*(余|多(?![少次年]))")
_BRACES = re.compile(r"\s*[}｝]{2}")
_OPENING = re.compile(r"[{｛]{2}\s*$")


def units_stand_once(story: Story, writings: Sequence[Written]) -> Iterator[Finding]:
    """A figure brings its unit: `{{ 实事.项目 }}件` prints 882件件."""
    for quote, written in zip(story.quotes, writings, strict=True):
        figure, place = written.figure, quote.place
        close = _BRACES.match(place.text, place.end_column - 1)
        if figure is None or written.phrase or not close or not figure.unit:
            continue
        behind = place.text[close.end() :].lstrip()
        if written.text.endswith(figure.unit) and behind.startswith(figure.unit):
            start = place.text.index(figure.unit, close.end()) + 1
            yield error(
                "unit-twice",
                place.words(start, start + len(figure.unit)),
                msg("{text} brings its unit; with this it prints {twice}.",
                    text=written.text, twice=written.text + figure.unit),
                msg("Delete this {unit}, or write | 数 in the braces.", unit=figure.unit),
            )  # fmt: skip


def approximations_come_from_the_figure(
    story: Story, writings: Sequence[Written]
) -> Iterator[Finding]:
    """近 and 余 depend on the value, so a filter writes them (newsroom rules A6)."""
    for quote, written in zip(story.quotes, writings, strict=True):
        place = quote.place
        close = _BRACES.match(place.text, place.end_column - 1)
        opening = _OPENING.search(place.text[: place.column - 1])
        if written.figure is None or written.phrase or not close or not opening:
            continue
        before = _BEFORE.search(place.text[: opening.start()])
        after = _AFTER.match(place.text, close.end())
        for match in (before, after):
            if match:
                word = {"超过": "余", "逾": "余"}.get(match[1], match[1])
                yield warning(
                    "approximation-typed",
                    place.words(match.start(1) + 1, match.end(1) + 1),
                    msg("{word} is typed beside the figure {text}; nothing checks that it is true.",
                        word=match[1], text=written.text),
                    msg("Delete it, and write {braces}.",
                        braces=f"{{{{ {quote.source.strip()} | {word} }}}}"),
                )  # fmt: skip
