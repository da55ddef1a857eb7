"""The command `collect`: look at what the units sent, ask where it is unclear, take it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from jianbao.cli.asking import looked_at
from jianbao.cli.language import Translate
from jianbao.cli.options import _, common
from jianbao.cli.speaking import Speaker, patient_lock
from jianbao.diagnostics import Finding, Message, msg

if TYPE_CHECKING:
    from jianbao.newsroom.collecting.desk import Desk
    from jianbao.newsroom.collecting.receiving import Hints, Look
    from jianbao.newsroom.collecting.settling import Delta, Settled

COLLECT = _("""Take the units' FILES into the data of CAMPAIGN: our form, or the unit's own table.

FILES are .xlsx, .xls or .csv. Which column of a unit's own table is what is asked
once and remembered. A file with an error gives nothing; one that was taken before
changes nothing. What was taken lies in data/CAMPAIGN/collected, with its original;
who is missing or late is said at the end.

\b
Examples:
  python3 build.py collect yunxi inbox/*
  python3 build.py collect yunxi FILE --unit UNIT --as-of 2026-11-26
  python3 build.py collect yunxi FILE --column HEADING=DATASET.MEASURE
""")


def collect(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command(
        "collect",
        help=translate(COLLECT),
        short_help=translate(_("Take the units' spreadsheets into data/.")),
    )
    @click.argument("campaign", metavar="CAMPAIGN")
    @click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
    @common(translate)
    @click.option("--unit", default="", help=translate(_("The unit that the files come from.")))
    @click.option(
        "--as-of",
        "day",
        default="",
        help=translate(_("As of when a table is that does not say it, or is an earlier one's.")),
    )
    @click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="HEADING=PATH",
        help=translate(
            _("What a column of the unit's own table is; nothing behind = passes it over.")
        ),
    )
    @click.option(
        "--for", "bulletin", default="", metavar="BULLETIN",
        help=translate(_("The bulletin that is collected for, where it is not the one at hand.")),
    )  # fmt: skip
    def command(
        campaign: str,
        files: tuple[Path, ...],
        site: Path,
        lang: str | None,
        **options: Unpack[_Options],
    ) -> None:
        speaker = Speaker(site, lang)
        bulletin = options["bulletin"].rpartition("/")[2]
        job = _Job(speaker, site, campaign.strip("/"), bulletin)
        failed = job.run(files, _asked(speaker, options))
        if failed:
            raise click.exceptions.Exit(1)

    return command


class _Options(TypedDict):
    """What may be said about the files."""

    unit: str
    day: str
    columns: tuple[str, ...]
    bulletin: str


def _asked(speaker: Speaker, options: _Options) -> Hints:
    """Return what the options say; a day or column that means nothing is usage."""
    from jianbao.newsroom.collecting.receiving import Hints
    from jianbao.reading.scalars import read_as_of

    as_of = read_as_of(options["day"]) if options["day"] else None
    if isinstance(as_of, Message):
        raise click.BadParameter(speaker.words(as_of), param_hint="--as-of")
    words = {}
    for column in options["columns"]:
        heading, equals, path = column.replace("＝", "=").partition("=")
        if not equals or not heading.strip():
            why = msg("Write it like heading=dataset.measure.")
            raise click.BadParameter(speaker.words(why), param_hint="--column")
        words[heading.strip()] = path.strip()
    return Hints(options["unit"], as_of, words)


class _Job:
    """One run of the command: it holds who is spoken to and what is collected for."""

    def __init__(self, speaker: Speaker, site: Path, campaign: str, bulletin: str) -> None:
        self._speaker = speaker
        self._site = site
        self._campaign = campaign
        self._bulletin = bulletin

    def run(self, files: Sequence[Path], hints: Hints) -> bool:
        """Collect the files; return whether one of them was not taken."""
        from jianbao.cli.rounds import reported_lines
        from jianbao.cli.working import now, worker
        from jianbao.newsroom.collecting.desk import open_desk
        from jianbao.newsroom.collecting.settling import settle
        from jianbao.newsroom.collecting.standing import standing
        from jianbao.newsroom.collecting.storing import write

        speaker, moment, me = self._speaker, now(), worker("collect")
        with patient_lock(self._site, "collect", speaker):
            desk = open_desk(self._site, self._campaign, moment.date(), self._bulletin)
            speaker.stop_at(desk.findings)
            assert desk.value is not None
            faults, looks = self._looks(desk.value, files, hints)
            settlement = settle(desk.value, looks)
            written = write(settlement, moment, me.name)
        for path in written:
            click.echo(self._site / path)
        speaker.show(faults)
        for settled in settlement.files:
            self._tell(settled, settlement.desk)
        known = standing(settlement, moment)
        for line in reported_lines(settlement.desk.period.last, known):
            speaker.say(line)
        refused = [s for s in settlement.files if not s.taken and not s.look.before]
        return bool(refused or faults)

    def _looks(
        self, desk: Desk, files: Sequence[Path], hints: Hints
    ) -> tuple[list[Finding], list[Look]]:
        """Return every file looked at, each content once, with what could not be opened."""
        from jianbao.reading.files import read_bytes, saved_at
        from jianbao.reading.tabular import no_table
        from jianbao.reading.workbooks import LARGEST_WORKBOOK, is_lock

        faults: list[Finding] = []
        looks: dict[str, Look] = {}
        for file in _files(files):
            if is_lock(file.name):
                continue
            name = file.as_posix().encode("utf-8", "replace").decode()
            if file.exists() and not file.is_file():
                faults.append(no_table(name))
                continue
            data = read_bytes(file.parent, file.name, LARGEST_WORKBOOK)
            if data.value is None:
                faults += data.findings
                continue
            look = replace(
                looked_at(self._speaker, desk, (name, data.value), hints), came=saved_at(file)
            )
            if (first := looks.setdefault(look.sha256, look)) is not look:
                self._speaker.say(
                    msg("The same twice: {file} is {other}.", file=name, other=first.path)
                )
        return faults, list(looks.values())

    def _tell(self, settled: Settled, desk: Desk) -> None:
        """Say what became of a file, and what is wrong with it."""
        speaker, look = self._speaker, settled.look
        unit = look.unit.name if look.unit else ""
        if look.before:
            name, receipt = look.before
            speaker.say(
                msg("Unchanged: {file}: taken before from {unit}, {at} by {by}.",
                    file=look.path, unit=name, at=receipt.at, by=receipt.by)
            )  # fmt: skip
            return
        if not settled.taken:
            speaker.say(msg("Not taken: {file}: nothing of this file was taken.", file=look.path))
        else:
            days = "、".join(sorted({str(item.as_of.day) for item in look.observations}))
            speaker.say(
                msg("Taken: {unit}: {file}, {count} figures as of {days}.", unit=unit,
                    file=look.path, count=settled.count(desk.campaign), days=days)
            )  # fmt: skip
        speaker.show(settled.findings)
        for delta in settled.deltas if settled.taken else ():
            speaker.say(_delta(delta))


def _files(files: Sequence[Path]) -> Iterator[Path]:
    """Yield the files named, and those in the folders named."""
    for file in files:
        if file.is_dir():
            yield from sorted(one for one in file.iterdir() if one.is_file())
        else:
            yield file


def _delta(delta: Delta) -> Message:
    nothing = msg("not reported")
    line = msg("    {name}: {before} → {after}", name=delta.name,
               before=delta.before or nothing, after=delta.after or nothing)  # fmt: skip
    if delta.times > 1:
        return msg("{line} (changed for the {times} time: ask the unit)", line=line,
                   times=_ordinal(delta.times))  # fmt: skip
    return line


def _ordinal(number: int) -> Message:
    return (
        msg("{number}th", number=number)
        if number > 3
        else (msg("second") if number == 2 else msg("third"))
    )
