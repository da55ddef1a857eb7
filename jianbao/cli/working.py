"""Who is at work, and when: what only the command line may ask this computer."""

from __future__ import annotations

import getpass
import os
import socket
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jianbao.delivery.lock import Worker


def now() -> datetime:
    """Return the office's own time, to the second."""
    return datetime.now().replace(microsecond=0)  # noqa: DTZ005  (the office's own clock)


def worker(doing: str) -> Worker:
    """Return who runs the command `doing` here."""
    from jianbao.delivery.lock import Worker

    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = str(os.getpid())
    return Worker(name, socket.gethostname(), os.getpid(), doing)
