"""Preparing: what is missing and how it is asked for, taking turns, fonts. No network."""

import fcntl
import io
import os
import tarfile
import threading
from pathlib import Path

import pytest

from jianbao.preparing import fonts, order, system
from jianbao.preparing.job import Job, Stop

HERE = Path()


def missing(*names: str, required: bool = True) -> list[system.Need]:
    """Return needs that nothing answers."""
    return [system.Need(name, lambda: False, required) for name in names]


@pytest.mark.parametrize(
    ("user", "programs", "line"),
    [
        (0, {"apt-get"}, "\n  apt-get update && apt-get install -y --no-install-recommends a b"),
        (1000, {"apt-get", "sudo"}, "\n  sudo sh -c 'apt-get update && apt-get install "),
        (1000, {"apt-get"}, "\n  su -c 'apt-get update && apt-get install "),
        (1000, set(), "Missing, by Debian's names: a b."),
    ],
)
def test_one_line_brings_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, user: int, programs: set[str], line: str
) -> None:
    """Whoever may not install is given the line for the one who may."""
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(system, "program", programs.__contains__)

    assert line in system.lacking(Job(HERE, english=True), ["a", "b"])


def test_it_stops_where_no_page_could_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Pango there is no going on; the sentence is Chinese and holds the line."""
    monkeypatch.setattr(system, "program", {"apt-get"}.__contains__)
    monkeypatch.setattr(system, "privilege", lambda: None)

    with pytest.raises(Stop, match=r"还缺几样系统软件[\s\S]*libpango-1.0-0"):
        system.bring(Job(HERE, english=False), missing("libpango-1.0-0"))


def test_it_goes_on_with_another_font(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A face with a stand-in is asked for, and stops nobody."""
    monkeypatch.setattr(system, "program", set[str]().__contains__)
    system.bring(Job(HERE, english=True), missing("fonts-lxgw-wenkai", required=False))

    assert "fonts-lxgw-wenkai" in (said := capsys.readouterr().err)
    assert "Going on with other fonts." in said


def test_nothing_missing_asks_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Apt and sudo are not even looked for when all is there."""
    monkeypatch.delattr(system, "privilege")
    system.bring(Job(HERE, english=False), [system.Need("fontconfig", lambda: True)])

    assert ("", "") == capsys.readouterr()


def test_two_at_once_take_turns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second preparation waits for the first, and says so."""
    job, entered, told = Job(tmp_path, english=False), threading.Event(), ""

    def second() -> None:
        with order.alone(job):
            entered.set()

    (tmp_path / ".venv").mkdir()
    with (tmp_path / ".venv" / ".lock").open("w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        thread = threading.Thread(target=second)
        thread.start()
        early = entered.wait(0.2)
        told = capsys.readouterr().err
    thread.join(5)

    assert not early
    assert "另一个窗口正在准备" in told
    assert entered.is_set()


def test_two_fonts_are_taken_and_nothing_else(tmp_path: Path) -> None:
    """Of all that a package of TeX's holds, Kai and FangSong are written, and only they."""
    names = [*(name for name in fonts.TAKEN if name.endswith("otf")), "./etc/FandolKai-Regular.otf"]
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as package:
        for name in (*names, "./usr/share/FandolSong-Bold.otf"):
            package.addfile(tarfile.TarInfo(name))
    stream.seek(0)
    (tmp_path / "fonts").mkdir()

    assert fonts.take(stream, tmp_path / "fonts")
    assert set(fonts.FONTS) == {path.name for path in tmp_path.rglob("*.*")}


def test_font_folders_may_have_any_name() -> None:
    """A folder's name is text in an XML file."""
    text = fonts.conf(Path("/srv/甲 & 乙/fonts"), Path("/srv/cache"))

    assert "<dir>/srv/甲 &amp; 乙/fonts</dir>" in text
    assert '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>' in text


@pytest.mark.parametrize("linked", [True, False], ids=["link", "folder"])
def test_an_environment_of_others_is_not_emptied(
    linked: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A link to another environment, or somebody's own .venv: it is said so, and nothing is lost."""
    root, home = tmp_path / "project", tmp_path / "project/.venv"
    others = tmp_path / "others" if linked else home
    others.mkdir(parents=True)
    root.mkdir(exist_ok=True)
    (others / "precious").write_text("one")
    if linked:
        (others / ".lock").touch()
        home.symlink_to(others)
    needed = [(str(root / "a.lock"), str(home / "a.lock.stamp"), "digest")]

    assert not order.prepare(str(root), needed, english=False)

    assert "请把它改名或移走" in capsys.readouterr().err
    assert "one" == (others / "precious").read_text()
