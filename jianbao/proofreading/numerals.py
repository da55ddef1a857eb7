"""Numbers in a story's words: those that should be bound to a figure, and how they look.

A number typed by hand is compared with the figures its words name (`matching`).
Where they clearly name one of another value, it is an error; otherwise it is
told that a number stands there that nobody checks.
"""

import re
from collections.abc import Iterable, Iterator

from jianbao.diagnostics import NOTHING, Finding, Message, Place, error, msg, warning
from jianbao.figures.writing import write
from jianbao.model import Story
from jianbao.proofreading.matching.deciding import Match, Verdict, is_close
from jianbao.proofreading.matching.numbers import Number
from jianbao.proofreading.matching.spelling import TENTHS
from jianbao.proofreading.matching.tenths import holds
from jianbao.reading.scalars import SCALES

_LEAST_SPELT = 100
_SHARES = ("%", "‰", TENTHS)
_LEADING, _WITHIN = ("近", "约"), ("余", "多")


def numbers_are_bound(matches: Iterable[Match]) -> Iterator[Finding]:
    """A number beside a measure word comes from the data, or says what it is cited from."""
    for match in matches:
        if (match.proposals or match.number.unit) and not _is_word(match):
            yield finding_of(match)


def _is_word(match: Match) -> bool:
    """Say whether a small number in Han is a word unless a figure is clearly meant: 十二项行动."""
    number = match.number
    small = number.han and number.value < _LEAST_SPELT and number.unit not in _SHARES
    return small and not number.places and match.verdict is not Verdict.ONE


def finding_of(match: Match) -> Finding:
    """Return what is said about a number typed by hand."""
    if match.number.unit == TENTHS:
        return _tenths(match)
    if match.number.han and match.verdict is not Verdict.NEAR:
        return _in_han(match)
    if match.verdict is Verdict.FAR:
        return _unmatched(match)
    return _differs(match) if match.verdict is Verdict.NEAR else _typed(match)


def _tenths(match: Match) -> Finding:
    """Return the finding for a share typed in tenths: 近九成 where it is 78.6%."""
    if match.verdict is Verdict.NONE:
        return _typed(match)
    meant = match.proposals[0]
    value = write(meant.figure)
    true = holds(match.number, meant.figure.amount.value)
    names = {"path": meant.figure.path, "value": value, "tenths": meant.prints}
    hint = msg("Write {braces}.", braces=meant.braces)
    if true:
        told = msg("{path} is {value}, {tenths}; typed by hand, the words do not change with it.",
                   **names)  # fmt: skip
        return warning("number-typed", match.place, told, hint)
    told = msg("{path} is {value}, {tenths}, not {typed}.", typed=match.place.excerpt, **names)
    if match.verdict is Verdict.NEAR:
        return error("number-differs", match.place, told, hint)
    return warning("number-unmatched", match.place, told, hint)


def _unmatched(match: Match) -> Finding:
    """Return the finding for a number whose words name a figure of quite another value."""
    meant = match.proposals[0]
    told = msg("The words around name {path} ({value}); no figure is {typed}.",
               path=meant.figure.path, value=meant.prints, typed=match.place.excerpt)  # fmt: skip
    how = msg(
        "If that figure is meant, write {braces}; otherwise mark it as cited: "
        "{{{{ “{number}” | 引 source }}}}.",
        braces=meant.braces,
        number=match.place.excerpt,
    )
    return warning("number-unmatched", match.place, told, how)


def _typed(match: Match) -> Finding:
    """Return the finding for a number that may be right, but was typed."""
    place = match.place
    if match.verdict is Verdict.NONE:
        cite = msg(
            "Write the figure's name in {{{{ }}}}, or mark it as cited: "
            "{{{{ “{number}” | 引 source }}}}.",
            number=place.excerpt,
        )
        told = msg("This number is typed by hand; nothing checks it.")
        return warning("number-typed", place, told, cite)
    first = match.proposals[0]
    if match.verdict is Verdict.ONE:
        told = msg("This is {path}, but typed by hand: it does not change when the figure does.",
                   path=first.figure.path)  # fmt: skip
        write = msg("Write {braces}, or let the command bind do it.", braces=first.braces)
        return warning("number-typed", place, told, write)
    told = msg("This number is typed by hand; it may be {names}.", names=names_of(match))
    only = msg("Write {braces}.", braces=first.braces) if len(match.proposals) == 1 else NOTHING
    return warning("number-typed", place, told, only)


def names_of(match: Match) -> str:
    """Return the figures a number may mean, each with what it prints."""
    return "、".join(f"{one.figure.path}（{one.prints}）" for one in match.proposals)


def _differs(match: Match) -> Finding:
    """Return the finding for a number whose words name a figure of another value."""
    meant = match.proposals[0]
    hint = msg("Write {braces}.", braces=meant.braces)
    if is_close(match.number, meant.figure):
        return error("number-cut", match.place, _cut(match), hint)
    words = {"path": meant.figure.path, "value": meant.prints, "typed": match.place.excerpt}
    if meant.is_phrase:
        told = msg("By the data {path} would read “{value}”, not “{typed}”.", **words)
    else:
        told = msg("{path} is {value}, not {typed}.", **words)
    return error("number-differs", match.place, told, hint)


def _cut(match: Match) -> Message:
    """Return what is said where the value is right and its writing is not."""
    meant = match.proposals[0]
    return msg(
        "{path} is {value}; {typed} is cut off, or leaves out how exact it is.",
        path=meant.figure.path,
        value=meant.prints,
        typed=match.place.excerpt,
    )


def _in_han(match: Match) -> Finding:
    """Return the finding for a statistic in Han numerals (GB/T 15835-2011 4.1.1)."""
    write = _in_digits(match.number)
    if match.proposals and match.verdict is not Verdict.FAR:
        write = match.proposals[0].braces
    return warning(
        "numeral-han",
        match.place,
        msg("A statistic is written in Arabic digits."),
        msg("Write {name}.", name=write),
    )


def _in_digits(number: Number) -> str:
    """Return a number spelt in Han as digits: 近11.6万人."""
    scale = next(name for name, value in SCALES.items() if value == number.scale)
    before, after = (number.approx, "") if number.approx in _LEADING else ("", number.approx)
    value = f"{number.value / number.scale:.{number.places}f}"
    trailing = after if after in _WITHIN else ""
    return f"{before}{value}{scale}{trailing}{number.unit}{after.removeprefix(trailing)}"


def ranges_use_the_wave(story: Story) -> Iterator[Finding]:
    """A range is written with ～ (GB/T 15834-2011 4.13.3.2), not with the ASCII tilde."""
    for place in _body(story):
        for match in re.finditer(r"\d[%万亿]?([~〜])\d", place.text):
            yield warning(
                "range-mark",
                place.words(match.start(1) + 1, match.end(1) + 1),
                msg("A range is not written with this mark."),
                msg("Write {name}.", name="～"),
            )


def _body(story: Story) -> Iterator[Place]:
    """Yield the lines people read; options of blocks and fences are not among them."""
    for place in story.lines:
        line = place.text.strip()
        if not line.startswith("///") and not re.match(r"(credit|alt|图源|替代文字)\s*[:：]", line):
            yield place
