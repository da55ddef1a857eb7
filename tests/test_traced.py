"""A build watched from below: what it opens, writes and connects to, by strace."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import copy_of_small

ROOT = Path(__file__).parent.parent
CALLS = "open,openat,creat,connect,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlinkat"
BUILD = """
import sys
from datetime import date
from pathlib import Path
from jianbao import pipeline
from jianbao.settings import Settings
root, output = map(Path, sys.argv[1:])
made = pipeline.build(Settings(root, output, date(2026, 11, 22), templates=root / "templates", jobs=1))
print(*made.made)
"""
_CALL = re.compile(r"(\d+) +(\w+)\((.*?)(?:\) += (-?\d+|\?).*| <unfinished \.\.\.>)")
_RESUMED = re.compile(r"(\d+) +<\.\.\. (\w+) resumed>.*?\) += (-?\d+|\?).*")
_PATH = re.compile(r'(?:AT_FDCWD|\d+)<([^>]*)>, "([^"]*)"|^"([^"]*)"')
POISON = (
    "主题：推进\n---\n[点](http://10.0.0.1/a) <link rel=attachment href=file://{canary}>\n"
    "<style>@import url(http://10.0.0.1/a.css);</style><img src=http://10.0.0.1/a.png>\n"
)


def traced(*command: str, env: dict[str, str], trace: Path) -> str:
    """Return what a command prints; what it does stands in `trace`. Skips where it may not be."""
    strace = shutil.which("strace")
    if not strace:
        pytest.skip("strace is not installed")
    watch = [strace, "-f", "-qq", "-y", "-s", "4096", "-o", str(trace), "-e", f"trace={CALLS}"]
    may = subprocess.run([*watch, "true"], capture_output=True, text=True, check=False)
    if may.returncode:
        pytest.skip(f"strace may not trace here: {may.stderr.strip()}")
    done = subprocess.run(
        [*watch, *command], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    return done.stdout


def calls_in(trace: str) -> Iterator[tuple[str, str, int]]:
    """Yield each call with its words and result; one that was interrupted is put together."""
    begun: dict[tuple[str, str], str] = {}
    for line in trace.splitlines():
        if call := _CALL.fullmatch(line):
            if call[4] is None:
                begun[call[1], call[2]] = call[3]
            else:
                yield call[2], call[3], -1 if call[4] == "?" else int(call[4])
        elif end := _RESUMED.fullmatch(line):
            yield end[2], begun.pop((end[1], end[2])), -1 if end[3] == "?" else int(end[3])
        else:
            assert "(" not in line or "+++" in line or "---" in line, line


def test_a_build_stays_in_its_folders_and_calls_nobody(tmp_path: Path) -> None:
    """One bulletin is pressed, a poisoned one refused; nothing leaves, nothing outside is read."""
    site = copy_of_small(tmp_path).root
    canary, scratch, output = (tmp_path / name for name in ("canary", "scratch", "output"))
    canary.write_text("outside", encoding="utf-8")
    scratch.mkdir()
    bad = site / "content/yunxi/2026-48"
    shutil.copytree(bad.parent / "2026-47", bad)
    plan = (bad / "bulletin.yaml").read_text(encoding="utf-8")
    plan = plan.replace("number: 47\ntotal: 312", "number: 48\ntotal: 313")
    (bad / "bulletin.yaml").write_text(plan, encoding="utf-8")
    (bad / "lead.md").write_text(POISON.format(canary=canary), encoding="utf-8")
    (bad / "photos").mkdir()
    (bad / "photos/a.jpg").symlink_to(canary)
    with (bad / "lead.md").open("a", encoding="utf-8") as story:
        story.write("/// photo | photos/a.jpg\nalt: 替\n\n坚守\n///\n")
    env = {**os.environ, "TMPDIR": str(scratch), "PYTHONDONTWRITEBYTECODE": "1"}

    made = traced(
        sys.executable, "-c", BUILD, str(site), str(output), env=env, trace=tmp_path / "trace"
    )

    trace = (tmp_path / "trace").read_text(encoding="utf-8", errors="replace")
    calls = list(calls_in(trace))
    opened: list[tuple[str, int]] = []
    written: list[tuple[str, int]] = []
    for call, words, result in calls:
        for start, name, bare in _PATH.findall(words):
            path = os.path.normpath(Path(start or ROOT, name or bare))
            reads = call in ("open", "openat") and not re.search(r"O_WRONLY|O_RDWR|O_CREAT", words)
            (opened if reads else written).append((path, result))
    assert "yunxi/2026-47" == made.strip()
    assert str(site / "content/yunxi/2026-48/lead.md") in {path for path, _ in opened}
    assert str(canary) not in {path for path, _ in opened}
    called = [words for call, words, _ in calls if call == "connect" and "AF_UNIX" not in words]
    assert [] == called
    ours = (str(output), str(scratch), "/dev/", "/proc/self/", "/proc/thread-self/")
    assert any(path.startswith(str(output)) for path, _ in written)
    assert [] == [
        path
        for path, result in written
        if result >= 0 and not path.startswith(ours) and "fontconfig" not in path
    ]
