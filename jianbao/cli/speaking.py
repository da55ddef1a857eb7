"""What the newsroom's commands share: the settings they were asked for, and how they speak."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from jianbao.cli.language import Translate, translator
from jianbao.cli.working import now, worker
from jianbao.diagnostics import Finding, Message, stops
from jianbao.settings import Settings


def settings_of(site: Path, output: Path | None, lang: str | None) -> Settings:
    """Return the settings of a command that works on one bulletin."""
    return Settings(
        root=site,
        output=output or site / "output",
        today=now().date(),
        language=lang or "",
    )


TRIES, PAUSE = 30, 0.3


class Speaker:
    """Speaks to whoever sits there, in their language; `asks` where somebody does."""

    def __init__(self, site: Path, lang: str | None) -> None:
        self.translate: Translate = translator(lang or site_language(site))
        self.asks = sys.stdin.isatty()

    def words(self, message: Message) -> str:
        """Return a sentence in the reader's language."""
        return message.in_words(self.translate)

    def say(self, message: Message) -> None:
        """Say a sentence on standard error."""
        click.echo(self.words(message), err=True)

    def show(self, findings: Iterable[Finding]) -> None:
        """Say each finding as `check` says it."""
        from jianbao.cli.showing import told

        for line in told(findings, self.translate):
            click.echo(line, err=True)

    def stop_at(self, findings: Iterable[Finding]) -> None:
        """Say findings, and leave with status 1 where one of them is an error."""
        known = tuple(findings)
        self.show(known)
        if stops(known):
            raise click.exceptions.Exit(1)

    def ask(self, question: Message, default: str = "") -> str:
        """Return what is typed for an answer; Enter gives the default."""
        answer: str = click.prompt(
            self.words(question), default=default, show_default=bool(default), err=True
        )
        return answer.strip()


@contextmanager
def patient_lock(site: Path, doing: str, speaker: Speaker) -> Iterator[None]:
    """Hold the site while the block runs; wait a moment for another, then say whose it is."""
    from jianbao.delivery.lock import site_lock

    with ExitStack() as stack:
        for left in range(TRIES, 0, -1):
            taken = stack.enter_context(site_lock(site, worker(doing), now()))
            if taken is None:
                break
            if left == 1:
                speaker.show([taken])
                raise click.exceptions.Exit(1)
            time.sleep(PAUSE)
        yield


def site_language(site: Path) -> str:
    """Return the language the office has chosen."""
    from jianbao.reading.office import read_site

    office = read_site(site).value
    return office.language if office else "zh"
