"""Tables that a writer typed and that are wider than what they stand in: the engine cuts them off.

pages laid out ──overwide──▶ a trouble each: how its head begins, and where its story is
"""

from collections.abc import Iterable, Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from jianbao.press.jobs import Fault, Trouble

_SLACK = 0.75


def overwide(pages: Iterable[Any]) -> Iterator[Trouble]:
    """Yield a trouble for each table that is wider than its column, once however it is broken."""
    told: set[Any] = set()
    for page in pages:
        for table, place in _overwide(page, ""):
            if table.element not in told:
                told.add(table.element)
                yield Trouble(Fault.WIDE, "|".join(_head(table)), place)


def _overwide(box: Any, place: str) -> Iterator[tuple[Any, str]]:
    """Yield such a table, and the place of the text it stands in."""
    element = getattr(box, "element", None)
    if element is not None and not isinstance(element, str):
        place = element.get("data-place", place)
    for child in getattr(box, "children", ()):
        if getattr(child, "is_table_wrapper", False) and child.is_in_normal_flow():
            if child.margin_width() > box.width + _SLACK:
                yield child, place
        else:
            yield from _overwide(child, place)


def _head(table: Any) -> list[str]:
    """Return the texts of a table's first row."""
    row = next(box for box in table.descendants() if isinstance(box, boxes.TableRowBox))
    return ["".join(_texts(cell)).strip() for cell in row.children]


def _texts(box: Any) -> Iterator[str]:
    if isinstance(box, boxes.TextBox):
        yield str(box.text)
    for child in getattr(box, "children", ()):
        yield from _texts(child)
