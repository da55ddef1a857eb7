"""Our own form as it comes back: whose it is, of when, and whether its shape is what it was.

sheets ──mark_of──▶ Mark │ None ──form_faults──▶ findings
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jianbao.diagnostics import Finding, Place, error, msg
from jianbao.model import Unit
from jianbao.reading.grids import Sheet
from jianbao.reading.headings import plain

MARK_SHEET = "_简报"
"""A hidden sheet of the form: what it is, and which words stand where."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a form says of itself.

    Attributes:
        words: The words of its headings and first columns, by sheet and cell.
    """

    campaign: str
    unit: str
    as_of: str
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)


def mark_of(sheets: Sequence[Sheet]) -> Mark | None:
    """Return what a form says of itself; None for a table that is no form of ours."""
    sheet = next((one for one in sheets if one.name == MARK_SHEET), None)
    if sheet is None:
        return None
    facts = {sheet.at(row, 1).text: sheet.at(row, 2).text for row in (1, 2, 3)}
    words = {
        (sheet.at(row, 1).text, sheet.at(row, 2).text): sheet.at(row, 3).text
        for row in sheet.rows
        if row > 3
    }
    return Mark(facts.get("campaign", ""), facts.get("unit", ""), facts.get("as_of", ""), words)


def form_faults(
    mark: Mark, sheets: Sequence[Sheet], campaign: str, unit: Unit
) -> Iterator[Finding]:
    """Yield why a form is not read: another campaign's or unit's, or its headings were changed."""
    path = sheets[0].path
    if mark.campaign != campaign:
        yield error(
            "form-foreign",
            Place(path),
            msg("This is a form of {campaign}, not of {own}.", campaign=mark.campaign,
                own=campaign),
            msg("Collect it with python3 build.py collect {campaign}.", campaign=mark.campaign),
        )  # fmt: skip
        return
    by_name = {sheet.name: sheet for sheet in sheets}
    for (name, cell), word in mark.words.items():
        sheet = by_name.get(name)
        if sheet is None:
            yield error(
                "form-changed",
                Place(path),
                msg("The form's sheet {sheet} is not there any more.", sheet=name),
                msg("Ask {unit} to fill in a new form.", unit=unit.name),
            )
            return
        at = _at(cell)
        if plain(sheet.at(*at).text) != plain(word):
            yield error(
                "form-changed",
                sheet.place(*at),
                msg("In the form, {word} stands here; now it is changed.", word=word),
                msg("Put it back; or ask {unit} to fill in a new form.", unit=unit.name),
            )


def _at(cell: str) -> tuple[int, int]:
    """Return row and column of a cell such as AB12."""
    letters = "".join(char for char in cell if char.isalpha())
    column = 0
    for char in letters.upper():
        column = column * 26 + ord(char) - 64
    digits = cell[len(letters) :]
    return (int(digits) if digits.isdecimal() and len(digits) < 8 else 0), column
