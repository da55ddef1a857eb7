"""Compiled templates are kept beside the program's own bytecode, and only there."""

import sys
from collections.abc import Mapping
from pathlib import Path
from types import CodeType

import pytest
from jinja2 import Environment
from markupsafe import Markup

from jianbao.delivery import bytecode
from jianbao.delivery.bytecode import Bytecode
from jianbao.diagnostics import Finding
from jianbao.pages import templates as pages
from jianbao.pages.templates import environment, fill
from jianbao.reading.looks import Template

MADE_BY = "a" * 64


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where it is kept, which is not the program's own folder here."""
    place = tmp_path / "templates.bin"
    monkeypatch.setattr(bytecode, "_file", lambda: place)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return place


def looks(text: str, shipped: bool = True) -> Mapping[str, Template]:
    """Return templates of which one is broken."""
    return {
        "a.html": Template(text, "templates/a.html", shipped),
        "b.html": Template("{% if %}", "templates/b.html", shipped),
    }


def another_command(made_by: str, templates: Mapping[str, Template]) -> Bytecode:
    """Return what a command that has compiled nothing yet begins with."""
    pages._compiled.cache_clear()
    return Bytecode(templates, made_by)


def keep(templates: Mapping[str, Template], made_by: str = MADE_BY) -> None:
    """Fill the templates in one command."""
    code = another_command(made_by, templates)
    assert Markup("2 ahead") == fill(environment(templates), "a.html", {})
    assert isinstance(fill(environment(templates), "b.html", {}), Finding)
    code.keep()


def compiles(templates: Mapping[str, Template], monkeypatch: pytest.MonkeyPatch) -> bool:
    """Return whether another command compiles a template."""
    asked = []
    real = Environment._compile

    def noted(jinja: Environment, source: str, name: str) -> CodeType:
        asked.append(name)
        return real(jinja, source, name)

    with monkeypatch.context() as patched:
        patched.setattr(Environment, "_compile", noted)
        assert isinstance(fill(environment(templates), "a.html", {}), Markup)
    return bool(asked)


@pytest.mark.usefixtures("file")
def test_the_next_command_does_not_compile_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does it write anything; a broken template is no trouble."""
    keep(looks("{{ 1 + 1 }} ahead"))
    code = another_command(MADE_BY, looks("{{ 1 + 1 }} ahead"))

    assert not compiles(looks("{{ 1 + 1 }} ahead"), monkeypatch)
    monkeypatch.setattr(bytecode, "_write", None)
    code.keep()


@pytest.mark.usefixtures("file")
def test_another_text_or_program_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept counts for exactly this."""
    keep(looks("{{ 1 + 1 }} ahead"))
    another_command(MADE_BY, looks("{{ 1 + 2 }} ahead"))
    assert compiles(looks("{{ 1 + 2 }} ahead"), monkeypatch)
    another_command("b" * 64, looks("{{ 1 + 1 }} ahead"))
    assert compiles(looks("{{ 1 + 1 }} ahead"), monkeypatch)


def test_a_sites_own_template_is_not_kept(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what is shipped with the program lies beside it."""
    keep(looks("{{ 1 + 1 }} ahead", shipped=False))
    assert not file.exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    keep(looks("{{ 1 + 1 }} ahead"))
    assert not file.exists()


@pytest.mark.parametrize("damage", [b"", b"x", MADE_BY.encode() + b"\0" * 99])
def test_a_damaged_file_is_not_run(
    file: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes
) -> None:
    """It is written anew; where that may not be, nothing is kept."""
    keep(looks("{{ 1 + 1 }} ahead"))
    whole = bytecode._read(file, MADE_BY)
    file.write_bytes(damage or file.read_bytes()[:-1])
    another_command(MADE_BY, looks("{{ 1 + 1 }} ahead"))
    assert compiles(looks("{{ 1 + 1 }} ahead"), monkeypatch)

    keep(looks("{{ 1 + 1 }} ahead"))
    assert whole == bytecode._read(file, MADE_BY) != {}
    monkeypatch.setattr(bytecode, "_file", lambda: file.with_name("none") / "x.bin")
    keep(looks("{{ 1 + 1 }} ahead"))
