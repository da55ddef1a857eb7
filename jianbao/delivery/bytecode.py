"""Compiled templates, kept where Python keeps the compiled program: beside the modules.

    shipped templates ──compiled──▶ jianbao/__pycache__/templates.….bin ──▶ the next command

What is run may only come from where the program itself comes from: whoever can write there can
change the program anyway, and nobody else can. So nothing of it lies in the output, which many
may write to; and a site's own templates, which change more often, are compiled by each command.
Where Python is not to write bytecode, or nothing may be written there, nothing is kept.
"""

import marshal
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from tempfile import mkstemp

from jianbao.pages.templates import Code, compiled, is_shipped
from jianbao.reading.looks import Template
from jianbao.settings import PACKAGE


class Bytecode:
    """What was compiled of shipped templates, known from now on to whoever fills one."""

    def __init__(self, templates: Mapping[str, Template], made_by: str) -> None:
        """`made_by` is the digest of the program and its libraries."""
        self._templates, self._made_by = templates, made_by
        self._before = _read(_file(), made_by)
        compiled(templates).update(self._before)

    def keep(self) -> None:
        """Keep what has been compiled since."""
        code = compiled(self._templates)
        now = {key: one for key, one in code.items() if is_shipped(self._templates, key)}
        if now.keys() != self._before.keys() and not sys.dont_write_bytecode:
            _write(_file(), self._made_by, now)


def _file() -> Path:
    return Path(cache_from_source(str(PACKAGE / "templates.py"))).with_suffix(".bin")


def _read(file: Path, made_by: str) -> Code:
    """Return what was kept by exactly this program; nothing where the file is not whole."""
    try:
        data = file.read_bytes()
        if data[:64] == made_by.encode() and data[64:96] == sha256(data[96:]).digest():
            known: Code = marshal.loads(data[96:])
            return known
    except (OSError, ValueError, EOFError, TypeError):
        pass
    return {}


def _write(file: Path, made_by: str, code: Code) -> None:
    data = marshal.dumps(code)
    with suppress(OSError):
        handle, name = mkstemp(dir=file.parent, prefix=".templates-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(made_by.encode() + sha256(data).digest() + data)
            Path(name).chmod(0o644)  # as readable as the program
            Path(name).replace(file)
        finally:
            Path(name).unlink(missing_ok=True)
