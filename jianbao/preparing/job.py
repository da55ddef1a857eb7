"""Job: what every step knows: where to prepare, how to speak, how to run another program."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LAST = 15  # lines of another program's output that are worth showing when it failed


class Stop(Exception):  # noqa: N818 - no fault of ours: a sentence for the user, and the end
    """The preparation cannot go on; says what the user can do."""


@dataclass(frozen=True)
class Job:
    """One preparation.

    Attributes:
        root: The project's folder.
        english: Speak English; Chinese otherwise.
    """

    root: Path
    english: bool

    @property
    def home(self) -> Path:
        """The environment's folder."""
        return self.root / ".venv"

    @property
    def share(self) -> Path:
        """What the environment holds besides Python's own: fonts and their configuration."""
        return self.home / "share" / "jianbao"

    def words(self, chinese: str, english: str) -> str:
        """Return the sentence in the user's language."""
        return english if self.english else chinese

    def say(self, chinese: str, english: str) -> None:
        """Tell the user what is going on."""
        print(self.words(chinese, english), file=sys.stderr, flush=True)

    def run(self, command: Sequence[str | Path], folder: Path | None = None) -> str:
        """Run another program in silence; return "" if all went well, else what it said last."""
        done = subprocess.run(
            command,
            cwd=folder,
            close_fds=False,  # the lock of `order.alone` goes along
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode == 0:
            return ""
        said = done.stdout.strip().splitlines() or [f"{command[0]}: {done.returncode}"]
        return "\n".join(f"  {line}" for line in said[-LAST:])
