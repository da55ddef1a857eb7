"""Publishing that is cut off for real: the process killed, the disk of readers or our own full.

Whatever happens, readers have whole pages whose links lead somewhere, and the same command again
brings what was meant.
"""

import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import copy_of_small

ROOT = Path(__file__).parent.parent
FIRST, OTHER = "yunxi/2026-47", "yunxi/2026-48"
ENV = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
MOUNTED = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o size=24m none "$0" && exec "$@"']
# Kills itself at the n-th change of a file below a folder; says how many there were if it lives.
KILLED = """
import os, signal, sys
count, last, below = 0, int(sys.argv[1]), sys.argv[2]
CHANGES = {"os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir"}
def watch(event, found):
    global count
    writes = event == "open" and isinstance(found[1], str) and set(found[1]) & set("wax+")
    if (writes or event in CHANGES) and os.path.normpath(str(found[0])).startswith(below):
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)
from jianbao.cli import main
sys.addaudithook(watch)
sys.argv[1:] = sys.argv[3:]
try:
    main()
finally:
    print(f"changes: {count}", file=sys.stderr)
"""
# Publishes, leaves a disk so many bytes, publishes another bulletin, makes room, does it again.
FULL = """
import json, os, subprocess, sys
from pathlib import Path
disk, left, words, first, other = Path(sys.argv[1]), int(sys.argv[2]), *map(json.loads, sys.argv[3:])
def publish(address):
    done = subprocess.run([sys.executable, "-m", "jianbao.cli", "publish", address, *words],
                          capture_output=True, text=True)
    return done.returncode, done.stderr
def public():
    folder = Path(words[-1]).parent / "public"
    return {str(f.relative_to(folder)): f.read_bytes().hex() for f in folder.rglob("*") if f.is_file()}
begun = publish(first)
free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
(disk / "filler").write_bytes(b"x" * max(0, free - left))
full = publish(other)
between = public()
(disk / "filler").unlink()
print(json.dumps({"begun": begun, "full": full, "between": between, "again": publish(other),
                  "after": public()}))
"""


def office(folder: Path) -> list[str]:
    """Make a site with two bulletins that publishes to a folder; return the words all share."""
    settings = copy_of_small(folder)
    file = settings.root / "data/site.yaml"
    file.write_text(file.read_text("utf-8") + "publish: {共享盘: {to: ../public}}\n", "utf-8")
    shutil.copytree(settings.root / "content" / FIRST, settings.root / "content" / OTHER)
    plan = settings.root / "content" / OTHER / "bulletin.yaml"
    text = plan.read_text("utf-8").replace("number: 47", "number: 48").replace("312", "313")
    plan.write_text(re.sub(r"date: \S+", "date: 2026-11-28", text), "utf-8")
    said = ["--name", "王五", "--emergency", "试发", "--output", str(settings.output)]
    return [*said, "--site", str(settings.root)]


def publish(
    address: str, words: list[str], at: int = 0, where: str = ""
) -> subprocess.CompletedProcess[str]:
    """Publish a bulletin, killed at the n-th change of a file, below a folder; 0 is never."""
    below = str(Path(words[-1]).parent / where)
    command = [sys.executable, "-c", KILLED, str(at), below, "publish", address, *words]
    return subprocess.run(command, cwd=ROOT, env=ENV, capture_output=True, text=True, check=False)


def pages(folder: Path) -> dict[str, bytes]:
    """Return what readers can open, by path."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def dead(found: dict[str, bytes]) -> Iterator[str]:
    """Yield the links of public pages that lead nowhere."""
    for path, data in found.items():
        if path.endswith(".html"):
            for link in re.findall(r'(?:href|src)="([^"#:?]+)[#"?]', data.decode()):
                parts = [*path.split("/")[:-1], *link.split("/")]
                while ".." in parts[1:]:
                    at = parts.index("..", 1)
                    del parts[at - 1 : at + 1]
                target = "/".join(part for part in parts if part != ".")
                if target not in found and f"{target}/index.html".lstrip("/") not in found:
                    yield f"{path}: {link}"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """The site with its first bulletin public, and how many changes the second one's takes."""
    folder = tmp_path_factory.mktemp("cut")
    words = office(folder / "a")
    done = [publish(FIRST, words)]
    for copy, where in (("b", ""), ("c", "public")):
        shutil.copytree(folder / "a", folder / copy, symlinks=True)
        there = [word.replace(str(folder / "a"), str(folder / copy)) for word in words]
        done.append(publish(OTHER, there, where=where))

    assert [0] * 3 == [each.returncode for each in done], done
    counts = (int(each.stderr.rpartition("changes: ")[2]) for each in done[1:])
    return folder / "a", dict(zip(("", "public"), counts, strict=True))


@pytest.mark.parametrize(
    ("where", "share"),
    [("", 0.3), ("", 0.8), ("", 0.95), ("public", 0.2), ("public", 0.5), ("public", 0.8)],
)
def test_a_killed_publication_leaves_whole_pages(
    begun: tuple[Path, dict[str, int]], tmp_path: Path, where: str, share: float
) -> None:
    """Old pages or new ones, no dead link; the next publication brings it and leaves no rest."""
    folder, changes = begun
    home = tmp_path / "a"
    shutil.copytree(folder, home, symlinks=True)
    words = ["--name", "王五", "--emergency", "试发", "--output", str(home / "output")]
    words += ["--site", str(home / "site")]
    before = pages(home / "public")
    killed = publish(OTHER, words, int(changes[where] * share), where)
    between = pages(home / "public")
    again = publish(OTHER, words)
    after = pages(home / "public")

    assert -signal.SIGKILL == killed.returncode
    shown = {path: data for path, data in between.items() if not path.endswith(".part")}
    assert [] == [p for p in before if p.startswith(FIRST) and p not in shown]
    assert [] == [
        path for path, data in shown.items()
        if not path.startswith(".") and data not in (before.get(path), after.get(path))
    ]  # fmt: skip
    assert [] == list(dead(shown))
    assert 0 == again.returncode, again.stderr
    assert f"{OTHER}/index.html" in after
    assert [] == [path for path in after if path.endswith(".part")]
    assert [] == list(dead(after))


@pytest.mark.parametrize(("disk", "left"), [("public", 8192), ("output", 0), ("output", 40960)])
def test_a_full_disk_leaves_whole_pages_and_is_said(tmp_path: Path, disk: str, left: int) -> None:
    """Readers' disk or our own: what was public stays, the clerk is told, and again is enough."""
    words = office(tmp_path)
    place = tmp_path / disk
    place.mkdir()
    may = subprocess.run([*MOUNTED, str(place), "true"], capture_output=True, check=False)
    if may.returncode:
        pytest.skip("no disk of one's own may be mounted here")
    asked = [json.dumps(each) for each in (words, FIRST, OTHER)]
    command = [*MOUNTED, str(place), sys.executable, "-c", FULL, str(place), str(left), *asked]
    done = subprocess.run(command, cwd=ROOT, env=ENV, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    between, after = (
        {path: bytes.fromhex(data) for path, data in told[when].items() if path != "filler"}
        for when in ("between", "after")
    )

    assert 0 == told["begun"][0], told["begun"][1]
    assert 1 == told["full"][0], told["full"]
    assert "Traceback" not in told["full"][1]
    assert re.search("满|没有空间|没有地方", told["full"][1]), told["full"][1]
    assert [] == list(dead({p: d for p, d in between.items() if not p.endswith(".part")}))
    assert f"{FIRST}/index.html" in between
    assert 0 == told["again"][0], told["again"][1]
    assert f"{OTHER}/index.html" in after
    assert [] == [path for path in after if path.endswith(".part")]
