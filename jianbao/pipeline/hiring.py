"""Workers of the press that get ready while this process imports and reads everything else.

Past ──▶ about how many PDFs there will be ──▶ Workers, or none where they would be of no use

The engine takes as long to import as all the rest, so it is begun first, in another process,
which is forked while this one is small.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from jianbao.delivery.manifest import KNOWN, Past
from jianbao.pipeline.recalling import wanted

if TYPE_CHECKING:
    from jianbao.delivery.workers import Workers
    from jianbao.settings import Settings

_MANY, _UNKNOWN = 8, 2


@contextmanager
def hired(settings: Settings, past: Past | None) -> Iterator[Workers | None]:
    """Give workers that import the engine, where the last build shows that few PDFs are wanted."""
    count = min(settings.jobs, awaited(settings, past)) if past and settings.pdf else 0
    if count == 0 or settings.cluster:
        yield None
        return
    from jianbao.delivery.limits import Limits
    from jianbao.delivery.workers import Workers
    from jianbao.press.tasks import warm_up

    limits = Limits(settings.task_seconds, settings.task_megabytes)
    with Workers(count, limits, warm_up) as workers:
        yield workers


def awaited(settings: Settings, past: Past | None) -> int:
    """Return about how many PDFs there will be to press; 0 where bulletins are made whole."""
    if not past:
        return max(1, settings.jobs)
    output, rehash = settings.output, settings.rehash
    stale = [a for a in wanted(settings, past) if not past.is_fresh(a, output, rehash)]
    if made_whole(settings, len(stale)):
        return 0
    known = [past.entries[address].outputs or () for address in stale if address in past.entries]
    papers = [sum(name.endswith(".pdf") for name in names) or _UNKNOWN for names in known]
    return sum(papers) + _UNKNOWN * (not past.is_fresh(KNOWN, output, rehash))


def made_whole(settings: Settings, stale: int) -> bool:
    """Return whether each bulletin is made from its plan to its PDF by one worker."""
    return are_many(settings, stale) and not (settings.cluster and settings.pdf)


def are_many(settings: Settings, stale: int) -> bool:
    """Return whether so many bulletins are made that workers do more of it than to press."""
    return settings.jobs > 1 and stale >= _MANY
