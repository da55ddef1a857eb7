"""The command line: words in, words out; no logic of its own.

The only room that speaks, exits or looks at the clock. Heavy libraries are
imported where a command needs them, so that --help is there at once.
"""

import errno
import gc
import sys

import click

from jianbao.cli.commands import commands
from jianbao.cli.language import LANGUAGES, speak
from jianbao.diagnostics import msg, why_of

_OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR,
                errno.EEXIST, errno.EISDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.EIO)  # fmt: skip


def main() -> None:
    """Run the command line; `build` where no command is named."""
    arguments = sys.argv[1:]
    asks = {"--help", "--version"} & set(arguments)
    if not arguments or (arguments[0].startswith("-") and not asks):
        arguments = ["build", *arguments]
    group = commands(speak(asked_language(arguments)))
    try:
        group(arguments, prog_name="build.py")
    except OSError as fault:
        if fault.errno not in _OF_THE_DISK:
            raise
        what = msg("{path} cannot be written: {why}.", path=fault.filename or "", why=why_of(fault))
        hint = msg("Make room on the disk, or ask for leave to write there, then do it again.")
        for one in (what, hint):
            click.echo(one.in_words(speak(asked_language(arguments))), err=True)
        sys.exit(1)
    finally:
        gc.freeze()  # Python would go through all that was imported once more before it ends


def asked_language(arguments: list[str]) -> str:
    """Return the language that --lang asks for, before the arguments are parsed; else zh."""
    for index, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or (arguments[index + 1] if index + 1 < len(arguments) else "")
            return value if value in LANGUAGES else "zh"
    return "zh"
