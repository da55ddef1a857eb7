"""The door: when it prepares, what it says, and what it starts. No network, no real environment."""

import ast
import os
import re
from pathlib import Path

import pytest

import build
from jianbao.preparing import order, system
from jianbao.preparing.job import Job

ROOT = Path(build.__file__).parent
PYTHON = (3, 11, 2)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project's folder with two locks, in a path that clerks have."""
    folder = tmp_path / "区 宣传部"
    folder.mkdir()
    for name in build.LOCKS:
        (folder / name).write_text(f"lock of {name}", encoding="utf-8")
    return folder


def parts_of(root: Path, testing: bool = True) -> list[order.Part]:
    """Return the parts that the door needs in this folder."""
    needed = build.parts(str(root), PYTHON, testing)
    return [order.Part(Path(lock), Path(stamp), digest) for lock, stamp, digest in needed]


def install(root: Path, *stamps: str | None) -> list[order.Part]:
    """Make an environment by hand whose stamps say this: "" the right words, None no stamp."""
    python = root / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True, exist_ok=True)
    python.touch(0o755)
    parts = parts_of(root)
    for part, said in zip(parts, stamps, strict=False):
        if said is not None:
            part.stamp.write_text(said or part.digest, encoding="ascii")
    return parts


# When it prepares


def test_a_stamp_knows_lock_python_and_place(root: Path) -> None:
    """Another lock, another Python or another folder asks for another environment."""
    first = parts_of(root)[0].digest
    other_python = build.parts(str(root), (3, 12, 1), testing=False)[0][2]
    moved = root.rename(root.with_name("moved"))
    other_place = parts_of(moved)[0].digest
    back = moved.rename(root)
    same = parts_of(back)[0].digest
    (root / "requirements.lock").write_text("newer", encoding="utf-8")
    other_lock = parts_of(root)[0].digest

    assert same == first
    assert len({first, other_python, other_place, other_lock}) == 4


def test_only_test_needs_the_test_tools(root: Path) -> None:
    """A clerk never waits for pytest or Chromium."""
    names = {need.package for need in system.needs(testing=False)}

    assert ["requirements.lock"] == [part.lock.name for part in parts_of(root, testing=False)]
    assert list(build.LOCKS) == [part.lock.name for part in parts_of(root)]
    assert "chromium" not in names
    assert {"chromium", "poppler-utils"} < {need.package for need in system.needs(testing=True)}


@pytest.mark.parametrize("said", ["unfinished", "of another lock"])
def test_a_preparation_cut_short_is_not_whole(root: Path, said: str) -> None:
    """Only the right words in a stamp let the program start at once."""
    needed = build.parts(str(root), PYTHON, testing=False)
    install(root, said)
    before = build.whole(str(root), needed)
    install(root, "")

    assert not before
    assert build.whole(str(root), needed)


def test_an_environment_without_python_is_not_whole(root: Path) -> None:
    """After Debian has moved on to a newer Python the old link leads nowhere."""
    parts = install(root, "", "")
    (root / ".venv" / "bin" / "python").unlink()

    assert not build.whole(str(root), build.parts(str(root), PYTHON, testing=True))
    assert parts == order.to_do(Job(root, english=False), parts)


@pytest.mark.parametrize(
    ("stamps", "left"),
    [
        (("", ""), []),
        (("",), [1]),
        (("", "unfinished"), [0, 1]),
        (("", "stale"), [0, 1]),
        (("stale", ""), [0, 1]),
        ((None, ""), [0, 1]),
        ((), [0, 1]),
    ],
)
def test_tools_are_added_and_nothing_is_mended(
    root: Path, stamps: tuple[str | None, ...], left: list[int]
) -> None:
    """What is stale or was cut short is made anew, whole; test tools may be added later."""
    parts = install(root, *stamps)

    assert [parts[index] for index in left] == order.to_do(Job(root, english=False), parts)


# What it says


@pytest.mark.parametrize(
    ("arguments", "english"),
    [
        ([], False),
        (["build", "--lang", "zh"], False),
        (["--lang", "english"], False),
        (["check", "--lang", "en", "--strict"], True),
        (["test", "--lang=en"], True),
    ],
)
def test_it_speaks_chinese_unless_asked(arguments: list[str], english: bool) -> None:
    """`--lang en` anywhere makes it speak English; the machine's own language does not."""
    assert english is build.wants_english(arguments)


def test_an_old_python_is_told_what_is_needed() -> None:
    """Version 3.10 hears what it is and what it ought to be, 3.11 hears nothing."""
    assert build.too_old((3, 11, 0), english=False) == ""
    assert "这台电脑上的 Python 是 3.9，简报需要 3.11" in build.too_old((3, 9, 2), english=False)
    assert "This is Python 3.10; Jianbao needs 3.11" in build.too_old((3, 10, 14), english=True)


def test_an_old_python_can_read_the_door() -> None:
    """The sentence for old Pythons is of use only if they get as far."""
    ast.parse((ROOT / "build.py").read_text(encoding="utf-8"), feature_version=(3, 7))


# What it starts


def started(monkeypatch: pytest.MonkeyPatch, root: Path, arguments: list[str]) -> list[str]:
    """Return the command that the door would become."""
    commands: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _, command: commands.append(command))
    monkeypatch.chdir(root)
    build.become(str(root), arguments, testing=arguments[:1] == ["test"])
    return commands[0]


def test_the_program_gets_every_word(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    """All words reach the program, and it knows where the fonts are."""
    monkeypatch.setenv("FONTCONFIG_FILE", "")  # so that what comes is taken back
    monkeypatch.delenv("FONTCONFIG_FILE")
    command = started(monkeypatch, root, ["build", "区/2021-47", "--lang", "en"])

    assert str(root / ".venv/bin/python") == command[0]
    assert ["build", "区/2021-47", "--lang", "en"] == command[-4:]
    assert str(root / ".venv/share/jianbao/fonts.conf") == os.environ["FONTCONFIG_FILE"]


def test_pytest_gets_all_but_the_language(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    """`--lang en` is the door's; the user's own list of fonts stays in force."""
    monkeypatch.setenv("FONTCONFIG_FILE", "mine.conf")
    command = started(monkeypatch, root, ["test", "-k", "door", "--lang", "en", "-x", "--lang=zh"])

    assert ["-m", "pytest", "-k", "door", "-x"] == command[1:]
    assert os.environ["FONTCONFIG_FILE"] == "mine.conf"


# What it installs


def test_locks_hold_hashes_and_no_hosts() -> None:
    """Each package is pinned with hashes, in both locks alike, and no registry is named."""
    pins: dict[str, str] = {}
    for name in build.LOCKS:
        text = (ROOT / name).read_text(encoding="ascii")
        packages = re.split(r"\n(?=\w)", text)

        assert not re.search(r"://|--(extra-)?index|--find-links", text)
        assert all("--hash=sha256:" in package for package in packages)
        for package, version in re.findall(r"(?m)^([\w-]+)==(\S+)", text):
            assert version == pins.setdefault(package, version)
    assert {"weasyprint", "jinja2", "pytest"} < pins.keys()
