"""The small language between {{ and }}: a path and filters; no statements, not Jinja.

    "实事.已完成 | 万 | 小数 1" ──parse──▶ Expression ──evaluate──▶ Written

Full-width dots and bars are taken for theirs. Filters change how a figure is
written, never what it is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jianbao.diagnostics import NOTHING, Finding, Message, Place, error, msg
from jianbao.figures.book import Book
from jianbao.figures.filters import Asked, asked
from jianbao.figures.phrases import PHRASES
from jianbao.figures.resolve import Figure, Unresolved, resolve
from jianbao.figures.writing import write, write_as_of, write_document
from jianbao.model import AsOf, Quote
from jianbao.reading.shaping import meant

_LITERAL = re.compile(r"\s*[\"“「](?P<text>[^\"”」]+)[\"”」]\s*")
_FILTER = re.compile(r"\s*(?P<name>[^\s(（:：]+)\s*[(（:：]?\s*(?P<argument>.*?)\s*[)）]?\s*")


@dataclass(frozen=True, slots=True)
class Expression:
    """What was asked for: names of a path or a cited text, and filters with arguments."""

    names: tuple[str, ...]
    literal: str
    filters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A quote's writing.

    Attributes:
        figure: The figure behind it; None for a document, an as-of, a citation.
        phrase: Whether it says something about the figure, such as its change, and not its value.
    """

    text: str
    figure: Figure | None = None
    phrase: bool = False


def parse(source: str) -> Expression:
    """Return what is written between the braces, taken apart.

    >>> parse("实事。已完成 ｜ 万").names
    ('实事', '已完成')
    """
    head, *rest = re.split(r"[|｜]", source)
    filters = []
    for part in rest:
        match = _FILTER.fullmatch(part)
        filters.append((match["name"], match["argument"]) if match else ("", ""))
    literal = _LITERAL.fullmatch(head)
    if literal:
        return Expression((), literal["text"], tuple(filters))
    names = tuple(name.strip() for name in re.split(r"[.．。·、]", head))
    return Expression(names, "", tuple(filters))


def evaluate(book: Book, quote: Quote, year: int) -> Written | Finding:
    """Return the quote's writing, or the finding that says what to write instead."""
    expression = parse(quote.source)
    wanted = asked(expression.filters, quote.place)
    if isinstance(wanted, Finding):
        return wanted
    if expression.literal:
        return _cited(expression, wanted, quote.place)
    if not all(expression.names):
        return error(
            "quote-empty",
            quote.place,
            msg("No figure is named here."),
            msg("Write a figure as {{{{ dataset.measure }}}}."),
        )
    found = resolve(book, expression.names)
    if isinstance(found, Unresolved):
        return _unresolved(book, found, expression, quote.place)
    if isinstance(found, Figure):
        return _written(book, found, wanted, quote.place)
    return Written(write_as_of(found, year) if isinstance(found, AsOf) else write_document(found))


def _written(book: Book, figure: Figure, wanted: Asked, place: Place) -> Written | Finding:
    if wanted.phrase:
        text = PHRASES[wanted.phrase](book, figure, wanted.argument)
        if isinstance(text, Message):
            return error("phrase-impossible", place, text, msg("Say it without this filter."))
        return Written(text, figure, phrase=True)
    text = write(figure, wanted.form)
    if isinstance(text, Message):
        return error("filter-untrue", place, text, msg("Leave the filter out."))
    return Written(text, figure)


def _cited(expression: Expression, wanted: Asked, place: Place) -> Written | Finding:
    if not wanted.reason:
        return error(
            "citation-reason",
            place,
            msg("A cited number needs its source."),
            msg("Write it like {{{{ “22个” | 引 省统计公报 }}}}."),
        )
    return Written(expression.literal)


def _unresolved(book: Book, found: Unresolved, expression: Expression, place: Place) -> Finding:
    if other := _meant(book, expression.names):
        return error("figure-unknown", place, found.why, _instead(book, other))
    if found.unreported:
        return error("figure-unreported", place, found.why, _whom_to_ask(book, expression))
    wrong = expression.names[len(found.understood)] if found.understood != expression.names else ""
    near = meant(wrong, found.known, 0.4) if wrong else ""
    if not near:
        return error("figure-unknown", place, found.why, _list(found.known))
    rest = expression.names[len(found.understood) + 1 :]
    names = (*found.understood, near, *rest)
    if names == expression.names or not isinstance(resolve(book, names), Figure):
        names = (*found.understood, near)
    return error("figure-unknown", place, found.why, _instead(book, names))


def _meant(book: Book, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the path that other marks or another order stand for: 实事,项目; 实事.项目.区级."""
    parted = tuple(part for name in names for part in re.split(r"[\s,，/／:：_-]+", name) if part)
    orders = [parted] if parted and parted != names else []
    orders += [(parted[0], *parted[2:], parted[1])] if len(parted) > 2 else []
    return next((path for path in orders if isinstance(resolve(book, path), Figure)), ())


def _instead(book: Book, names: tuple[str, ...]) -> Message:
    figure = resolve(book, names)
    path = ".".join(names)
    text = write(figure) if isinstance(figure, Figure) else None
    if isinstance(text, str):
        return msg("Write {path} ({value}).", path=path, value=text)
    return msg("Write {name}.", name=path)


def _list(known: Iterable[str]) -> Message:
    names = list(known)[:12]
    return msg("Known here: {names}.", names="、".join(names)) if names else NOTHING


def _whom_to_ask(book: Book, expression: Expression) -> Message:
    dataset = book.campaign.datasets.get(expression.names[0])
    if dataset and dataset.reporter:
        return msg(
            "Ask {unit}, then add it in data/{campaign}/.",
            unit=dataset.reporter,
            campaign=book.campaign.key,
        )
    return msg("Add it in data/{campaign}/.", campaign=book.campaign.key)
