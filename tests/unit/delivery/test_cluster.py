"""A real scheduler and real workers in processes of their own, one of which is killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from jianbao import pipeline
from jianbao.delivery.cluster import open_cluster
from jianbao.press.jobs import Job
from jianbao.press.tasks import press_job
from jianbao.settings import Settings

pytest.importorskip("distributed")
DASK = [sys.executable, "-m"]
QUIET = ["--no-dashboard"]


def started(*words: str, **environment: str) -> subprocess.Popen[bytes]:
    """Start a program that ends with the test."""
    return subprocess.Popen(
        [*DASK, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, **environment}, start_new_session=True,
    )  # fmt: skip


@contextmanager
def cluster(folder: Path, *fonts: str) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Give a scheduler's address and workers on loopback, one for each configuration of fonts."""
    import json

    file = folder / "scheduler.json"
    scheduler = started(
        "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
        "--scheduler-file", str(file), *QUIET,
    )  # fmt: skip
    workers = []
    try:
        for number, conf in enumerate(fonts):
            workers.append(
                started(
                    "distributed.cli.dask_worker",
                    "--scheduler-file",
                    str(file),
                    "--nthreads",
                    "1",
                    "--no-nanny",
                    "--local-directory",
                    str(folder / str(number)),
                    *QUIET,
                    FONTCONFIG_FILE=conf,
                )
            )
        while not file.exists():
            time.sleep(0.05)
        address = json.loads(file.read_text(encoding="utf-8"))["address"]
        await_workers(address, len(fonts))
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def await_workers(address: str, count: int) -> None:
    """Wait until so many workers have said that they are there."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        client.wait_for_workers(count, timeout=60)


def given(address: str) -> int:
    """Return how many tasks the scheduler has moved."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        moved: int = client.run_on_scheduler(
            lambda dask_scheduler: dask_scheduler.transition_counter
        )
    return moved


def page(number: int) -> Job:
    """Return a page that takes a moment to press."""
    text = "县区级实事项目" * 300
    return Job(f"<html lang=zh-CN><title>{number}</title><p>{number}{text}", {})


def test_a_worker_that_dies_is_replaced_and_one_without_fonts_is_not_used(tmp_path: Path) -> None:
    """Pages come back the same as from here; the worker with other fonts is named."""
    conf = os.environ.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    bare = tmp_path / "fonts.conf"
    bare.write_text("<fontconfig><dir>/nowhere</dir></fontconfig>", encoding="utf-8")
    with (
        cluster(tmp_path, conf, conf, str(bare)) as (address, workers),
        open_cluster(address) as found,
    ):
        assert 2 == found.width
        assert ["cluster-worker"] == [finding.rule for finding in found.findings]
        assert "lacks the font" in found.findings[0].message.text
        assert found.executor
        futures = [found.executor.submit(press_job, page(number)) for number in range(8)]
        futures[0].result(60)
        os.kill(workers[0].pid, signal.SIGKILL)
        pressed = [future.result(120) for future in futures]

    assert [press_job(page(number)).pdf for number in (0, 7)] == [pressed[0].pdf, pressed[7].pdf]


def test_a_build_on_a_cluster_is_the_same_build(small: Settings, tmp_path: Path) -> None:
    """The same files, byte for byte, as pressed here."""
    conf = os.environ.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    with cluster(tmp_path, conf) as (address, _):
        there = pipeline.build(replace(small, output=tmp_path / "there", cluster=address))
        assert given(address) > 0
    pipeline.build(small)

    assert () == there.findings
    names = ("index.html", "bulletin.pdf")
    for name in names:
        file = Path("yunxi/2026-47") / name
        assert (small.output / file).read_bytes() == (tmp_path / "there" / file).read_bytes()


def test_a_cluster_that_does_not_answer_is_an_error(small: Settings) -> None:
    """Nothing is made, and it is said which address does not answer."""
    outcome = pipeline.build(replace(small, cluster="nonsense://127.0.0.1:1"))

    assert ["cluster-unfit"] == [finding.rule for finding in outcome.findings]
    assert () == outcome.made
