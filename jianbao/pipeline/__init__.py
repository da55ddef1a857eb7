"""The whole story on one page.

    recall ──▶ read_office ──▶ for each bulletin: compose ──▶ press ──▶ deliver ──▶ what all share

1. `recall`: what the last build looked at, and whether any of it has changed. A
   bulletin that would come out the same is left alone; where that is so of all,
   nothing heavier than this page is even imported. Where few have changed, workers of
   the press are started at once (`hiring`), and get ready while the rest is read.
2. `read_office`, `open_desk`: what is written where (`composing`).
3. `compose`: stories, the book of figures as of the bulletin, every quote
   written, everything proofreading has to say, and the pages as HTML. All faults
   of a bulletin are found in one go, so that a clerk mends them in one go. Only a
   draft without errors gets its pages, since a page with gaps cannot be fitted.
4. `press`: HTML to PDF, in workers, while the next bulletins are made (`running`).
5. `deliver`: a bulletin's folder changes all at once. One with an error keeps
   its old output, and the others are built all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jianbao.pipeline.hiring import hired
from jianbao.pipeline.recalling import recalled, untouched
from jianbao.pipeline.runs import Outcome, Speak, Tell, in_english, untold
from jianbao.press.garbage import undisturbed

if TYPE_CHECKING:
    from jianbao.settings import Settings


def build(settings: Settings, tell: Tell = untold, say: Speak = in_english) -> Outcome:
    """Check and make the chosen bulletins and deliver those without errors."""
    past = recalled(settings)
    outcome = untouched(settings, past) if past else None
    if outcome:
        return outcome
    with hired(settings, past) as workers:
        with undisturbed():
            from jianbao.pipeline.running import run  # while the workers import the engine

        with undisturbed(wanted=workers is not None):  # there is little to do then
            return run(settings, tell, say, past, workers, delivering=True)


def check(settings: Settings, tell: Tell = untold) -> Outcome:
    """Check the chosen bulletins, layout included unless `fast`, and deliver nothing."""
    from jianbao.pipeline.running import run

    return run(settings, tell)
