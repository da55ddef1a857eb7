"""The command `templates`: which layouts there are, and which files the site's own can stand for.

templates/, shipped and the site's ──▶ a line each layout and slot, a line each file
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jianbao.cli.language import Translate
from jianbao.cli.options import common
from jianbao.diagnostics import msg, stops
from jianbao.model.editions import PAPERS
from jianbao.model.imprint import Profile
from jianbao.settings import shipped_templates

if TYPE_CHECKING:
    from jianbao.diagnostics import Message
    from jianbao.reading.slots import Layout


def _(text: str) -> str:
    """Mark a sentence for the catalogues; it is translated when the commands are made."""
    return text


TEMPLATES = _("""List the layouts with their slots, and the files that can be made your own.

A file copied to the site's templates/ under the same name stands for ours.

\b
Example:
  python3 build.py templates
""")


def templates(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command(
        "templates", help=translate(TEMPLATES), short_help=translate(_("List layouts and files."))
    )
    @common(translate)
    def command(site: Path, lang: str | None) -> None:
        from jianbao.cli.speaking import Speaker
        from jianbao.reading.looks import read_templates
        from jianbao.reading.slots import read_layouts

        shipped, own = shipped_templates(), site / "templates"
        files = read_templates(site, shipped)
        layouts = read_layouts(files.value)
        speaker = Speaker(site, lang)
        for name, layout in layouts.value.items():
            for line in about(name, layout):
                click.echo(line.in_words(speaker.translate))
        click.echo()
        for name in files.value:
            theirs = own.resolve() != shipped.resolve() and (own / name).is_file()
            line = msg("{name}  (the site's own)", name=name)
            click.echo(line.in_words(speaker.translate) if theirs else name)
        findings = (*files.findings, *layouts.findings)
        speaker.show(findings)
        if stops(findings):
            raise click.exceptions.Exit(1)

    return command


def about(name: str, layout: Layout) -> Iterator[Message]:
    """Yield a line about a layout, and one about each of its slots."""
    yield msg(
        "{name} {label}: {papers}; {profiles}",
        name=name,
        label=layout.label,
        papers="、".join(layout.papers or PAPERS),
        profiles="、".join(layout.profiles or Profile),
    )
    for key, slot in (layout.slots or {}).items():
        yield msg(
            "    {key} {label}: stories {least}–{most}, characters {characters}",
            key=key,
            label=slot.label,
            least=slot.least,
            most=slot.most,
            characters=slot.characters or "-",
        )
        if slot.photos:
            yield msg("        at least {count} photos", count=slot.photos)
