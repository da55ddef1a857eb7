"""Pages that text flows over: no paragraph's first line alone at a page's foot.

    the engine's make_page  ──flowing_page──▶  the page, made again if a paragraph set anew helps

With `orphans: 2` the engine leaves up to three rows empty at a page's foot, so a template may say
`orphans: 1`. A compositor sets a paragraph further up a line longer or shorter then; where none can
be, the line goes on to the next page and one row is left empty.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from jianbao.press.composition.leveling import Journal, mended
from jianbao.press.composition.weasy import BOXES


def flowing_page(
    journal: Journal, make_page: Callable[..., Any], context: Any, root_box: Any, *page: Any
) -> Any:
    """Return what the engine's `make_page` does, no line alone at the page's foot.

    `journal` tells which paragraphs the page asked for.
    """
    if context.footnotes or context.reported_footnotes or context.broken_out_of_flow:
        return make_page(context, root_box, *page)
    state = page[-1]  # which the caller looks at afterwards
    before = deepcopy(state)

    def lay() -> Any:
        for part, was in zip(state, deepcopy(before), strict=True):
            part.clear()
            (part.update if isinstance(part, dict) else part.extend)(was)
        context.broken_out_of_flow.clear()
        return make_page(context, root_box, *page)

    def alone(made: Any) -> Any:
        goes_on = None if context.broken_out_of_flow else made[1]
        return _alone(made[0], root_box, goes_on)

    return mended(lay, alone, journal)


def _alone(page: Any, root_box: Any, goes_on: Any) -> Any:
    """Return the paragraph that goes on after one line at the page's foot; None if none does."""
    box = parent = root_box
    while goes_on and not isinstance(box, BOXES.LineBox):
        ((index, goes_on),) = goes_on.items()
        if index >= len(box.children):
            return None
        parent, box = box, box.children[index]
    if not goes_on:
        return None  # the next page begins with a paragraph, or there is none
    last = page.children[0]
    while flow := [child for child in getattr(last, "children", ()) if _flows(child)]:
        last = flow[-1]
    return parent if last.element is parent.element and len(last.children) == 1 else None


def _flows(box: Any) -> bool:
    return isinstance(box, BOXES.BlockLevelBox) and box.is_in_normal_flow()
