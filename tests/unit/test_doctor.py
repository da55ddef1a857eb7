"""The doctor: what is lacking is named, with what it is for; nothing is prepared or changed."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

import build
from jianbao.preparing import doctor, order, system

ROOT = Path(build.__file__).parent
NEEDS = system.needs(testing=False)


def needing(*lacking: str) -> Callable[[bool], tuple[system.Need, ...]]:
    """Return what says all needs, of which these are not there."""
    listed = tuple(
        replace(need, present=partial(bool, need.package not in lacking)) for need in NEEDS
    )
    return lambda testing: listed if not testing else ()


@pytest.fixture
def healthy(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let everything be there, on whatever computer the test runs."""
    monkeypatch.setattr(system, "needs", needing())
    monkeypatch.setattr(doctor, "ROOM", 0)
    monkeypatch.setattr(doctor, "MEMORY", 0)
    return monkeypatch


def test_each_package_says_what_it_is_for() -> None:
    """A clerk who is told to ask for a package can say why."""
    assert {need.package for need in NEEDS} == set(doctor.PURPOSES)


@pytest.mark.usefixtures("healthy")
def test_a_page_is_printed_where_all_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    """The last line says that it works, after a page that this machine's engine really printed."""
    assert doctor.examine(str(ROOT), english=False, prepared=True) == 0

    said = capsys.readouterr().err
    assert "好　　试印一页（WeasyPrint 7" in said
    assert said.endswith("可以排版出报。\n")


def test_what_is_lacking_is_told_with_the_line_that_brings_it(
    healthy: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No page is tried without what sets the type."""
    healthy.setattr(system, "needs", needing("libpango-1.0-0"))
    healthy.setattr(system, "program", {"apt-get"}.__contains__)

    assert doctor.examine(str(ROOT), english=True, prepared=True) == 1

    said = capsys.readouterr().err
    assert "LACKS sets the type (libpango-1.0-0)" in said
    assert "apt-get install -y --no-install-recommends libpango-1.0-0" in said
    assert "trial" not in said


def test_what_has_a_stand_in_stops_nobody(
    healthy: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A face that another plays, or little room, is worth a note."""
    healthy.setattr(system, "needs", needing("fonts-lxgw-wenkai"))
    healthy.setattr(doctor, "MEMORY", 10**9)

    assert doctor.examine(str(ROOT), english=False, prepared=True) == 0

    said = capsys.readouterr().err
    assert "注意　楷体里没有的字 (fonts-lxgw-wenkai)" in said
    assert "注意　内存共" in said


def test_a_page_that_cannot_be_printed_is_told(
    healthy: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever else may be wrong shows in the trial, with the engine's own last words."""
    healthy.setattr(doctor, "_TRIAL", "raise SystemExit('no such font')")

    assert doctor.examine(str(ROOT), english=False, prepared=True) == 1
    assert "缺　　试印一页没有成功：\n  no such font" in capsys.readouterr().err


def test_the_door_calls_it_and_prepares_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nothing is prepared, that is what it says."""
    monkeypatch.delattr(order, "prepare")
    monkeypatch.setattr(build, "whole", lambda _root, _needed: False)

    assert build.main(["doctor"]) == 1
    assert "运行 python3 build.py 就会准备" in capsys.readouterr().err
