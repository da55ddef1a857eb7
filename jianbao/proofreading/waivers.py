"""Findings the office accepts for a bulletin, and waivers that no longer apply."""

from collections.abc import Iterable, Sequence

from jianbao.diagnostics import Finding, msg, note, warning
from jianbao.model import Waiver


def waived(findings: Iterable[Finding], waivers: Sequence[Waiver]) -> tuple[Finding, ...]:
    """Return `findings` without those a waiver names; each waiver is listed, or found useless."""
    kept: list[Finding] = []
    used: set[Waiver] = set()
    for finding in findings:
        match = next((waiver for waiver in waivers if _applies(waiver, finding)), None)
        if match is None:
            kept.append(finding)
        else:
            used.add(match)
    for waiver in waivers:
        if waiver in used:
            kept.append(
                note(
                    "waiver",
                    waiver.place,
                    msg(
                        "Accepted by {name}: {rule} at {where} ({reason}).",
                        name=waiver.name,
                        rule=waiver.rule,
                        where=waiver.where,
                        reason=waiver.reason,
                    ),
                )
            )
        else:
            kept.append(
                warning(
                    "waiver-unused",
                    waiver.place,
                    msg(
                        "Nothing is found any more of {rule} at {where}.",
                        rule=waiver.rule,
                        where=waiver.where,
                    ),
                    msg("Delete this waiver."),
                )
            )
    return tuple(kept)


def _applies(waiver: Waiver, finding: Finding) -> bool:
    """Say whether the waiver names this rule, and its file (and line) or the words themselves."""
    place = finding.place
    wheres = {
        place.path,
        place.path.rpartition("/")[2],
        place.spot,
        place.spot.removeprefix(f"{place.path.rpartition('/')[0]}/"),
        place.excerpt,
    }
    return waiver.rule == finding.rule and waiver.where in wheres
