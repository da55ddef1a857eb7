"""What the commands share: the options that each of them has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TypeVar

import click

from jianbao.cli.language import Translate
from jianbao.model.editions import Edition
from jianbao.settings import default_site, usual_jobs

Command = TypeVar("Command", bound=Callable[..., None])
FOLDER = click.Path(file_okay=False, path_type=Path)


def _(text: str) -> str:
    """Mark a sentence for the catalogues; it is translated when the commands are made."""
    return text


def common(translate: Translate) -> Callable[[Command], Command]:
    """Return the options that every command has."""

    def add(command: Command) -> Command:
        site = click.option(
            "--site",
            type=FOLDER,
            default=default_site,
            help=translate(
                _("Folder with content/, data/ and templates/; the current one if not named.")
            ),
        )
        return spoken(translate)(site(command))

    return add


def spoken(translate: Translate) -> Callable[[Command], Command]:
    """Return the option that says in which language the command speaks."""
    return click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        default=None,
        help=translate(_("Language of what is said to you.")),
    )


@dataclass(frozen=True, slots=True)
class Work:
    """How the work is to be done; what comes of it is the same.

    Attributes:
        jobs: How many worker processes there are.
        rehash: Whether each file is read to see if it changed.
        cluster: The address of a Dask scheduler; "" presses here.
        timings: Whether to say where the time went.
    """

    jobs: int
    rehash: bool
    cluster: str
    timings: bool


def workers(translate: Translate) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the options that say how the work is done; a command gets them as one, `work`."""
    options = (
        click.option(
            "--timings", is_flag=True, help=translate(_("Say at the end where the time went."))
        ),
        click.option(
            "--cluster",
            default="",
            help=translate(_("Press on a Dask cluster, such as tcp://host:8786.")),
        ),
        click.option(
            "--rehash",
            is_flag=True,
            help=translate(_("Read every file to see if it changed, whatever its date says.")),
        ),
        click.option(
            "--jobs",
            type=click.IntRange(min=1),
            default=usual_jobs,
            help=translate(_("How many processes work at once; one a processor if not named.")),
        ),
    )

    def add(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def gathered(
            *args: object, jobs: int, rehash: bool, cluster: str, timings: bool, **words: object
        ) -> None:
            command(*args, work=Work(jobs, rehash, cluster, timings), **words)

        whole: Callable[..., None] = gathered
        for option in options:
            whole = option(whole)
        return whole

    return add


@dataclass(frozen=True, slots=True)
class Made:
    """Which PDFs are to be made.

    Attributes:
        pdf: Whether there are to be any.
        editions: What is to be made besides what the office has chosen.
    """

    pdf: bool
    editions: tuple[str, ...]


def pdfs(translate: Translate) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the options that say which PDFs are made; a command gets them as one, `made`."""
    none = click.option("--no-pdf", is_flag=True, help=translate(_("Make the web pages only.")))
    further = click.option(
        "--edition",
        "editions",
        multiple=True,
        type=click.Choice([edition.value for edition in Edition]),
        help=translate(_("A further PDF besides those chosen in site.yaml; may be repeated.")),
    )

    def add(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def gathered(
            *args: object, no_pdf: bool, editions: tuple[str, ...], **words: object
        ) -> None:
            command(*args, made=Made(not no_pdf, editions), **words)

        return none(further(gathered))

    return add
