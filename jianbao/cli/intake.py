"""The command `intake`: a unit's Word text into a story, its photos and its numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jianbao.cli.language import Translate
from jianbao.cli.options import _, common
from jianbao.cli.speaking import Speaker, patient_lock
from jianbao.diagnostics import msg

if TYPE_CHECKING:
    from jianbao.newsroom.taking import Arrival

INTAKE = _("""Take a Word text (.docx) into a bulletin, as a story with its photos.

FILE is what the unit sent; TARGET is the bulletin, such as yunxi/2026-47. Headline,
kicker and byline are taken from above and below the text, crossheads, tables and
photos from within. No file is overwritten but a shape that `new` made and nobody
has written into. Then `bind` proposes the figures.

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
        from jianbao.cli.binding import propose
        from jianbao.newsroom.taking import read_arrival, take_in

        speaker = Speaker(site, lang)
        read = read_arrival(site, file, target.strip("/"), name)
        speaker.show(read.findings)
        if read.value is None:
            raise click.exceptions.Exit(1)
        with patient_lock(site, "intake", speaker):
            taken = take_in(site, read.value)
        if not taken:
            speaker.say(msg("Somebody wrote a file of this name meanwhile: nothing was written."))
            raise click.exceptions.Exit(1)
        for path in read.value.files:
            click.echo(site / path)
        _tell(read.value, speaker)
        propose(site, read.value.story, speaker)

    return command


def _tell(arrival: Arrival, speaker: Speaker) -> None:
    """Say what was taken for what, and what is left for the clerk to do."""
    from jianbao.reading.heads import KEYS

    for key, value in arrival.manuscript.head.items():
        if value and key in KEYS:
            speaker.say(msg("  {part}: {text}", part=key, text=value))
    counts = msg(
        "{lines} paragraphs, {photos} photos.",
        lines=sum(1 for line in arrival.manuscript.lines if line),
        photos=len(arrival.manuscript.photos),
    )
    speaker.say(counts)
    name = arrival.story.rpartition("/")[2]
    if arrival.planned:
        speaker.say(msg("{name} has its place in bulletin.yaml; read the story once.", name=name))
    else:
        speaker.say(
            msg("Put {name} into a slot of bulletin.yaml, and read the story once.", name=name)
        )
