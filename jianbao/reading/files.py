"""Read one file of the site as text, however the office's programs saved it."""

from pathlib import Path

from jianbao.diagnostics import Checked, Finding, Message, Place, error, msg

LARGEST_TEXT = 2 * 1024 * 1024
LARGEST_PICTURE = 32 * 1024 * 1024

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
    place = Place(path)
    try:
        size = (root / path).stat().st_size
        data = (root / path).read_bytes() if size <= LARGEST_TEXT else b""
    except FileNotFoundError:
        return _refused("file-missing", place, msg("There is no such file."))
    except OSError as fault:
        return _refused(
            "file-unreadable",
            place,
            msg("The file cannot be read: {why}.", why=fault.strerror or str(fault)),
        )
    if size > LARGEST_TEXT:
        return _refused(
            "file-too-large",
            place,
            msg(
                "The file has {size} bytes; at most {limit} are read.",
                size=size,
                limit=LARGEST_TEXT,
            ),
        )
    text = _decoded(data)
    if text is None:
        return _refused("file-encoding", place, msg("The file is no text in UTF-8 or GB18030."))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    hidden = invisible_findings(path, text)
    return Checked("".join(" " if _is_hidden(c) else c for c in text), hidden)


def _refused(rule: str, place: Place, message: Message) -> Checked[str | None]:
    return Checked(None, (error(rule, place, message),))


def _decoded(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def invisible_findings(path: str, text: str) -> tuple[Finding, ...]:
    """Return a finding for each line with characters that cannot be seen."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        column = next((index for index, char in enumerate(line, 1) if _is_hidden(char)), 0)
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


def _is_hidden(char: str) -> bool:
    """Say whether `char` is invisible, a control, or of the private use area our marks use."""
    return char in INVISIBLE or (char < " " and char not in "\t\n") or "\ue000" <= char <= "\uf8ff"
