"""Workbooks of Excel 97 to 2003: read as their .xlsx would be, and never out of proportion.

`files/same.xls` holds what `files/same.txt` says, in the words of tests/sheets.py.
"""

import random
from dataclasses import replace
from pathlib import Path
from struct import pack, pack_into

import pytest

from jianbao.model import Campaign
from jianbao.reading.campaigns import read_campaign
from jianbao.reading.compound import workbook_stream
from jianbao.reading.daybooks import read_daybook
from jianbao.reading.grids import BrokenWorkbookError, Kind, Sheet
from jianbao.reading.rows import open_rows
from jianbao.reading.workbooks import read_workbook
from jianbao.reading.xls import OldBook, read_xls
from jianbao.reading.xls_records import is_linked, table_records
from jianbao.reading.xlsx import Stream, read_xlsx
from tests.conftest import SMALL
from tests.sheets import write_workbook

FILES = Path(__file__).parent / "files"
OLD, SAME = FILES / "old.xls", FILES / "same.xls"
DAY = "data/yunxi/2026-11-21.xls"
GLOBALS, SHEET = (pack("<HHHH8x", 0x600, kind, 0, 1997) for kind in (5, 16))
FORMAT, END = pack("<HH20x", 0xE0, 20), pack("<HH", 0x0A, 0)


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    """The small site's campaign."""
    found = read_campaign(SMALL, "yunxi").value
    assert found
    return found


@pytest.fixture
def new(tmp_path: Path) -> bytes:
    """The .xlsx with the same content as the .xls."""
    write_workbook((FILES / "same.txt").read_text(encoding="utf-8"), tmp_path / "same.xlsx")
    return (tmp_path / "same.xlsx").read_bytes()


def formulas_unread(sheet: Sheet) -> Sheet:
    """Return a sheet without the words of its formulas, which xlrd does not tell."""
    bare = {
        at: replace(cell, text="") if cell.kind is Kind.UNCOMPUTED else cell
        for at, cell in sheet.cells.items()
    }
    return replace(sheet, cells=bare)


def test_an_xls_is_seen_as_its_xlsx_is(new: bytes) -> None:
    """Formats, dates, errors, formulas without result, merged and hidden parts are all alike."""
    sheets, old_sheets = read_xlsx("a", new), read_xls("a", SAME.read_bytes())
    assert sheets
    assert old_sheets

    assert [*map(formulas_unread, sheets)] == [*map(formulas_unread, old_sheets)]
    assert {Kind.UNCOMPUTED, Kind.UNCLEAR, Kind.ERROR, Kind.DATE, Kind.NUMBER, Kind.TEXT} == {
        cell.kind for sheet in old_sheets for cell in sheet.cells.values()
    }


def test_a_ledger_in_an_xls_has_the_rows_of_its_xlsx(new: bytes) -> None:
    """The plain values of every row are the same, and so are cells merged downwards."""
    stream, old = Stream(new), OldBook(SAME.read_bytes())

    for name in stream.sheets:
        assert [*stream.rows(name)] == [*old.rows(name)]
        assert stream.merged(name) == old.merged(name)


def test_a_day_in_an_xls_obeys_the_same_rules(campaign: Campaign, tmp_path: Path) -> None:
    """A rate shown with its % is read; there is nothing to say about the kind of file."""
    put(tmp_path, OLD.read_bytes())
    found = read_daybook(tmp_path, DAY, campaign)

    assert ["94", "57", "60.64", "788", "636", "80.7", "882", "693"] == [
        f"{o.amount.value}" for o in found.value.observations
    ]
    assert ["dataset-unknown"] == [f.rule for f in found.findings]


def test_a_password_is_named(campaign: Campaign, tmp_path: Path) -> None:
    """What Excel encrypts with a password is not taken for a damaged file."""
    data = SAME.read_bytes()
    at = data.index(pack("<HH", 0x809, 16)) + 20
    put(tmp_path, data[:at] + pack("<H", 0x2F) + data[at + 2 :])

    assert ["workbook-password"] == [f.rule for f in read_daybook(tmp_path, DAY, campaign).findings]
    assert read_xls("a", (tmp_path / DAY).read_bytes()) is None


def put(root: Path, data: bytes) -> None:
    """Write the day's workbook."""
    (root / DAY).parent.mkdir(parents=True, exist_ok=True)
    (root / DAY).write_bytes(data)


def test_no_mangled_xls_makes_it_crash(tmp_path: Path) -> None:
    """Whatever xlrd raises, the file is broken as a day's file and as a ledger; or it is read."""
    dice, broken = random.Random(3), 0
    for turn in range(300):
        data = bytearray((OLD, SAME)[turn % 2].read_bytes())
        for _ in range(dice.choice((1, 3, 20))):
            data[dice.randrange(512, len(data))] = dice.choice((0, 1, 127, 254, 255))
        put(tmp_path, bytes(data))
        found = read_workbook(tmp_path, DAY)
        rows = open_rows(tmp_path, DAY, "")
        broken += len(found.findings)
        assert {f.rule for f in (*found.findings, *rows.findings)} <= {"workbook-broken"}

    assert 100 < broken < 290


def record(kind: int, data: bytes) -> bytes:
    """Return a record."""
    return pack("<HH", kind, len(data)) + data


def records(sheet: bytes, extra: bytes = b"", sheets: int = 1, apart: bool = True) -> bytes:
    """Return a workbook with a sheet, or with several alike, or with one that is listed often."""
    start = len(record(0x809, GLOBALS) + FORMAT + extra + END) + sheets * 13
    whole = record(0x809, SHEET) + sheet + END
    listed = b"".join(
        record(0x85, pack("<IBBBB", start + apart * number * len(whole), 0, 0, 1, 0) + b"s")
        for number in range(sheets)
    )
    head = record(0x809, GLOBALS) + FORMAT + extra + listed + END
    return head + whole * (sheets if apart else 1)


def cell(row: int, column: int) -> bytes:
    """Return a number in a cell."""
    return record(0x203, pack("<HHHd", row, column, 0, 57.0))


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let records be read that lie in no compound file."""
    monkeypatch.setattr("jianbao.reading.xls.workbook_stream", bytes)


@pytest.mark.usefixtures("bare")
def test_a_cell_far_away_costs_nothing() -> None:
    """Empty cells before it are not made, and the sheet knows how far it reaches."""
    sheets = read_xls("a", records(cell(0, 0) + cell(65535, 255), sheets=3))
    assert sheets

    assert [(65536, 256)] * 3 == [sheet.reach for sheet in sheets]
    assert [["57"]] * 3 == [[cell.text for cell in sheet.cells.values()] for sheet in sheets]


@pytest.mark.usefixtures("bare")
def test_what_is_no_table_does_not_reach_xlrd() -> None:
    """A link over all cells would be sixteen million entries; a chart within a sheet is no sheet."""
    link = record(0x1B8, pack("<HHHH", 0, 65535, 0, 255) + bytes(24))
    chart = record(0x809, SHEET) + cell(5, 5) + END
    sheets = read_xls("a", records(cell(0, 0) + link + chart + cell(1, 1)))
    assert sheets

    assert {(1, 1), (2, 2)} == set(sheets[0].cells)


BACKWARDS = record(0xFC, pack("<IIHBi", 1, 2**31 - 1, 8, 4, -15) + b"12345678")
MERGED = record(0xE5, pack("<H", 1000) + pack("<HHHH", 0, 2999, 0, 249) * 1000)


@pytest.mark.parametrize("stream", [
    records(cell(0, 0), sheets=2, apart=False), records(cell(0, 0), sheets=300),
    records(cell(0, 0), extra=BACKWARDS), records(cell(0, 0) + MERGED),
    records(record(0x203, pack("<HHHd", 0, 0, 0, float("nan")))), records(cell(0, 0))[:-20], b"",
], ids=["read twice", "300 sheets", "texts", "merged", "no number", "cut off", "nothing"])  # fmt: skip
@pytest.mark.usefixtures("bare")
def test_what_leads_backwards_or_piles_up_is_broken(stream: bytes) -> None:
    """Nothing in the file can make xlrd read a part of it for ever, or make a heap of a little."""
    assert read_xls("a", stream) is None


def test_sectors_that_lead_back_are_broken() -> None:
    """A chain of sectors ends, whatever the file says."""
    data = bytearray(SAME.read_bytes())
    table = 512 + 512 * int.from_bytes(data[76:80], "little")
    assert workbook_stream(bytes(data))
    first = data.index(pack("<HH", 0x809, 16)) // 512 - 1
    pack_into("<i", data, table + 4 * (first + 2), first)

    with pytest.raises(ValueError, match="lead back"):
        workbook_stream(bytes(data))
    with pytest.raises(BrokenWorkbookError):
        OldBook(bytes(data))


def test_the_records_that_remain_keep_their_places() -> None:
    """Records are struck out where they stand, since sheets are found by their places."""
    stream = workbook_stream(OLD.read_bytes())

    assert len(stream) == len(table_records(stream))


def test_a_workbook_that_fetches_from_another_is_known() -> None:
    """The record of another workbook is long, this one's own is four bytes."""
    begin, end = pack("<HH", 0x809, 4) + bytes(4), pack("<HH", 0x0A, 0)
    own = pack("<HHHH", 0x1AE, 4, 1, 0x0401)
    other = pack("<HHHHB", 0x1AE, 9, 1, 4, 0) + b"a.xl"

    assert not is_linked(begin + own + end + other)
    assert is_linked(begin + own + other + end)
    assert not is_linked(b"")
