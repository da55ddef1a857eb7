"""Templates that are compiled ahead: not again when they are filled, and faults are said then."""

import pytest
from jinja2 import Environment
from markupsafe import Markup

from jianbao.diagnostics import Finding
from jianbao.pages.templates import compile_ahead, environment, fill
from jianbao.reading.looks import Template
from jianbao.settings import PACKAGE
from jianbao.site.whole import TEMPLATES


def test_what_was_compiled_ahead_is_not_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken template and a missing one stop nothing before they are filled."""
    templates = {
        name: Template(text, f"templates/{name}")
        for name, text in (("a.html", "{{ 1 + 1 }} ahead"), ("b.html", "{% if %}"))
    }
    compile_ahead(templates, ("a.html", "b.html", "c.html"))

    def compiled(*_words: object) -> object:
        raise AssertionError("compiled again")

    monkeypatch.setattr(Environment, "_compile", compiled)
    jinja = environment(templates)
    assert Markup("2 ahead") == fill(jinja, "a.html", {})
    assert isinstance(fill(jinja, "b.html", {}), Finding)


def test_those_that_are_compiled_ahead_are_there() -> None:
    """The site's pages have these templates."""
    folder = PACKAGE.parent / "templates"

    assert [] == [name for name in TEMPLATES if not (folder / name).is_file()]
