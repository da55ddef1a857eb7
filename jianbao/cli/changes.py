"""The command `changes`: every printed figure beside what it was, as a table, page or workbook."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jianbao.cli.language import Translate
from jianbao.cli.options import FOLDER, _, common
from jianbao.cli.speaking import Speaker, settings_of
from jianbao.diagnostics import Finding, msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jianbao.newsroom.reviewing.changes import Change, Changes, Side
    from jianbao.reading.looks import Template
    from jianbao.settings import Settings

WIDTH = 100
CHANGES = _("""Show every printed figure beside what it was in the last bulletin.

TARGET is campaign/bulletin; of a campaign alone, its last bulletin. Each figure
stands there once: old, new, the difference, where it is printed, and what looks
odd and why. --since compares with another bulletin or with a day.

\b
Examples:
  python3 build.py changes yunxi/2026-47
  python3 build.py changes yunxi/2026-47 --since 2026-11-05 --format xlsx
""")


def changes(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command(
        "changes", help=translate(CHANGES), short_help=translate(_("Say which figures changed."))
    )
    @click.argument("target", metavar="TARGET")
    @common(translate)
    @click.option(
        "--since",
        default="",
        metavar="DAY",
        help=translate(_("Compare with this day or bulletin instead of the last bulletin.")),
    )
    @click.option(
        "--format",
        "form",
        type=click.Choice(["text", "html", "xlsx", "json"]),
        default="text",
        help=translate(_("A table here, a page, a workbook, or JSON on standard output.")),
    )
    @click.option(
        "--output",
        type=FOLDER,
        default=None,
        help=translate(_("Folder to write to; output/ in the site if not named.")),
    )
    def command(
        target: str, site: Path, lang: str | None, since: str, form: str, output: Path | None
    ) -> None:
        from jianbao.pipeline.reviewing import compare

        settings, speaker = settings_of(site, output, lang), Speaker(site, lang)
        done = compare(settings, target, since)
        if done.value is None:
            speaker.show(done.findings)
            raise click.exceptions.Exit(1)
        found, templates = done.value
        if form == "json":
            click.echo(_as_json(found, speaker.translate))
        elif form == "text":
            _table(found, speaker)
        else:
            _write(settings, found, templates, speaker, form)

    return command


def _write(
    settings: Settings,
    found: Changes,
    templates: Mapping[str, Template],
    speaker: Speaker,
    form: str,
) -> None:
    """Write the page or the workbook and say where it is."""
    from jianbao.cli.rounds import review_folder
    from jianbao.delivery.output import deliver_file
    from jianbao.newsroom.reviewing.sheets import page, summary, workbook

    if form == "xlsx":
        data = workbook(found, speaker.translate)
    else:
        html = page(found, templates, speaker.translate)
        if isinstance(html, Finding):
            speaker.show([html])
            raise click.exceptions.Exit(1)
        data = html.encode()
    settings.output.mkdir(parents=True, exist_ok=True)
    click.echo(
        deliver_file(settings.output, f"{review_folder(found.address)}/changes.{form}", data)
    )
    speaker.say(summary(found))


def _table(found: Changes, speaker: Speaker) -> None:
    """Show the changes on the terminal; what is to be looked at stands under its row."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from jianbao.newsroom.reviewing.sheets import share, spots, summary, title

    def words(text: str) -> str:
        return msg(text).in_words(speaker.translate)

    console = Console(highlight=False, width=None if is_seen() else WIDTH)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(words("Figure"), overflow="fold", ratio=3)
    for name in ("Before", "Now", "Change"):
        table.add_column(words(name), justify="right", no_wrap=True)
    table.add_column(words("Printed in"), overflow="fold", ratio=2)
    for row in found.rows:
        before = row.before.text if row.before else words("not there")
        change = " ".join(part for part in (row.difference_text, share(row)) if part)
        cells = (("！" if row.odd else "") + row.path, before, row.now.text, change, spots(row))
        table.add_row(*(Text(cell, "bold" if row.odd else "") for cell in cells))
    console.print(Text(title(found).in_words(speaker.translate), "bold"))
    console.print(table)
    if found.gone:
        gone = "、".join(f"{path} {text}" for path, text in found.gone)
        console.print(Text(f"{words('Printed last time and not now')}：{gone}"))
    console.print(Text(summary(found).in_words(speaker.translate)))
    for row in found.odd:
        reasons = "".join(line.in_words(speaker.translate) for line in row.odd)
        console.print(Text(f"！{row.path}（{spots(row)}）：{reasons}", "red"))


def is_seen() -> bool:
    """Say whether somebody looks at the terminal, and not a program at a file."""
    return sys.stdout.isatty()


def _as_json(found: Changes, translate: Translate) -> str:
    """Return the changes for a program; numbers are exact, as texts."""
    rows = [_record(row, translate) for row in found.rows]
    gone = [{"figure": path, "text": text} for path, text in found.gone]
    known = {"bulletin": found.address, "since": found.base, "figures": rows, "gone": gone}
    return json.dumps(known, ensure_ascii=False, indent=2)


def _record(row: Change, translate: Translate) -> dict[str, object]:
    def side(one: Side | None) -> dict[str, str] | None:
        return {"text": one.text, "value": f"{one.number:f}", "as_of": one.as_of} if one else None

    return {
        "figure": row.path,
        "dataset": row.dataset,
        "label": row.label,
        "unit": row.unit,
        "before": side(row.before),
        "now": side(row.now),
        "difference": None if row.difference is None else f"{row.difference:f}",
        "words": row.difference_text,
        "printed": [asdict(spot) for spot in row.spots],
        "odd": [message.in_words(translate) for message in row.odd],
    }
