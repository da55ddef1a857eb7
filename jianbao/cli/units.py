"""The commands `form` and `slips`: what a unit fills in, and what it signs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jianbao.cli.language import Translate
from jianbao.cli.options import FOLDER, Command, _, common
from jianbao.cli.speaking import Speaker
from jianbao.diagnostics import Finding, msg

if TYPE_CHECKING:
    from jianbao.model import Unit
    from jianbao.newsroom.collecting.desk import Desk

FORM = _("""Make the spreadsheet that a unit fills in: an .xlsx for each, into output/.

Names, units and last time's figures stand in it; only the yellow cells can be
typed into; totals and rates calculate themselves. A unit may also go on sending
its own table: collect reads both.

\b
Examples:
  python3 build.py form yunxi
  python3 build.py form yunxi --unit UNIT --output FOLDER
""")
SLIPS = _("""Make a sheet for each unit to verify its figures, sign and stamp: a PDF each.

TARGET is a campaign, or campaign/bulletin where it is not the one at hand. Each
figure stands there as it will be printed, with its definition, its as-of and its
last value.

\b
Examples:
  python3 build.py slips yunxi
  python3 build.py slips yunxi/2026-47 --unit UNIT
""")


def form(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command(
        "form", help=translate(FORM), short_help=translate(_("Make the units' spreadsheets."))
    )
    @click.argument("campaign", metavar="CAMPAIGN")
    @_shared(translate)
    def command(
        campaign: str, site: Path, lang: str | None, names: tuple[str, ...], output: Path | None
    ) -> None:
        from jianbao.cli.working import now
        from jianbao.newsroom.collecting.forms import form_of

        speaker, moment = Speaker(site, lang), now()
        desk, units = _opened(speaker, site, campaign.strip("/"), names)
        folder = f"{desk.campaign.key}/forms/{desk.period.last}"
        for unit in units:
            _deliver(output or site / "output", f"{folder}/{unit.name}.xlsx",
                     form_of(desk, unit, moment))  # fmt: skip

    return command


def slips(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command(
        "slips", help=translate(SLIPS), short_help=translate(_("Sheets for units to sign."))
    )
    @click.argument("target", metavar="TARGET")
    @_shared(translate)
    def command(
        target: str, site: Path, lang: str | None, names: tuple[str, ...], output: Path | None
    ) -> None:
        from jianbao.newsroom.collecting.slips import publication_of, slip_html, slip_of
        from jianbao.press.engine import press
        from jianbao.press.jobs import Job
        from jianbao.reading.sites import read_office
        from jianbao.settings import shipped_templates

        speaker = Speaker(site, lang)
        desk, units = _opened(speaker, site, target.strip("/"), names)
        office = read_office(site, shipped_templates())
        speaker.stop_at(office.findings)
        assert office.value is not None
        name = publication_of(office.value.site, desk.campaign)
        folder = f"{desk.campaign.key}/slips/{desk.period.key}"
        for unit in units:
            html = slip_html(slip_of(desk, unit, name, desk.today), office.value.templates)
            speaker.stop_at([html] if isinstance(html, Finding) else [])
            pdf = press(Job(str(html), {})).pdf
            _deliver(output or site / "output", f"{folder}/{unit.name}.pdf", pdf)

    return command


def _shared(translate: Translate) -> Callable[[Command], Command]:
    """Return the options that both commands have."""

    def add(command: Command) -> Command:
        for option in (
            click.option(
                "--output",
                type=FOLDER,
                default=None,
                help=translate(_("Folder to write to; output/ in the site if not named.")),
            ),
            click.option(
                "--unit",
                "names",
                multiple=True,
                help=translate(_("Only this unit's; all of them where none is named.")),
            ),
            common(translate),
        ):
            command = option(command)
        return command

    return add


def _opened(
    speaker: Speaker, site: Path, target: str, names: Sequence[str]
) -> tuple[Desk, Sequence[Unit]]:
    """Return the desk of a campaign or bulletin, and the units that are named, all where none is.

    What is wrong is said, and ends the command.
    """
    from jianbao.cli.working import now
    from jianbao.newsroom.collecting.desk import open_desk, the_unit

    key, _slash, bulletin = target.partition("/")
    desk = open_desk(site, key, now().date(), bulletin)
    speaker.stop_at(desk.findings)
    assert desk.value is not None
    found = [the_unit(desk.value.campaign, name) for name in names]
    speaker.stop_at([unit for unit in found if isinstance(unit, Finding)])
    known = tuple(desk.value.campaign.units.values())
    if not known:
        speaker.say(msg("Who reports what is not said in campaign.yaml (units, or reporter)."))
    return desk.value, [unit for unit in found if not isinstance(unit, Finding)] or known


def _deliver(output: Path, name: str, data: bytes) -> None:
    from jianbao.delivery.output import deliver_file

    output.mkdir(parents=True, exist_ok=True)
    click.echo(deliver_file(output, name, data))
