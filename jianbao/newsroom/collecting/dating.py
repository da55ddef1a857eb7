"""As of when a unit's own table is: as it says, with the year it left out, or as somebody names it.

Sheet, the day that is collected for ──with_year──▶ Sheet ──dated──▶ Sheet
"""

import re
from dataclasses import replace
from datetime import date

from jianbao.model import AsOf
from jianbao.newsroom.collecting.keeping import as_of_typed
from jianbao.reading.grids import Cell, Kind, Sheet
from jianbao.reading.headings import as_of_cell, as_of_in, as_of_of
from jianbao.reading.scalars import half_width, read_as_of

_NO_YEAR = re.compile(
    r"(?<![\d年/.-])(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号]?|份|底|末)?"
    r"(?P<hour> *\d{1,2}(?::00|时|点))?$"
)


def with_year(sheet: Sheet, near: date | None) -> Sheet:
    """Return a sheet whose as-of has the year that its unit left out."""
    at = as_of_cell(sheet, sheet.rows)
    cell = sheet.at(*at) if at else None
    if near is None or at is None or cell is None or isinstance(as_of_of(cell), AsOf):
        return sheet
    typed = half_width(cell.text).strip()
    match = _NO_YEAR.search(typed)
    if match is None:
        return sheet
    month, rest = int(match["month"]), match["day"]
    dates = [f"{near.year + n}年{month}月" + (f"{rest}日" if rest else "") for n in (0, -1, 1)]
    days = [found for text in dates if isinstance(found := read_as_of(text), AsOf)]
    if not days:
        return sheet
    nearest = min(days, key=lambda one: abs((one.day - near).days))
    clear = replace(
        cell, text=f"{typed[: match.start()]}{as_of_typed(nearest)}{match['hour'] or ''}"
    )
    return replace(sheet, cells={**sheet.cells, at: clear})


def dated(sheet: Sheet, as_of: AsOf | None) -> Sheet:
    """Return a sheet with the as-of that somebody named, where it says none itself."""
    if as_of is None or as_of_in(sheet, sheet.rows) is not None:
        return sheet
    added = {(0, 1): Cell("截至", Kind.TEXT), (0, 2): Cell(as_of_typed(as_of), Kind.TEXT)}
    return replace(sheet, cells={**sheet.cells, **added})
