"""Where a picture's focus is, as clerks write it."""

import pytest

from jianbao.diagnostics import Place
from jianbao.reading.focus import read_focus

PHOTO = Place("lead.md", 2, 0, 0, "/// photo | photos/a.jpg")


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("", (0.5, 0.5)),
        ("左上", (0, 0)),
        ("右", (1, 0.5)),
        ("下边", (0.5, 1)),
        ("中间", (0.5, 0.5)),
        ("Top Left", (0, 0)),
        ("30% 40%", (0.3, 0.4)),
        ("30，40", (0.3, 0.4)),
        ("100％ 0％", (1, 0)),
    ],
)
def test_a_focus_is_understood(text: str, focus: tuple[float, float]) -> None:
    """In words, or in per cent from the left and from the top."""
    found = read_focus(text, (), PHOTO)

    assert (focus, ()) == (found.value, found.findings)


@pytest.mark.parametrize("text", ["那个人", "左右", "上下", "130% 20%", "30%", "左上角的旗"])
def test_what_is_not_understood_is_said(text: str) -> None:
    """The finding stands where the words do, and the middle is taken."""
    line = f"    焦点：{text}"
    found = read_focus(text, ("", PHOTO.text, line), PHOTO)

    assert (0.5, 0.5) == found.value
    (finding,) = found.findings
    assert ("photo-focus", 3, text) == (finding.rule, finding.place.line, finding.place.excerpt)
