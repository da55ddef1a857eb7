"""What all bulletins share is made while the last of them are pressed, and counts only if it holds."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from jianbao import pipeline
from jianbao.delivery import shared
from jianbao.delivery.output import Folders
from jianbao.delivery.pressing import Press, Ticket
from jianbao.diagnostics import Checked
from jianbao.pipeline import running
from jianbao.pipeline.finishing import finish
from jianbao.pipeline.runs import Composed, Result, Run
from jianbao.press.jobs import Fault, Pressed, Trouble
from jianbao.press.tasks import Taken
from jianbao.settings import Settings
from jianbao.site.whole import Sources, whole_site
from tests.bench.changing import Changing, difference
from tests.test_incremental import LATER, STORY, built

GONE = "yunxi/2026-48"


@pytest.fixture
def pressed(small: Settings) -> Settings:
    """Return a small site of two bulletins that were pressed by a worker."""
    settings = Changing(replace(small, pdf=True, remember=True, jobs=1), 0).settings
    pipeline.build(settings)
    return settings


def add(settings: Settings, story: str, words: str) -> None:
    """Write words under a story."""
    file = settings.root / story
    file.write_text(file.read_text(encoding="utf-8") + words, encoding="utf-8")


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[Sources]:
    """Return what the site's own files are made from, each time they are."""
    made: list[Sources] = []

    def watched(sources: Sources) -> Checked[Mapping[str, bytes]]:
        made.append(sources)
        return whole_site(sources)

    monkeypatch.setattr(shared, "whole_site", watched)
    return made


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen when the pages are pressed, before the bulletin is delivered."""

    def later(
        run: Run, composed: Composed, papers: Mapping[str, Pressed], folders: Folders
    ) -> Result:
        happens()
        return finish(run, composed, papers, folders)

    monkeypatch.setattr(running, "finish", later)


def test_it_is_made_once_and_right(pressed: Settings, counted: list[Sources]) -> None:
    """The index of search and the lists know the new sentence, and were not made twice."""
    add(pressed, STORY, "龘字一句。\n")
    outcome = built(pressed)
    index = "".join(f.read_text(encoding="utf-8") for f in (pressed.output / "search").iterdir())

    assert (("yunxi/2026-47",), 1) == (outcome.made, len(counted))
    assert "龘" in index
    assert [] == difference(pressed)
    assert () == built(pressed).paths


def test_a_bulletin_that_goes_meanwhile_is_in_no_list(
    pressed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another build took it away while this one's pages were pressed."""
    meanwhile(monkeypatch, lambda: shutil.rmtree(pressed.output / GONE, ignore_errors=True))
    add(pressed, STORY, "龘字一句。\n")
    built(replace(pressed, targets=("yunxi/2026-47",)))

    assert GONE not in (pressed.output / "index.html").read_text(encoding="utf-8")


def test_a_bulletin_that_is_kept_was_foreseen_in_vain(
    pressed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The press of the second was broken off: its old page stays, and search knows that one."""
    take, taken = Press.take, iter(range(9))

    def broken(press: Press, ticket: Ticket) -> Taken:
        found = take(press, ticket)
        stopped = Taken(Pressed(b"", 0, (Trouble(Fault.STOPPED, "killed"),)))
        return stopped if next(taken) else found

    add(pressed, STORY, "靐字一句。\n")
    add(pressed, f"{LATER}/lead.md", "龘字一句。\n")
    with monkeypatch.context() as patch:
        patch.setattr(Press, "take", broken)
        outcome = built(pressed)
    index = "".join(f.read_text(encoding="utf-8") for f in (pressed.output / "search").iterdir())

    assert (("yunxi/2026-47",), ("yunxi/2026-48",)) == (outcome.made, outcome.kept)
    assert (True, False) == ("靐" in index, "龘" in index)
    assert [] == difference(pressed)


def test_a_new_bulletin_has_its_neighbours_pages_righted(
    pressed: Settings, counted: list[Sources]
) -> None:
    """Pages of bulletins that have got a new neighbour are put right once it lies there."""
    plan = Path(f"content/{GONE}").with_name("2026-49")
    shutil.copytree(pressed.root / LATER, pressed.root / plan)
    file = pressed.root / plan / "bulletin.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new in (("48", "49"), ("313", "314"), ("11-28", "12-05")):
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    assert ("yunxi/2026-48", "yunxi/2026-49") == built(pressed).made[-2:]

    assert [] == difference(pressed)
    assert counted
