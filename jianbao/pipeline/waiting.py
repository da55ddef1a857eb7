"""Campaigns that wait for their first bulletin: what was reported for them is checked all the same.

    data/ without content/ ──waiting──▶ campaigns ──check_waiting──▶ findings

An office fills in its tables before it starts a bulletin; to hear then that nothing is wrong, when
nothing was read, would be worse than to hear nothing.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from jianbao.diagnostics import Finding, stops
from jianbao.figures.book import open_book
from jianbao.figures.counting import with_counts
from jianbao.pipeline.runs import Findings, Run
from jianbao.proofreading import check_book, check_ledgers
from jianbao.reading.files import folders_in, is_file
from jianbao.reading.sites import read_reported


def waiting(root: Path, every: Collection[str]) -> tuple[str, ...]:
    """Return the campaigns of a site that has these bulletins for which there is none."""
    begun = {address.partition("/")[0] for address in every}
    there = (key for key in folders_in(root / "data") if key not in begun)
    return tuple(key for key in there if is_file(root, f"data/{key}/campaign.yaml"))


def check_waiting(run: Run, keys: Sequence[str]) -> Findings:
    """Return what is wrong with what was reported for these campaigns, as of the last report."""
    return tuple(finding for key in keys for finding in _check(run, key))


def _check(run: Run, key: str) -> Iterator[Finding]:
    read = read_reported(run.settings.root, key, run.shelf)
    yield from read.findings
    if read.value is None or stops(read.findings):
        return
    yield from check_ledgers(read.value)
    moments = (item.as_of for item in read.value.observations)
    latest = max(moments, key=lambda as_of: as_of.moment, default=None)
    if latest:
        reported = with_counts(read.value, [latest])
        book = open_book(reported.campaign, reported.observations, latest, run.office.documents)
        yield from book.findings
        yield from check_book(book.value, ())
