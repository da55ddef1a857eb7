"""A sealed bulletin prints what it was sealed with, or what was corrected since, and nothing else.

sealed.yaml, Printed now ──check_seal──▶ findings
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from jianbao.diagnostics import Finding, Message, Place, error, msg, warning
from jianbao.model.reviewed import Printed
from jianbao.model.sealed import Maker, Seal
from jianbao.reading.seals import digest_file, read_sealed

if TYPE_CHECKING:
    from jianbao.newsroom.reviewing.differing import Difference


def check_seal(
    root: Path, address: str, current: Callable[[], Printed], maker: Callable[[], Maker]
) -> tuple[Finding, ...]:
    """Return an error where a sealed bulletin prints other words or figures than were sealed.

    Where no source was edited and only the program is another, that is said as a warning.
    `current` and `maker` are asked only of a bulletin that was sealed.
    """
    known = read_sealed(root, address)
    accepted = known.value.accepted
    if accepted is None or (printed := current()).digest == accepted.digest:
        return known.findings
    from jianbao.newsroom.reviewing.differing import differences  # few were published already

    found = differences(accepted, printed)
    last = known.value.seals[-1]
    if not known.value.is_corrected and last.maker.unlike(maker()) and _untouched(root, last):
        return (_otherwise(address, last, found),)
    return (_edited(address, last, found),)


def _untouched(root: Path, seal: Seal) -> bool:
    """Say whether every source is as it was, byte for byte."""
    return all(digest_file(root, path) == digest for path, digest in seal.sources.items())


def _otherwise(address: str, seal: Seal, found: Difference) -> Finding:
    return warning(
        "sealed-otherwise",
        Place(f"content/{address}/sealed.yaml"),
        msg(
            "This bulletin was sealed on {day}; no source was edited, and this version of "
            "Jianbao would print it otherwise: {what}.",
            day=seal.day,
            what=_first(found),
        ),
        msg("Do not publish it anew; the kept copy is in {folder}.", folder=seal.kept),
    )


def _edited(address: str, seal: Seal, found: Difference) -> Finding:
    """Return the finding for a sealed bulletin that was edited: the first thing that differs."""
    return error(
        "sealed-edited",
        Place(f"content/{address}/sealed.yaml"),
        msg(
            "This bulletin was published and sealed on {day}; {what}.",
            day=seal.day,
            what=_first(found),
        ),
        msg("Take the change back, or run correct {address}.", address=address),
    )


def _first(found: Difference) -> Message:
    figure = next((one for one in found.figures if one.old != one.new), None)
    word = next(iter(found.words), None)
    if figure:
        return msg(
            "{name} was {old} and is now {new}",
            name=figure.asked,
            old=figure.old or "–",
            new=figure.new or "–",
        )
    if word:
        return msg("{part}: “{old}” is now “{new}”", part=word.part, old=word.old, new=word.new)
    return msg("a picture, a template or an exact number is another one now")
