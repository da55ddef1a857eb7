"""Workbooks written as text, so that a test's samples can be read and compared.

    # 实事                      a sheet, then its rows with ｜ between the cells
    截至 ｜ 2026-11-20
    级别 ｜ 项目（件） ｜ 完成率
    区级 ｜ 94 ｜ 0.6063 [0.00%]   a number in a number format
    合计 ｜ =B4+B5 ｜ #DIV/0!      a formula without its result; an error
    ! merge A4:A5                  also: ! hide row 4 · ! hide column B · ! hide sheet

A bare number becomes a number, a day behind @ a date, `'12` a text, anything else text.
"""

import re
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def write_workbook(text: str, file: Path) -> None:
    """Write the workbook that a text describes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for part in re.split(r"(?m)^# ", text)[1:]:
        name, _, rows = part.partition("\n")
        sheet = book.create_sheet(name.strip())
        number = 0
        for line in rows.rstrip("\n").split("\n"):
            if line.startswith("! "):
                change(sheet, line[2:].split())
                continue
            number += 1
            for column, typed in enumerate(line.split("｜"), 1):
                put(sheet, number, column, typed.strip())
    book.save(file)


def put(sheet: Worksheet, row: int, column: int, typed: str) -> None:
    """Put a value into a cell, as Excel would store what was typed."""
    match = re.fullmatch(r"(.*?)(?: \[(.+)\])?", typed)
    assert match
    value, pattern = match[1], match[2]
    cell = sheet.cell(row, column)
    if re.fullmatch(r"-?\d+(\.\d+)?", value):
        cell.value = float(value) if "." in value else int(value)
    elif value.startswith("@"):
        cell.value = datetime.fromisoformat(value[1:])
    elif value:
        cell.value = value.removeprefix("'")
        if value.startswith("'"):
            cell.data_type = "s"
    if value.startswith("#"):
        cell.data_type = "e"
    if pattern:
        cell.number_format = pattern


def change(sheet: Worksheet, words: list[str]) -> None:
    """Merge or hide a part of the sheet."""
    match words:
        case ["merge", area]:
            sheet.merge_cells(area)
        case ["hide", "row", row]:
            sheet.row_dimensions[int(row)].hidden = True
        case ["hide", "column", column]:
            sheet.column_dimensions[column].hidden = True
        case ["hide", "sheet"]:
            sheet.sheet_state = "hidden"
        case _:
            raise AssertionError(words)


def make_workbooks(root: Path) -> None:
    """Turn every `….xlsx.txt` below `root` into the workbook it describes."""
    for file in root.rglob("*.xlsx.txt"):
        write_workbook(file.read_text(encoding="utf-8"), file.with_suffix(""))
        file.unlink()
