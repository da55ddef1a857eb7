"""Strike out of an .xls what is no table, before xlrd sees it.

    records of a workbook ──table_records──▶ the same, all but cells, formats and texts struck out

xlrd does what a file says: it spreads a link over sixteen million cells, works
out names that double each other, reads a sheet as often as it is listed. Here
every record is passed once, so time and memory stay in proportion to the file.
"""

from collections.abc import Iterator
from struct import pack_into, unpack_from

UNCOMPUTED = 0xFF
"""Told as an error's code, of which Excel has none that high: a formula never worked out."""

_BOF, _EOF, _SHEET, _STRINGS, _CONTINUE, _FORMULA = 0x809, 0x0A, 0x85, 0xFC, 0x3C, 0x06
_OF_THE_BOOK = {0x2F, 0x22, 0x42, 0x41E, 0xE0}  # password, first year, encoding, formats
_OF_A_SHEET = {0x7D, 0x208, 0xE5}  # columns, rows, merged cells
_CELLS = {0xFD, 0x203, 0x204, 0x205, 0x207, 0x27E, 0xBD, 0xD6, 0x221, 0x4BC, 0x236}
_WANTED = _OF_THE_BOOK | _OF_A_SHEET | _CELLS
_WANTED |= {_BOF, _EOF, _SHEET, _STRINGS, _CONTINUE, _FORMULA}
_STRUCK = 0xFFFF
_BOOK, _OWN_BOOK = 0x1AE, 4  # A workbook that formulas speak of; this one's own record is short.
_FORMULA_HEAD, _MOST_SHEETS = 16, 256
_CALCULATE_FIRST, _NO_TEXT = 0x02, b"\x03\x00\x00\x00\x00\x00\xff\xff"


def table_records(stream: bytes) -> bytes:
    """Return the records with those that xlrd is not to see struck out; raises on broken ones."""
    kept = bytearray(stream)
    starts, passed = [0], 0
    for start in starts:
        depth = 0
        for at, kind, length in _records(stream, start):
            passed += 4 + length
            if passed > len(stream) or len(starts) > _MOST_SHEETS:
                raise ValueError("the sheets overlap, or there are too many")
            depth += kind == _BOF
            if depth > 1 or kind not in _WANTED:
                pack_into("<H", kept, at, _STRUCK)
            elif kind == _SHEET and not stream[at + 9]:
                starts += unpack_from("<I", stream, at + 4)
            elif kind == _STRINGS:
                _check_strings(stream, at)
            elif kind == _FORMULA and length >= _FORMULA_HEAD:
                _mark_uncomputed(kept, at + 4)
            depth -= kind == _EOF
            if not depth:
                break
    return bytes(kept)


def is_linked(stream: bytes) -> bool:
    """Say whether the workbook names another one that its formulas fetch numbers from."""
    for _at, kind, length in _records(stream, 0):
        if kind == _EOF:
            return False
        if kind == _BOOK and length > _OWN_BOOK:
            return True
    return False


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield where each record stands, what it is, and how long."""
    while at + 4 <= len(stream):
        kind, length = unpack_from("<HH", stream, at)
        yield at, kind, length
        at += 4 + length


def _mark_uncomputed(kept: bytearray, at: int) -> None:
    """Mark a formula whose writer, some exporting program, left it to Excel to work it out."""
    result, flags = unpack_from("<8sH", kept, at + 6)
    if flags & _CALCULATE_FIRST and result in (bytes(8), _NO_TEXT):
        pack_into("<8s", kept, at + 6, bytes((2, 0, UNCOMPUTED, 0, 0, 0, 0xFF, 0xFF)))


def _check_strings(stream: bytes, start: int) -> None:
    """Walk over the texts that cells share; one that leads backwards would be read for ever."""
    parts: list[bytes] = []
    for at, kind, length in _records(stream, start):
        if parts and kind != _CONTINUE:
            break
        parts.append(stream[at + 4 : at + 4 + length])
    data, at = parts.pop(0), 8
    for _ in range(unpack_from("<I", data, 4)[0]):
        chars, flags = unpack_from("<HB", data, at)
        at += 3
        runs, at = (unpack_from("<H", data, at)[0], at + 2) if flags & 8 else (0, at)
        extra, at = (unpack_from("<i", data, at)[0], at + 4) if flags & 4 else (0, at)
        if extra < 0:
            raise ValueError("the texts lead backwards")
        while (fit := min(chars, (len(data) - at) >> (flags & 1))) < chars:
            chars -= fit
            data = parts.pop(0)
            flags, at = data[0], 1
        at += (fit << (flags & 1)) + 4 * runs + extra
        while at >= len(data) and parts:
            at, data = at - len(data), parts.pop(0)
