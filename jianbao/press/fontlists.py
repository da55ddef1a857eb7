"""One list of fonts for all pages, as long as none is installed or taken away.

    fonts() ──▶ the engine's FontConfiguration, the one of before if nothing has changed

The engine lists the system's fonts for each document, opens those it needs and measures their
letters: a fifth of the time that a page takes. A list holds as long as the folders and settings
that it was read from, and the variables that name them, are as they were.
"""

import ctypes
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from weasyprint.text.ffi import ffi
from weasyprint.text.fonts import FontConfiguration

_SAID_BY = (
    "FONTCONFIG_FILE", "FONTCONFIG_PATH", "FONTCONFIG_SYSROOT", "HOME", "XDG_CONFIG_HOME",
    "XDG_DATA_HOME", "LANG", "LC_ALL", "LC_CTYPE",
)  # fmt: skip
_READ = ("FcConfigGetConfigFiles", "FcConfigGetFontDirs")
_known: list[tuple[Any, Any]] = []


def fonts() -> Any:
    """Return the fonts of this system as they are now; no document may add one of its own."""
    if _known and _stamps(_known[0][0]) == _known[0][1]:
        return _known[0][0]
    made = FontConfiguration()
    _known[:] = [(made, _stamps(made))]
    return made


def _stamps(made: Any) -> tuple[Any, ...]:
    """Return what tells whether a list would come out the same if it were made now."""
    config = int(ffi.cast("uintptr_t", made._config))
    return tuple(map(os.environ.get, _SAID_BY)), tuple(map(_stamp, _paths(config)))


def _stamp(path: bytes) -> tuple[bytes, int, int, int]:
    try:
        found = Path(os.fsdecode(path)).stat()
    except OSError:
        return path, 0, 0, 0
    return path, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _paths(config: int) -> Iterator[bytes]:
    """Yield the files and folders that Fontconfig has read."""
    library = _library()
    for ask in _READ:
        names = library[ask](config)
        while name := library["FcStrListNext"](names):
            yield name
        library["FcStrListDone"](names)


@lru_cache(maxsize=1)
def _library() -> dict[str, Any]:
    """Return what is asked of Fontconfig, with what it takes and gives."""
    library = ctypes.CDLL("libfontconfig.so.1")
    answers: dict[str, type | None] = dict.fromkeys(_READ, ctypes.c_void_p)
    answers |= {"FcStrListNext": ctypes.c_char_p, "FcStrListDone": None}
    found = {}
    for name, answer in answers.items():
        function = library[name]  # by index it is our own
        function.restype, function.argtypes = answer, (ctypes.c_void_p,)
        found[name] = function
    return found
