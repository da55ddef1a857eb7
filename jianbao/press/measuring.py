"""Set texts in one long column each, and count their lines; nothing is printed.

Job with data-measure boxes ──measure──▶ rows by the box's name
Job of pages ──oversets──▶ what does not fit
Job of pages ──rooms──▶ how much of each story fits its frame
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from jianbao.press.engine import laid_out
from jianbao.press.frames import fitting, frames_of, measured, troubles
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
        met = tuple(troubles(measured(pages)))
    return tuple(trouble for trouble in met if trouble.fault is Fault.OVERSET)


def rooms(job: Job, paths: Collection[str]) -> Mapping[str, tuple[int, ...]]:
    """Return the characters, blanks left out, of each line of a story that fits its first frame.

    Stories that fit whole are left out, and those that are not in `paths`.
    """
    found: dict[str, tuple[int, ...]] = {}
    seen: set[str] = set()
    with laid_out(job) as pages:
        for frame in frames_of(pages):
            path = frame.element.get("data-place", "").rpartition(":")[0]
            if path in paths and path not in seen and frame.element.get("data-lines"):
                seen.add(path)
                fit, whole = fitting(frame)
                if not whole:
                    found[path] = tuple(map(len, fit))
    return found


def _measured(box: Any) -> Iterator[Any]:
    element = getattr(box, "element", None)
    if element is not None and not isinstance(element, str) and element.get("data-measure"):
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _measured(child)
