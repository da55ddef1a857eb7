"""Doctor: what this computer has, what it lacks, and the one line that brings it.

    needs, packages, fonts, room, a trial page ──examine──▶ sentences; whether pages can be made

It changes nothing. It asks for the things themselves, as `system` does, and last of all prints a
page: whatever else may be wrong shows there.
"""

import os
import shutil
import subprocess
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jianbao.preparing import fonts, system
from jianbao.preparing.job import LAST, Job

ROOM, MEMORY = 1000, 1500
"""Megabytes of disk and of memory below which a site of some hundred bulletins gets cramped."""
PURPOSES = {
    "python3-venv": ("准备程序组件", "prepares the packages"),
    "ca-certificates": ("安全地下载", "makes downloads safe"),
    "libpango-1.0-0": ("排字", "sets the type"),
    "libpangoft2-1.0-0": ("排字用的字体", "sets the type in its fonts"),
    "libharfbuzz0b": ("字形", "shapes the letters"),
    "libharfbuzz-subset0": ("把字体裁小", "cuts fonts down"),
    "fontconfig": ("找字体", "finds fonts"),
    "fonts-noto-cjk": ("宋体、黑体", "Song and Hei"),
    "fonts-noto-cjk-extra": ("大标题的特粗宋体", "the Black face of headlines"),
    "fonts-lxgw-wenkai": ("楷体里没有的字", "what the Kai face has not"),
}
"""What each of Debian's packages is for, in Chinese and in English."""
_TRIAL = """
from jianbao.press.engine import press, versions
from jianbao.press.jobs import Job
text = "<p style=\\"font-family: 'Noto Serif CJK SC'\\">试印一行，共 1 行。</p>"
made = press(Job(f"<html lang=zh><title>简报</title>{text}", {}))
assert made.pages == 1 and made.pdf.startswith(b"%PDF"), "no PDF"
assert not made.troubles, made.troubles
print(versions()["WeasyPrint"])
"""


@dataclass(frozen=True)
class Sign:
    """One thing that was looked at.

    Attributes:
        well: Whether it is as it should be.
        grave: Whether no page can be made where it is not.
    """

    well: bool
    words: str
    grave: bool = True


def examine(root: str, english: bool, prepared: bool) -> int:
    """Say what is there and what is not; return 0 where pages can be made, else 1.

    `prepared` tells whether the environment is whole.
    """
    job = Job(Path(root), english)
    needs = system.needs(testing=False)
    missing = [need.package for need in needs if not need.present()]
    signs = [*_programs(job, needs, missing), *_computer(job), *_environment(job, prepared)]
    if prepared and all(sign.well or not sign.grave for sign in signs):
        signs.append(_trial(job))
    for sign in signs:
        mark = ("好　", "ok    ") if sign.well else ("缺　", "LACKS ")
        mark = mark if sign.well or sign.grave else ("注意", "note  ")
        job.say(f"{mark[0]}　{sign.words}", f"{mark[1]}{sign.words}")
    if missing:
        job.say(*[system.lacking(job, missing)] * 2)
    grave = any(sign.grave and not sign.well for sign in signs)
    if not grave:
        job.say("可以排版出报。", "Pages can be made.")
    return int(grave)


def _programs(job: Job, needs: Iterable[system.Need], missing: Container[str]) -> Iterator[Sign]:
    """Yield what Debian brings, by what it is for."""
    for need in needs:
        words = job.words(*PURPOSES[need.package])
        yield Sign(need.package not in missing, f"{words} ({need.package})", need.required)


def _computer(job: Job) -> Iterator[Sign]:
    """Yield room on the disk, memory, and leave to write."""
    room = shutil.disk_usage(job.root).free // 2**20
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    yield Sign(
        room >= ROOM,
        job.words(f"磁盘还空着 {room} MB", f"{room} MB free on the disk"),
        grave=room < ROOM // 10,
    )
    yield Sign(
        memory >= MEMORY,
        job.words(f"内存共 {memory} MB", f"{memory} MB of memory"),
        grave=False,
    )
    may = os.access(job.root, os.W_OK)
    yield Sign(may, job.words("程序的文件夹可以写", "The program's folder can be written to"))


def _environment(job: Job, prepared: bool) -> Iterator[Sign]:
    """Yield whether the environment is whole, and the faces that it brings."""
    yield Sign(
        prepared,
        job.words(
            "程序组件齐全" if prepared else "程序组件还没有准备好，运行 python3 build.py 就会准备",
            "The packages are there" if prepared
            else "The packages are not prepared; python3 build.py prepares them",
        ),
    )  # fmt: skip
    folder = job.share / "fonts"
    lacking = [name for name in fonts.FONTS if not (folder / name).exists()]
    yield Sign(
        not lacking,
        job.words(
            f"楷体和仿宋（{'、'.join(lacking or fonts.FONTS)}）",
            f"Kai and FangSong ({', '.join(lacking or fonts.FONTS)})",
        ),
        grave=False,
    )


def _trial(job: Job) -> Sign:
    """Print a page, and return what came of it."""
    command = [str(job.home / "bin" / "python"), "-P", "-c", _TRIAL]
    environment = {"FONTCONFIG_FILE": str(job.share / "fonts.conf"), **os.environ}
    done = subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode == 0:
        number = done.stdout.strip()
        return Sign(
            True,
            job.words(f"试印一页（WeasyPrint {number}）", f"A trial page (WeasyPrint {number})"),
        )
    said = "\n".join(f"  {line}" for line in done.stderr.strip().splitlines()[-LAST:])
    return Sign(False, job.words(f"试印一页没有成功：\n{said}", f"A trial page failed:\n{said}"))
