"""A new site: whole, without a finding, ready for its first bulletin, and never over another."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao import pipeline
from jianbao.newsroom.founding import Office, first_files, found
from jianbao.newsroom.keeping import scalar
from jianbao.newsroom.starting import Wish, read_start, write_start
from jianbao.reading.office import read_site
from jianbao.reading.tree import Table, read_tree
from jianbao.settings import Settings, shipped_templates

TODAY = date(2026, 11, 22)
OFFICE = Office("云溪简报", "云溪区委宣传部", "民生实事", "shishi")
START = "import sys; from jianbao.cli import main; sys.exit(main())"


def test_a_new_site_begins_without_a_finding(tmp_path: Path) -> None:
    """It says what the office is called, has no number in it, and can be built at once."""
    site = tmp_path / "site"

    assert () == found(site, OFFICE, TODAY)

    read = read_site(site)
    assert read.findings == ()
    assert read.value
    assert (read.value.title, read.value.organisation) == ("云溪简报", "云溪区委宣传部")
    outcome = pipeline.build(Settings(site, site / "output", TODAY, templates=shipped_templates()))
    assert (outcome.findings, outcome.made) == ((), ())


@pytest.mark.parametrize(
    "organisation", ["云溪区委宣传部", "云溪区: 宣传部 #1", "[乙], 甲", "null"]
)
def test_the_first_bulletin_is_made_once_it_is_written(tmp_path: Path, organisation: str) -> None:
    """After `new`, a number in its day file and a sentence are all that lacks."""
    site = tmp_path / "site"
    found(site, replace(OFFICE, organisation=organisation), TODAY)
    day = site / f"data/shishi/{TODAY}.yaml"
    text = day.read_text(encoding="utf-8").replace("#  ", "  ")
    text = text.replace("项目: ,", "项目: 96,").replace("已完成: }", "已完成: 72}")
    day.write_text(text, encoding="utf-8")
    start = read_start(site, "shishi", TODAY, Wish())
    assert start.value
    assert write_start(site, start.value).findings == ()
    lead = site / start.value.folder / "lead.md"
    lead.write_text(
        lead.read_text(encoding="utf-8").replace("（待写）", "进展", 1).replace("（待写）", ""),
        encoding="utf-8",
    )

    outcome = pipeline.check(
        Settings(site, site / "output", TODAY, templates=shipped_templates(), fast=True)
    )

    assert [] == [finding.rule for finding in outcome.findings]


@pytest.mark.parametrize("there", ["file", "folder", "link"])
def test_nothing_that_is_there_is_touched(tmp_path: Path, there: str) -> None:
    """Neither a file nor a folder with something in it gives way, nor what a link leads to."""
    site, kept = tmp_path / "site", tmp_path / "kept"
    kept.mkdir()
    (kept / "mine").write_text("我的", encoding="utf-8")
    if there == "file":
        site.write_text("我的", encoding="utf-8")
    elif there == "folder":
        kept.rename(site)
    else:
        site.symlink_to(kept)

    assert ["site-exists"] == [finding.rule for finding in found(site, OFFICE, TODAY)]
    mine = site if there == "file" else site / "mine"
    assert mine.read_text(encoding="utf-8") == "我的"
    assert not list(tmp_path.glob(".jianbao-*"))


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    """A folder made in the file manager beforehand is what many would name."""
    assert () == found(tmp_path, OFFICE, TODAY)
    assert set(first_files(OFFICE, TODAY)) == {
        file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*") if file.is_file()
    }


def test_a_folder_nobody_may_write_to_is_told() -> None:
    """Nothing is left behind of what was begun."""
    told = found(Path("/proc/jianbao/site"), OFFICE, TODAY)

    assert ["site-unwritable"] == [finding.rule for finding in told]


@pytest.mark.parametrize("key", ["实事", "../up", "A b", "", "ａbc"])
def test_a_campaigns_folder_is_an_address(tmp_path: Path, key: str) -> None:
    """What nobody could type, or what leads elsewhere, is refused before anything is written."""
    told = found(tmp_path / "site", replace(OFFICE, key=key), TODAY)

    assert ["folder-name"] == [finding.rule for finding in told]
    assert not (tmp_path / "site").exists()


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn")), max_size=30))
def test_any_name_is_read_as_it_was_given(name: str) -> None:
    """Whatever an office is called, its plan and its site say so; blanks count once."""
    line = f"title: {{责编: {scalar(name)}}}\n"

    tree = read_tree("data/site.yaml", line)

    assert isinstance(tree.value, Table)
    entry = tree.value.items["title"][1]
    assert isinstance(entry, Table)
    value = entry.items["责编"][1]
    assert getattr(value, "value", None) == " ".join(name.split())


def test_the_command_says_what_comes_next(tmp_path: Path) -> None:
    """What is not named and cannot be asked for has a usual answer."""
    site = tmp_path / "新站点"
    done = subprocess.run(
        [sys.executable, "-c", START, "init", site, "--title", "云溪简报"],
        input="", capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0
    assert f"{site}/data/site.yaml" in done.stdout.splitlines()
    assert f"python3 build.py new shishi --site {site}" in done.stderr
    assert "title: 云溪简报" in (site / "data/site.yaml").read_text(encoding="utf-8")
