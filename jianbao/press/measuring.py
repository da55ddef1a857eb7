"""Set texts in one long column each, and count their lines; nothing is printed.

Job with data-measure boxes ──measure──▶ rows by the box's name
Job of pages ──oversets──▶ what does not fit
"""

from collections.abc import Iterator, Mapping
from typing import Any

from jianbao.press.engine import laid_out
from jianbao.press.frames import measure_frames
from jianbao.press.jobs import Fault, Job, Trouble

ROW = 13 * 4 / 3
"""The leading of a text at 四开, in the engine's pixels."""


def measure(job: Job) -> Mapping[str, int]:
    """Return how many rows each element named by `data-measure` takes."""
    with laid_out(job) as pages:
        return {
            box.element.get("data-measure"): round(box.height / ROW)
            for page in pages
            for box in _measured(page)
        }


def oversets(job: Job) -> tuple[Trouble, ...]:
    """Return a trouble for each frame whose text does not fit."""
    with laid_out(job) as pages:
        troubles = tuple(measure_frames(pages))
    return tuple(trouble for trouble in troubles if trouble.fault is Fault.OVERSET)


def _measured(box: Any) -> Iterator[Any]:
    element = getattr(box, "element", None)
    if element is not None and not isinstance(element, str) and element.get("data-measure"):
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _measured(child)
