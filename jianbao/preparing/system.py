"""System: what Debian has to bring, and how it comes.

What is there is seen by asking for the thing itself, a library or a font,
never for the package: whoever has Pango from elsewhere needs no Debian package.
"""

import ctypes
import importlib
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from jianbao.preparing.job import Job, Stop

INSTALL = ("install", "-y", "--no-install-recommends")


@dataclass(frozen=True)
class Need:
    """Something Debian brings.

    Attributes:
        package: Debian's name for it.
        present: Says whether it is there already.
        required: Whether there can be no page without it.
    """

    package: str
    present: Callable[[], bool]
    required: bool = True


def needs(testing: bool) -> tuple[Need, ...]:
    """Return all that Debian has to bring, for the program or for its tests too."""
    cjk = "Noto Serif CJK SC"
    running = (
        Need("python3-venv", partial(module, "ensurepip")),
        Need("ca-certificates", Path("/etc/ssl/certs/ca-certificates.crt").exists),
        Need("libpango-1.0-0", partial(library, "libpango-1.0.so.0")),
        Need("libpangoft2-1.0-0", partial(library, "libpangoft2-1.0.so.0")),
        Need("libharfbuzz0b", partial(library, "libharfbuzz.so.0")),
        Need("libharfbuzz-subset0", partial(library, "libharfbuzz-subset.so.0")),
        Need("fontconfig", partial(program, "fc-list")),
        Need("fonts-noto-cjk", partial(font, f"{cjk}:style=Regular")),
        Need("fonts-noto-cjk-extra", partial(font, f"{cjk}:style=Black")),
        Need("fonts-lxgw-wenkai", partial(font, "LXGW WenKai"), required=False),
    )
    testers = (
        Need("chromium", partial(program, "chromium")),
        Need("libatomic1", partial(library, "libatomic.so.1")),  # for Playwright's driver
        Need("poppler-utils", partial(program, "pdftotext")),
        Need("ghostscript", partial(program, "gs")),
        Need("strace", partial(program, "strace")),
        Need("openssh-server", Path("/usr/sbin/sshd").exists),
        Need("libreoffice-calc-nogui", Path("/usr/lib/libreoffice/program/libsclo.so").exists),
        Need("libreoffice-writer-nogui", Path("/usr/lib/libreoffice/program/libswlo.so").exists),
    )
    return running + testers if testing else running


def module(name: str) -> bool:
    """Say whether Python has the module."""
    importlib.invalidate_caches()
    return importlib.util.find_spec(name) is not None


def library(name: str) -> bool:
    """Say whether the system's loader finds the library, which WeasyPrint will ask too."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def program(name: str) -> bool:
    """Say whether the program can be started."""
    return shutil.which(name) is not None


def font(pattern: str) -> bool:
    """Say whether fontconfig knows a font like this."""
    ask = ["fc-list", pattern, "family"]
    return program("fc-list") and bool(subprocess.run(ask, capture_output=True, check=False).stdout)


def bring(job: Job, wanted: Sequence[Need]) -> None:
    """Install what is missing, or say the line that does; stop if there is no going on."""
    missing = [need for need in wanted if not need.present()]
    if not missing:
        return
    said = ""
    if program("apt-get") and (prefix := privilege()) is not None:
        names = [need.package for need in missing]
        job.say(f"　安装系统软件：{' '.join(names)}……", f"  Installing {' '.join(names)}…")
        said = apt(job, prefix, [*INSTALL, *names])
        missing = [need for need in missing if not need.present()]
    if not missing:
        return
    sentence = lacking(job, [need.package for need in missing], said)
    if any(need.required for need in missing):
        raise Stop(sentence)
    job.say(
        f"{sentence}\n　这次先用别的字体代替，继续。", f"{sentence}\n  Going on with other fonts."
    )


def privilege() -> list[str] | None:
    """Return what makes a command run as root unasked: nothing, sudo, or None if it cannot be."""
    if os.geteuid() == 0:
        return []
    ask = ["sudo", "-n"]
    if not program("sudo"):
        return None
    asked = subprocess.run([*ask, "true"], capture_output=True, check=False)
    return ask if asked.returncode == 0 else None


def apt(job: Job, prefix: list[str], words: Sequence[str], folder: Path | None = None) -> str:
    """Run apt-get; if that fails, renew its lists first. Return what went wrong, or ""."""
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"]
    if not job.run([*prefix, *quiet, *words], folder):
        return ""
    job.run([*prefix, *quiet, "update"])  # one source of several may fail; the next line tells
    return job.run([*prefix, *quiet, *words], folder)


def lacking(job: Job, names: Sequence[str], said: str = "") -> str:
    """Say what is lacking, and on Debian the one line that brings it."""
    if not program("apt-get"):
        return job.words(
            f"这台电脑还缺（Debian 里的名称）：{' '.join(names)}。请管理员装好后再运行一次。",
            f"Missing, by Debian's names: {' '.join(names)}. Install them and run this again.",
        )
    line = f"apt-get update && apt-get {' '.join([*INSTALL, *names])}"
    if os.geteuid() != 0:
        line = f"sudo sh -c '{line}'" if program("sudo") else f"su -c '{line}'"
    return job.words(
        f"这台电脑还缺几样系统软件。请运行下面这一行（或请管理员运行），再重新来一次：\n  {line}",
        f"Some packages are missing. Run this line (or ask who may), then come again:\n  {line}",
    ) + (f"\n{said}" if said else "")
