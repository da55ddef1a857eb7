"""The commands `publish`, `unpublish` and `rollback`: what readers have, and what they had."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jianbao.cli.language import Translate
from jianbao.cli.options import FOLDER, _, common
from jianbao.cli.speaking import Speaker, patient_lock, settings_of
from jianbao.cli.working import now
from jianbao.diagnostics import msg, stops

if TYPE_CHECKING:
    from collections.abc import Callable

    from jianbao.pipeline.publishing import Done, Order

PUBLISH = _("""Publish bulletins: seal them, and bring what readers have up to date.

TARGET is campaign/bulletin; without one, a publication that was cut off is
completed. Only what is signed and has no errors goes out; --emergency publishes
before everything is signed, and its reason stays in the record. Where to is said
under publish: in site.yaml. Passwords come from the environment, the keyring or
ssh-agent, never from a file of the site.

\b
Examples:
  python3 build.py publish yunxi/2026-47 --name NAME
  python3 build.py publish yunxi/2026-47 --name NAME --dry-run
""")
UNPUBLISH = _("""Take bulletins away from readers; here they stay as they are.

\b
Examples:
  python3 build.py unpublish yunxi/2026-47 --name NAME
""")
ROLLBACK = _("""Give readers back what they had after an earlier publication.

Without --number, that is the one before the last. Here nothing is changed.

\b
Examples:
  python3 build.py rollback --name NAME
  python3 build.py rollback --name NAME --number 3
""")


def publish(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command(
        "publish", help=translate(PUBLISH), short_help=translate(_("Publish bulletins."))
    )
    @click.argument("targets", nargs=-1, metavar="[TARGET]...")
    @_shared(translate)
    @click.option(
        "--emergency",
        default="",
        metavar="REASON",
        help=translate(_("Why it is published before everything is signed.")),
    )
    @click.option("--dry-run", "dry", is_flag=True, help=translate(_("Only say what would go.")))
    def command(
        targets: tuple[str, ...], site: Path, lang: str | None, output: Path | None, **said: object
    ) -> None:
        _carry_out("publish", targets, (site, lang, output), said)

    return command


def unpublish(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command(
        "unpublish", help=translate(UNPUBLISH), short_help=translate(_("Take bulletins away."))
    )
    @click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
    @_shared(translate)
    def command(
        targets: tuple[str, ...], site: Path, lang: str | None, output: Path | None, **said: object
    ) -> None:
        _carry_out("unpublish", targets, (site, lang, output), said)

    return command


def rollback(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command(
        "rollback", help=translate(ROLLBACK), short_help=translate(_("Go back to what was public."))
    )
    @_shared(translate)
    @click.option(
        "--number",
        type=click.IntRange(min=1),
        help=translate(_("Which one to go back to.")),
    )
    def command(site: Path, lang: str | None, output: Path | None, **said: object) -> None:
        _carry_out("rollback", (), (site, lang, output), said)

    return command


def _shared(translate: Translate) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the options that the three commands have."""

    def add(command: Callable[..., None]) -> Callable[..., None]:
        for option in (
            click.option("--name", required=True, help=translate(_("Who publishes."))),
            click.option(
                "--to", multiple=True, help=translate(_("A target's name; every one if not named."))
            ),
            click.option(
                "--output",
                type=FOLDER,
                default=None,
                help=translate(_("Folder to write to; output/ in the site if not named.")),
            ),
            common(translate),
        ):
            command = option(command)
        return command

    return add


def _carry_out(
    action: str,
    targets: tuple[str, ...],
    place: tuple[Path, str | None, Path | None],
    said: dict[str, object],
) -> None:
    """Do what was asked while nobody else writes into the site, and say what was done."""
    from jianbao.pipeline.publishing import Order, carry_out

    site, lang, output = place
    speaker = Speaker(site, lang)
    names = said["to"]
    number = said.get("number")
    order = Order(
        action,
        str(said["name"]),
        now().isoformat(),
        tuple(map(str, names)) if isinstance(names, tuple) else (),
        str(said.get("emergency") or ""),
        number if isinstance(number, int) else 0,
        bool(said.get("dry")),
        dict(os.environ),
    )
    settings = replace(settings_of(site, output, lang), targets=targets)
    with patient_lock(site, action, speaker):
        result = carry_out(settings, order, _progress)
    speaker.show(result.findings)
    for done in result.value:
        _say(speaker, order, done)
    if stops(result.findings):
        raise click.exceptions.Exit(1)


def _say(speaker: Speaker, order: Order, done: Done) -> None:
    if order.dry:
        for path in done.sent:
            click.echo(path)
    told = msg(
        "{target}: {sent} files sent ({size} kB), {removed} taken away.",
        target=done.target,
        sent=len(done.sent),
        size=-(-done.size // 1000),
        removed=len(done.removed),
    )
    if order.dry:
        told = msg(
            "{target}: {sent} files would go ({size} kB), {removed} be taken away.",
            target=done.target,
            sent=len(done.sent),
            size=-(-done.size // 1000),
            removed=len(done.removed),
        )
    speaker.say(told)
    if done.number:
        speaker.say(msg("  This is publication {number}.", number=done.number))
    for address in done.older:
        speaker.say(
            msg("  {address} is public as it was before its correction; publish {address} brings "
                "readers the right version.", address=address)
        )  # fmt: skip
    if order.emergency and not order.dry:
        speaker.say(msg("  Published in an emergency: {reason}", reason=order.emergency))


def _progress(_path: str, done: int, total: int) -> None:
    if total > 50 and (done % 50 == 0 or done == total):
        click.echo(f"{done}/{total}", err=True)
