"""Markdown as clerks write it."""

from pathlib import Path

import pytest

from jianbao.reading.markup import to_tree


def test_a_short_text_is_no_file_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """tinyhtml5 reads the file that a text shorter than 200 characters names; a story never does."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "<p>secret.txt<").mkdir()
    (tmp_path / "<p>secret.txt<" / "p>").write_text("<p>read from the disk</p>", encoding="utf-8")

    assert ["secret.txt"] == [paragraph.text for paragraph in to_tree(["secret.txt"])]
    assert 180 == len("".join(to_tree(["办" * 180]).itertext()).strip())
