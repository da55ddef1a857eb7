"""Characters that cannot be seen: each of them is found, and nothing else is."""

from pathlib import Path

from jianbao.reading.files import is_hidden, read_text


def test_each_hidden_character_is_found_in_a_text(tmp_path: Path) -> None:
    """One a line, all of them in one file; a text without any is as it was."""
    every = [chr(code) for code in range(0x10000) if not 0xD800 <= code <= 0xDFFF]
    hidden = [char for char in every if is_hidden(char) and char not in "\0\r\n"]
    seen = "一".join(char for char in every if not is_hidden(char))  # no sign on another sign
    (tmp_path / "seen.md").write_text(seen, encoding="utf-8")

    for number, char in enumerate(hidden):
        if number % 97 and 0xE000 < ord(char) < 0xF8FF:
            continue  # of the private use area, a few
        (tmp_path / "hidden.md").write_text(f"一{char}二", encoding="utf-8")
        read = read_text(tmp_path, "hidden.md")
        assert ("一 二", 1) == (read.value, len(read.findings)), hex(ord(char))
    assert (seen, ()) == (
        read_text(tmp_path, "seen.md").value,
        read_text(tmp_path, "seen.md").findings,
    )
