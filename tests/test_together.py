"""Of many bulletins a worker delivers some together; each is as if it had been made alone."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jianbao import pipeline
from jianbao.delivery import output, shared
from jianbao.delivery.limits import Limits
from jianbao.delivery.workers import InThisProcess
from jianbao.pipeline import running
from jianbao.settings import Settings, shipped_templates
from jianbao.site.searching import Grams
from jianbao.site.texts import Text
from tests.bench import sites

MANY = 24
WILD = "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}"


def tree(folder: Path) -> dict[str, bytes]:
    """Return what lies in a folder, by name, less what the program keeps for itself."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".jianbao" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture
def site(tmp_path: Path) -> Settings:
    """Return a site of many bulletins, made by two workers."""
    root = tmp_path / "site"
    sites.jianbao(root, MANY)
    return Settings(
        root, root / "output", date(2026, 11, 22), pdf=False, fonts=False, jobs=2,
        templates=shipped_templates(),
    )  # fmt: skip


class Here(InThisProcess):
    """Does what workers are asked in this process, which alone knows what a test has replaced."""

    def __init__(self, count: int, _limits: Limits, warm: Callable[[], object]) -> None:
        self.width, self._kept = count, warm()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Give a task what a worker has at hand."""
        return super().submit(fn, self._kept, *args, **kwargs)


def test_they_are_the_same_as_one_by_one(site: Settings, tmp_path: Path) -> None:
    """To the last byte."""
    alone = replace(site, output=tmp_path / "alone", jobs=1)
    together, one_by_one = pipeline.build(site), pipeline.build(alone)

    assert MANY == len(together.made)
    assert together.made == one_by_one.made
    assert tree(site.output) == tree(alone.output)


def test_their_index_is_made_by_the_workers(
    site: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is left to do for the process that waits for them, and search finds the same."""
    here, block_index = os.getpid(), vars(shared)["block_index"]

    def elsewhere(texts: Sequence[Text]) -> Grams:
        assert os.getpid() != here
        made: Grams = block_index(texts)
        return made

    with monkeypatch.context() as patched:
        patched.setattr(shared, "block_index", elsewhere)
        pipeline.build(replace(site, remember=True))
    alone = replace(site, output=tmp_path / "alone", jobs=1)
    pipeline.build(alone)

    assert tree(site.output) == tree(alone.output)


def test_the_disk_is_waited_for_once_for_some(
    site: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before any of these is in its place."""
    counts, flush = list[int](), output._flush

    def noted(stage: Path) -> None:
        counts.append(len(list(stage.iterdir())))
        flush(stage)

    monkeypatch.setattr(output, "_flush", noted)
    monkeypatch.setattr(running, "Workers", Here)
    pipeline.build(site)

    assert MANY == sum(counts)
    assert counts[0] == 1, "how long they take is not known yet"
    assert {1, 3} == set(counts)


def test_those_that_take_long_are_not_kept_waiting(
    site: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bulletins that take their time are delivered one by one."""
    times, flush = list[Path](), output._flush

    def noted(stage: Path) -> None:
        times.append(stage)
        flush(stage)

    monkeypatch.setattr(output, "_flush", noted)
    monkeypatch.setattr(running, "Workers", Here)
    monkeypatch.setattr(running, "_LONG", 0)
    outcome = pipeline.build(site)

    assert MANY == len(times)
    assert [f"yunxi/2021-{number}" for number in range(1, MANY + 1)] == sorted(
        outcome.made, key=lambda address: int(address.rpartition("-")[2])
    )


def test_a_wild_one_costs_itself_alone(site: Settings) -> None:
    """Those that were made together with it are made, and nothing is left of the first attempt."""
    page = site.root / "templates/web.html"
    page.parent.mkdir()
    shipped = (shipped_templates() / "web.html").read_text(encoding="utf-8")
    wild = f"{{% if bulletin.number == '5' %}}{WILD}{{% endif %}}"
    page.write_text(shipped + wild, encoding="utf-8")
    outcome = pipeline.build(replace(site, task_seconds=3))

    assert ["bulletin-stopped"] == [finding.rule for finding in outcome.findings]
    assert ("yunxi/2021-5",) == outcome.kept
    assert MANY - 1 == len(outcome.made)
    assert not list((site.output / ".jianbao").glob("stage-*"))


def test_one_that_cannot_be_put_leaves_the_others(tmp_path: Path) -> None:
    """It says why; what was there stays, and nothing is left beside it."""
    (tmp_path / "b").write_bytes(b"somebody's own")
    with output.Folders(tmp_path) as folders:
        for address in ("a/1", "b/1", "a/2"):
            folders.put(address, {"fonts/x": address.encode(), "index.html": b"new"})
        assert not (tmp_path / "a").exists()
        failed = folders.switch()

    assert ["b/1"] == list(failed)
    assert b"a/2" == (tmp_path / "a/2/fonts/x").read_bytes()
    assert b"a/1" == (tmp_path / "a/1/fonts/x").read_bytes()
    assert {"a", "b"} == {path.name for path in tmp_path.iterdir()}


def test_where_the_disk_fails_none_is_put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows which of them would last."""

    def fails(_stage: Path) -> None:
        raise OSError(5, "broken")

    monkeypatch.setattr(output, "_flush", fails)
    with output.Folders(tmp_path) as folders:
        folders.put("a/1", {"index.html": b"new"})
        folders.put("a/2", {"index.html": b"new"})
        failed = folders.switch()

    assert ["a/1", "a/2"] == list(failed)
    assert [] == list(tmp_path.iterdir())
