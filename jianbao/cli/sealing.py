"""The commands `seal`, `verify` and `correct`: what was published stays known, and is put right."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jianbao.cli.language import Translate
from jianbao.cli.options import FOLDER, _, common
from jianbao.cli.speaking import Speaker, patient_lock, settings_of
from jianbao.cli.working import now
from jianbao.diagnostics import msg

if TYPE_CHECKING:
    from jianbao.pipeline.sealing import Verified

SEAL = _("""Put the seal on a bulletin that was published: its words, figures and files.

TARGET is campaign/bulletin. It is made once more, kept beside its sources, and
taken down in sealed.yaml. From then on its number is final, and whoever edits
what it printed is told so until the bulletin is corrected. publish seals by
itself; this is for what was published in another way.

\b
Examples:
  python3 build.py seal yunxi/2026-47 --name NAME
""")
VERIFY = _("""Compare a sealed bulletin with what was published.

TARGET is campaign/bulletin. Sources, words, figures and files are compared by
digest; where the program, its libraries and the fonts are the same as then, the
bulletin is made anew and compared byte for byte.

\b
Examples:
  python3 build.py verify yunxi/2026-47
""")
CORRECT = _("""Correct a bulletin that was published: write the notice for its readers.

TARGET is campaign/bulletin. Put the number or the words right in their file
first; the notice is written from the difference, a sentence each, into
correction-1.md beside the stories, where you may edit it. The web page shows it
on top, the PDF says that it was corrected, and the old version stays reachable.

\b
Examples:
  python3 build.py correct yunxi/2026-47 --name NAME
""")


def seal(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command(
        "seal", help=translate(SEAL), short_help=translate(_("Take down what was published."))
    )
    @click.argument("target", metavar="TARGET")
    @common(translate)
    @click.option("--name", required=True, help=translate(_("Who published it.")))
    @click.option(
        "--emergency",
        default="",
        metavar="REASON",
        help=translate(_("Why it was published before everything was signed.")),
    )
    @click.option(
        "--output",
        type=FOLDER,
        default=None,
        help=translate(_("Folder to write to; output/ in the site if not named.")),
    )
    def command(
        target: str, site: Path, lang: str | None, output: Path | None, **said: str
    ) -> None:
        from jianbao.newsroom.sealing.sealing import Publication
        from jianbao.pipeline.sealing import seal as seal_it

        speaker = Speaker(site, lang)
        publication = Publication(said["name"], now().isoformat(), said["emergency"])
        with patient_lock(site, "seal", speaker):
            done = seal_it(settings_of(site, output, lang), target, publication)
        if done.value is None:
            speaker.show(done.findings)
            raise click.exceptions.Exit(1)
        one = done.value
        click.echo(one.path)
        if one.new:
            speaker.say(msg("{address} is sealed; {count} files are kept in {folder}.",
                            address=one.address, count=len(one.seal.files) + 1,
                            folder=one.seal.kept))  # fmt: skip
        else:
            speaker.say(msg("{address} was sealed on {day}, and prints the same.",
                            address=one.address, day=one.seal.day))  # fmt: skip

    return command


def verify(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command(
        "verify",
        help=translate(VERIFY),
        short_help=translate(_("Compare with what was published.")),
    )
    @click.argument("target", metavar="TARGET")
    @common(translate)
    @click.option(
        "--output",
        type=FOLDER,
        default=None,
        help=translate(_("Folder of the made files; output/ in the site if not named.")),
    )
    def command(target: str, site: Path, lang: str | None, output: Path | None) -> None:
        from jianbao.pipeline.sealing import verify as verify_it

        speaker = Speaker(site, lang)
        done = verify_it(settings_of(site, output, lang), target)
        if done.value is None:
            speaker.show(done.findings)
            raise click.exceptions.Exit(1)
        if not _told(done.value, speaker):
            raise click.exceptions.Exit(1)

    return command


def _told(found: Verified, speaker: Speaker) -> bool:
    """Say what verifying has shown; return whether all is as it was published."""
    from jianbao.cli.glances import difference_lines

    speaker.say(
        msg("{address}, sealed by {name} on {day}:", address=found.address,
            name=found.seal.name, day=found.seal.day)
    )  # fmt: skip
    for line in difference_lines(found.difference, speaker.translate):
        click.echo(f"  {line}", err=True)
    for message in (*found.faults, *found.notes):
        click.echo(f"  {message.in_words(speaker.translate)}", err=True)
    if found.rebuilt:
        speaker.say(
            msg("Made anew: {count} files are the same, byte for byte.", count=found.rebuilt)
        )
    good = not found.faults and not found.difference
    speaker.say(
        msg("Every word and every figure is as it was published.") if good
        else msg("This is not what was published.")
    )  # fmt: skip
    return good


def correct(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command(
        "correct",
        help=translate(CORRECT),
        short_help=translate(_("Put right what was published.")),
    )
    @click.argument("target", metavar="TARGET")
    @common(translate)
    @click.option("--name", required=True, help=translate(_("Who corrects it.")))
    @click.option(
        "--day",
        type=click.DateTime(["%Y-%m-%d"]),
        default=None,
        help=translate(_("The day of the correction; today if not named.")),
    )
    def command(target: str, site: Path, lang: str | None, name: str, day: date | None) -> None:
        from jianbao.pipeline.sealing import correct as correct_it

        speaker = Speaker(site, lang)
        with patient_lock(site, "correct", speaker):
            when = date.fromisoformat(f"{day or now():%Y-%m-%d}")
            done = correct_it(settings_of(site, None, lang), target, name, when)
        if done.value is None:
            speaker.show(done.findings)
            raise click.exceptions.Exit(1)
        click.echo(done.value.notice)
        for line in done.value.lines:
            click.echo(f"  {line}", err=True)
        for one in done.value.quoted:
            speaker.say(
                msg("{address} printed it too: figure {name}, {old} instead of {new} ({spots}).",
                    address=one.address, name=one.figure, old=one.old, new=one.new,
                    spots="、".join(one.spots))
            )  # fmt: skip
        for cited in done.value.mentions:
            speaker.say(
                msg("{address} may have cited {name}: {story}: “{excerpt}”; see if it is that one.",
                    address=cited.address, name=cited.figure, story=cited.story,
                    excerpt=cited.excerpt)
            )  # fmt: skip
        for address in dict.fromkeys(one.address for one in done.value.quoted):
            speaker.say(msg("To correct that one as well, run correct {address}.", address=address))
        speaker.say(msg("Read the notice, edit it where needed, then build, sign and publish."))

    return command
