"""Where the time went: by step, and the bulletins that took longest.

Outcome.seconds ──▶ lines for standard error
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jianbao.diagnostics import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jianbao.cli.language import Translate
    from jianbao.pipeline.runs import Seconds

_STEPS = {
    "office": msg("reading what all share"),
    "compose": msg("figures, checks and web pages"),
    "press": msg("pressing PDFs"),
    "deliver": msg("writing to the disk"),
    "shared": msg("home page, lists and search"),
}
_SLOWEST = 10


def timings(seconds: Mapping[str, Seconds], translate: Translate) -> str:
    """Return a line a step, summed over all processes, and one for each of the slowest bulletins.

    >>> print(timings({"": {"office": 0.25}, "a/1": {"compose": 1.0, "press": 2.5}}, str))
    Where the time went, all processes together:
      reading what all share: 0.25 s
      figures, checks and web pages: 1.00 s
      pressing PDFs: 2.50 s
      a/1: 3.50 s
    """
    total: Counter[str] = Counter()
    for steps in seconds.values():
        total.update(steps)
    lines = [msg("Where the time went, all processes together:")]
    lines += [
        msg("  {step}: {seconds} s", step=_STEPS[step], seconds=f"{total[step]:.2f}")
        for step in _STEPS
        if step in total
    ]
    took = {address: sum(steps.values()) for address, steps in seconds.items() if address}
    lines += [
        msg("  {step}: {seconds} s", step=address, seconds=f"{took[address]:.2f}")
        for address in sorted(took, key=lambda each: -took[each])[:_SLOWEST]
    ]
    return "\n".join(line.in_words(translate) for line in lines)
