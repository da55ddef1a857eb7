"""Cold builds: what all bulletins share is made once, unless it has changed meanwhile."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from jianbao import pipeline
from jianbao.delivery import shared
from jianbao.delivery.catalogue import Catalogue
from jianbao.delivery.shared import Foreseen, Placed, deliver_site
from jianbao.diagnostics import Checked
from jianbao.reading.sites import Office, Reported
from jianbao.settings import Settings
from tests.bench.changing import Changing
from tests.test_incremental import built

GONE = "yunxi/2026-48"


@pytest.fixture
def cold(small: Settings) -> Settings:
    """Return a small site of two bulletins, of which nothing is made."""
    settings = Changing(replace(small, pdf=False, remember=True), 0).settings
    shutil.rmtree(settings.output, ignore_errors=True)
    return settings


class Watched:
    """Delivers the site's own files, and lets something happen after the first time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        monkeypatch.setattr(shared, "deliver_site", self)

    def __call__(
        self,
        office: Office,
        root: Path,
        catalogue: Catalogue,
        known: Mapping[str, Reported],
        made_of: Mapping[str, str],
        foreseen: Foreseen | None,
    ) -> Checked[Placed]:
        """Return what is delivered."""
        made = deliver_site(office, root, catalogue, known, made_of, foreseen)
        self.times += 1
        if self.times == 1:
            self.happens(catalogue.output)
        return made

    def happens(self, output: Path) -> None:
        """Nothing happens."""


def test_what_all_share_is_made_once(cold: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """That its own folders are new is no reason to make it again, now or the next time."""
    watched = Watched(monkeypatch)
    pipeline.build(cold)

    assert 1 == watched.times
    assert () == built(cold).paths
    assert 1 == watched.times


def test_it_is_made_again_when_a_bulletin_goes_meanwhile(
    cold: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another build took a bulletin away before this one was done: no page names it."""
    watched = Watched(monkeypatch)
    monkeypatch.setattr(watched, "happens", lambda output: shutil.rmtree(output / GONE))
    pipeline.build(cold)

    assert watched.times > 1
    assert GONE not in (cold.output / "index.html").read_text(encoding="utf-8")


def test_it_is_made_again_when_sentences_change_meanwhile(
    cold: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another build delivered other sentences: search finds these."""
    watched = Watched(monkeypatch)

    def happens(output: Path) -> None:
        file = output / GONE / "text.js"
        text = file.read_text(encoding="utf-8")
        text = text.replace(']],"quotes"', '],["x","饕餮",["饕餮"]]],"quotes"')
        file.write_text(text, encoding="utf-8")

    monkeypatch.setattr(watched, "happens", happens)
    pipeline.build(cold)

    assert 2 == watched.times
    index = "".join(file.read_text(encoding="utf-8") for file in (cold.output / "search").iterdir())
    assert "饕餮" in index
