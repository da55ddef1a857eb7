"""A power cut in the midst of a build: a real file system that loses what was not on its disk."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.bench.powercut import WORDS, Disk, say, whole


def test_a_power_cut_leaves_what_was_switched_whole(tmp_path: Path) -> None:
    """The new bulletins' names are on the disk, and so is what they name; the next build heals."""
    (tmp_path / "disk").write_bytes(b"")
    os.truncate(tmp_path / "disk", 8 << 20)
    (tmp_path / "mounted").mkdir()
    tried = ["mkfs.ext4 -q disk", "mount -o loop disk mounted", "umount mounted"]
    may = [
        subprocess.run(words.split(), cwd=tmp_path, capture_output=True, check=False).returncode
        for words in tried
        if not os.getuid()
    ]
    if may != [0, 0, 0]:
        pytest.skip("no disk of one's own may be mounted here")

    disk = Disk(tmp_path / "site", 2)
    builds = []
    for word in WORDS:
        say(disk.root, word)
        builds.append(disk.built())
    say(disk.root, WORDS[0])

    disk.disturbed()

    left = disk.found()
    assert {0} == {whole(f"yunxi/2021-{number}", left, builds) for number in (1, 2)}
    assert disk.built() == builds[0]
