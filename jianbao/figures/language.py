"""The small language between {{ and }}: a path and filters; no statements, not Jinja.

    "实事.已完成 | 万 | 小数 1" ──parse──▶ Expression ──evaluate──▶ Written

Full-width dots and bars are taken for theirs. Filters change how a figure is
written, never what it is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from jianbao.diagnostics import NOTHING, Finding, Message, Place, error, msg
from jianbao.figures.book import Book
from jianbao.figures.resolve import Figure, Unresolved, resolve
from jianbao.figures.writing import WAN, YI, Form, write, write_as_of, write_document
from jianbao.model import AsOf, Document, Quote

FILTERS = {
    "数": "bare",
    "bare": "bare",
    "万": "wan",
    "wan": "wan",
    "亿": "yi",
    "yi": "yi",
    "小数": "decimals",
    "decimals": "decimals",
    "余": "余",
    "over": "余",
    "多": "多",
    "近": "近",
    "nearly": "近",
    "约": "约",
    "about": "约",
    "引": "cited",
    "cited": "cited",
}

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
    """A quote's writing, and the figure behind it; None for a document, an as-of, a citation."""

    text: str
    figure: Figure | None = None


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
    names = tuple(name.strip() for name in re.split(r"[.．。·]", head))
    return Expression(names, "", tuple(filters))


def evaluate(book: Book, quote: Quote, year: int) -> Written | Finding:
    """Return the quote's writing, or the finding that says what to write instead."""
    expression = parse(quote.source)
    form = _form(expression, quote.place)
    if isinstance(form, Finding):
        return form
    if expression.literal:
        return _cited(expression, quote.place)
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
    return _written(found, form, quote.place, year)


def _written(
    found: Figure | AsOf | Document, form: Form, place: Place, year: int
) -> Written | Finding:
    if isinstance(found, AsOf):
        return Written(write_as_of(found, year))
    if isinstance(found, Document):
        return Written(write_document(found))
    text = write(found, form)
    if isinstance(text, Message):
        return error("filter-untrue", place, text, msg("Leave the filter out."))
    return Written(text, found)


def _form(expression: Expression, place: Place) -> Form | Finding:
    form = Form()
    for name, argument in expression.filters:
        meaning = FILTERS.get(name)
        if meaning is None:
            near = get_close_matches(name, [key for key in FILTERS if not key.isascii()], 1, 0.3)
            known = "、".join(key for key in FILTERS if not key.isascii())
            return error(
                "filter-unknown",
                place,
                msg("There is no filter {name}.", name=name),
                msg("Write {name}.", name=near[0])
                if near
                else msg("Known here: {names}.", names=known),
            )
        if meaning == "bare":
            form = replace(form, unit=False)
        elif meaning in ("wan", "yi"):
            form = replace(form, scale=WAN if meaning == "wan" else YI)
        elif meaning == "decimals":
            if not re.fullmatch(r"[0-6]", argument):
                return error(
                    "filter-argument",
                    place,
                    msg("It is not said how many decimals."),
                    msg("Write it like | 小数 1."),
                )
            form = replace(form, decimals=int(argument))
        elif meaning != "cited":
            form = replace(form, approx=meaning)
    return form


def _cited(expression: Expression, place: Place) -> Written | Finding:
    reasons = [argument for name, argument in expression.filters if FILTERS.get(name) == "cited"]
    if not any(reasons):
        return error(
            "citation-reason",
            place,
            msg("A cited number needs its source."),
            msg("Write it like {{{{ “22个” | 引 省统计公报 }}}}."),
        )
    return Written(expression.literal)


def _unresolved(book: Book, found: Unresolved, expression: Expression, place: Place) -> Finding:
    if found.unreported:
        return error("figure-unreported", place, found.why, _whom_to_ask(book, expression))
    wrong = expression.names[len(found.understood)] if found.understood != expression.names else ""
    near = get_close_matches(wrong, found.known, 1, 0.4) if wrong else []
    if not near:
        return error("figure-unknown", place, found.why, _list(found.known))
    rest = expression.names[len(found.understood) + 1 :]
    names = (*found.understood, near[0], *rest)
    return error("figure-unknown", place, found.why, _instead(book, names))


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
