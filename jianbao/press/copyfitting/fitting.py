"""Where a frame's text is a little too long or short, lay the document out once more.

document ──▶ Measured ──choices──▶ changes ──Layouts──▶ document, troubles
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from jianbao.press.composition import Offer, Paragraphs
from jianbao.press.copyfitting.choosing import Choice, Need, choices
from jianbao.press.copyfitting.flowing import pulled
from jianbao.press.frames import Measured, measured, troubles
from jianbao.press.jobs import Fault, Trouble
from jianbao.press.layouts import Layouts
from jianbao.press.means import Means, declared, put

MOST_TRIALS = 2  # layouts after the first
WORTH_TIGHTENING = 6.0  # rows: what is longer by more needs other means as well
MOST_LINES = 3  # that paragraphs of one frame lose or gain
DEAREST, UNNOTICED = 6_000.0, 1_000.0  # points that a paragraph may be worse, shorter or longer


@dataclass(slots=True)
class _Page:
    """A page that has means: its frames as first laid out, and what is to be done to it."""

    element: Any
    means: Sequence[Means]
    frames: list[Measured]
    needs: list[Need]
    tighter: list[list[Offer]]
    looser: list[list[Offer]]
    given_up: bool = False
    choice: Choice | None = None

    def choose(self) -> None:
        """Set the page's variables to the best choice, if there is one."""
        found = [] if self.given_up else choices(self.needs, self.means)
        self.choice = found[0] if found else None
        put(self.element, self.choice.steps if self.choice else {})

    def granted(self) -> Iterator[Offer]:
        """Yield the paragraphs that are to be set otherwise."""
        lines = self.choice.lines if self.choice else ()
        for line, tighter, looser in zip(lines, self.tighter, self.looser, strict=False):
            yield from (tighter if line > 0 else looser)[: abs(line)]

    def judge(self, frames: Sequence[Measured]) -> bool:
        """Return whether the page, laid out anew, is better and nowhere worse; learn if not."""
        good = True
        again = {frame.element: frame for frame in frames}
        for index, (before, need) in enumerate(zip(self.frames, self.needs, strict=True)):
            after = again[before.element]
            free = need.free
            if after.over[1] and (need.gains or not before.over[1]):
                free += after.free
            elif after.gaps > before.gaps:
                free = before.room - after.room - 0.5  # as many rows again would do no better
            else:
                continue
            self.needs[index] = replace(need, free=free)
            good = False
        return good


def fitted(
    layouts: Layouts, document: Any, paragraphs: Paragraphs
) -> tuple[Any, tuple[Trouble, ...]]:
    """Return the document, laid out as it is, fitted by its pages' means, and its troubles.

    Nothing is laid out where everything fits; once or twice where something is fitted, and once
    more where that failed for one page and not for another. A page that cannot be made to fit is
    left as it was.
    """
    frames = list(measured(page._page_box for page in document.pages))
    pages = list(_pages(frames, paragraphs))
    for trial in range(MOST_TRIALS + 1):
        for page in pages:
            page.choose()
        chosen = [page for page in pages if page.choice]
        if not chosen:
            break
        paragraphs.grant(chain.from_iterable(page.granted() for page in chosen))
        anew = layouts.render()
        after = list(measured(page._page_box for page in anew.pages))
        failed = [page for page in chosen if not page.judge(after)]
        if not failed:
            return anew, (*troubles(after), *chain.from_iterable(map(_told, chosen)))
        if trial == MOST_TRIALS - 1:
            for page in failed:
                page.given_up = True
    document, told = pulled(layouts, document, paragraphs)
    return document, (*troubles(frames), *told)


def _pages(frames: Sequence[Measured], paragraphs: Paragraphs) -> Iterator[_Page]:
    """Yield each page that has means and a frame that asks for them."""
    grouped: dict[Any, list[Measured]] = defaultdict(list)
    for frame in frames:
        if frame.page is not None:
            grouped[frame.page.element].append(frame)
    for element, members in grouped.items():
        if not any(frame.gains and (frame.over[1] or frame.is_empty) for frame in members):
            continue
        tighter = [_offers(frame, paragraphs, -1) for frame in members]
        looser = [_offers(frame, paragraphs, 1) for frame in members]
        needs = [
            Need(frame.free, frame.gains, len(less), len(more), frame.is_empty)
            if frame.gains
            else Need(0.0, {})
            for frame, less, more in zip(members, tighter, looser, strict=True)
        ]
        means = declared(members[0].page.style)
        yield _Page(element, means, members, needs, tighter, looser)


def _offers(frame: Measured, paragraphs: Paragraphs, more: int) -> list[Offer]:
    """Return paragraphs that may lose a line for this frame or a neighbour, or gain one."""
    wanted = frame.free >= -WORTH_TIGHTENING if more < 0 else frame.over[1]
    if not frame.gains or not wanted:
        return []
    offers = paragraphs.offers(frame.element.iter(), more, UNNOTICED if more > 0 else DEAREST)
    return offers[:MOST_LINES]


def _told(page: _Page) -> Iterator[Trouble]:
    """Yield what was done to a page, each change for the frame that asked for it."""
    choice = page.choice
    assert choice
    labels: Mapping[str, str] = {each.name: each.label for each in page.means}
    asking = [frame for frame, need in zip(page.frames, page.needs, strict=True) if need.asks]
    for name, step in choice.steps.items():
        frame = next((each for each in asking if name in each.gains), asking[0])
        if step:
            yield _done(Fault.FITTED, frame, labels[name], step)
    for frame, line, tighter, looser in zip(
        page.frames, choice.lines, page.tighter, page.looser, strict=True
    ):
        for offer in (tighter if line > 0 else looser)[: abs(line)]:
            yield _done(Fault.RESET, frame, offer.words, -1 if line > 0 else 1)


def _done(fault: Fault, frame: Measured, what: str, rows: int) -> Trouble:
    lines = frame.over[1] or -round(frame.free)
    return Trouble(fault, frame.label, frame.place, 0, lines, what, rows)
