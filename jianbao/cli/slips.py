"""The command `slips`: a sheet for each unit to verify its figures and sign, as PDF."""

from __future__ import annotations

from pathlib import Path

import click

from jianbao.cli.language import Translate
from jianbao.cli.options import FOLDER, _, common
from jianbao.cli.speaking import Speaker
from jianbao.diagnostics import Finding, msg

SLIPS = _("""Make a sheet for each unit to verify its figures, sign and stamp: a PDF each.

TARGET is a campaign, or campaign/bulletin where it is not the one at hand. Each
figure stands there as it will be printed, with its definition, its as-of and its
last value.

\b
Examples:
  python3 build.py slips yunxi
  python3 build.py slips yunxi/2026-47 --unit UNIT
""")


def slips(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command(
        "slips", help=translate(SLIPS), short_help=translate(_("Sheets for units to sign."))
    )
    @click.argument("target", metavar="TARGET")
    @common(translate)
    @click.option(
        "--unit", "names", multiple=True,
        help=translate(_("Only this unit's; all of them where none is named.")),
    )  # fmt: skip
    @click.option(
        "--output",
        type=FOLDER,
        default=None,
        help=translate(_("Folder to write to; output/ in the site if not named.")),
    )
    def command(
        target: str, site: Path, lang: str | None, names: tuple[str, ...], output: Path | None
    ) -> None:
        from jianbao.cli.working import now
        from jianbao.delivery.output import deliver_file
        from jianbao.newsroom.collecting.desk import open_desk, the_unit
        from jianbao.newsroom.collecting.slips import publication_of, slip_html, slip_of
        from jianbao.press.engine import press
        from jianbao.press.jobs import Job
        from jianbao.reading.sites import read_office
        from jianbao.settings import shipped_templates

        speaker = Speaker(site, lang)
        key, _slash, bulletin = target.strip("/").partition("/")
        today = now().date()
        desk = open_desk(site, key, today, bulletin)
        office = read_office(site, shipped_templates())
        speaker.stop_at((*desk.findings, *office.findings))
        assert desk.value is not None
        assert office.value is not None
        found = [the_unit(desk.value.campaign, name) for name in names]
        speaker.stop_at([unit for unit in found if isinstance(unit, Finding)])
        units = [unit for unit in found if not isinstance(unit, Finding)]
        name = publication_of(office.value.site, desk.value.campaign)
        folder = (output or site / "output") / key / "slips" / desk.value.period.key
        folder.mkdir(parents=True, exist_ok=True)
        for unit in units or desk.value.campaign.units.values():
            html = slip_html(slip_of(desk.value, unit, name, today), office.value.templates)
            speaker.stop_at([html] if isinstance(html, Finding) else [])
            pdf = press(Job(str(html), {})).pdf
            click.echo(deliver_file(folder, f"{unit.name}.pdf", pdf))
        if not desk.value.campaign.units:
            speaker.say(msg("Who reports what is not said in campaign.yaml (units, or reporter)."))

    return command
