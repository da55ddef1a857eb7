"""Open a workbook, whatever it really is, and refuse what is dangerous or no workbook.

    bytes ──what is it?──▶ .xlsx by openpyxl │ .xls by xlrd

Nothing is unpacked before its size is known. A broken file is a finding.
"""

import re
import struct
import zipfile
from io import BytesIO
from pathlib import Path, PurePosixPath

from jianbao.diagnostics import Checked, Finding, Message, Place, error, msg
from jianbao.reading.files import encoding_of, read_bytes
from jianbao.reading.grids import Sheet

LARGEST_WORKBOOK = 16 * 1024 * 1024
LARGEST_UNPACKED = 48 * 1024 * 1024
MOST_ENTRIES = 1_500_000
_RATIO = 250  # A sheet packs 10 to 40 times; more than this holds next to nothing.
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_PASSWORD = re.compile(
    rb"\x09\x08(?:\x10\x00.{16}|\x08\x00.{8})(?:\x86\x00{3})?\x2f\x00", re.DOTALL
)
SUFFIXES = (".xlsx", ".xls")
OTHERS = (".xlsm", ".xlsb", ".xltx", ".xltm", ".xlt", ".et", ".ett", ".ods", ".numbers")
_AS_XLSX = msg("Open it in Excel or WPS and save it as .xlsx.")


def read_workbook(root: Path, path: str) -> Checked[tuple[Sheet, ...]]:
    """Return the sheets of a workbook that people filled in; none, with findings, if refused."""
    data = read_bytes(root, path, LARGEST_WORKBOOK)
    return Checked((), data.findings) if data.value is None else sheets_of(path, data.value)


def sheets_of(path: str, data: bytes) -> Checked[tuple[Sheet, ...]]:
    """Return the sheets of a workbook's bytes; none, with findings, if refused."""
    from jianbao.reading.xls import read_xls  # slow to import, and mostly not needed
    from jianbao.reading.xlsx import read_xlsx

    fault = refusal(path, data, LARGEST_UNPACKED) or _crowded(path, data)
    if fault:
        return Checked((), (fault,))
    sheets = (read_xlsx if is_zip(data) else read_xls)(path, data)
    # Every workbook has a sheet: where none is found, its list of them is damaged.
    return Checked(sheets) if sheets else Checked((), (broken(path),))


def is_zip(data: bytes) -> bool:
    """Say whether the bytes are an .xlsx, whatever the file is called."""
    return data.startswith(b"PK")


def _crowded(path: str, data: bytes) -> Finding | None:
    """Return why a workbook is not read that holds more than any table does.

    In memory, an empty cell or style of five bytes is an object of several hundred.
    """
    if not is_zip(data):
        return None
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            count = sum(packed.read(part).count(b"<") for part in packed.infolist())
    except Exception:  # noqa: BLE001  (a mangled archive raises anything)
        return broken(path)
    if count <= MOST_ENTRIES:
        return None
    return error(
        "workbook-too-large",
        Place(path),
        msg("There is more in the workbook than any table has."),
        msg("Save the sheets that are wanted as a workbook of their own, without styles unused."),
    )


def is_lock(name: str) -> bool:
    """Say whether a file is what Excel or WPS keeps beside a workbook while it is open."""
    return name.startswith(("~$", ".~", "."))


def refusal(path: str, data: bytes, largest: int) -> Finding | None:
    """Return why a workbook is not opened, by its name and its first bytes."""
    place, suffix = Place(path), PurePosixPath(path).suffix
    fault: Finding | None = None
    if suffix.lower() in OTHERS:
        fault = _no(place, msg("Workbooks of this kind ({kind}) are not read.", kind=suffix))
    elif is_zip(data):
        fault = _zip_refusal(place, data, largest)
    elif data.startswith(_OLD):
        if "EncryptedPackage".encode("utf-16-le") in data or _OLD_PASSWORD.search(data):
            fault = _locked(place)
        elif "_VBA_PROJECT".encode("utf-16-le") in data:
            fault = _macros(place)
    elif data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        fault = _no(place, msg("This is a web page that was given the name of a workbook."))
    elif not data.strip(b"\0\xef\xbb\xbf \r\n\t"):
        fault = _empty(place)
    elif encoding_of(data):
        fault = _no(place, msg("This is a text that was given the name of a workbook."))
    else:
        fault = broken(path)
    return fault


def _zip_refusal(place: Place, data: bytes, largest: int) -> Finding | None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, struct.error):
        return broken(place.path)
    names = {part.filename.lower() for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        return _locked(place)
    if any("vbaproject" in name or "macrosheets" in name for name in names):
        return _macros(place)
    if "xl/workbook.xml" not in names and "[content_types].xml" not in names:
        return _no(place, msg("This is no workbook of Excel."))
    size = sum(part.file_size for part in parts)
    hollow = any(
        part.file_size > 4 * 1024 * 1024 and part.file_size > _RATIO * part.compress_size
        for part in parts
    )
    if size > largest or hollow:
        return error(
            "workbook-too-large",
            place,
            msg("Unpacked, the workbook has {size} MB.", size=round(size / 1024 / 1024)),
            msg("Delete the empty rows and columns below and beside the table, and pictures."),
        )
    return None


def _no(place: Place, message: Message) -> Finding:
    return error("workbook-kind", place, message, _AS_XLSX)


def _locked(place: Place) -> Finding:
    return error(
        "workbook-password",
        place,
        msg("The workbook is protected by a password."),
        msg("Save it without a password."),
    )


def _macros(place: Place) -> Finding:
    return error(
        "workbook-macros",
        place,
        msg("There are macros in this workbook, and workbooks with macros are not opened."),
        _AS_XLSX,
    )


def _empty(place: Place) -> Finding:
    why, hint = msg("There is nothing in the file."), msg("It did not arrive: ask for it again.")
    return error("workbook-broken", place, why, hint)


def broken(path: str) -> Finding:
    """Return the finding for a workbook that cannot be read."""
    message = msg("The workbook is damaged and cannot be read.")
    return error("workbook-broken", Place(path), message, _AS_XLSX)
