"""Environment: a virtual environment with exactly what the locks list."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from jianbao.preparing.job import Job, Stop

KEPT = {".lock", "share"}  # who is preparing; fonts, which depend on no lock
PIP = ("-m", "pip", "install", "--require-hashes", "--no-deps", "--only-binary=:all:")


def empty(job: Job) -> None:
    """Make an empty environment in which the project's own folder can be imported."""
    for old in job.home.iterdir():
        if old.name not in KEPT:
            shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
    # The Python below the one we run in, which may be the one just removed.
    base = getattr(sys, "_base_executable", sys.executable)
    _must(job, [base, "-m", "venv", job.home])
    for packages in job.home.glob("lib/python3.*/site-packages"):
        # Relative, so that no locale can misread a path in Chinese.
        (packages / "jianbao.pth").write_text("../../../..\n", encoding="ascii")


def fill(job: Job, locks: Sequence[Path]) -> None:
    """Install what the locks list, each file checked against its hash."""
    job.say("　下载并安装程序组件……", "  Fetching and installing packages…")
    listed = [word for lock in locks for word in ("-r", str(lock))]
    quiet = ("--quiet", "--no-input", "--disable-pip-version-check")
    _must(job, [job.home / "bin" / "python", *PIP, *quiet, *listed])


def _must(job: Job, command: Sequence[str | Path]) -> None:
    if said := job.run(command):
        raise Stop(
            job.words(
                f"没有装成。请检查网络和磁盘空间，再运行一次。最后几行是：\n{said}",
                f"That failed. Check network and disk, then run again. It ended with:\n{said}",
            )
        )
