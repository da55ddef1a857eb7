"""The command `proof`: what reviewers read and sign on paper."""

from __future__ import annotations

from pathlib import Path

import click

from jianbao.cli.language import Translate
from jianbao.cli.options import FOLDER, _, common
from jianbao.cli.speaking import Speaker, settings_of
from jianbao.diagnostics import msg, stops

PROOF = _("""Make the papers of review: what is read, and what is signed by pen.

TARGET is campaign/bulletin. The review slip has a row for each stage of site.yaml,
with what was signed already; the secrecy slip asks what has to be asked before
publication. Both say by a code which content they are for. Sign them, scan them,
and record it with sign --scan.

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
        from jianbao.delivery.output import deliver_file
        from jianbao.pipeline.papers import papers

        settings, speaker = settings_of(site, output, lang), Speaker(site, lang)
        done = papers(settings, target)
        speaker.show(done.findings)
        if done.value is None or not all(done.value.files.values()):
            raise click.exceptions.Exit(1)
        settings.output.mkdir(parents=True, exist_ok=True)
        for name, data in done.value.files.items():
            click.echo(deliver_file(settings.output, f"{done.value.address}/{name}", data))
        if stops(done.findings):
            speaker.say(msg("There are errors: this is for reading, and cannot be signed yet."))

    return command
