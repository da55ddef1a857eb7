"""Order: the steps of a preparation, one after the other, one preparation at a time."""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from jianbao.preparing import environment, fonts, system
from jianbao.preparing.job import Job, Stop

UNFINISHED = "unfinished"
LOCK = ".lock"


class Part(NamedTuple):
    """A lock, and what its stamp has to say once all it lists is installed."""

    lock: Path
    stamp: Path
    digest: str

    def said(self) -> str:
        """Return what the stamp says now."""
        return self.stamp.read_text(encoding="ascii") if self.stamp.exists() else ""


def prepare(root: str, needed: list[tuple[str, str, str]], english: bool) -> bool:
    """Prepare the parts needed (lock, stamp file, stamp); say whether all went well."""
    job = Job(Path(root), english)
    parts = [Part(Path(lock), Path(stamp), digest) for lock, stamp, digest in needed]
    try:
        with alone(job):
            make(job, parts)
    except Stop as stop:
        print(stop, file=sys.stderr)
    except OSError as fault:
        job.say(f"准备时出了错，没有做完：{fault}", f"Preparing failed: {fault}")
    except KeyboardInterrupt:
        job.say("准备到一半停下了；下次运行会重新准备。", "Stopped; the next run begins anew.")
    else:
        return True
    return False


@contextmanager
def alone(job: Job) -> Iterator[None]:
    """Wait until nobody else prepares here, and keep others waiting meanwhile."""
    refuse_what_is_not_ours(job)
    job.home.mkdir(exist_ok=True)
    with (job.home / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            job.say("另一个窗口正在准备，请稍候……", "Another window is preparing; please wait…")
            fcntl.flock(file, fcntl.LOCK_EX)
        os.set_inheritable(file.fileno(), True)  # a pip that outlives us goes on holding it
        yield


def refuse_what_is_not_ours(job: Job) -> None:
    """Stop where the folder is a link, or holds what we did not put there: it would be emptied."""
    if not job.home.is_symlink() and (
        (job.home / LOCK).exists() or not job.home.exists() or not any(job.home.iterdir())
    ):
        return
    name = job.home.name
    raise Stop(
        job.words(
            f"{name} 是别处来的文件夹或快捷方式，不是这里准备的，所以没有动它。"
            "请把它改名或移走，再运行一次。",
            f"{name} is a link, or a folder that was not made here, so nothing in it was touched. "
            "Rename it or move it away, then run again.",
        )
    )


def make(job: Job, parts: list[Part]) -> None:
    """Do what is still to be done; a stamp says "unfinished" until it is."""
    todo = to_do(job, parts)
    if not todo:
        return  # somebody else has just done it
    job.say(*opening(parts))
    system.bring(job, system.needs(testing=len(parts) > 1))
    if parts[0] in todo:
        environment.empty(job)
    for part in todo:
        part.stamp.write_text(UNFINISHED, encoding="ascii")
    environment.fill(job, [part.lock for part in todo])
    fonts.lay_out(job)
    for part in todo:
        part.stamp.write_text(part.digest, encoding="ascii")
    job.say("准备好了。", "Ready.")


def to_do(job: Job, parts: list[Part]) -> list[Part]:
    """Return the parts to make: those never begun, or all if any is stale or was cut short.

    The tools for tests may be added to an environment; nothing is mended in place.
    """
    wrong = [part for part in parts if part.said() != part.digest]
    if not (job.home / "bin" / "python").exists() or parts[0] in wrong:
        return parts
    return parts if any(part.said() for part in wrong) else wrong


def opening(parts: list[Part]) -> tuple[str, str]:
    """Return the first sentence, in Chinese and in English: why there is something to do."""
    said = [part.said() for part in parts]
    if UNFINISHED in said:
        return "上一次没有准备完，重新准备……", "The last preparation was cut short; preparing anew…"
    if said[0] == parts[0].digest:
        return "正在准备检验用的工具，大约需要一分钟……", "Preparing the test tools, about a minute…"
    if said[0]:
        return "程序有变动，重新准备，大约需要一分钟……", "The program has changed; preparing anew…"
    return (
        "第一次运行，正在准备，大约需要三分钟，以后不再需要。请不要断开网络……",
        "First run: preparing, about three minutes, only once. Please stay connected…",
    )
