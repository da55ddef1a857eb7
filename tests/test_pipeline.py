"""From files to editions: nothing is lost, nothing half done, and a build repeats."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pymupdf
import pytest

from jianbao import pipeline
from jianbao.delivery import output as delivery
from jianbao.settings import Settings

LEAD = "content/yunxi/2026-47/lead.md"
DAY = "data/yunxi/2026-11-20.yaml"
MADE = "yunxi/2026-47"


def edit(settings: Settings, path: str, old: str, new: str) -> None:
    """Change a file of the site as a clerk would."""
    file = settings.root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def second_bulletin(settings: Settings) -> None:
    """Add bulletin 48 beside 47."""
    new = settings.root / "content/yunxi/2026-48"
    shutil.copytree(settings.root / "content/yunxi/2026-47", new)
    edit(
        settings,
        "content/yunxi/2026-48/bulletin.yaml",
        "number: 47\ntotal: 312",
        "number: 48\ntotal: 313",
    )


def contents(folder: Path) -> Mapping[str, bytes]:
    """Return every file below a folder."""
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def pdf_text(settings: Settings) -> str:
    """Return the PDF's text without blanks."""
    with pymupdf.open(settings.output / MADE / "bulletin.pdf") as document:
        return "".join("".join(page.get_text().split()) for page in document)


def test_one_number_changes_everywhere(small: Settings) -> None:
    """A number changed in data/ changes text, headline, strip, table and both editions."""
    pipeline.build(small)
    page = (small.output / MADE / "index.html").read_text(encoding="utf-8")
    assert "办结693件再出发" in pdf_text(small)

    edit(small, DAY, "已完成: 636", "已完成: 640")
    pipeline.build(small)

    changed = (small.output / MADE / "index.html").read_text(encoding="utf-8")
    assert page.count("693") == changed.count("697") > 3
    assert "693" not in changed
    assert "办结697件再出发" in pdf_text(small)
    assert "693" not in pdf_text(small)


def test_a_build_repeats(small: Settings, tmp_path: Path) -> None:
    """The same site gives the same bytes, PDF included."""
    other = replace(small, output=tmp_path / "other")
    pipeline.build(small)
    pipeline.build(other)

    assert contents(small.output) == contents(other.output)


def test_a_fault_keeps_the_old_output_and_the_others_are_built(small: Settings) -> None:
    """A bulletin with an error is not touched; its neighbour is."""
    second_bulletin(small)
    quick = replace(small, pdf=False)
    pipeline.build(quick)
    before = contents(small.output / MADE)
    edit(small, LEAD, "实事.项目 }}，办结", "实事.项日 }}，办结")
    edit(small, "content/yunxi/2026-48/lead.md", "再出发", "从头再出发")

    outcome = pipeline.build(quick)

    assert (MADE,) == outcome.kept
    assert before == contents(small.output / MADE)
    assert "从头再出发" in (small.output / "yunxi/2026-48/bulletin.json").read_text(
        encoding="utf-8"
    )
    assert {"figure-unknown"} == {finding.rule for finding in outcome.findings}
    assert "yunxi/2026-48" in (small.output / "index.html").read_text(encoding="utf-8")


def test_two_bulletins_with_one_number_are_refused(small: Settings) -> None:
    """A number is given once a year, a total number once."""
    shutil.copytree(small.root / "content/yunxi/2026-47", small.root / "content/yunxi/2026-48")

    outcome = pipeline.check(replace(small, fast=True))

    assert {"bulletin-number", "bulletin-total"} == {finding.rule for finding in outcome.findings}


def test_checking_writes_nothing(small: Settings) -> None:
    """`check` reads everything, layout included, and makes nothing."""
    outcome = pipeline.check(small)

    assert () == outcome.findings
    assert not small.output.exists()


def test_a_killed_delivery_leaves_the_old_folder(small: Settings) -> None:
    """Killed between writing and switching, the bulletin is whole and the old one."""
    quick = replace(small, pdf=False)
    pipeline.build(quick)
    before = contents(small.output / MADE)
    code = (
        "import os, signal\n"
        "from pathlib import Path\n"
        "from jianbao.delivery import output\n"
        "def die(*_): os.kill(os.getpid(), signal.SIGKILL)\n"
        "output._switch = die\n"
        f"output.deliver_folder(Path({str(small.output)!r}), {MADE!r}, {{'index.html': b'new'}})\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )

    assert -signal.SIGKILL == done.returncode
    assert before == contents(small.output / MADE)


@pytest.mark.parametrize("can_exchange", [True, False])
def test_delivery_replaces_the_whole_folder(
    tmp_path: Path, can_exchange: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is no longer made is no longer there, whether or not the system can exchange."""
    if not can_exchange:
        monkeypatch.setattr(delivery, "_exchange", lambda *_: False)
    delivery.deliver_folder(tmp_path, "a/b", {"old.txt": b"1", "x/y.txt": b"2"})
    placed = delivery.deliver_folder(tmp_path, "a/b", {"new.txt": b"3"})

    assert ["new.txt"] == list(placed)
    assert {"a/b/new.txt": b"3"} == contents(tmp_path)


def test_an_empty_site_says_so(tmp_path: Path) -> None:
    """A folder that is no site gives a finding, not a traceback."""
    outcome = pipeline.build(Settings(tmp_path, tmp_path / "output", date(2026, 1, 1)))

    assert ["file-missing"] == [finding.rule for finding in outcome.findings]


def test_a_macro_asks_the_figures_of_its_own_bulletin(small: Settings) -> None:
    """Templates are compiled once; what an imported macro prints is never another bulletin's."""
    second_bulletin(small)
    day = small.root / "data/yunxi/2026-11-27.yaml"
    day.write_text("实事:\n  as_of: 2026-11-27\n  区级: {项目: 94, 已完成: 70}\n  乡镇级: {项目: 788, 已完成: 641}\n", encoding="utf-8")  # fmt: skip
    edit(small, "content/yunxi/2026-48/bulletin.yaml", "2026-11-21", "2026-11-28")
    plan = small.root / "content/yunxi/2026-48/bulletin.yaml"
    plan.write_text(re.sub(r"(?m)^as_of:.*\n", "", plan.read_text(encoding="utf-8")), encoding="utf-8")  # fmt: skip
    (small.root / "templates/macros.html").write_text('{% macro done() %}<i>{{ figure("实事.已完成") }}</i>{% endmacro %}', encoding="utf-8")  # fmt: skip
    edit(small, "templates/web.html", "</body>", '{% from "macros.html" import done %}{{ done() }}</body>')  # fmt: skip

    pipeline.build(replace(small, pdf=False))

    for number, value in ((47, 693), (48, 711)):
        page = (small.output / f"yunxi/2026-{number}/index.html").read_text(encoding="utf-8")
        assert [str(value)] == re.findall(r'<i><data value="(\d+)">', page)
