"""What bulletins are made with here: the program, its libraries, templates and fonts."""

import subprocess
from collections.abc import Mapping
from hashlib import sha256
from importlib import metadata
from shutil import which

from jianbao import __version__
from jianbao.model.reviewed import digest_of
from jianbao.model.sealed import Maker
from jianbao.reading.looks import Template
from jianbao.settings import PACKAGE

LIBRARIES = (
    "weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "fonttools", "pillow", "jinja2",
    "markupsafe", "markdown", "pymdown-extensions", "nh3", "altair", "vl-convert-python",
)  # fmt: skip


def read_maker(templates: Mapping[str, Template]) -> Maker:
    """Return what this machine makes bulletins with."""
    looks = sorted((name, template.text) for name, template in templates.items())
    versions = {name: _version(name) for name in LIBRARIES}
    return Maker(
        __version__,
        _code(),
        digest_of(looks),
        {name: version for name, version in versions.items() if version},
        _fonts(),
    )


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _code() -> str:
    """Return the digest of every module, so that a checkout at work is told from a release."""
    digest = sha256()
    for file in sorted(PACKAGE.rglob("*.py")):
        digest.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _fonts() -> str:
    """Return the digest of the fonts fontconfig knows for Chinese, by name and version."""
    program = which("fc-list")
    if program is None:
        return ""
    command = [program, ":lang=zh-cn", "--format", "%{fullname}\t%{fontversion}\n"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return digest_of(sorted(set(done.stdout.splitlines()))) if done.returncode == 0 else ""
