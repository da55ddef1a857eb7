"""Open a Word file, or say why not: what it really is, how large it unpacks, what it hides.

    bytes ──refusal──▶ document of python-docx

Nothing is unpacked before its size is known, and nothing is followed out of the file.
"""

import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from lxml.etree import LxmlError

from jianbao.diagnostics import Checked, Finding, Message, Place, error, msg

LARGEST = 64 * 1024 * 1024
LARGEST_UNPACKED = 256 * 1024 * 1024
MOST_ENTRIES = 400_000
_RATIO = 250  # Word's text packs 5 to 20 times; more than this holds next to nothing.
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AS_DOCX = msg("Open it in Word or WPS and save it as .docx.")
_BROKEN = (OpcError, LxmlError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError)


def open_document(path: str, data: bytes) -> Checked[Document | None]:
    """Return the document of a .docx, or None with a finding.

    Findings: manuscript-kind, manuscript-password, manuscript-macros,
    manuscript-too-large, manuscript-broken.
    """
    fault = refusal(path, data)
    if fault:
        return Checked(None, (fault,))
    try:
        return Checked(docx.Document(BytesIO(data)))
    except _BROKEN:
        return Checked(None, (broken(Place(path)),))


def refusal(path: str, data: bytes) -> Finding | None:
    """Return why the file is not opened, or None."""
    place, suffix = Place(path), PurePosixPath(path).suffix.lower()
    if data.startswith(_OLD):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return _locked(place)
        return _kind(place, msg("This is a text of an old Word (.doc) or of WPS."))
    if not data.startswith(b"PK"):
        return _kind(place, msg("This is no Word text (.docx)."))
    if suffix in (".docm", ".dotm"):
        return _macros(place)
    try:
        return _packed_refusal(place, data)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, OSError, EOFError):
        return broken(place)


def _packed_refusal(place: Place, data: bytes) -> Finding | None:
    with zipfile.ZipFile(BytesIO(data)) as packed:
        parts = packed.infolist()
        if any(part.flag_bits & 1 for part in parts):
            return _locked(place)
        names = {part.filename.lower() for part in parts}
        if any("vbaproject" in name for name in names):
            return _macros(place)
        if not any(name.startswith("word/") for name in names):
            return _kind(place, msg("This is no Word text (.docx)."))
        hollow = any(
            part.file_size > 4 * 1024 * 1024 and part.file_size > _RATIO * part.compress_size
            for part in parts
        )
        if hollow or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            why = msg("The file unpacks to more than a text can hold.")
            return error("manuscript-too-large", place, why, _AS_DOCX)
        return _inner_refusal(place, packed)


def _inner_refusal(place: Place, packed: zipfile.ZipFile) -> Finding | None:
    """Return why a file of a fit size is not opened, by what its parts hold."""
    entries = 0
    for name in packed.namelist():
        if name.lower().endswith((".xml", ".rels")):
            text = packed.read(name)
            entries += text.count(b"<")
            if _declares(text):
                return broken(place)
    if entries <= MOST_ENTRIES:
        return None
    why = msg("There is more in the file than a text can hold.")
    hint = msg("Make several files of it, or paste the text into a new one without its format.")
    return error("manuscript-too-large", place, why, hint)


def _declares(part: bytes) -> bool:
    """Say whether a part declares entities, which no office program writes."""
    return any("<!DOCTYPE".encode(code) in part for code in ("ascii", "utf-16-le", "utf-16-be"))


def _locked(place: Place) -> Finding:
    return error(
        "manuscript-password",
        place,
        msg("The file is locked with a password."),
        msg("Open it, take the password off, save it and send it again."),
    )


def _kind(place: Place, why: Message) -> Finding:
    return error("manuscript-kind", place, why, _AS_DOCX)


def _macros(place: Place) -> Finding:
    return error(
        "manuscript-macros",
        place,
        msg("There are programs (macros) in the file."),
        msg("Save it as .docx, which has none."),
    )


def broken(place: Place) -> Finding:
    """Return the finding for a file in which not everything is as Word writes it."""
    why = msg("The file is damaged.")
    return error("manuscript-broken", place, why, _AS_DOCX)
