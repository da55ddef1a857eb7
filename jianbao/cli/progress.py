"""Tell what is being done: a live line on a terminal, plain lines elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

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
    """Give a Tell that shows each bulletin's step on standard error while the block runs."""
    console = Console(stderr=True, highlight=False)
    if not sys.stderr.isatty():
        yield lambda address, step: _plain(console, address, step, translate)
        return
    with console.status("") as status:

        def tell(address: str, step: str) -> None:
            if step in _STEPS:
                status.update(f"{address}　{_STEPS[step].in_words(translate)}……")
            else:
                _plain(console, address, step, translate)

        yield tell


def _plain(console: Console, address: str, step: str, translate: Translate) -> None:
    if step in _ENDS:
        console.print(f"{address}　{_ENDS[step].in_words(translate)}", markup=False, soft_wrap=True)
