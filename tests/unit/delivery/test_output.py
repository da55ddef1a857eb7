"""The output: wholly old or wholly new, however a build ends, and healed by the next one."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from jianbao.delivery import output as module
from jianbao.delivery.output import deliver_file, deliver_folder, heal

LOOP = """
import itertools, sys
from pathlib import Path
from jianbao.delivery.output import deliver_file, deliver_folder
for turn in itertools.count():
    text = b"%d" % turn
    files = {name: text * 2000 for name in ("index.html", "photos/a.jpg", "photos/b.jpg")}
    deliver_folder(Path(sys.argv[1]), "yunxi/2026-47", files)
    deliver_file(Path(sys.argv[1]), "index.html", text * 2000)
    print(turn, flush=True)
"""


MEET = """
import sys
from pathlib import Path
from jianbao.delivery import output as module
if sys.argv[3] == "plain":
    module._exchange = lambda one, other: False
print("ready", flush=True)
for turn in sys.stdin:
    address = "yunxi/" + turn.strip()
    module.deliver_folder(Path(sys.argv[1]), address, {"index.html": sys.argv[2].encode()})
    print("done", flush=True)
"""


def whole(folder: Path) -> bool:
    """Return whether all files of a bulletin are of one turn, and none is cut short."""
    place = folder / "yunxi/2026-47"
    texts = {file.read_bytes() for file in place.rglob("*") if file.is_file()}
    names = sorted(str(f.relative_to(place)) for f in place.rglob("*") if f.is_file())
    return len(texts) == 1 and names == ["index.html", "photos/a.jpg", "photos/b.jpg"]


def test_a_killed_build_leaves_each_folder_whole(tmp_path: Path) -> None:
    """SIGKILL at random moments: what is there is of one turn; the next build clears the rest."""
    chance = random.Random(8)
    for _ in range(10):
        process = subprocess.Popen(
            [sys.executable, "-c", LOOP, str(tmp_path)], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.random() / 20)
        process.kill()
        process.wait()
        process.stdout.close()

        assert whole(tmp_path)
        assert len(set((tmp_path / "index.html").read_bytes())) <= 10
        heal(tmp_path)
        assert [] == list((tmp_path / ".jianbao").glob("*"))


def test_a_build_at_work_is_left_alone(tmp_path: Path) -> None:
    """Two builds at once into one output: neither takes the other's stage for a leftover."""
    with ExitStack() as stack:
        processes = [stack.enter_context(_running(LOOP, tmp_path)) for _ in range(2)]
        for _ in range(300):
            heal(tmp_path)
        alive = [process.poll() for process in processes]

    assert [None, None] == alive
    assert whole(tmp_path)


@pytest.mark.parametrize("system", ["exchanging", "plain"])
def test_two_builds_may_make_the_same_folder_first(tmp_path: Path, system: str) -> None:
    """Each finds the place free, and only one can take it; the other takes its turn."""
    with ExitStack() as stack:
        both = [stack.enter_context(_running(MEET, tmp_path, name, system)) for name in "ab"]
        for turn in range(200):
            for process in both:
                assert process.stdin is not None
                process.stdin.write(b"%d\n" % turn)
                process.stdin.flush()
            heal(tmp_path)
            assert [b"done\n"] * 2 == [process.stdout.readline() for process in both]  # type: ignore[union-attr]
            assert (tmp_path / f"yunxi/{turn}/index.html").read_bytes() in (b"a", b"b")


@contextmanager
def _running(code: str, *words: Path | str) -> Iterator[subprocess.Popen[bytes]]:
    """Give a process that has said its first word; it is killed afterwards."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", code, *map(str, words)]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield process
        finally:
            process.kill()


def test_without_an_exchange_the_old_folder_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between taking the old folder away and putting the new one there."""
    monkeypatch.setattr(module, "_exchange", lambda _one, _other: False)
    deliver_folder(tmp_path, "yunxi/2026-47", {"index.html": b"old"})
    deliver_folder(tmp_path, "yunxi/2026-47", {"index.html": b"new"})
    assert (tmp_path / "yunxi/2026-47/index.html").read_bytes() == b"new"
    stage = tmp_path / ".jianbao/stage-killed"
    stage.mkdir(parents=True)
    (stage / "address").write_text("yunxi/2026-47")
    (tmp_path / "yunxi/2026-47").rename(stage / "old")

    heal(tmp_path)

    assert (tmp_path / "yunxi/2026-47/index.html").read_bytes() == b"new"
    assert not stage.exists()


@pytest.mark.skipif(os.name != "posix", reason="limits of a process")
def test_a_full_disk_leaves_the_old_folder(tmp_path: Path) -> None:
    """A file that cannot be written to its end is no file; nothing of it is seen."""
    deliver_folder(tmp_path, "yunxi/2026-47", {"index.html": b"old"})
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from jianbao.delivery.output import deliver_folder\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: deliver_folder(Path(sys.argv[1]), 'yunxi/2026-47', {'index.html': b'n' * 5000})\n"
        "except OSError as fault: print(fault.errno)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )

    assert "27" == said.stdout.strip()
    assert (tmp_path / "yunxi/2026-47/index.html").read_bytes() == b"old"
    assert not (tmp_path / ".jianbao").exists()


def test_a_file_changes_in_one_step(tmp_path: Path) -> None:
    """A single file is replaced, and its folder made where it is missing."""
    deliver_file(tmp_path, ".schemas/site.json", b"1")
    deliver_file(tmp_path, ".schemas/site.json", b"2")

    assert (tmp_path / ".schemas/site.json").read_bytes() == b"2"


def test_a_preview_does_not_wait_for_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is to last is on the disk before it is switched; a preview's pages need not be."""
    flushed: list[Path] = []
    monkeypatch.setattr("jianbao.delivery.output._flush", flushed.append)
    deliver_folder(tmp_path, "a/1", {"index.html": b"x"}, lasting=False)
    assert [] == flushed
    deliver_folder(tmp_path, "a/1", {"index.html": b"y"})

    assert 1 == len(flushed)
