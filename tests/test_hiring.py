"""Workers of the press are started before all else, as many as there is work for."""

import gc
from dataclasses import replace

import pytest

from jianbao import pipeline
from jianbao.delivery.workers import Workers
from jianbao.pipeline import hiring, running
from jianbao.pipeline.recalling import recalled
from jianbao.settings import Settings

STORY = "content/yunxi/2026-47/lead.md"


@pytest.fixture
def site(small: Settings) -> Settings:
    """Return a site that was built with its PDFs, and has got another sentence since."""
    made = replace(small, remember=True, jobs=2)
    pipeline.build(made)
    story = made.root / STORY
    story.write_text(story.read_text(encoding="utf-8") + "又一句话。\n", encoding="utf-8")
    return made


def test_as_many_workers_as_pdfs(site: Settings) -> None:
    """One page has changed: one worker, though two processors are there."""
    past = recalled(site)
    with hiring.hired(site, past) as workers:
        assert workers
        assert 1 == workers.width


def test_no_workers_where_none_are_of_use(site: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not without PDFs, without a last build, on a cluster, or where bulletins are made whole."""
    past = recalled(site)
    cases = [
        (replace(site, pdf=False), past),
        (replace(site, jobs=0), past),
        (replace(site, cluster="tcp://127.0.0.1:1"), past),
        (replace(site, targets=("xixi",)), past),
        (site, None),
    ]
    for settings, known in cases:
        with hiring.hired(settings, known) as workers:
            assert workers is None
    monkeypatch.setattr(hiring, "_MANY", 1)
    with hiring.hired(site, past) as workers:
        assert workers is None


def test_the_pages_are_pressed_by_the_workers_that_are_ready(
    site: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No others are started, and what they press is what is pressed elsewhere."""
    widths = []
    begin = Workers.__init__

    def counted(self: Workers, count: int, *others: object) -> None:
        widths.append(count)
        begin(self, count, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(Workers, "__init__", counted)
    outcome = pipeline.build(site)
    there = (site.output / "yunxi/2026-47/bulletin.pdf").read_bytes()
    elsewhere = replace(site, output=site.root / "other", remember=False, jobs=0)
    pipeline.build(elsewhere)

    assert ("yunxi/2026-47",) == outcome.made
    assert [1] == widths
    assert there == (elsewhere.output / "yunxi/2026-47/bulletin.pdf").read_bytes()


def test_garbage_is_collected_again_afterwards(
    site: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not while few bulletins are made; always while many are, and whatever happens, afterwards."""
    seen = []

    def looked(*_words: object, **_named: object) -> None:
        seen.append(gc.isenabled())
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "run", looked)
    for settings in (site, replace(site, pdf=False)):
        with pytest.raises(KeyboardInterrupt):
            pipeline.build(settings)
        assert gc.isenabled()

    assert [False, True] == seen
