"""Is there anything to do? Told without reading, importing or making anything that need not be.

the last build's account ──▶ Past ──▶ Outcome, where every bulletin is fresh
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import chain
from typing import TYPE_CHECKING

from jianbao.delivery.manifest import KNOWN, OFFICE, SHARED, Past, data_of, recall, remember
from jianbao.delivery.plainly import plainly
from jianbao.delivery.program import program
from jianbao.pipeline.runs import Outcome

if TYPE_CHECKING:
    from jianbao.diagnostics import Finding
    from jianbao.settings import Settings


def recalled(settings: Settings) -> Past | None:
    """Return the last build's account, brought up to date; None where there is none to go by."""
    return recall(settings, program(settings)) if settings.remember else None


def untouched(settings: Settings, past: Past) -> Outcome | None:
    """Return the outcome where nothing has to be made, else None."""
    if not all(past.is_fresh(n, settings.output, settings.rehash) for n in (OFFICE, KNOWN)):
        return None
    asked = wanted(settings, past)
    if not all(any(_named(a, [target]) for a in asked) for target in settings.targets):
        return None
    delivered = any(past.entries[name].outputs is not None for name in past.bulletins)
    names = (*asked, *([SHARED] if delivered else []))
    if not all(past.is_fresh(name, settings.output, settings.rehash) for name in names):
        return None
    lying = [address for address in asked if past.entries[address].outputs is not None]
    if not past.covers(data_of(lying)):
        return None
    if past.touched:
        remember(settings, past)
    found = chain(
        past.entries[OFFICE].findings,
        of_targets(past.entries[KNOWN].findings, settings.targets),
        *(past.entries[name].findings for name in names),
    )
    kept = [address for address in asked if past.entries[address].outputs is None]
    return Outcome(
        once(found),
        kept=tuple(kept),
        language=settings.language or past.language,
        fresh=tuple(address for address in asked if address not in kept),
    )


def wanted(settings: Settings, past: Past) -> tuple[str, ...]:
    """Return those bulletins that the last build knew and that are asked for."""
    return tuple(a for a in past.known if not settings.targets or _named(a, settings.targets))


def of_targets(findings: Iterable[Finding], targets: Collection[str]) -> tuple[Finding, ...]:
    """Return what was found in data/ of campaigns asked for: those named, or all for none."""
    return tuple(
        finding
        for finding in findings
        if not targets or _named(finding.place.path.removeprefix("data/"), targets)
    )


def once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return each finding once, though one of two was kept as texts and the other not."""
    return tuple({repr(plainly(finding)): finding for finding in findings}.values())


def _named(address: str, targets: Iterable[str]) -> bool:
    return any(t.strip("/") in (address, address.split("/", maxsplit=1)[0]) for t in targets)
