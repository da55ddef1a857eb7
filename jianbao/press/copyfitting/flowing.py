"""Text that flows over pages: no paragraph leaves a single line at a page's foot or head.

    document ──stranded──▶ how many stand alone;  Layouts ──flowed──▶ document with fewer, Trouble

In a brief of large rows the engine may only choose between a line that stands alone and a foot of
three empty rows. A row above a head, taken or given, is what an editor would try first.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from weasyprint.formatting_structure import boxes

from jianbao.press.jobs import Fault, Trouble
from jianbao.press.layouts import Layouts
from jianbao.press.means import Means, declared, put

MOST_TRIALS = 2


def flowed(layouts: Layouts, document: Any) -> tuple[Any, tuple[Trouble, ...]]:
    """Return the document, laid out again with a means of its pages if that strands fewer lines.

    Only pages whose means no frame claims are tried, each step of each means alone and the
    smallest first; a page more than before is no success.
    """
    lone = stranded(_boxes(document))
    if not lone:
        return document, ()

    def hopeless(pages: Sequence[Any]) -> bool:
        return len(pages) > len(document.pages) or stranded(pages) >= lone

    for trial, (element, means, step) in enumerate(_steps(document)):
        if trial == MOST_TRIALS:
            break
        put(element, {means.name: step})
        anew = layouts.attempt(hopeless)
        if anew:
            told = Trouble(Fault.STRANDED, means.label, "", 0, lone, "", step)
            return anew, (told,)
        put(element, {})
    return document, ()


def _boxes(document: Any) -> list[Any]:
    return [page._page_box for page in document.pages]


def stranded(pages: Iterable[Any]) -> int:
    """Return how many paragraphs leave one line alone at the foot or the head of a page."""
    lone = 0
    for page, following in pairwise(pages):
        last = list(_paragraphs(page))[-1:]
        first = list(_paragraphs(following))[:1]
        for above, below in zip(last, first, strict=False):
            lone += above.element is below.element and 1 in (
                len(above.children),
                len(below.children),
            )
    return lone


def _paragraphs(box: Any) -> Iterator[Any]:
    """Yield the blocks of lines of a page's flow, in order."""
    for child in getattr(box, "children", ()):
        if not isinstance(child, boxes.ParentBox) or isinstance(child, boxes.MarginBox):
            continue  # what is positioned is no part of the flow
        if child.children and isinstance(child.children[0], boxes.LineBox):
            yield child
        else:
            yield from _paragraphs(child)


def _steps(document: Any) -> Iterator[tuple[Any, Means, int]]:
    """Yield each step that a page's means allow, the smallest first."""
    found: dict[Any, tuple[Means, ...]] = {}
    for page in document.pages:
        for box in page._page_box.descendants():
            if every := declared(box.style):
                found.setdefault(box.element, every)
    for element, every in found.items():
        if any(child.get("data-fit") for child in element.iter()):
            continue
        for means in every:
            steps = [step for step in range(means.least, means.most + 1) if step]
            for step in sorted(steps, key=abs):
                yield element, means, step
