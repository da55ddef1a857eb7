"""Fonts are listed once, and anew as soon as one is installed or taken away."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from weasyprint import HTML

from jianbao.press import fontlists
from jianbao.press.composition import composed
from jianbao.press.layouts import Layouts

CONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{cache}</cachedir></fontconfig>"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The only folder of fonts that there is."""
    made = tmp_path / "fonts"
    made.mkdir()
    config = tmp_path / "fonts.conf"
    config.write_text(CONFIG.format(folder=made, cache=tmp_path / "cache"), "utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(config))
    yield made
    fontlists._known.clear()


def test_documents_without_fonts_of_their_own_share_a_list() -> None:
    """One that names a font adds it to a list of its own."""
    with composed():
        one, other, own = (
            Layouts(HTML(string=f"<style>{style}p {{ top: 0 }}</style><p>{text}"))
            for style, text in (("", "甲"), ("", "乙"), ("@font-face { font-family: x }", "丙"))
        )

    assert one._fonts is other._fonts is fontlists.fonts()
    assert own._fonts is not one._fonts


@pytest.mark.parametrize("seconds", [-3600, 3600])
def test_a_font_that_is_installed_is_listed(folder: Path, seconds: int) -> None:
    """A folder that changed is read again, whatever the clock says."""
    first = fontlists.fonts()
    again = fontlists.fonts()
    moment = folder.stat().st_mtime + seconds
    os.utime(folder, (moment, moment))

    assert first is again
    assert again is not fontlists.fonts()


def test_a_font_installed_at_once_is_listed(folder: Path) -> None:
    """In the same second as the list was made."""
    first = fontlists.fonts()
    (folder / "new.otf").touch()

    assert first is not fontlists.fonts()


def test_changed_settings_give_another_list(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file that names the folders, and the variable that names the file."""
    config = folder.parent / "fonts.conf"
    first = fontlists.fonts()
    config.write_bytes(config.read_bytes() + b"\n")
    second = fontlists.fonts()
    other = folder.parent / "other.conf"
    other.write_bytes(config.read_bytes())
    monkeypatch.setenv("FONTCONFIG_FILE", str(other))

    assert len({id(first), id(second), id(fontlists.fonts())}) == 3
