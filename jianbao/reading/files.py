"""Read one file of the site as text, however the office's programs saved it."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from jianbao.diagnostics import Checked, Finding, Place, error, msg

LARGEST_TEXT = 2 * 1024 * 1024
LARGEST_PICTURE = 32 * 1024 * 1024

_ENCODINGS = (
    (BOM_UTF8, "utf-8"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
    (b"", "utf-8"),
    (b"", "gb18030"),
)

# Zero-width and direction marks come along with text copied from web pages. They are
# not seen, and make two names that look the same differ.
INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"
)


def read_text(root: Path, path: str) -> Checked[str | None]:
    """Return the text of `root`/`path` with plain line ends, or None with a finding.

    UTF-8 with or without a byte order mark, UTF-16 with one, else GB18030, which
    Excel and older editors in Chinese offices write.
    """
    data = read_bytes(root, path, LARGEST_TEXT)
    if data.value is None:
        return Checked(None, data.findings)
    text = _decoded(data.value)
    if text is None:
        return Checked(None, (not_text(path),))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    hidden = invisible_findings(path, text)
    return Checked("".join(" " if is_hidden(c) else c for c in text), hidden)


def read_bytes(root: Path, path: str, largest: int) -> Checked[bytes | None]:
    """Return what `root`/`path` holds, or None with a finding."""
    size = size_of(root, path, largest)
    if size.value is None:
        return Checked(None, size.findings)
    try:
        return Checked((root / path).read_bytes())
    except OSError as fault:
        return Checked(None, (_unreadable(path, fault),))


def size_of(root: Path, path: str, largest: int) -> Checked[int | None]:
    """Return how many bytes a file has, or None with a finding where it is not to be read."""
    place = Place(path)
    try:
        size = (root / path).stat().st_size
    except FileNotFoundError:
        return Checked(None, (error("file-missing", place, msg("There is no such file.")),))
    except OSError as fault:
        return Checked(None, (_unreadable(path, fault),))
    if size <= largest:
        return Checked(size)
    why = msg("The file has {size} bytes; at most {limit} are read.", size=size, limit=largest)
    return Checked(None, (error("file-too-large", place, why),))


def not_text(path: str) -> Finding:
    """Return the finding for a file that is no text at all."""
    why = msg("The file is no text in UTF-8 or GB18030.")
    return error("file-encoding", Place(path), why)


def _unreadable(path: str, fault: OSError) -> Finding:
    why = msg("The file cannot be read: {why}.", why=fault.strerror or str(fault))
    return error("file-unreadable", Place(path), why)


def _decoded(data: bytes) -> str | None:
    found = encoding_of(data)
    return data[len(found[0]) :].decode(found[1]) if found else None


def encoding_of(data: bytes) -> tuple[bytes, str] | None:
    """Return the byte order mark of a text and its encoding, None where it is no text."""
    for mark, encoding in _ENCODINGS:
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                continue
            return None if "\0" in text else (mark, encoding)
    return None


def invisible_findings(path: str, text: str) -> tuple[Finding, ...]:
    """Return a finding for each line with characters that cannot be seen."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        column = next((index for index, char in enumerate(line, 1) if is_hidden(char)), 0)
        if column:
            place = Place(path, number, column, column + 1, line)
            code = f"U+{ord(line[column - 1]):04X}"
            found.append(
                error(
                    "invisible-character",
                    place,
                    msg("There is an invisible character here ({code}).", code=code),
                    msg("Delete it, or type the line again."),
                )
            )
    return tuple(found)


def is_hidden(char: str) -> bool:
    """Say whether `char` is invisible, a control, or of the private use area our marks use."""
    return char in INVISIBLE or (char < " " and char not in "\t\n") or "\ue000" <= char <= "\uf8ff"
