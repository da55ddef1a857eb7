"""The command `bind` as a clerk meets it: what is shown, asked and written."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from jianbao import pipeline
from jianbao.cli import binding
from jianbao.cli.commands import commands
from jianbao.cli.language import translator
from jianbao.settings import Settings

STORY = "content/yunxi/2026-47/lead.md"
TEXT = (
    "主题：办结实事项目882件\r\n---\r\n截至目前，全区共有实事项目 882件，其中区级项目94件，已完成57件，"
    "完成率60.63%。\r\n走访12家，共有项目数据94件。\r\n"
)


def story(small: Settings, text: str = TEXT, encoding: str = "gb18030") -> Path:
    """Write a pasted story into the small site."""
    file = small.root / STORY
    file.write_bytes(text.encode(encoding))
    return file


def run(small: Settings, *words: str, answers: str | None = None) -> Result:
    """Run the command; `answers` are typed at a terminal."""
    group = commands(translator("zh"))
    return CliRunner().invoke(
        group, ["bind", STORY, "--site", str(small.root), *words], input=answers
    )


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command believe that somebody sits there."""
    monkeypatch.setattr(binding, "is_terminal", lambda: True)


def test_without_anybody_it_only_shows(small: Settings) -> None:
    """Nothing is written where nobody said so; what differs makes it fail."""
    file = story(small)

    done = run(small)
    assert TEXT.encode("gb18030") == file.read_bytes()
    assert "" == done.stdout
    assert 1 == done.exit_code
    assert (
        "第3行：“……目前，全区共有实事项目 【882件】，其中区级项目94件，已……”→ {{ 实事.项目 }}"
        in done.stderr
    )
    assert "没有写入；4处可以绑定，1处与数据不符，1处要您来定，1处没有对应的数。" in done.stderr


def test_yes_writes_what_is_clear(small: Settings) -> None:
    """--yes asks nothing, writes the clear ones, and keeps every other byte."""
    file = story(small)

    done = run(small, "--yes")
    expected = (
        TEXT.replace("882件", "{{ 实事.项目 }}")
        .replace("区级项目94件", "区级项目{{ 实事.区级.项目 }}")
        .replace("57件", "{{ 实事.区级.已完成 }}")
    )
    assert expected.encode("gb18030") == file.read_bytes()
    assert [str(file)] == done.stdout.split()
    assert "绑定了4处" in done.stderr
    assert 1 == done.exit_code


def test_twice_changes_nothing(small: Settings) -> None:
    """What is bound is not bound again."""
    file = story(small)
    run(small, "--yes")
    once = file.read_bytes()

    done = run(small, "--yes")
    assert once == file.read_bytes()
    assert "" == done.stdout


@pytest.mark.usefixtures("at_a_terminal")
def test_answers_choose(small: Settings) -> None:
    """What differs and what is not clear is chosen by number; y writes."""
    file = story(small)

    done = run(small, answers="1\n1\ny\n")
    text = file.read_bytes().decode("gb18030")
    assert 0 == done.exit_code, done.stderr
    assert "完成率{{ 实事.区级.完成率 }}。" in text
    assert "共有项目数据{{ 实事.区级.项目 }}。" in text
    assert "走访12家" in text


@pytest.mark.usefixtures("at_a_terminal")
@pytest.mark.parametrize("answers", ["\n\nn\n", "0\n0\n\n"])
def test_no_writes_nothing(small: Settings, answers: str) -> None:
    """Enter leaves a number as it is; anything but y writes nothing."""
    file = story(small)

    done = run(small, answers=answers)
    assert TEXT.encode("gb18030") == file.read_bytes()
    assert 1 == done.exit_code


def test_what_is_written_builds_as_it_was_pasted(small: Settings) -> None:
    """The page prints the same numbers as the pasted text."""
    story(
        small, "主题：办结实事项目882件\n---\n全区共有实事项目 882件，其中区级项目94件。\n", "utf-8"
    )
    assert 0 == run(small, "--yes").exit_code

    outcome = pipeline.build(small)
    page = (small.output / "yunxi/2026-47/index.html").read_text(encoding="utf-8")
    assert () == outcome.findings
    assert page.count("882件") >= 2
    assert "94件" in page


BROKEN = (
    "主题：好\n---\n截至目前，全区共有各类民生实\n事项目 882件，其中区级项目 94\n件，"
    "全区上下一心抓落实，\n一件事一件事办好，办成让\n群众满意的实事，努力向市\n"
    "委、市政府和群众交上一份\n满意的答卷。\n"
)


def test_broken_lines_are_joined_when_asked(small: Settings) -> None:
    """Lines from a newspaper page are told of; --join writes them as one paragraph."""
    file = story(small, BROKEN, "utf-8")

    assert "--join" in run(small).stderr
    done = run(small, "--join", "--yes")
    assert 0 == done.exit_code
    lines = file.read_text(encoding="utf-8").splitlines()
    assert 3 == len(lines)
    assert lines[2].startswith(
        "截至目前，全区共有各类民生实事项目 {{ 实事.项目 }}，其中区级项目 {{ 实事.区级.项目 }}，"
    )


@pytest.mark.usefixtures("at_a_terminal")
def test_joining_is_asked_for(small: Settings) -> None:
    """Somebody who sits there is asked whether to join."""
    file = story(small, BROKEN, "utf-8")

    run(small, answers="y\ny\n")
    assert 3 == len(file.read_text(encoding="utf-8").splitlines())


def test_an_unknown_story_is_wrong_usage(small: Settings) -> None:
    """A file that is not there, or not in the site, is no story."""
    group = commands(translator("zh"))
    for name in ("content/yunxi/2026-47/none.md", __file__):
        done = CliRunner().invoke(group, ["bind", name, "--site", str(small.root)])
        assert 2 == done.exit_code
        assert "没有" in done.stderr


def test_a_story_lies_in_its_bulletin(small: Settings) -> None:
    """Elsewhere it is not known which figures are meant."""
    (small.root / "notes.md").write_text("实事项目882件。", encoding="utf-8")
    done = CliRunner().invoke(
        commands(translator("zh")), ["bind", "notes.md", "--site", str(small.root)]
    )

    assert 1 == done.exit_code
    assert "差错　notes.md" in done.stderr


def test_a_file_that_changed_meanwhile_is_kept(
    small: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While somebody thinks about the answer, the file may be saved by an editor."""
    file = story(small)

    def confirm(*_words: object, **_more: object) -> bool:
        file.write_text("新的", encoding="utf-8")
        return True

    monkeypatch.setattr(binding, "is_terminal", lambda: True)
    monkeypatch.setattr(click, "confirm", confirm)
    done = run(small, answers="\n\n")
    assert 1 == done.exit_code
    assert "新的" == file.read_text(encoding="utf-8")
