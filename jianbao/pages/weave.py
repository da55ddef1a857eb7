"""Put the written figures into the stories, in place of their marks.

    HTML with marks, writings ──weave──▶ HTML

In the web edition a figure is a <data> element with its exact value, linked to
the place of the page that says where it comes from, which works by pointing,
touch and keyboard and without scripts. In print it is plain text, so that
nothing can break within a numeral.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from hashlib import blake2s

from markupsafe import Markup, escape

from jianbao.figures.language import Written
from jianbao.figures.resolve import Figure, Kind
from jianbao.reading.braces import MARK

_MOVED = '<div class="own-table{}" role="group" aria-label="表格" tabindex="0">{}</div>'
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_NARROW = 3
"""How many columns of a typed table are readable in a column of text."""
# Browsers break beside a quotation mark only where both its neighbours are Han.
_QUOTED = re.compile(
    r"<[^>]*>|(?<=[\u3400-\u9fff])(?=“[0-9A-Za-z])|(?<=[0-9A-Za-z%]”)(?=[\u3400-\u9fff])"
)


def weave(html: str, writings: Sequence[Written], web: bool) -> Markup:
    """Return `html`, which is clean already, with each mark replaced by its writing.

    A table that a writer typed can be moved sideways on the web, where a phone is too narrow.
    There a line may also end before “ and after ”.
    """

    def put(mark: str) -> str:
        written = writings[int(mark)]
        return str(figure_html(written) if web else escape(written.text))

    if web:
        html = _TABLE.sub(_moved, _QUOTED.sub(lambda found: found[0] or "<wbr>", html))
    return Markup(MARK.sub(lambda match: put(match[1]), html))


def _moved(table: re.Match[str]) -> str:
    columns = len(re.findall(r"<th\b", table[0]))
    named = re.sub(r"<th\b", '<th scope="col"', table[0])
    return _MOVED.format(" broad" if columns > _NARROW else "", named)


def plain(html: Markup) -> str:
    """Return the text of a piece of HTML; unlike `striptags`, full-width blanks stay."""
    return Markup(re.sub(r"<[^>]*>", "", html)).unescape()


def figure_html(written: Written) -> Markup:
    """Return a quoted figure as a link to where the page says what it is and where it is from."""
    figure = written.figure
    if figure is None:
        return escape(written.text)
    inner = escape(written.text) if written.phrase else data_html(figure, written.text)
    return Markup(f'<a class="figure" href="#{anchor(figure)}">{inner}</a>')


def data_html(figure: Figure, text: str) -> Markup:
    """Return a figure's writing as a <data> element with its exact value."""
    return Markup(f'<data value="{exact(figure)}">{escape(text)}</data>')


def anchor(figure: Figure) -> str:
    """Return the name of a figure's place in the page's list of origins."""
    return anchor_of_path(figure.path)


def anchor_of_path(path: str) -> str:
    """Return the name of a figure's place by its path."""
    return "f" + blake2s(path.encode(), digest_size=4).hexdigest()


def slug(name: str) -> str:
    """Return a file's name for a Chinese name, which survives every server and archive."""
    return blake2s(name.encode(), digest_size=5).hexdigest()


def exact(figure: Figure) -> str:
    """Return the figure's value for machines; a ratio's with eight digits after the point."""
    value = figure.amount.value
    if figure.kind is Kind.RATIO:
        value = value.quantize(Decimal("1e-8"))
    return f"{value.normalize():f}"
