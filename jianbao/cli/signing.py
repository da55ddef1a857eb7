"""The commands `sign` and `status`: a name under what is printed, and how the week stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jianbao.cli.language import Translate
from jianbao.cli.options import _, common
from jianbao.cli.speaking import Speaker, patient_lock, settings_of
from jianbao.cli.working import now
from jianbao.diagnostics import msg, stops

if TYPE_CHECKING:
    from jianbao.newsroom.reviewing.signing import Request, Scan

SIGN = _("""Record that somebody has signed a stage of review.

TARGET is campaign/bulletin. What is recorded is the name, the time, and
everything that is printed, so that status can say what was changed afterwards.
A scan of the signed paper is kept beside it. Who signs and in which order is
said in site.yaml. Signing anew is allowed; nothing is taken out of the record.

\b
Examples:
  python3 build.py sign yunxi/2026-47 --stage STAGE --name NAME
  python3 build.py sign yunxi/2026-47 --stage STAGE --name NAME --scan scan.pdf
""")
STATUS = _("""Say how the week stands: what is missing, what is wrong, who must act until when.

TARGET is a campaign or campaign/bulletin; without one, the last bulletin of each
campaign is shown. Of each signature it is said which words and figures were
changed since.

\b
Examples:
  python3 build.py status
  python3 build.py status yunxi/2026-47 --format json
""")


def sign(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command("sign", help=translate(SIGN), short_help=translate(_("Record a signature.")))
    @click.argument("target", metavar="TARGET")
    @common(translate)
    @click.option("--stage", required=True, help=translate(_("Which stage is signed.")))
    @click.option("--name", required=True, help=translate(_("Who has signed it.")))
    @click.option(
        "--scan",
        type=click.Path(dir_okay=False, path_type=Path),
        default=None,
        help=translate(_("The signed paper, scanned: PDF, JPEG or PNG.")),
    )
    @click.option("--note", default="", help=translate(_("What the signer has to say.")))
    def command(target: str, site: Path, lang: str | None, scan: Path | None, **said: str) -> None:
        from jianbao.newsroom.reviewing.signing import Request

        speaker = Speaker(site, lang)
        stage, name, note = (" ".join(said[word].split()) for word in ("stage", "name", "note"))
        request = Request(stage, name, now().isoformat(), note, _scanned(scan, speaker))
        if not request.name:
            raise click.BadParameter(
                msg("A name is missing.").in_words(translate), param_hint="--name"
            )
        _sign(site, target, request, speaker, lang)

    return command


def _scanned(file: Path | None, speaker: Speaker) -> Scan | None:
    from jianbao.newsroom.reviewing.signing import read_scan

    if file is None:
        return None
    scan = read_scan(file)
    if scan.value is None:
        speaker.show(scan.findings)
        raise click.exceptions.Exit(1)
    return scan.value


def _sign(site: Path, target: str, request: Request, speaker: Speaker, lang: str | None) -> None:
    """Record the signature while nobody else writes, and say who is next."""
    from jianbao.cli.glances import difference_lines
    from jianbao.pipeline.signing import ready
    from jianbao.pipeline.signing import sign as sign_it

    settings = settings_of(site, None, lang)
    found = ready(settings, target, request)
    speaker.show(found.findings)
    if found.value is None:
        raise click.exceptions.Exit(1)
    with patient_lock(site, "sign", speaker):
        done = sign_it(settings, found.value, request)
    speaker.show(done.findings)
    if done.value is None:
        raise click.exceptions.Exit(1)
    click.echo(site / done.value.path)
    speaker.say(
        msg(
            "{name} has signed {stage} of {address}.",
            name=request.name,
            stage=request.stage,
            address=done.value.address,
        )
    )
    before = done.value.since
    if before:
        speaker.say(msg("What was changed since the stage before:"))
        for line in difference_lines(before, speaker.translate):
            click.echo(f"  {line}", err=True)
    if done.value.next:
        speaker.say(msg("Still to be signed: {stages}.", stages="、".join(done.value.next)))
    else:
        speaker.say(msg("Everything is signed; it can be published."))


def status(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command(
        "status", help=translate(STATUS), short_help=translate(_("Say how the week stands."))
    )
    @click.argument("targets", nargs=-1, metavar="[TARGET]...")
    @common(translate)
    @click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        help=translate(_("Sentences, or JSON on standard output.")),
    )
    def command(targets: tuple[str, ...], site: Path, lang: str | None, form: str) -> None:
        from jianbao.cli.glances import as_json, as_text
        from jianbao.pipeline.signing import stand

        speaker = Speaker(site, lang)
        settings = replace(settings_of(site, None, lang), targets=targets)
        found = stand(settings, now())
        if form == "json":
            click.echo(as_json(found.value, found.findings, speaker.translate))
        else:
            for one in found.value:
                click.echo(as_text(one, speaker.translate))
        if not found.value and stops(found.findings):
            speaker.show(found.findings)
            raise click.exceptions.Exit(1)

    return command
