"""The command `bind`: show what a story's numbers mean, ask, and write what was agreed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jianbao.cli.language import Translate
from jianbao.cli.options import _, common
from jianbao.cli.speaking import Speaker
from jianbao.diagnostics import NOTHING, Message, msg, stops

if TYPE_CHECKING:
    from jianbao.newsroom.binding import Binding
    from jianbao.proofreading.matching.deciding import Match
    from jianbao.proofreading.matching.writing import Proposal

BIND = _("""Propose a figure for each number typed by hand, and write what you agree to.

STORY is a file such as content/zhongyuan/2021-47/lead.md. A number is compared
by its value and by the words beside it. Where several figures could be meant you
are asked; where the words name a figure of another value you are told. Without
--yes, nothing is written before you say so.

\b
Examples:
  python3 build.py bind content/zhongyuan/2021-47/lead.md
  python3 build.py bind content/zhongyuan/2021-47/lead.md --yes
""")


def bind(translate: Translate) -> click.Command:
    """Return the command in the reader's language."""

    @click.command(
        "bind", help=translate(BIND), short_help=translate(_("Bind numbers typed by hand."))
    )
    @click.argument("story", metavar="STORY")
    @common(translate)
    @click.option("--yes", is_flag=True, help=translate(_("Write what is clear, and ask nothing.")))
    @click.option(
        "--join/--no-join",
        default=None,
        help=translate(_("Join lines that were broken on a newspaper page.")),
    )
    def command(story: str, site: Path, lang: str | None, yes: bool, join: bool | None) -> None:
        from jianbao.newsroom.binding import read_binding

        talk = _Talk(Speaker(site, lang), is_terminal() and not yes)
        read = read_binding(site, _path(story, site, translate))
        talk.show(read.findings)
        if read.value is None:
            raise click.exceptions.Exit(1)
        near = _run(talk, site, talk.joined(read.value, join), yes)
        if near or stops(read.findings):
            raise click.exceptions.Exit(1)

    return command


def is_terminal() -> bool:
    """Say whether somebody sits there who can answer."""
    return sys.stdin.isatty()


def propose(site: Path, story: str, speaker: Speaker) -> None:
    """Bind a story that was just taken in: ask where somebody sits there, else only show."""
    from jianbao.newsroom.binding import read_binding

    read = read_binding(site, story)
    speaker.show(read.findings)
    if read.value is not None:
        _run(_Talk(speaker, is_terminal()), site, read.value, yes=False)


def _path(story: str, site: Path, translate: Translate) -> str:
    """Return where the story lies in the site; it may be named from here or from there."""
    for file in (Path(story), site / story):
        if file.is_file() and file.resolve().is_relative_to(site.resolve()):
            return file.resolve().relative_to(site.resolve()).as_posix()
    missing = msg("There is no story {name}.", name=story)
    raise click.BadParameter(missing.in_words(translate), param_hint="STORY")


def _run(talk: _Talk, site: Path, binding: Binding, yes: bool) -> bool:
    """Show, ask and write; return whether numbers stay that differ from their figures."""
    from jianbao.newsroom.binding import bound, remarks
    from jianbao.newsroom.rewriting import save
    from jianbao.proofreading.matching.deciding import Verdict

    clear = binding.of(Verdict.ONE)
    talk.changes(clear)
    talk.show(remarks(binding))
    near, asked = binding.of(Verdict.NEAR), binding.of(Verdict.ASKED)
    near_chosen, asked_chosen = talk.questions(near), talk.questions(asked)
    far = binding.of(Verdict.FAR)
    chosen = [match.proposals[0] for match in clear] + near_chosen + asked_chosen
    chosen += talk.questions(far)
    talk.left(binding.of(Verdict.NONE))
    after = bound(binding, chosen)
    written = after != binding.before and (yes or talk.agrees(len(chosen)))
    if written and not save(site / binding.path, binding.before, after):
        talk.say(msg("Somebody changed the file meanwhile: nothing was written."))
        raise click.exceptions.Exit(1)
    if written:
        click.echo(site / binding.path)
    counts = (len(near) - len(near_chosen), len(asked) - len(asked_chosen))
    talk.total(len(chosen), written, counts, len(far) + len(binding.of(Verdict.NONE)))
    return len(near) > (len(near_chosen) if written else 0)


class _Talk:
    """Talks about a story's numbers; asks only where somebody sits there."""

    def __init__(self, speaker: Speaker, asks: bool) -> None:
        self._speaker = speaker
        self._asks = asks
        self.say, self.show = speaker.say, speaker.show

    def joined(self, binding: Binding, join: bool | None) -> Binding:
        """Return the story with its broken lines joined, where that is wanted."""
        from jianbao.newsroom.binding import with_joined_lines

        if join is False or not binding.is_broken:
            return binding
        if join is None:
            self.say(msg("The lines of this story are broken as on a newspaper page; "
                         "in a story each line becomes a paragraph."))  # fmt: skip
            if not self._asks:
                self.say(msg("With --join they are joined."))
                return binding
            join = self._confirm(msg("Join them?"))
        return with_joined_lines(binding) if join else binding

    def changes(self, clear: Iterable[Match]) -> None:
        """Show what would be written for the numbers that are clear."""
        for match in clear:
            one = match.proposals[0]
            self.say(
                msg(
                    "Line {line}: {excerpt}→ {braces}{note}",
                    line=match.place.line,
                    excerpt=_excerpt(match),
                    braces=one.braces,
                    note=_rounded(match, one),
                )
            )

    def questions(self, matches: Iterable[Match]) -> list[Proposal]:
        """Show each number that is not clear; where somebody sits there, let them choose."""
        from jianbao.proofreading.numerals import finding_of

        chosen = []
        for match in matches:
            self.show([finding_of(match)])
            fitting = [one for one in match.proposals if one.end_column]
            if not fitting:
                self.say(msg("  The number goes on in the next line: join the lines first."))
            elif self._asks:
                chosen += self._choose(fitting)
        return chosen

    def left(self, matches: Iterable[Match]) -> None:
        """Show each number that matches no figure, as `check` says it."""
        from jianbao.proofreading.numerals import finding_of

        self.show(finding_of(match) for match in matches)

    def _choose(self, proposals: list[Proposal]) -> list[Proposal]:
        for number, one in enumerate(proposals, 1):
            self.say(msg("  {number}. {braces}, printed as {value}", number=number,
                         braces=one.braces, value=one.prints))  # fmt: skip
        answer = click.prompt(
            self._speaker.words(msg("  Which one? Enter leaves the number as it is")),
            type=click.IntRange(0, len(proposals)),
            default=0,
            show_default=False,
            err=True,
        )
        return [proposals[answer - 1]] if answer else []

    def agrees(self, count: int) -> bool:
        """Ask whether to write."""
        return self._asks and self._confirm(msg("Write {count} changes?", count=count))

    def _confirm(self, question: Message) -> bool:
        return click.confirm(self._speaker.words(question), default=False, err=True)

    def total(self, bound: int, written: bool, open_: tuple[int, int], left: int) -> None:
        """Say how many were bound, differ, were not decided, and are left."""
        begin = msg("{count} bound", count=bound)
        if not written:
            begin = msg("Nothing was written; {count} could be bound", count=bound)
        near, asked = open_
        rest = {"near": near, "asked": asked, "left": left}
        self.say(
            msg("{begin}, {near} differ, {asked} undecided, {left} match no figure.",
                begin=begin, **rest)
        )  # fmt: skip


def _excerpt(match: Match) -> Message:
    from jianbao.cli.showing import excerpt

    return excerpt(match.place)


def _rounded(match: Match, proposal: Proposal) -> Message:
    """Return what is said where a number was rounded from its figure."""
    exact = proposal.figure.amount.value
    same = exact == match.number.value or proposal.is_phrase
    if same or proposal.figure.decimals is not None:
        return NOTHING
    return msg(" (exactly {value})", value=f"{exact.normalize():f}{proposal.figure.unit}")
