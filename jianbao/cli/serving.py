"""The command `serve`: the bulletin in the browser while it is written."""

from __future__ import annotations

import signal
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

import click

from jianbao.cli.language import Translate
from jianbao.cli.options import _, common
from jianbao.cli.speaking import Speaker, settings_of
from jianbao.diagnostics import msg, why_of
from jianbao.settings import Settings

SERVE = _("""Show bulletins in the browser, and anew with each change of a file.

TARGET is a campaign or campaign/bulletin; without one, the newest bulletin of each
campaign is shown, or all where there are few. What is wrong is shown on the page,
which stays as it was until that is mended. The PDF follows when nothing has changed
for two seconds. Pages lie in a folder of their own, which is gone at the end:
output/ is not touched. Ctrl-C ends it.

\b
Examples:
  python3 build.py serve
  python3 build.py serve yunxi/2026-47 --port 9000
""")
_WORDS = {
    "made": msg("Page is up to date"),
    "kept": msg("Errors: the page is the last good one"),
    "waits": msg("PDF is being made"),
    "pressed": msg("PDF is up to date"),
    "failed": msg("PDF was not made"),
    "findings": msg("Findings"),
    "none": msg("No findings"),
    "lost": msg("The preview has ended; start serve again"),
    "nothing": msg("There is no page here yet"),
    "place": msg("Show it in the text"),
}


def serve(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command(
        "serve", help=translate(SERVE), short_help=translate(_("Show bulletins while you write."))
    )
    @click.argument("targets", nargs=-1, metavar="[TARGET]...")
    @common(translate)
    @click.option(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help=translate(
            _("This computer's address for others; only this computer sees it if not named.")
        ),
    )
    @click.option(
        "--port",
        type=click.IntRange(1, 65535),
        default=8760,
        help=translate(_("Port, or the next one that is free; 8760 if not named.")),
    )
    def command(
        targets: tuple[str, ...], site: Path, lang: str | None, host: str, port: int
    ) -> None:
        settings = replace(
            settings_of(site, None, lang),
            targets=targets, pdf=False, fonts=False, remember=True, lasting=False,
        )  # fmt: skip
        _serve(settings, Speaker(site, lang), host, port)

    return command


def _serve(settings: Settings, speaker: Speaker, host: str, port: int) -> None:
    """Say where the preview is, and serve it until somebody ends it."""
    from jianbao.cli.showing import sentence, speaking
    from jianbao.serving.previews import Preview
    from jianbao.serving.server import EVERYWHERE, LOOPBACK, open_port, serve

    try:
        opened = open_port(host, port)
    except OSError as fault:
        speaker.say(msg("{host} cannot be served from here: {why}", host=host, why=why_of(fault)))
        raise click.exceptions.Exit(1) from fault
    if opened.getsockname()[0] == EVERYWHERE:
        opened.close()
        raise click.UsageError(
            speaker.translate(_("Name the address by which others reach this computer."))
        )
    for ends in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ends, _interrupt)  # so that the folder goes, whoever ends it
    with TemporaryDirectory(prefix="jianbao-preview-") as folder:
        web, papers = Path(folder).resolve() / "web", Path(folder).resolve() / "pdf"
        web.mkdir()
        papers.mkdir()
        words = {name: speaker.words(message) for name, message in _WORDS.items()}
        say = partial(sentence, translate=speaker.translate)
        click.echo(f"http://{host}:{opened.getsockname()[1]}/")
        if host not in LOOPBACK:
            speaker.say(msg("Whoever reaches {host} can now read these drafts.", host=host))
        speaker.say(msg("Open this address in the browser; Ctrl-C ends the preview."))
        with suppress(KeyboardInterrupt):
            serve(
                replace(settings, output=web),
                Preview(web, papers, say, words),
                opened,
                host,
                speaking,
            )
    speaker.say(msg("The preview has ended."))


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGINT)  # an exception from here would leave threads waiting
