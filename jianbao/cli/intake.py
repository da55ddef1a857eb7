"""The command `intake`: a unit's Word text into a story, its photos and its numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jianbao.cli.language import Translate, translator
from jianbao.cli.options import _, common
from jianbao.diagnostics import Finding, Message, msg

if TYPE_CHECKING:
    from jianbao.newsroom.taking import Arrival

INTAKE = _("""Take a Word text (.docx) into a bulletin, as a story with its photos.

FILE is what the unit sent; TARGET is the bulletin, such as yunxi/2026-47. Headline,
kicker and byline are taken from above and below the text, crossheads, tables and
photos from within. No file is overwritten. Then `bind` proposes the figures.

\b
Examples:
  python3 build.py intake letter.docx yunxi/2026-47
  python3 build.py intake letter.docx yunxi/2026-47 --as hotline
""")


def intake(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command(
        "intake",
        help=translate(INTAKE),
        short_help=translate(_("Take a Word text into a bulletin.")),
    )
    @click.argument(
        "file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
    )
    @click.argument("target", metavar="TARGET")
    @common(translate)
    @click.option("--as", "name", default="", help=translate(_("Name of the story's file.")))
    def command(file: Path, target: str, site: Path, lang: str | None, name: str) -> None:
        from jianbao.cli.binding import propose, site_language
        from jianbao.newsroom.taking import read_arrival, take_in

        words = translator(lang or site_language(site))
        read = read_arrival(site, file, target.strip("/"), name)
        _show(read.findings, words)
        if read.value is None:
            raise click.exceptions.Exit(1)
        if not take_in(site, read.value):
            _say(msg("Somebody wrote a file of this name meanwhile: nothing was written."), words)
            raise click.exceptions.Exit(1)
        for path in read.value.files:
            click.echo(site / path)
        _tell(read.value, words)
        propose(site, read.value.story, words)

    return command


def _tell(arrival: Arrival, words: Translate) -> None:
    """Say what was taken for what, and what is left for the clerk to do."""
    from jianbao.reading.heads import KEYS

    for key, value in arrival.manuscript.head.items():
        if value and key in KEYS:
            _say(msg("  {part}: {text}", part=key, text=value), words)
    counts = msg(
        "{lines} paragraphs, {photos} photos.",
        lines=sum(1 for line in arrival.manuscript.lines if line),
        photos=len(arrival.manuscript.photos),
    )
    _say(counts, words)
    name = arrival.story.rpartition("/")[2]
    _say(msg("Put {name} into a slot of bulletin.yaml, and read the story once.", name=name), words)


def _say(message: Message, words: Translate) -> None:
    click.echo(message.in_words(words), err=True)


def _show(findings: tuple[Finding, ...], words: Translate) -> None:
    from jianbao.cli.showing import sentence

    for finding in findings:
        click.echo(sentence(finding, words), err=True)
