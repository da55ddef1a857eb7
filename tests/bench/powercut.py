#!/usr/bin/env python3
"""Cut the power of a disk in the midst of builds, and see that each bulletin is old or new.

    sudo python -m tests.bench.powercut [CUTS] [SEED]

`output/` lies on an ext4 of its own in a file. At a random moment that file system is shut down as
xfstests does it: nothing that was not yet on the disk gets there, not even the journal. Then it is
mounted anew, as after a power cut. Every story says one of two words, changed before each build.
Whatever lies in a bulletin's folder must be a file of a whole build with the one word or the other,
all with the same; each third time a build that nobody disturbs must make everything whole again.
Needs root and loop devices.
"""

import fcntl
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from tests.bench import sites
from tests.bench.building import JIANBAO

WORDS = ("云溪区甲", "云溪区乙")
_SHUTDOWN = 0x8004587D  # FS_IOC_SHUTDOWN, linux/fs.h
HARSH = "loop,commit=1,data=writeback,noauto_da_alloc"  # names are kept long before what they name
_NO_LOG_FLUSH = (2).to_bytes(4, "little")

Files = dict[str, str]
"""The digests of files by their names below `output/`."""


@contextmanager
def mounted(image: Path, place: Path) -> Iterator[None]:
    """Mount the file system in `image` at `place`; what others still hold open is waited for."""
    subprocess.run(["mount", "-o", HARSH, str(image), str(place)], check=True)
    try:
        yield
    finally:
        for _ in range(100):
            if not subprocess.run(
                ["umount", str(place)], capture_output=True, check=False
            ).returncode:
                break
            time.sleep(0.05)
        else:
            subprocess.run(["umount", str(place)], check=True)


def cut(place: Path) -> None:
    """Let nothing more of a file system reach its disk, and lose what has not yet."""
    handle = os.open(place, os.O_RDONLY)
    try:
        fcntl.ioctl(handle, _SHUTDOWN, _NO_LOG_FLUSH)
    finally:
        os.close(handle)


def lying(output: Path) -> Files:
    """Return what lies in an output, less what the program keeps for itself."""
    return {
        str(file.relative_to(output)): sha256(file.read_bytes()).hexdigest()
        for file in sorted(output.rglob("*"))
        if file.is_file() and not {".jianbao", "lost+found"} & set(file.parts)
    }


def say(root: Path, word: str) -> None:
    """Let each story say this word."""
    for story in root.glob("content/*/*/*.md"):
        text = story.read_text(encoding="utf-8")
        for other in ("引题：云溪区\n", *(f"引题：{each}\n" for each in WORDS)):
            text = text.replace(other, f"引题：{word}\n")
        story.write_text(text, encoding="utf-8")


def whole(bulletin: str, found: Files, builds: list[Files]) -> int:
    """Return which of the whole builds a bulletin is of; -1 where it is of none."""

    def of(files: Files) -> Files:
        return {name: files[name] for name in files if name.startswith(bulletin + "/")}

    return next((at for at, build in enumerate(builds) if of(build) == of(found)), -1)


class Disk:
    """A site whose `output/` lies on a disk of its own."""

    def __init__(self, folder: Path, bulletins: int) -> None:
        """Make the site, and the disk, empty."""
        folder.mkdir(exist_ok=True)
        self.root, self.image = folder / "site", folder / "disk"
        sites.jianbao(self.root, bulletins)
        self.output = self.root / "output"
        self.output.mkdir()
        with self.image.open("wb") as file:
            file.truncate(200 << 20)
        subprocess.run(["mkfs.ext4", "-q", str(self.image)], check=True)
        self.command = [*JIANBAO, "--site", str(self.root), "--no-pdf"]

    def built(self) -> Files:
        """Build undisturbed, and return what lies there."""
        with mounted(self.image, self.output):
            subprocess.run(self.command, check=True, capture_output=True)
            return lying(self.output)

    def disturbed(self, wait: float | None = None) -> None:
        """Build, and cut the power after so many seconds; or else when the names are on the disk."""
        with mounted(self.image, self.output):
            process = subprocess.Popen(
                self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            if wait is None:
                process.wait()
            time.sleep(2 if wait is None else wait)
            cut(self.output)
            process.kill()
            process.wait()
            time.sleep(0.2)  # its workers end with it

    def found(self) -> Files:
        """Return what lies there after the power is back."""
        with mounted(self.image, self.output):
            return lying(self.output)


def cuts(folder: Path, count: int, seed: int = 1, bulletins: int = 12) -> tuple[int, int]:
    """Return how many cuts left bulletins of both builds, and how many lost another file.

    An assertion fails where a bulletin was neither old nor new, or a build did not heal.
    """
    chance, disk = random.Random(seed), Disk(folder, bulletins)
    builds, times = [], []
    for word in WORDS:
        say(disk.root, word)
        start = time.monotonic()
        builds.append(disk.built())
        times.append(time.monotonic() - start)
    addresses = sorted(
        str(Path(name).parent) for name in builds[0] if name.endswith("/figures.json")
    )
    assert len(addresses) == bulletins
    both = lost = 0
    for turn in range(count):
        say(disk.root, WORDS[turn % 2])
        disk.disturbed(chance.random() * (min(times) + 2))
        found = disk.found()
        of = {address: whole(address, found, builds) for address in addresses}
        assert -1 not in of.values(), f"turn {turn}: {of}"
        both += len(set(of.values())) > 1
        lost += any(
            found.get(name) not in {build.get(name) for build in builds} for name in builds[0]
        )
        if turn % 3 == 2 or turn == count - 1:
            healed, wanted = disk.built(), builds[turn % 2]
            assert healed == wanted, sorted(set(healed.items()) ^ set(wanted.items()))
    return both, lost


def main(count: int = 50, seed: int = 1) -> None:
    """Cut the power so often, and print what was seen."""
    folder = Path(tempfile.mkdtemp())
    try:
        both, lost = cuts(folder, count, seed)
    finally:
        with suppress(OSError):
            shutil.rmtree(folder)
    sys.stdout.write(
        f"power cut {count} times, {both} of them between two bulletins, {lost} times a list was "
        "lost; each bulletin whole, and the next build healed everything\n"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
