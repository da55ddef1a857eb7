"""The command `init`: a new site for an office that begins."""

from __future__ import annotations

from pathlib import Path

import click

from jianbao.cli.language import Translate
from jianbao.cli.options import FOLDER, _, spoken
from jianbao.cli.speaking import Speaker
from jianbao.diagnostics import Message, msg

INIT = _("""Make a new site in the folder DIR: the office's name, one campaign, no numbers.

What is not named is asked for. The files say themselves what is to be written where;
nothing that is there is overwritten.

\b
Examples:
  python3 build.py init ~/jianbao
  python3 build.py init ~/jianbao --campaign flood --key flood
""")
_TITLE, _ORGANISATION, _CAMPAIGN, _KEY = "简报", "区委宣传部", "民生实事", "shishi"


def init(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command("init", help=translate(INIT), short_help=translate(_("Make a new site.")))
    @click.argument("folder", metavar="DIR", type=FOLDER)
    @click.option("--title", default=None, help=translate(_("What the publication is called.")))
    @click.option("--organisation", default=None, help=translate(_("Who publishes it.")))
    @click.option("--campaign", default=None, help=translate(_("What the first bulletins are on.")))
    @click.option(
        "--key", default=None, help=translate(_("Folder of that campaign, in Latin letters."))
    )
    @spoken(translate)
    def command(
        folder: Path,
        title: str | None,
        organisation: str | None,
        campaign: str | None,
        key: str | None,
        lang: str | None,
    ) -> None:
        from jianbao.cli.working import now
        from jianbao.newsroom.founding import Office, first_files, found

        speaker = Speaker(folder, lang)
        office = Office(
            _known(speaker, title, msg("What is the publication called?"), _TITLE),
            _known(speaker, organisation, msg("Who publishes it?"), _ORGANISATION),
            _known(speaker, campaign, msg("What are the first bulletins on?"), _CAMPAIGN),
            _known(speaker, key, msg("Its folder, in Latin letters?"), _KEY),
            lang or "zh",
        )
        today = now().date()
        speaker.stop_at(found(folder, office, today))
        for name in first_files(office, today):
            click.echo(folder / name)
        data = f"data/{office.key}"
        speaker.say(msg("Next: say in {file} what is counted,", file=f"{data}/campaign.yaml"))
        speaker.say(msg("put what was reported into {file},", file=f"{data}/{today}.yaml"))
        then = msg("then start the first bulletin: python3 build.py new {key} --site {folder}",
                   key=office.key, folder=folder)  # fmt: skip
        speaker.say(then)

    return command


def _known(speaker: Speaker, given: str | None, question: Message, usual: str) -> str:
    """Return what was named, else what is answered; the usual where nobody can be asked."""
    if given is None and speaker.asks:
        given = speaker.ask(question, usual)
    return (given or "").strip() or usual
