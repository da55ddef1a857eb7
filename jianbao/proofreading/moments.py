"""As-ofs typed by hand, against those of the figures behind them.

    lines, matches, Catalogue ──as_ofs_agree──▶ findings

截至12月20日，已完成{{ 实事.已完成 }} says of the figure what its data do not say,
if these are as of the 21st. The first figure behind a typed as-of decides, up to
the end of its sentence.
"""

import re
from collections.abc import Iterator, Sequence

from jianbao.diagnostics import Finding, Message, Place, error, msg, warning
from jianbao.figures.hanzi import from_han
from jianbao.figures.language import Written, evaluate
from jianbao.figures.resolve import Figure
from jianbao.figures.writing import write_as_of
from jianbao.model import AsOf
from jianbao.proofreading.matching.catalogue import Catalogue
from jianbao.proofreading.matching.deciding import Match, Verdict
from jianbao.reading.braces import take_quotes
from jianbao.reading.scalars import half_width, read_as_of

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_TYPED = re.compile(
    r"截[至止]到?\s*(?P<when>"
    r"(?P<dotted>(?:(?P<full>\d{4})[-./])?(?P<month>\d{1,2})[-./](?P<date>\d{1,2})(?![\d件%万亿]))"
    r"|(?P<year>(?:\d{4}|[〇零一二三四五六七八九]{4}|今|本|去|上)年)?\s*"
    rf"(?P<day>{_N}\s*月(?:\s*{_N}\s*[日号](?:\s*{_N}\s*[时点])?|底|末))"
    rf"|(?:[本当]月)?(?P<only>{_N})[日号])"
)
_HAN = re.compile("[一二三四五六七八九十]+")
_END = re.compile("[。；！？]")
_YEAR_LONG = 4
_YEARS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1}


def as_ofs_agree(
    lines: Sequence[Place], matches: Sequence[Match], catalogue: Catalogue
) -> Iterator[Finding]:
    """A typed as-of is that of the figure it introduces; a right one is bound all the same."""
    found = [
        (place, match)
        for place in lines
        if "截" in place.text
        for match in _TYPED.finditer(half_width(place.text))
    ]
    known = [*_quoted(lines, catalogue), *_typed(matches)] if found else []
    for place, match in found:
        end = _END.search(place.text, match.end())
        until = end.start() if end else len(place.text)
        behind = [
            (spot.column, figure)
            for spot, figure in known
            if spot.line == place.line and match.end() < spot.column <= until
        ]
        if not behind:
            continue
        figure = min(behind, key=lambda one: one[0])[1]
        if typed := _moment(match, figure, catalogue.year):
            spot = place.words(match.start("when") + 1, match.end("when") + 1)
            yield _judged(spot, typed, figure, catalogue.year)


def _quoted(lines: Sequence[Place], catalogue: Catalogue) -> Iterator[tuple[Place, Figure]]:
    """Yield the figures that are bound, and where."""
    _, quotes = take_quotes(lines[0].path, tuple(place.text for place in lines)).value
    for quote in quotes:
        written = evaluate(catalogue.book, quote, catalogue.year)
        if isinstance(written, Written) and written.figure:
            yield quote.place, written.figure


def _typed(matches: Sequence[Match]) -> Iterator[tuple[Place, Figure]]:
    """Yield the figures that were clearly typed by hand."""
    for match in matches:
        if match.verdict is Verdict.ONE:
            yield match.place, match.proposals[0].figure


def _moment(match: re.Match[str], figure: Figure, year: int) -> AsOf | None:
    """Return what was typed; what it leaves out is the bulletin's year, the figure's month."""
    if match["dotted"]:
        typed = f"{match['full'] or year}年{match['month']}月{match['date']}日"
    elif match["only"]:
        typed = f"{figure.as_of.day:%Y年%m月}{match['only']}日"
    else:
        typed = _year(match["year"] or "", year) + re.sub(r"\s", "", match["day"])
    digits = _HAN.sub(lambda han: str(from_han(han.group()) or 0), typed).replace("号", "日")
    found = read_as_of(digits)
    return None if isinstance(found, Message) else found


def _year(named: str, year: int) -> str:
    """Return the year that is named: 2026年, 二〇二六年, 去年; the bulletin's where none is."""
    if named[:1].isdecimal():
        return named
    digits = "".join(
        str("〇一二三四五六七八九".find(char)) for char in named[:-1].replace("零", "〇")
    )
    return f"{digits}年" if len(digits) == _YEAR_LONG else f"{year + _YEARS.get(named, 0)}年"


def _judged(place: Place, typed: AsOf, figure: Figure, year: int) -> Finding:
    true = write_as_of(figure.as_of, year)
    write = msg("Write {braces}, which prints {value}.",
                braces=f"{{{{ {figure.cell[0]}.截至 }}}}", value=true)  # fmt: skip
    if _is_same(typed, figure.as_of):
        told = msg("This as-of is typed by hand; it does not change when the figures do.")
        return warning("as-of-typed", place, told, write)
    told = msg("{path} is as of {value}, not {typed}.", path=figure.path, value=true,
               typed=place.excerpt)  # fmt: skip
    return error("as-of-differs", place, told, write)


def _is_same(typed: AsOf, true: AsOf) -> bool:
    """Say whether two as-ofs name one moment; a day without an hour is the day's end, or its hour.

    12月21日 for 12月21日24时 says less and nothing wrong.
    """
    hours = (typed.hour, true.hour or 24)
    return typed.day == true.day and (hours[0] is None or hours[0] == hours[1])
