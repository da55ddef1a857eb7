"""The PDFs of the preview: pressed in a process of its own, which a change puts an end to."""

import signal
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from jianbao.pipeline import build
from jianbao.pipeline.runs import Outcome, Speak, untold
from jianbao.settings import Settings


@dataclass(frozen=True, slots=True)
class Pressing:
    """PDFs that are being made."""

    process: SpawnProcess
    answer: Connection

    @property
    def over(self) -> bool:
        """Whether there is an answer, or none to be hoped for."""
        return self.answer.poll() or not self.process.is_alive()

    def outcome(self) -> Outcome | None:
        """Return what came of it; None where the process ended without a word."""
        answer: Outcome | None = None
        with suppress(EOFError):
            answer = self.answer.recv() if self.answer.poll() else None
        self.stop()
        return answer

    def stop(self) -> None:
        """Put an end to it."""
        self.process.terminate()
        self.process.join()
        self.answer.close()


def start_pressing(settings: Settings, speak: Speak) -> Pressing:
    """Begin to make the PDFs of these settings' targets, beside this process."""
    spawn = get_context("spawn")  # this process has threads, of which a fork would be a torso
    here, there = spawn.Pipe(duplex=False)
    process = spawn.Process(
        target=_press,
        args=(replace(settings, pdf=True), there, speak),
        name="jianbao-pdf",
        daemon=True,
    )
    process.start()
    there.close()
    return Pressing(process, here)


def _press(settings: Settings, answer: Connection, speak: Speak) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started this
    answer.send(build(settings, untold, speak))
