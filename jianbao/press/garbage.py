"""Leave garbage lying while something is made whose parts all stay until it is done.

Python looks for unused circles of objects whenever some hundred more have been made, and looks
through all that stay each time. Pages under way only grow: there is nothing to be found.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed(wanted: bool = True) -> Iterator[None]:
    """Do not look for garbage while the block runs; what it left is found soon after."""
    collects = gc.isenabled()
    if wanted:
        gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
