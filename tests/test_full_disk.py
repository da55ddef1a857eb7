"""A disk that is full in the midst of a build: a real one, a few megabytes of memory."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import copy_of_small

ROOT = Path(__file__).parent.parent
MOUNTED = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o size=8m none "$0" && exec "$@"']
# One turn: fill the disk but for so many bytes, change a word, build, make room, build again.
TURNS = """
import hashlib, json, os, subprocess, sys
from pathlib import Path
site, output = map(Path, sys.argv[1:3])
def build():
    words = ["build", "--site", str(site), "--output", str(output), "--no-pdf"]
    return subprocess.run([sys.executable, "-m", "jianbao.cli", *words], capture_output=True, text=True)
def lying():
    files = (file for file in sorted(output.rglob("*")) if file.is_file() and file.name != "filler")
    return {str(f.relative_to(output)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}
def bulletin(files):
    return {name: digest for name, digest in files.items() if name.startswith("yunxi/2026-47/")}
story, turns = site / "content/yunxi/2026-47/lead.md", []
first = build()
for left in map(int, sys.argv[3:]):
    before = lying()
    free = os.statvfs(output).f_bavail * os.statvfs(output).f_frsize
    (output / "filler").write_bytes(b"x" * max(0, free - left))
    story.write_text(story.read_text("utf-8") + f"又一句{left}。\\n", "utf-8")
    full, full_files = build(), lying()
    (output / "filler").unlink()
    healed, after = build(), lying()
    word = f"又一句{left}。".encode()
    turns.append({
        "code": full.returncode, "said": full.stderr, "healed": healed.returncode,
        "same": bulletin(before) == bulletin(full_files) != bulletin(after),
        "new": bulletin(full_files) == bulletin(after),
        "there": word in (output / "yunxi/2026-47/index.html").read_bytes(),
        "rest": [n for n in after if n.startswith(".jianbao/stage")],
    })
print(json.dumps({"first": first.returncode, "said": first.stderr, "turns": turns}))
"""


def test_a_full_disk_leaves_the_old_bulletin_and_says_so(tmp_path: Path) -> None:
    """Whatever is left of the disk: the bulletin is wholly old or new, and the next build heals."""
    settings = copy_of_small(tmp_path)
    settings.output.mkdir()
    may = subprocess.run([*MOUNTED, str(settings.output), "true"], capture_output=True, check=False)
    if may.returncode:
        pytest.skip("no disk of one's own may be mounted here")
    left = ("0", "4096", "65536", "262144")
    words = [sys.executable, "-c", TURNS, str(settings.root), str(settings.output), *left]
    done = subprocess.run(
        [*MOUNTED, str(settings.output), *words],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)

    assert 0 == told["first"], told["said"]
    for turn in told["turns"]:
        assert turn["same"] or turn["new"], turn
        assert "Traceback" not in turn["said"], turn
        assert turn["code"] == 0 or "磁盘满了" in turn["said"], turn
        assert (0, True, []) == (turn["healed"], turn["there"], turn["rest"]), turn
    assert any(turn["same"] and turn["code"] for turn in told["turns"])
