"""What the newsroom's commands share: the settings they were asked for, and how they speak."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from jianbao.cli.language import Translate, translator
from jianbao.diagnostics import Finding, Message
from jianbao.settings import Settings


def settings_of(site: Path, output: Path | None, lang: str | None) -> Settings:
    """Return the settings of a command that works on one bulletin."""
    return Settings(
        root=site,
        output=output or site / "output",
        today=date.today(),  # noqa: DTZ011  (the office's own day)
        language=lang or "",
    )


class Speaker:
    """Speaks to whoever sits there, in their language."""

    def __init__(self, site: Path, lang: str | None) -> None:
        self.translate: Translate = translator(lang or _language(site))

    def say(self, message: Message) -> None:
        """Say a sentence on standard error."""
        click.echo(message.in_words(self.translate), err=True)

    def show(self, findings: Iterable[Finding]) -> None:
        """Say each finding as `check` says it."""
        from jianbao.cli.showing import sentence

        for finding in findings:
            click.echo(sentence(finding, self.translate), err=True)


def _language(site: Path) -> str:
    from jianbao.reading.office import read_site

    office = read_site(site).value
    return office.language if office else "zh"
