"""Read the number in one cell of a sheet, in the unit its column is counted in.

A number counts as it is shown. What cannot be seen for certain is refused with
what to do: a formula without a result, an error, a rate that may be a share.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from jianbao.diagnostics import Finding, Message, Place, error, msg, warning
from jianbao.model import Amount, Dataset, Members
from jianbao.reading.campaigns import split_unit
from jianbao.reading.grids import At, Cell, Kind, Sheet
from jianbao.reading.scalars import read_amount

_ODD_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A number's members, its measure or ratio, its unit, and where it and its unit stand."""

    members: Members
    name: str
    unit: str
    at: At
    unit_at: At


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number is counted in, as the dataset has it."""

    name: str
    unit: str
    scale: int = 1

    @classmethod
    def of(cls, dataset: Dataset, name: str) -> "Counted":
        """Return the unit of a measure; a ratio's is %."""
        measure = dataset.measures.get(name)
        return cls(name, measure.unit, measure.scale) if measure else cls(name, "%")


def read_number(
    sheet: Sheet, number: NumberCell, counted: Counted, findings: list[Finding]
) -> Amount | None:
    """Return the amount in a cell, or None with what is wrong among the findings."""
    cell, place = sheet.at(*number.at), sheet.place(*number.at)
    scale, unit = split_unit(number.unit) if number.unit else (counted.scale, counted.unit)
    if unit != counted.unit:
        other = _other_unit(sheet.place(*number.unit_at), counted, number.unit)
        findings += [] if other in findings else [other]
        return None
    fault = _unreadable(cell, place)
    if unit == "%" and not number.unit:
        fault = fault or _unclear_share(cell, place)
    if fault:
        findings.append(fault)
        return None
    amount = read_amount(cell.text, counted.unit, scale)
    if isinstance(amount, Message):
        findings.append(error("number-refused", place, amount, _hint(unit)))
        return None
    if cell.digits > _ODD_DECIMALS:
        findings.append(_long(place, cell.digits))
    return amount


def _other_unit(place: Place, counted: Counted, unit: str) -> Finding:
    return error(
        "unit-differs",
        place,
        msg(
            "{name} is counted in {unit}, not in {other}.",
            name=counted.name,
            unit=counted.unit,
            other=unit,
        ),
        msg("Correct the heading, or the unit in campaign.yaml."),
    )


def _hint(unit: str) -> Message:
    return msg(
        "Type it like 1222 or 3.6万; the unit {unit} may stand behind it. "
        "If nothing was reported, leave the cell empty.",
        unit=unit,
    )


def _unreadable(cell: Cell, place: Place) -> Finding | None:
    if cell.kind is Kind.ERROR:
        return error(
            "formula-error",
            place,
            msg("The formula in this cell gives an error."),
            msg("Mend the formula, or type the number."),
        )
    if cell.kind is Kind.UNCOMPUTED:
        return error(
            "formula-uncomputed",
            place,
            msg("The result of this formula is not in the file."),
            msg("Open the workbook in Excel or WPS and save it once."),
        )
    if cell.kind is Kind.UNCLEAR:
        return error(
            "number-format",
            place,
            msg("The cell's number format moves the decimal point, so it shows another number."),
            msg("Set the cell's format to a plain number, and type 11.6万 where 万 is meant."),
        )
    if cell.kind is Kind.DATE:
        return error(
            "number-refused",
            place,
            msg("Excel has made a date of this."),
            msg("Set the cell's format to a plain number, and type the number again."),
        )
    return None


def _unclear_share(cell: Cell, place: Place) -> Finding | None:
    """Return a finding for a bare 0.786 in a column of rates: it may be 78.6% or 0.786%."""
    if cell.kind is not Kind.NUMBER or not re.fullmatch(r"-?[\d.]+", cell.text):
        return None
    if abs(float(cell.text)) > 1 or not float(cell.text):
        return None
    share, rate = f"{Decimal(cell.text).scaleb(2).normalize():f}%", f"{cell.text}%"
    why = msg("Without a %, this may be {share} or {rate}.", share=share, rate=rate)
    return error("percent-unclear", place, why, msg("Type it with its %, such as 78.6%."))


def _long(place: Place, digits: int) -> Finding:
    return warning(
        "number-decimals",
        place,
        msg("The number has {digits} decimal places, as if it had been computed.", digits=digits),
        msg("Set the cell's format to as many as are to be printed."),
    )
