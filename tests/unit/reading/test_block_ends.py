"""How the end of a block may be typed: a Chinese input method makes ／／／ of ///."""

from pathlib import Path

import pytest

from jianbao.reading.stories import read_story

CHART, PHOTO = "图 | 实事：项目\n形式：条形", "photo | photos/a.jpg\n    credit: 甲\n\n图的说明"


@pytest.mark.parametrize("block", [CHART, PHOTO], ids=["chart", "photo"])
@pytest.mark.parametrize("begin", ["///", "／／／"])
@pytest.mark.parametrize(
    ("end", "rules"),
    [
        ("///", []),
        ("／／／", []),
        ("  ////  ", []),
        ("/// | 乙 |", ["block-argument"]),
        ("／／／ ｜", ["block-argument"]),
        ("", ["block-open"]),
    ],
)
def test_ends_of_blocks(block: str, begin: str, end: str, rules: list[str], tmp_path: Path) -> None:
    """Taken where it can mean one thing; told, and nothing read, where it cannot."""
    (tmp_path / "x.md").write_text(f"主题：事\n---\n{begin} {block}\n{end}\n完。\n", "utf-8")
    read = read_story(tmp_path, "x.md")

    assert rules == [finding.rule for finding in read.findings]
    assert bool(rules) == (read.value is None)
    if read.value:
        assert (block == CHART, block == PHOTO) == (
            bool(read.value.charts),
            bool(read.value.photos),
        )
        assert "<p>完。</p>" in read.value.sections[-1].body
