"""Load the engine's libraries by their names, not by asking a compiler where they are.

WeasyPrint tries the names a library has on other systems first, and for each of these Python
asks ldconfig, gcc and ld, which took longer than all the rest of the import. It imports what
fontTools cuts fonts with too, a third of what was left, for machines whose HarfBuzz cannot.
"""

import ctypes
import ctypes.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

_NEEDED = (
    "libgobject-2.0.so.0", "libpango-1.0.so.0", "libharfbuzz.so.0", "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)  # fmt: skip

_SELDOM = ("fontTools.subset", "fontTools.varLib.instancer")


@contextmanager
def loaded_later() -> Iterator[None]:
    """Let modules be imported by their first call only, where the block imports them."""
    stand_ins = {name: _StandIn(name) for name in _SELDOM if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


class _StandIn(ModuleType):
    """Stands for a module of which things are only called."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        if name.startswith("__"):  # what the import itself asks for
            raise AttributeError(name)

        def called(*args: Any, **kwargs: Any) -> object:
            return getattr(import_module(self.__name__), name)(*args, **kwargs)

        return called


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
