"""Two people at one shared folder: one works, the other is told who and what to do."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from jianbao.cli.language import translator
from jianbao.cli.showing import sentence
from jianbao.delivery.lock import LOCK, Worker, site_lock

NOW = datetime(2026, 11, 26, 9, 30)  # noqa: DTZ001
ME = Worker("王秀兰", "PC-2", os.getpid(), "collect")


def said(root: Path, worker: Worker, now: datetime = NOW) -> str:
    """Return what somebody is told who wants to write; "" where they may."""
    with site_lock(root, worker, now) as taken:
        return sentence(taken, translator("zh")) if taken else ""


def gone() -> int:
    """Return the number of a program that has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_the_second_is_told_who_the_first_is_and_may_go_on_after(tmp_path: Path) -> None:
    """While one works the other is told; afterwards nothing is left of the lock."""
    other = Worker("李建国", "PC-2", os.getppid(), "sign")
    with site_lock(tmp_path, ME, NOW) as taken:
        told = said(tmp_path, other, NOW + timedelta(minutes=2))

    assert taken is None
    assert told == (
        "差错　data/.lock.yaml：电脑PC-2上的王秀兰从11-26 09:30起正在做collect。"
        "请等那边做完，再运行一次这个命令。"
    )
    assert said(tmp_path, other) == ""
    assert not (tmp_path / LOCK).exists()


def test_a_lock_whose_program_has_gone_is_taken_over(tmp_path: Path) -> None:
    """A power cut on this computer stops nobody."""
    (tmp_path / "data").mkdir()
    old = Worker("王秀兰", "PC-2", gone(), "collect")
    left = site_lock(tmp_path, old, NOW)
    left.__enter__()

    assert said(tmp_path, ME) == ""
    assert not (tmp_path / LOCK).exists()


def test_an_old_lock_of_another_computer_is_explained(tmp_path: Path) -> None:
    """Whether that computer still works only a person can say: what to delete is named."""
    with site_lock(tmp_path, Worker("李建国", "PC-1", gone(), "sign"), NOW):
        told = said(tmp_path, ME, NOW + timedelta(hours=3))
        soon = said(tmp_path, ME, NOW + timedelta(minutes=3))

    assert "已经很久了：请先问一声；如果确实没有人在做，就删去文件data/.lock.yaml。" in told
    assert "请等那边做完" in soon


@pytest.mark.parametrize("data", [b"", b"\xff\x00", b"name: [", b"pid: 99999999999999"])
def test_a_lock_that_cannot_be_read_is_still_a_lock(tmp_path: Path, data: bytes) -> None:
    """Nobody writes beside a damaged lock, and nobody deletes it unasked."""
    (tmp_path / "data").mkdir()
    (tmp_path / LOCK).write_bytes(data)

    assert said(tmp_path, ME).startswith("差错　data/.lock.yaml：有人正在")
    assert (tmp_path / LOCK).read_bytes() == data


def test_an_error_in_the_block_gives_the_lock_back(tmp_path: Path) -> None:
    """Our own bugs leave no lock behind."""
    with pytest.raises(ZeroDivisionError), site_lock(tmp_path, ME, NOW):
        _ = 1 / 0

    assert said(tmp_path, ME) == ""


def count_up(root: Path, number: int) -> None:
    """Add 20 to a file's number, one by one, whenever the lock is free."""
    counted = 0
    me = Worker(str(number), "PC", os.getpid(), "count")
    while counted < 20:
        with site_lock(root, me, NOW) as taken:
            if taken is None:
                file = root / "number"
                file.write_text(str(int(file.read_text()) + 1))
                counted += 1


@pytest.mark.parametrize("stale", [False, True])
def test_nobody_writes_beside_another(tmp_path: Path, stale: bool) -> None:
    """Three at once, with a lock left behind or without: no step of anybody is lost."""
    (tmp_path / "number").write_text("0")
    if stale:
        site_lock(tmp_path, Worker("old", "PC", gone(), "count"), NOW).__enter__()
    context = get_context("fork")
    crowd = [context.Process(target=count_up, args=(tmp_path, one)) for one in range(3)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(60)

    assert (tmp_path / "number").read_text() == "60"
