"""A file that people write is changed where they agreed, and nowhere else."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.newsroom.rewriting import Edit, changed, original, relined, save

TEXT = "主题：好\r\n---\n全区共有实事项目882件。\r最后一行"
ENCODINGS = [
    ("utf-8", b""),
    ("utf-8", b"\xef\xbb\xbf"),
    ("gb18030", b""),
    ("utf-16-le", b"\xff\xfe"),
    ("utf-16-be", b"\xfe\xff"),
]


@pytest.mark.parametrize(("encoding", "mark"), ENCODINGS)
def test_everything_else_stays_byte_for_byte(encoding: str, mark: bytes) -> None:
    """Encoding, byte order mark and each line's end stay; only the number changes."""
    whole = original(mark + TEXT.encode(encoding))

    assert whole
    after = changed(whole, [Edit(3, 9, 13, "{{ 实事.项目 }}")])
    assert mark + TEXT.replace("882件", "{{ 实事.项目 }}").encode(encoding) == after


def test_several_changes_in_a_line() -> None:
    """Places are those of the text before any change."""
    whole = original("1件2件\n3件".encode())

    assert whole
    edits = [Edit(1, 1, 3, "一"), Edit(2, 1, 3, "三"), Edit(1, 3, 5, "二")]
    assert "一二\n三" == changed(whole, edits).decode()


@given(st.binary(max_size=60))
def test_what_is_taken_apart_can_be_put_together(data: bytes) -> None:
    """Any bytes are either no text or kept as they are."""
    whole = original(data)

    assert whole is None or data == whole.data == changed(whole, [])


def test_joined_lines_keep_their_line_end() -> None:
    """New lines end as the old ones did."""
    whole = original("一\r\n二\r\n".encode("gb18030"))

    assert whole
    assert "一二\r\n".encode("gb18030") == relined(whole, ("一二", ""))


def test_a_file_is_saved_at_once(tmp_path: Path) -> None:
    """The file keeps its permissions, a link stays a link, and nothing is left beside it."""
    file, link = tmp_path / "lead.md", tmp_path / "link.md"
    file.write_bytes(b"a")
    file.chmod(0o640)
    link.symlink_to(file)

    assert save(link, b"a", b"b")
    assert b"b" == file.read_bytes()
    assert link.is_symlink()
    assert 0o640 == stat.S_IMODE(file.stat().st_mode)
    assert ["lead.md", "link.md"] == sorted(one.name for one in tmp_path.iterdir())


def test_what_somebody_changed_meanwhile_is_kept(tmp_path: Path) -> None:
    """A file that is not what was read is left alone."""
    file = tmp_path / "lead.md"
    file.write_bytes(b"new")

    assert not save(file, b"old", b"mine")
    assert b"new" == file.read_bytes()
    assert [file] == list(tmp_path.iterdir())
