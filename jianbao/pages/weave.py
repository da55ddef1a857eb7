"""Put the written figures into the stories, in place of their marks.

    HTML with marks, writings ──weave──▶ HTML

In the web edition a figure is a <data> element that can say where it comes
from; in print it is plain text, so that nothing can break within a numeral.
"""

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup, escape

from jianbao.figures.language import Written
from jianbao.figures.resolve import Figure, Kind
from jianbao.figures.writing import write_as_of
from jianbao.reading.braces import MARK


def weave(html: str, writings: Sequence[Written], web: bool) -> Markup:
    """Return `html`, which is clean already, with each mark replaced by its writing."""

    def put(mark: str) -> str:
        written = writings[int(mark)]
        return str(figure_html(written) if web else escape(written.text))

    return Markup(MARK.sub(lambda match: put(match[1]), html))


def figure_html(written: Written) -> Markup:
    """Return a figure as a <data> element with its exact value and where it comes from."""
    figure = written.figure
    if figure is None:
        return escape(written.text)
    if written.phrase:
        return Markup('<span title="{}">{}</span>').format(origin(figure), written.text)
    return Markup('<data value="{}" title="{}">{}</data>').format(
        exact(figure), origin(figure), written.text
    )


def exact(figure: Figure) -> str:
    """Return the figure's value for machines; a ratio's with eight digits after the point."""
    value = figure.amount.value
    if figure.kind is Kind.RATIO:
        value = value.quantize(Decimal("1e-8"))
    return f"{value.normalize():f}"


def origin(figure: Figure) -> str:
    """Return in one line what a figure is, as of when, and where it was typed."""
    places = dict.fromkeys(f"{place.path}:{place.line}" for place in figure.places)
    shown = list(places)[:2]
    more = "…" if len(places) > len(shown) else ""
    as_of = write_as_of(figure.as_of, 0)
    return f"{figure.path}　截至{as_of}　{'，'.join(shown)}{more}"
