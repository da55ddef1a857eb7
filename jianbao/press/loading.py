"""Load the engine's libraries by their names, not by asking a compiler where they are.

WeasyPrint tries the names a library has on other systems first, and for each of these Python
asks ldconfig, gcc and ld, which took longer than all the rest of the import.
"""

import ctypes
import ctypes.util
from collections.abc import Iterator
from contextlib import contextmanager

_NEEDED = (
    "libgobject-2.0.so.0", "libpango-1.0.so.0", "libharfbuzz.so.0", "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)  # fmt: skip


@contextmanager
def by_name() -> Iterator[None]:
    """Let libraries be loaded by name only while the block runs, where that is enough."""
    search = ctypes.util.find_library
    try:
        for name in _NEEDED:
            ctypes.CDLL(name)
        ctypes.util.find_library = _nowhere
    except OSError:
        pass
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _nowhere(name: str) -> str | None:  # noqa: ARG001  (the name of what it stands in for)
    return None
