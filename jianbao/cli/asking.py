"""Ask what cannot be told from a unit's table: whose it is, as of when, which column is what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from jianbao.cli.speaking import Speaker
from jianbao.diagnostics import Message, msg, where

if TYPE_CHECKING:
    from jianbao.model import AsOf
    from jianbao.newsroom.collecting.desk import Desk
    from jianbao.newsroom.collecting.receiving import Hints, Look
    from jianbao.newsroom.collecting.tables import Unknown


def looked_at(speaker: Speaker, desk: Desk, file: tuple[str, bytes], hints: Hints) -> Look:
    """Look at a file, its path and its bytes; where somebody sits there, ask what is unclear."""
    from jianbao.newsroom.collecting.receiving import look_at

    look = look_at(desk, *file, hints)
    while speaker.asks and not look.before:
        more = _answered(speaker, desk, look, hints)
        if more == hints:
            break
        hints = more
        look = look_at(desk, *file, hints)
    return look


def _answered(speaker: Speaker, desk: Desk, look: Look, hints: Hints) -> Hints:
    """Ask one thing about a file: its unit, its day, or a column; the same where none is."""
    rules = {finding.rule for finding in look.findings}
    if "unit-unclear" in rules and not hints.unit:
        names = list(desk.campaign.units)
        speaker.say(msg("{file}: which unit does this table come from?", file=look.path))
        return replace(hints, unit=_chosen(speaker, names) or "")
    if "as-of-missing" in rules and hints.as_of is None:
        return replace(hints, as_of=_day(speaker, desk, look))
    words = dict(hints.words or {})
    for unknown in look.unknown:
        if unknown.word not in words and (path := _column(speaker, unknown)) is not None:
            words[unknown.word] = path
    return replace(hints, words=words)


def _chosen(speaker: Speaker, choices: Sequence[str], none: Message | None = None) -> str | None:
    """Let one of the choices be chosen; "" for none of them, None where it is left open."""
    for number, choice in enumerate(choices, 1):
        speaker.say(msg("  {number}. {choice}", number=number, choice=choice))
    if none:
        speaker.say(msg("  {number}. {choice}", number=0, choice=none))
    answer = speaker.ask(msg("  Which one? Enter leaves the file"))
    if answer.isdecimal() and 1 <= int(answer) <= len(choices):
        return choices[int(answer) - 1]
    return "" if none and answer == "0" else None


def _column(speaker: Speaker, unknown: Unknown) -> str | None:
    speaker.say(msg("{place}: what is “{word}”?", place=where(unknown.place), word=unknown.word))
    return _chosen(speaker, unknown.choices, msg("not to be read"))


def _day(speaker: Speaker, desk: Desk, look: Look) -> AsOf | None:
    from jianbao.reading.scalars import read_as_of

    question = msg("{file}: as of when are these figures?", file=look.path)
    answer = read_as_of(speaker.ask(question, str(desk.period.last)))
    return None if isinstance(answer, Message) else answer
