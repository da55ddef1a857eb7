"""The command `init`: a new site for an office that begins."""

from __future__ import annotations

from pathlib import Path

import click

from jianbao.cli.language import Translate
from jianbao.cli.options import FOLDER, _
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
    @click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        default=None,
        help=translate(_("Language of what is said to you.")),
    )
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

        def known(given: str | None, question: Message, usual: str) -> str:
            if given is None and speaker.asks:
                given = speaker.ask(question, usual)
            return (given or "").strip() or usual

        office = Office(
            known(title, msg("What is the publication called?"), _TITLE),
            known(organisation, msg("Who publishes it?"), _ORGANISATION),
            known(campaign, msg("What are the first bulletins on?"), _CAMPAIGN),
            known(key, msg("Its folder, in Latin letters?"), _KEY),
            lang or "zh",
        )
        today = now().date()
        speaker.stop_at(found(folder, office, today))
        for name in first_files(office, today):
            click.echo(folder / name)
        for line in (
            msg("Next: say in {file} what is counted,", file=f"data/{office.key}/campaign.yaml"),
            msg("put what was reported into {file},", file=f"data/{office.key}/{today}.yaml"),
            msg("then start the first bulletin: python3 build.py new {key} --site {folder}",
                key=office.key, folder=folder),
        ):  # fmt: skip
            speaker.say(line)

    return command
