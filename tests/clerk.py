"""The command line at a moment of one's own.

    python -m tests.clerk 2026-12-03T10:12 WORDS…

The office's clock stands in one place of the program.
"""

import sys
from datetime import datetime, tzinfo

from jianbao.cli import main as program
from jianbao.cli import working


class Clock(datetime):
    """A clock that stands still."""

    moment = datetime(2026, 12, 3, 10, 12)  # noqa: DTZ001

    @classmethod
    def now(cls, _tz: tzinfo | None = None) -> "Clock":
        """Return the moment."""
        return cls.fromisoformat(cls.moment.isoformat())


def main() -> None:
    """Type the words at that moment."""
    Clock.moment = datetime.fromisoformat(sys.argv.pop(1))
    setattr(working, "datetime", Clock)  # noqa: B010  (the module does not give it away)
    program()


if __name__ == "__main__":
    main()
