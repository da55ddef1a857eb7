"""The command `new`: start the next bulletin, and say what is expected from whom until when."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jianbao.cli.language import Translate
from jianbao.cli.options import _, common
from jianbao.cli.speaking import Speaker, patient_lock
from jianbao.diagnostics import NOTHING, Message, msg

if TYPE_CHECKING:
    from jianbao.newsroom.starting import Start

NEW = _("""Start the next bulletin of CAMPAIGN: its folder, its plan, a shape for each story.

Number, total number, day and period follow the last bulletin, the rhythm in
campaign.yaml (publishes) and the calendar; the number is provisional until it is
signed. No old sentence is taken over: a mark stands where words are missing, and
nothing is made of the bulletin before they are written. Nothing that is there is
overwritten.

\b
Examples:
  python3 build.py new yunxi
  python3 build.py new yunxi --date 2026-11-30
  python3 build.py new yunxi --like 2026-46
""")


def new(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command("new", help=translate(NEW), short_help=translate(_("Start the next bulletin.")))
    @click.argument("campaign", metavar="CAMPAIGN")
    @common(translate)
    @click.option(
        "--date",
        "day",
        type=click.DateTime(["%Y-%m-%d"]),
        default=None,
        help=translate(_("Day of publication, where it is not the usual one.")),
    )
    @click.option(
        "--like",
        default="",
        metavar="BULLETIN",
        help=translate(_("Carry on this bulletin's plan, such as 2026-46, not the last one's.")),
    )
    def command(campaign: str, site: Path, lang: str | None, day: date | None, like: str) -> None:
        from jianbao.cli.working import now
        from jianbao.newsroom.starting import Wish, read_start, write_start

        speaker = Speaker(site, lang)
        moment = now()
        chosen = date(day.year, day.month, day.day) if day else None
        with patient_lock(site, "new", speaker):
            start = read_start(
                site, campaign.strip("/"), moment.date(), Wish(chosen, like.rpartition("/")[2])
            )
            speaker.stop_at(start.findings)
            assert start.value is not None
            plan = write_start(site, start.value)
        speaker.show(plan.findings)
        click.echo(site / start.value.folder)
        for line in _told(start.value):
            speaker.say(line)

    return command


def _told(start: Start) -> list[Message]:
    """Return what was made, and what is expected from whom."""
    from jianbao.cli.rounds import day_in_words, expected
    from jianbao.newsroom.skeletons import UNWRITTEN

    upcoming = start.upcoming
    first, last = upcoming.period
    total = msg(", total {total}", total=upcoming.total) if upcoming.total else NOTHING
    lines = [
        msg(
            "{name}, number {number} (provisional until it is signed){total}, "
            "out on {day}, on {first} to {last}.",
            name=start.publication,
            number=upcoming.number,
            total=total,
            day=day_in_words(upcoming.day),
            first=day_in_words(first),
            last=day_in_words(last),
        ),
        *upcoming.reasons,
        msg(
            "Write where {mark} stands: {names}.",
            mark=UNWRITTEN,
            names="、".join(name for name in start.files if name.endswith(".md")),
        ),
    ]
    owed = list(expected(start.duties))
    if owed:
        lines += [msg("Expected as of {day}:", day=day_in_words(last)), *owed]
    elif not start.duties:
        lines.append(msg("Who reports what is not said in campaign.yaml (units, or reporter)."))
    return lines
