"""What made a page, apart from what the office wrote: the program, its libraries, the fonts.

package, site-packages, fontconfig ──▶ digests; a change in any of them is a change of every page
"""

import ctypes
import os
import sys
from dataclasses import fields
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from shutil import which

from jianbao.reading.noting import FILES, WHOLE, Sights, look
from jianbao.settings import PACKAGE, Settings

_MATTERS = (
    "FONTCONFIG_FILE", "FONTCONFIG_PATH", "FONTCONFIG_SYSROOT", "HOME", "XDG_CONFIG_HOME",
    "XDG_DATA_HOME", "LANG", "LC_ALL", "LC_CTYPE",
)  # fmt: skip
_NO_MATTER = frozenset({
    "root", "output", "today", "targets", "fast", "jobs", "task_seconds", "task_megabytes",
    "cluster", "remember", "rehash", "templates", "language",
})  # fmt: skip
"""Settings that change nothing of a page: templates are looked at, nobody asks for the day.

The language changes the proof alone, which says in it what was found: the account knows.
"""
_FONTS = (".ttf", ".otf", ".ttc", ".otc")
_LIBRARIES = (
    "libfontconfig", "libfreetype", "libfribidi", "libglib-2", "libgobject-2", "libharfbuzz",
    "libpango",
)  # fmt: skip


def program(settings: Settings) -> str:
    """Return the digest of the program, what is installed beside it, and what was asked."""
    found = sha256(itself().encode())
    asked = [f"{name}={os.environ.get(name)}" for name in _MATTERS]
    asked.append(f"fc-match={which('fc-match')}")
    asked += [
        f"{each.name}={getattr(settings, each.name)!r}"
        for each in fields(settings)
        if each.name not in _NO_MATTER
    ]
    found.update("\0".join(asked).encode())
    return found.hexdigest()


@lru_cache(maxsize=1)
def itself() -> str:
    """Return the digest of the program and of what is installed beside it."""
    found = sha256(_sources() + sys.version.encode())
    for folder in sys.path:
        if "-packages" in folder and Path(folder).is_dir():
            known = sorted(path.name for path in Path(folder).glob("*.dist-info"))
            found.update("\n".join(known).encode())
    return found.hexdigest()


def _sources() -> bytes:
    found = sha256()
    for file in sorted((*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.mo"))):
        found.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file.read_bytes())
    return found.digest()


def fingerprint() -> dict[str, str]:
    """Return what must be the same on two computers for them to press the same page.

    Versions by name, and each font file by its own name; where it lies makes no difference.
    """
    from jianbao.press.engine import versions

    python = ".".join(map(str, sys.version_info[:2]))
    known = {"Jianbao": _sources().hex(), "Python": python, **versions()}
    fonts = _fonts(_Fontconfig(ctypes.CDLL("libfontconfig.so.1")).lists("FcConfigGetFontDirs"))
    for path in map(Path, fonts):
        if path.suffix.lower() in _FONTS:
            known[f"font {path.name}"] = str(path.stat().st_size)
    return known


def machine() -> Sights:
    """Return the fonts, their configuration and the libraries that set type, as sights.

    fontconfig itself is asked, as the engine asks it; where there is none, nothing is returned,
    and nothing could be pressed either.
    """
    try:
        library = ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        return {}
    asked = _Fontconfig(library)
    files, folders = asked.lists("FcConfigGetConfigFiles"), asked.lists("FcConfigGetFontDirs")
    keys = {WHOLE + path for path in (*files, *_fonts(folders), *_libraries())}
    keys |= {FILES + folder for folder in folders}
    return {key: look(key) for key in sorted(keys)}


class _Fontconfig:
    """The configuration that fontconfig finds now."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library
        library.FcInitLoadConfigAndFonts.restype = ctypes.c_void_p
        self._configuration = ctypes.c_void_p(library.FcInitLoadConfigAndFonts())

    def lists(self, name: str) -> tuple[str, ...]:
        """Return what one of fontconfig's questions answers, in order."""
        ask = self._library[name]
        ask.restype = ctypes.c_void_p
        following = self._library.FcStrListNext
        following.restype = ctypes.c_char_p
        answer = ctypes.c_void_p(ask(self._configuration))
        found = []
        while path := following(answer):
            found.append(os.fsdecode(path))
        self._library.FcStrListDone(answer)
        return tuple(found)


def _fonts(folders: tuple[str, ...]) -> list[str]:
    """Return the files in the folders of fonts."""
    found = []
    for folder in folders:
        try:
            with os.scandir(folder) as entries:
                found += [entry.path for entry in entries if entry.is_file()]
        except OSError:
            continue
    return found


def _libraries() -> list[str]:
    """Return the files of the libraries that set type, as this process has found them."""
    try:
        maps = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    found = next((line.split()[-1] for line in maps.splitlines() if "libfontconfig" in line), "")
    folder = os.path.dirname(found)  # noqa: PTH120
    if not folder:
        return []
    return [str(path) for path in Path(folder).iterdir() if path.name.startswith(_LIBRARIES)]
