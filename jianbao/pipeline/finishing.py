"""The end of a bulletin: its PDFs bound in, and everything delivered unless there is an error.

Composed, Pressed ──finish──▶ output/…, Result        records ──deliver_shared──▶ what all share
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from jianbao.delivery.manifest import SHARED, data_of, marks
from jianbao.delivery.output import Folders, Output, clear_away
from jianbao.diagnostics import Checked, Finding, Place, error, msg, stops, why_of
from jianbao.pipeline.accounting import Account
from jianbao.pipeline.binding import bind_editions
from jianbao.pipeline.composing import Bench
from jianbao.pipeline.runs import Composed, Editions, Findings, Result, Run
from jianbao.press.jobs import Fault, Pressed
from jianbao.reading.noting import Sights, noting, still
from jianbao.reading.sites import Reported

if TYPE_CHECKING:
    from jianbao.delivery.shared import Foreseen

_PASSES = 3
_FULL = (errno.ENOSPC, errno.EDQUOT)
_BARRED = (errno.EACCES, errno.EPERM, errno.EROFS)
_IN_THE_WAY = (errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ELOOP)


def finish(run: Run, composed: Composed, papers: Mapping[str, Pressed], folders: Folders) -> Result:
    """Return what becomes of a bulletin; one without errors lies ready in `folders`."""
    start = perf_counter()
    result = _finish(run, composed, papers, folders)
    took = {"compose": composed.looked.seconds, "deliver": perf_counter() - start}
    return replace(result, seconds=took)


def deliver(run: Run, results: Sequence[Result], folders: Folders) -> tuple[Result, ...]:
    """Put bulletins that lie ready in their places; return what has become of them."""
    start = perf_counter()
    failed = folders.switch(run.settings.lasting)
    took = (perf_counter() - start) / max(1, len(results))
    return tuple(
        replace(
            _undelivered(one, failed[one.address]) if one.address in failed else one,
            seconds={**one.seconds, "deliver": one.seconds["deliver"] + took},
        )
        for one in results
    )


def _finish(
    run: Run, composed: Composed, papers: Mapping[str, Pressed], folders: Folders
) -> Result:
    settled = run.settled(composed.findings, composed.waivers)
    result = Result(composed.address, settled, fills=composed.fills, looked=composed.looked)
    if composed.editions is None:
        return result
    bound = bind_editions(composed.editions, papers, run.office.layouts)
    settled = run.settled((*composed.findings, *bound.findings), composed.waivers)
    broken = any(t.fault is Fault.STOPPED for paper in papers.values() for t in paper.troubles)
    result = replace(result, findings=settled, again=broken)
    if stops(settled) or bound.value is None or not run.delivering:
        return result
    proof = _proof(run, composed.editions, papers, settled)
    if proof.findings:
        said = run.settled(proof.findings)
        return replace(result, findings=(*settled, *said), again=True)
    try:
        placed = folders.put(composed.address, {**bound.value, **proof.value})
    except OSError as fault:
        return _undelivered(result, fault)
    place = run.settings.output / composed.address
    paths, day = tuple(place / name for name in placed), composed.editions.bulletin.day
    return replace(result, paths=paths, outputs=placed, day=day.isoformat())


def _proof(
    run: Run, editions: Editions, papers: Mapping[str, Pressed], found: Findings
) -> Checked[Mapping[str, bytes]]:
    """Return the reviewers' proofs by name, where they are wanted."""
    if editions.proofed is None:
        return Checked({})
    from jianbao.pipeline.proofing import make_proof

    return make_proof(run, editions.proofed, editions, papers, found)


def _undelivered(result: Result, fault: OSError) -> Result:
    """Return what becomes of a bulletin that could not be written."""
    findings = (*result.findings, unwritable(result.address, fault))
    return replace(result, findings=findings, paths=(), outputs={}, again=True)


class _Campaigns(NamedTuple):
    """What was reported in campaigns, the digest of all of it, and what was looked at for it."""

    reported: Mapping[str, Reported]
    made_of: Mapping[str, str]
    seen: Mapping[str, Sights]


def _campaigns(bench: Bench, lying: Sequence[str]) -> _Campaigns:
    """Return the campaigns of these bulletins; the desk that lies open is not opened again."""
    desks = {group: bench.open(group.partition("/")[2]) for group in data_of(lying)}
    return _Campaigns(
        {g.partition("/")[2]: desk.reported for g, desk in desks.items() if desk.reported},
        {g.partition("/")[2]: marks(desk.seen) for g, desk in desks.items()},
        {group: desk.seen for group, desk in desks.items()},
    )


class Foresight:
    """What all bulletins share, made while the last of them are being pressed; not yet written.

    It counts only where it would be made from the same when these lie in the output.
    """

    def __init__(self, bench: Bench, account: Account, wanted: Sequence[str]) -> None:
        self._bench, self._account, self._wanted = bench, account, wanted
        self._campaigns: _Campaigns | None = None
        self.site: Foreseen | None = None

    def look(self, waiting: Iterable[Composed]) -> None:
        """Make it as if those that wait for the press were delivered."""
        from jianbao.delivery.catalogue import Catalogue  # while there is time
        from jianbao.delivery.shared import foresee_site

        run = self._bench.run
        coming = {one.address: one.editions.files for one in waiting if one.editions}
        lying = [a for a in self._wanted if a in coming or self._account.delivered(a)]
        known = self._campaigns = _campaigns(self._bench, lying)
        catalogue = Catalogue(run.settings.output, run.shelf, coming)
        self.site = foresee_site(run.office, catalogue, known.reported, known.made_of)

    def campaigns(self, lying: Sequence[str]) -> _Campaigns:
        """Return the campaigns of these bulletins, as they were read before if they were."""
        if self._campaigns and [*self._campaigns.seen] == [*data_of(lying)]:
            return self._campaigns
        return _campaigns(self._bench, lying)


def deliver_shared(
    run: Run, account: Account, lying: Sequence[str], foresight: Foresight
) -> tuple[Findings, tuple[Path, ...]]:
    """Deliver what all bulletins share where any of it has changed; return findings and paths.

    `lying` are the bulletins that this run was asked for and that now lie in the output. What was
    reported is not read again: its files are looked at by the next build, as they were.
    """
    from jianbao.delivery.catalogue import Catalogue
    from jianbao.delivery.shared import deliver_site, seen_since

    if not account.shares(lying):
        return account.findings(SHARED) if lying else (), ()
    root, output = run.settings.root, run.settings.output
    placed: dict[str, Output] = {}
    known, made_of, opened = foresight.campaigns(lying)
    foreseen = foresight.site
    catalogue = foreseen.catalogue if foreseen else Catalogue(output, run.shelf)
    catalogue.settled()
    try:
        for _ in range(_PASSES):
            with noting() as seen:
                shared = deliver_site(run.office, root, catalogue, known, made_of, foreseen)
            placed |= shared.value.outputs
            if not run.settings.remember or still(seen):
                break
            if since := seen_since(output, shared.value, seen, run.shelf):
                seen = since
                break  # else what was written, here or by another build, is read once more
            catalogue, foreseen = Catalogue(output, run.shelf), None
    except OSError as fault:
        return (unwritable("", fault),), ()
    findings = run.settled(shared.findings)
    going = {} if shared.findings else account.outdated(placed, known)
    clear_away(output, going)
    account.enter_shared(seen, opened, {**account.staying(going), **placed}, findings)
    return findings, tuple(output / name for name in placed)


def unwritable(address: str, fault: OSError) -> Finding:
    """Return the finding for an output that could not be written; what was there stays whole."""
    place = Place(f"output/{address}".rstrip("/"))
    if fault.errno in _FULL:
        why = msg("The disk is full. What was there is unchanged.")
        return error("output-unwritable", place, why, msg("Make room on it, then build again."))
    if fault.errno in _BARRED:
        why = msg("Nothing may be written here. What was there is unchanged.")
        hint = msg("Ask who looks after the computers for leave to write, then build again.")
        return error("output-unwritable", place, why, hint)
    why = msg("The output could not be written: {why}. What was there is unchanged.",
              why=why_of(fault))  # fmt: skip
    hint = msg("Make room on the disk, or ask for leave to write there, then build again.")
    if fault.errno in _IN_THE_WAY:
        hint = msg("Move away what lies there, then build again.")
    return error("output-unwritable", place, why, hint)
