"""One publication: the mirror is made what it is to be, then a target is made like it.

    mirror + bulletins taken in or out ──prepare──▶ the mirror to come ──publish──▶ target, history

The mirror changes before anything is sent: what was cut off is completed by the next publication,
whatever that one is about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jianbao.delivery.catalogue import Catalogue
from jianbao.delivery.manifest import PLACE
from jianbao.delivery.memo import Memo
from jianbao.delivery.program import itself
from jianbao.delivery.publishing.history import bring_back, keep, publications
from jianbao.delivery.publishing.mirror import (
    begin,
    give_up,
    home_of,
    marks,
    site_of,
    switch,
    take,
)
from jianbao.delivery.publishing.planning import Plan, plan
from jianbao.delivery.publishing.sending import Tell, held_by, send
from jianbao.delivery.publishing.targets import opened
from jianbao.delivery.shared import deliver_site
from jianbao.delivery.shelf import Shelf
from jianbao.diagnostics import Checked, error, msg, stops
from jianbao.figures.counting import with_counts
from jianbao.model import AsOf
from jianbao.model.publishing import Target
from jianbao.reading.records import read_records
from jianbao.reading.sites import Office, Reported, read_reported
from jianbao.site.records import as_of_from

Secrets = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be public: bulletins taken in as they lie in output/, or taken out."""

    add: Sequence[str] = ()
    remove: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a publication works: the site, its output, what the office says, its secrets."""

    office: Office
    root: Path
    output: Path
    secrets: Secrets


def prepare(ground: Ground, target: Target, wish: Wish) -> Checked[Path]:
    """Return the mirror to come, beside the one there is; findings of the site's own pages."""
    site = site_of(ground.output, target.name)
    ready = [entry for entry in read_records(ground.output) if entry.address in wish.add]
    coming = begin(site, {*wish.remove, *(entry.address for entry in ready)})
    for entry in ready:
        take(ground.output, coming, entry)
    reported = _reported(ground.root, coming)
    shelf = Shelf(Memo(ground.output / PLACE / "cache"), itself())
    made = deliver_site(ground.office, ground.root, Catalogue(coming, shelf), reported)
    if stops(made.findings):
        give_up(site)
    return Checked(coming, made.findings)


def _reported(root: Path, site: Path) -> Mapping[str, Reported]:
    """Return what was reported to the campaigns of the public bulletins, for their boards."""
    known: dict[str, list[AsOf]] = {}
    for entry in read_records(site):
        if entry.as_of:
            known.setdefault(entry.campaign, []).append(as_of_from(entry.as_of))
    read = {key: read_reported(root, key).value for key in known}
    return {key: with_counts(one, known[key]) for key, one in read.items() if one}


def preview(ground: Ground, target: Target, coming: Path) -> Plan:
    """Return what a publication would do; the target is only read. Raises PublishError."""
    try:
        with opened(target, ground.root, ground.secrets) as remote:
            return plan(held_by(remote), marks(coming))
    finally:
        give_up(site_of(ground.output, target.name))


def publish(ground: Ground, target: Target, coming: Path, tell: Tell) -> tuple[Plan, int]:
    """Make the target what `coming` is; return what was done, and the publication's number.

    Raises PublishError.
    """
    home, site = home_of(ground.output, target.name), site_of(ground.output, target.name)
    switch(site, coming)
    return _send(ground, target, home, tell)


def go_back(
    ground: Ground, target: Target, number: int, tell: Tell
) -> Checked[tuple[Plan, int] | None]:
    """Make the target what it was after a publication; 0 is the one before the last.

    Finding: publication-unknown. Raises PublishError.
    """
    home, site = home_of(ground.output, target.name), site_of(ground.output, target.name)
    known = publications(home)
    wanted = [one for one in known if one.number == number] if number else list(known[-2:-1])
    if not wanted or not bring_back(home, site, wanted[0]):
        kept = "、".join(str(one.number) for one in known[:-1]) or "–"
        why = msg("There is no such publication to go back to; kept are: {kept}.", kept=kept)
        return Checked(None, (error("publication-unknown", target.place, why),))
    return Checked(_send(ground, target, home, tell))


def _send(ground: Ground, target: Target, home: Path, tell: Tell) -> tuple[Plan, int]:
    site = site_of(ground.output, target.name)
    want = marks(site)

    def read(path: str) -> bytes:
        return (site / path).read_bytes()

    with opened(target, ground.root, ground.secrets) as remote:
        done = send(remote, want, read, tell)
    return done, keep(home, site, want)
