"""Tell what is being done: a live line on a terminal, plain lines elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.text import Text

from jianbao.cli.language import Translate
from jianbao.diagnostics import msg
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
    console = Console(stderr=True, highlight=False)
    if not sys.stderr.isatty():
        yield lambda address, step: _plain(console, address, step, translate)
        return
    waiting: set[str] = set()
    known: set[str] = set()
    with Live(console=console, auto_refresh=False, transient=True) as live:

        def tell(address: str, step: str) -> None:
            if step == "waits":
                waiting.add(address)
                known.add(address)
            elif step in _STEPS:
                doing = f"{address}　{_STEPS[step].in_words(translate)}……"
                count = f"{len(known) - len(waiting)}/{len(known)}　" if known else ""
                live.update(Text(count + doing, overflow="ellipsis", no_wrap=True), refresh=True)
            else:
                waiting.discard(address)
                _plain(console, address, step, translate)

        yield tell


def _plain(console: Console, address: str, step: str, translate: Translate) -> None:
    if step in _ENDS:
        console.print(f"{address}　{_ENDS[step].in_words(translate)}", markup=False, soft_wrap=True)
