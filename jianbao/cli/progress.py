"""Tell what is being done: a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from jianbao.cli.language import Translate
from jianbao.diagnostics import msg

if TYPE_CHECKING:
    from rich.live import Live
    from rich.text import Text

    from jianbao.pipeline.runs import Tell

_STEPS = {
    "check": msg("checking figures and words"),
    "web": msg("making the web page"),
    "press": msg("pressing the PDF"),
}
_ENDS = {"done": msg("made"), "kept": msg("not made"), "checked": msg("checked")}


@contextmanager
def telling(translate: Translate) -> Iterator[Tell]:
    """Give a Tell that shows each bulletin's step on standard error while the block runs.

    The live line moves when there is news and never by itself: that would take a thread, and
    workers are forked only from a process that has one.
    """
    shown: list[Line] = []

    def tell(address: str, step: str) -> None:
        if not shown:
            shown.append(Line(translate))
        shown[0].tell(address, step)

    try:
        yield tell
    finally:
        for line in shown:
            line.end()


class Line:
    """What is happening, how many are done of how many."""

    def __init__(self, translate: Translate) -> None:
        self._translate = translate
        self._live = _live() if sys.stderr.isatty() else None
        self._known: set[str] = set()
        self._waiting: set[str] = set()

    def tell(self, address: str, step: str) -> None:
        """Show a step on the live line; what has come to its end gets a line that stays."""
        if step == "waits":
            self._known.add(address)
            self._waiting.add(address)
        elif step in _ENDS:
            self._waiting.discard(address)
            said = f"{address}　{_ENDS[step].in_words(self._translate)}"
            if self._live:
                self._live.console.print(said, markup=False, soft_wrap=True)
            else:
                sys.stderr.write(f"{said}\n")
        elif self._live:
            self._live.update(self._text(address, step), refresh=True)

    def end(self) -> None:
        """Take the live line away."""
        if self._live:
            self._live.stop()

    def _text(self, address: str, step: str) -> Text:
        from rich.text import Text

        done = len(self._known) - len(self._waiting)
        said = f"{done}/{len(self._known)}　{address}　{_STEPS[step].in_words(self._translate)}……"
        return Text(said, overflow="ellipsis", no_wrap=True)


def _live() -> Live:
    """Return a live line; elsewhere than on a terminal, what draws it need not be imported."""
    from rich.console import Console
    from rich.live import Live

    live = Live(console=Console(stderr=True, highlight=False), auto_refresh=False, transient=True)
    live.start()
    return live
