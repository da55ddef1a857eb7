"""The command `form`: the office's spreadsheet for each unit, with last time's figures."""

from __future__ import annotations

from pathlib import Path

import click

from jianbao.cli.language import Translate
from jianbao.cli.options import FOLDER, _, common
from jianbao.cli.speaking import Speaker
from jianbao.diagnostics import Finding, msg

FORM = _("""Make the spreadsheet that a unit fills in: an .xlsx for each, into output/.

Names, units and last time's figures stand in it; only the yellow cells can be
typed into; totals and rates calculate themselves. A unit may also go on sending
its own table: collect reads both.

\b
Examples:
  python3 build.py form yunxi
  python3 build.py form yunxi --unit UNIT --output FOLDER
""")


def form(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command(
        "form", help=translate(FORM), short_help=translate(_("Make the units' spreadsheets."))
    )
    @click.argument("campaign", metavar="CAMPAIGN")
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
        campaign: str, site: Path, lang: str | None, names: tuple[str, ...], output: Path | None
    ) -> None:
        from jianbao.cli.working import now
        from jianbao.delivery.output import deliver_file
        from jianbao.newsroom.collecting.desk import open_desk, the_unit
        from jianbao.newsroom.collecting.forms import form_of

        speaker = Speaker(site, lang)
        moment = now()
        desk = open_desk(site, campaign.strip("/"), moment.date())
        speaker.stop_at(desk.findings)
        assert desk.value is not None
        found = [the_unit(desk.value.campaign, name) for name in names]
        speaker.stop_at([unit for unit in found if isinstance(unit, Finding)])
        units = [unit for unit in found if not isinstance(unit, Finding)]
        period = desk.value.period
        folder = (output or site / "output") / desk.value.campaign.key / "forms" / str(period.last)
        folder.mkdir(parents=True, exist_ok=True)
        for unit in units or desk.value.campaign.units.values():
            data = form_of(desk.value, unit, moment)
            click.echo(deliver_file(folder, f"{unit.name}.xlsx", data))
        if not desk.value.campaign.units:
            speaker.say(msg("Who reports what is not said in campaign.yaml (units, or reporter)."))

    return command
