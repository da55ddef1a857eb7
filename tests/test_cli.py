"""The command line as a clerk meets it: what goes where, exit codes, help in two languages."""

import gc
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from jianbao import cli
from jianbao.cli.commands import commands
from jianbao.cli.language import translator
from jianbao.settings import Settings

ROOT = Path(__file__).parent.parent


def run(*words: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the program as the door does, and return what it said."""
    return subprocess.run(
        [sys.executable, "-m", "jianbao.cli", *words],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Yield each command there is."""
    yield from commands(translator("en")).commands.items()


def test_paths_go_out_and_everything_else_to_the_other_side(small: Settings) -> None:
    """Standard output holds paths only; a run without faults exits 0."""
    done = run("build", "--site", str(small.root), "--output", str(small.output), "--no-pdf")

    assert 0 == done.returncode, done.stderr
    paths = [str(Path(line).relative_to(small.output)) for line in done.stdout.splitlines()]
    assert ["yunxi/2026-47/index.html", "index.html"] == paths
    assert (small.output / "yunxi/2026-47/figures.csv").is_file()
    assert "没有发现问题。" in done.stderr


def test_a_place_that_cannot_be_written_is_told(small: Settings) -> None:
    """Where a file lies in the place of output/, that is a sentence, not a fault of the program."""
    (small.root / "output").write_text("x", encoding="utf-8")

    done = run("build", "--site", str(small.root), "--no-pdf")

    assert (1, "") == (done.returncode, done.stdout)
    assert "写不进去：那里已经有一个同名的文件或文件夹。" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_command_builds(small: Settings) -> None:
    """Without a command, everything is built, where one stands."""
    done = run("--no-pdf", folder=small.root)

    assert 0 == done.returncode, done.stderr
    assert "output/yunxi/2026-47/index.html" in done.stdout


@pytest.mark.parametrize(("words", "code"), [
    (["chekc"], 2), (["build", "--sit", "x"], 2), (["check", "--format", "xml"], 2),
    (["check", "nowhere"], 1), (["check", "--fast"], 0), (["check", "yunxi"], 0),
    (["check", "yunxi/2026-47"], 0), (["--version"], 0), (["--help"], 0),
])  # fmt: skip
def test_exit_codes(small: Settings, words: list[str], code: int) -> None:
    """0 all right, 1 an error in what the office wrote, 2 wrong usage."""
    assert code == run(*words, folder=small.root).returncode


def test_strict_lets_warnings_fail(small: Settings) -> None:
    """A warning is no failure, unless one asks for it."""
    lead = small.root / "content/yunxi/2026-47/lead.md"
    lead.write_text(lead.read_text(encoding="utf-8") + "截至目前。\n", encoding="utf-8")

    assert 0 == run("check", "--fast", folder=small.root).returncode
    assert 1 == run("check", "--fast", "--strict", folder=small.root).returncode


def test_findings_as_json(small: Settings) -> None:
    """Programs get rule, severity, place, message and hint; lines and columns count from 1."""
    lead = small.root / "content/yunxi/2026-47/lead.md"
    text = lead.read_text(encoding="utf-8").replace("实事.项目 }}，办结", "实事.项日 }}，办结")
    lead.write_text(text, encoding="utf-8")

    done = run("check", "--format", "json", "--lang", "en", folder=small.root)

    assert 1 == done.returncode
    assert {
        "findings": [
            {
                "rule": "figure-unknown",
                "severity": "error",
                "path": "content/yunxi/2026-47/lead.md",
                "line": 5,
                "column": 22,
                "end_column": 27,
                "message": "实事 has nothing named 项日.",
                "hint": "Write 实事.项目 (882件).",
                "excerpt": "实事.项日",
            }
        ],
        "slots": [],
    } == json.loads(done.stdout)


@pytest.mark.parametrize("name", [name for name, _ in every_command()])
def test_every_command_has_help_with_an_example(name: str) -> None:
    """Help says what a command does and shows it, in both languages."""
    chinese, english = (run(name, "--help", "--lang", lang).stdout for lang in ("zh", "en"))

    assert f"python3 build.py {name}" in chinese or "python3 build.py\n" in chinese
    assert re.search(r"[\u4e00-\u9fff]{6}", chinese)
    assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"content/\S+", "", english))


def test_the_readmes_name_only_commands_there_are() -> None:
    """Each `python3 build.py X` of both READMEs is a command."""
    known = {name for name, _ in every_command()} | {"test", "doctor"}
    for readme in ("README.md", "README.zh-CN.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        named = set(re.findall(r"python3 build\.py ([a-z]+)", text))

        assert named <= known
        assert "python3 build.py\n" in text or "python3 build.py  " in text


def test_what_was_imported_is_not_searched_before_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The interpreter's last search for garbage took longer than a build of nothing."""
    monkeypatch.setattr(sys, "argv", ["build.py", "--version"])
    gc.unfreeze()
    with pytest.raises(SystemExit):
        cli.main()
    count = gc.get_freeze_count()
    gc.unfreeze()

    assert count > 0
