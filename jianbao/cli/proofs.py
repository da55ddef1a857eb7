"""The command `proof`: what reviewers read and sign on paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from jianbao.cli.language import Translate
from jianbao.cli.options import FOLDER, _, common
from jianbao.cli.speaking import Speaker, settings_of
from jianbao.diagnostics import msg

PROOF = _("""Make all the papers of review: what is read, and what is signed by pen.

TARGET is campaign/bulletin. The proof has numbered lines, a sheet of all figures
and what is still to be looked at. The review slip has a row for each stage of
site.yaml, with what was signed already; the secrecy slip asks what has to be asked
before publication. Both say by a code which content they are for. Print the three,
let them be signed, and record it with sign.

\b
Examples:
  python3 build.py proof yunxi/2026-47
""")


def proof(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command(
        "proof", help=translate(PROOF), short_help=translate(_("Make the papers of review."))
    )
    @click.argument("target", metavar="TARGET")
    @common(translate)
    @click.option(
        "--output",
        type=FOLDER,
        default=None,
        help=translate(_("Folder to write to; output/ in the site if not named.")),
    )
    def command(target: str, site: Path, lang: str | None, output: Path | None) -> None:
        from jianbao.cli.progress import telling
        from jianbao.cli.rounds import review_folder
        from jianbao.cli.showing import speaking
        from jianbao.delivery.output import deliver_file
        from jianbao.pipeline.papers import papers

        settings, speaker = settings_of(site, output, lang), Speaker(site, lang)
        with telling(speaker.translate) as tell:
            done = papers(replace(settings, remember=True), target, tell, speaking)
        speaker.show(done.findings)
        if done.value is None:
            speaker.say(msg("No papers were made: what has errors cannot be signed."))
            raise click.exceptions.Exit(1)
        if not all(done.value.files.values()):
            raise click.exceptions.Exit(1)
        address, files = done.value.address, done.value.files
        for name, data in files.items():
            click.echo(deliver_file(settings.output, f"{review_folder(address)}/{name}", data))
        speaker.say(
            msg("Print these {count} files; record who has signed with sign {address}.",
                count=len(files), address=address)
        )  # fmt: skip

    return command
