"""The commands, each with its help and an example."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jianbao import __version__
from jianbao.cli.binding import bind
from jianbao.cli.changes import changes
from jianbao.cli.collecting import collect
from jianbao.cli.founding import init
from jianbao.cli.intake import intake
from jianbao.cli.language import Translate, translator
from jianbao.cli.looks import templates
from jianbao.cli.options import FOLDER, Made, Work, common, pdfs, workers
from jianbao.cli.proofs import proof
from jianbao.cli.publishing import publish, rollback, unpublish
from jianbao.cli.sealing import correct, seal, verify
from jianbao.cli.serving import serve
from jianbao.cli.signing import sign, status
from jianbao.cli.starting import new
from jianbao.cli.units import form, slips
from jianbao.cli.working import now
from jianbao.diagnostics import msg, stops
from jianbao.settings import Settings, usual_jobs

if TYPE_CHECKING:
    from jianbao.pipeline.runs import Outcome


def _(text: str) -> str:
    """Mark a sentence for the catalogues; it is translated when the commands are made."""
    return text


BUILD = _("""Make the web page and the PDFs of every bulletin, or of the TARGETs.

TARGET is a campaign or campaign/bulletin, such as zhongyuan/2021-47. A bulletin
with errors keeps its old output; the others are made all the same.

\b
Examples:
  python3 build.py
  python3 build.py build zhongyuan/2021-47 --no-pdf
  python3 build.py build zhongyuan/2021-47 --edition print
""")
CHECK = _("""Say what is wrong, and make nothing.

\b
Examples:
  python3 build.py check
  python3 build.py check zhongyuan --format json
""")
ABOUT = _("""Jianbao turns a week's figures and stories into newspaper pages, web and PDF.

Without a command, it builds everything.

\b
Two more words, which build.py sees to itself:
  doctor     Say what this computer lacks.
  test       Check the program itself.
""")


def commands(translate: Translate) -> click.Group:
    """Return the command line in the reader's language."""
    group = click.Group("jianbao", help=translate(ABOUT))
    version = click.version_option(
        __version__, message="%(version)s", help=translate(_("Show the version and exit."))
    )
    for command in (
        _build(translate),
        _check(translate),
        bind(translate),
        serve(translate),
        init(translate),
        new(translate),
        form(translate),
        collect(translate),
        slips(translate),
        changes(translate),
        intake(translate),
        proof(translate),
        sign(translate),
        status(translate),
        seal(translate),
        verify(translate),
        correct(translate),
        publish(translate),
        unpublish(translate),
        rollback(translate),
        templates(translate),
    ):
        group.add_command(command)
    return version(group)


_OPENED = (".html", ".pdf", ".docx")
TARGETS = click.argument("targets", nargs=-1, metavar="[TARGET]...")


def _build(translate: Translate) -> click.Command:
    @click.command("build", help=translate(BUILD), short_help=translate(_("Make pages and PDFs.")))
    @TARGETS
    @common(translate)
    @click.option(
        "--output",
        type=FOLDER,
        default=None,
        help=translate(_("Folder to write to; output/ in the site if not named.")),
    )
    @pdfs(translate)
    @workers(translate)
    def build(
        targets: tuple[str, ...],
        site: Path,
        lang: str | None,
        output: Path | None,
        made: Made,
        work: Work,
    ) -> None:
        from jianbao import pipeline
        from jianbao.cli.progress import telling
        from jianbao.cli.showing import speaking

        asked = _settings(site, output, targets, lang)
        settings = replace(
            asked, pdf=made.pdf, editions=made.editions, jobs=work.jobs, remember=True,
            rehash=work.rehash, cluster=work.cluster,
        )  # fmt: skip
        with telling(translate) as tell:
            outcome = pipeline.build(settings, tell, speaking)
        _speak_out(outcome)
        if work.timings:
            from jianbao.cli.timing import timings

            click.echo(timings(outcome.seconds, translator(outcome.language)), err=True)
        for path in _to_open(outcome, settings.output):
            click.echo(path)
        failed = stops(outcome.findings)
        if not (failed or outcome.made or outcome.fresh or outcome.kept):
            empty = msg("There is no bulletin yet; python3 build.py new CAMPAIGN starts one.")
            click.echo(empty.in_words(translator(outcome.language)), err=True)
        front = settings.output / "index.html"
        if outcome.made and front in outcome.paths:
            opens = msg(
                "Open {path} in a browser; the PDFs lie in each bulletin's folder.", path=front
            )
            click.echo(opens.in_words(translator(outcome.language)), err=True)
        _leave(failed)

    return build


def _check(translate: Translate) -> click.Command:
    @click.command("check", help=translate(CHECK), short_help=translate(_("Say what is wrong.")))
    @TARGETS
    @common(translate)
    @click.option("--fast", is_flag=True, help=translate(_("Leave the layout unchecked.")))
    @click.option("--strict", is_flag=True, help=translate(_("Let warnings fail like errors.")))
    @click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        help=translate(_("Sentences, or JSON on standard output.")),
    )
    def check(
        targets: tuple[str, ...], site: Path, lang: str | None, fast: bool, strict: bool, form: str
    ) -> None:
        from jianbao import pipeline
        from jianbao.cli.progress import telling
        from jianbao.cli.showing import as_json, fullness

        jobs = 0 if fast else usual_jobs()
        settings = replace(_settings(site, None, targets, lang), fast=fast, jobs=jobs)
        with telling(translate) as tell:
            outcome = pipeline.check(settings, tell)
        if form == "json":
            click.echo(as_json(outcome.findings, outcome.fills, translator(outcome.language)))
        else:
            _speak_out(outcome)
            if outcome.fills:
                click.echo(fullness(outcome.fills, translator(outcome.language)), err=True)
        warned = any(finding.severity == "warning" for finding in outcome.findings)
        _leave(stops(outcome.findings) or (strict and warned))

    return check


def _settings(
    site: Path, output: Path | None, targets: tuple[str, ...], lang: str | None
) -> Settings:
    return Settings(
        root=site,
        output=output or site / "output",
        today=now().date(),
        targets=targets,
        language=lang or "",
    )


def _to_open(outcome: Outcome, output: Path) -> list[Path]:
    """Return what people open of what was written: bulletins' pages and papers, the front page."""
    made = {output / address for address in outcome.made}
    return [
        path
        for path in outcome.paths
        if path == output / "index.html" or (path.parent in made and path.suffix in _OPENED)
    ]


def _speak_out(outcome: Outcome) -> None:
    """Say every finding, and how many there are of each severity, on standard error."""
    from jianbao.cli.showing import in_order, summary, told

    translate = translator(outcome.language)
    for line in told(in_order(outcome.findings), translate):
        click.echo(line, err=True)
    click.echo(summary(outcome, translate), err=True)


def _leave(failed: bool) -> None:
    if failed:
        raise click.exceptions.Exit(1)
