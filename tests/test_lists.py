"""Lists are made again where something that they show has changed, and nowhere else."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jianbao import pipeline
from jianbao.delivery import catalogue
from jianbao.model import Entry
from jianbao.pipeline import running
from jianbao.pipeline.runs import Result
from jianbao.settings import Settings
from jianbao.site import whole
from tests.bench.changing import Changing, difference
from tests.test_incremental import built

STORY = "content/yunxi/2026-47/lead.md"


class Counted:
    """Counts what is asked for by name, and passes it on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> None:
        self.asked: list[str] = []
        self._real: Callable[..., object] = getattr(module, name)
        monkeypatch.setattr(module, name, self)

    def __call__(self, first: object, second: object, *others: object) -> object:
        """Note the second argument, which is a name."""
        self.asked.append(str(second))
        return self._real(first, second, *others)


@pytest.fixture
def site(small: Settings) -> Settings:
    """Return a site of two bulletins, built by a build that remembers."""
    made = Changing(replace(small, pdf=False, remember=True), 0).settings
    pipeline.build(made)
    built(made)
    return made


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """Return what counts the templates that lists are filled from."""
    return Counted(monkeypatch, whole, "fill")


def change(site: Settings, old: str, new: str) -> None:
    """Change a word of a story, and build."""
    story = site.root / STORY
    text = story.read_text(encoding="utf-8")
    assert old in text
    story.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert built(site).made


def says(site: Settings, words: str) -> set[str]:
    """Return the pages with these words, less the bulletins' own."""
    return {
        str(page.relative_to(site.output))
        for page in site.output.rglob("*.html")
        if words in page.read_text(encoding="utf-8") and "2026-" not in str(page.parent.name)
    }


def test_a_sentence_fills_no_list(
    site: Settings, filled: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it quotes no figure; and the other bulletin's files are not read again."""
    read = Counted(monkeypatch, catalogue, "read_record")
    story = site.root / STORY
    story.write_text(story.read_text(encoding="utf-8") + "又一句鹂话。\n", encoding="utf-8")
    built(site)

    assert [] == filled.asked
    assert "yunxi/2026-47" in read.asked
    assert "yunxi/2026-48" not in read.asked
    assert "鹂" in "".join(f.read_text("utf-8") for f in (site.output / "search").glob("0*.js"))


def test_a_headline_is_new_in_every_list(site: Settings) -> None:
    """On the front page, and wherever bulletins are listed."""
    change(site, "主题：", "主题：鹂")
    there = says(site, "鹂")

    assert {"index.html", "years/2026.html"} < there
    assert [] == difference(site)


def test_a_sentence_that_quotes_is_new_beside_its_figure(site: Settings, filled: Counted) -> None:
    """Only on the pages of figures that bulletins of the campaign quote."""
    change(site, "{{ 实事.项目 }}", "鹂{{ 实事.项目 }}")
    there = says(site, "鹂")

    assert there
    assert all(name.startswith("yunxi/data/") for name in there)
    assert {"dataset.html"} == set(filled.asked)
    assert [] == difference(site)


def test_another_figure_is_new_where_it_is_shown(site: Settings) -> None:
    """On the campaign's page, the dataset's, and in what may be taken along."""
    data = site.root / "data/yunxi/2026-11-20.yaml"
    text = data.read_text(encoding="utf-8")
    assert "839243" in text  # no story prints it
    data.write_text(text.replace("839243", "839244", 1), encoding="utf-8")
    built(site)

    assert [] == difference(site)
    assert "839244" in "".join(f.read_text("utf-8") for f in site.output.glob("yunxi/data/*.csv"))


@pytest.mark.parametrize("file", ["bulletin.json", "text.js"])
def test_what_somebody_put_there_is_read(site: Settings, file: str) -> None:
    """A folder that was copied by hand is listed, and what is changed in it is seen."""
    other = site.output / "yunxi/2020-1"
    shutil.copytree(site.output / "yunxi/2026-47", other)
    record = other / "bulletin.json"
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("yunxi/2026-47", "yunxi/2020-1"), encoding="utf-8")
    assert [] == difference(site)
    before = says(site, "鹂")
    text = (other / file).read_text(encoding="utf-8")
    (other / file).write_text(text.replace("云溪", "鹂溪").replace("实事", "鹂事"), "utf-8")

    assert [] == difference(site)
    assert before != says(site, "鹂")


def test_a_folder_that_became_a_link_is_listed_no_longer(site: Settings, tmp_path: Path) -> None:
    """Its files are as they were, but they lie elsewhere now."""
    shutil.rmtree(site.root / "content/yunxi/2026-48")
    built(site)
    folder = site.output / "yunxi/2026-48"
    folder.rename(tmp_path / "moved")
    assert "2026-48" in (site.output / "index.html").read_text(encoding="utf-8")
    folder.symlink_to(tmp_path / "moved")
    change(site, "主题：", "主题：鹂")

    assert "2026-48" not in (site.output / "index.html").read_text(encoding="utf-8")


def test_records_are_read_while_pages_are_pressed(
    small: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they say need not be taken apart once more for the lists."""
    made = Changing(replace(small, remember=True, jobs=1), 0).settings
    pipeline.build(made)
    parsed: list[bool] = []
    pressed: list[bool] = []
    entry_from: Callable[..., Entry | None] = vars(catalogue)["entry_from"]
    finish: Callable[..., Result] = vars(running)["finish"]

    def parse(record: bytes | str) -> Entry | None:
        parsed.append(bool(pressed))
        return entry_from(record)

    def end(*words: Any) -> Result:
        pressed.append(True)
        return finish(*words)

    monkeypatch.setattr(catalogue, "entry_from", parse)
    monkeypatch.setattr(running, "finish", end)
    change(made, "主题：", "主题：鹂")

    assert False in parsed
    assert parsed.count(True) == 1  # the one that is new, once more where it lies now
    assert "鹂" in (made.output / "index.html").read_text(encoding="utf-8")
