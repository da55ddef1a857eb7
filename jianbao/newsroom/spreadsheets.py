"""Cells of the spreadsheets that the office hands out: words stay words.

A name or a title may begin like a formula; a spreadsheet that calculated it would do on
somebody's machine what nobody in the office wrote.
"""

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

At = tuple[int, int]
"""A cell's row and column, from 1."""
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell_at(sheet: Worksheet, at: At) -> Cell:
    """Return a cell that is not merged into another."""
    cell = sheet.cell(*at)
    assert isinstance(cell, Cell)
    return cell


def put_words(sheet: Worksheet, at: At, text: str) -> Cell:
    """Write words; the type and the mark keep a spreadsheet from taking them for a formula."""
    cell = cell_at(sheet, at)
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(_BEGINS_A_FORMULA)
    return cell
