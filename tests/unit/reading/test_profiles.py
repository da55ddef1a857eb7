"""The printer's profile: taken where colours can be turned by it, else refused with the reason."""

from pathlib import Path

import pytest

from jianbao.model.editions import Printing
from jianbao.reading.profiles import read_profile

WHOLE = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc").read_bytes()
SCREEN = Path("/usr/share/color/icc/ghostscript/srgb.icc").read_bytes()


def test_a_profile_of_a_press_is_taken(tmp_path: Path) -> None:
    """Its bytes are those of the file."""
    (tmp_path / "press.icc").write_bytes(WHOLE)

    assert read_profile(tmp_path, Printing(profile="press.icc")).value == WHOLE


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (SCREEN, "This profile is not one of a press with four inks."),
        (WHOLE[:5000], "This is not an ICC profile."),
        (WHOLE[:128], "This is not an ICC profile."),
        (b"title: x" * 100, "This is not an ICC profile."),
    ],
)
def test_others_are_refused_with_what_to_do(tmp_path: Path, data: bytes, why: str) -> None:
    """A screen's profile, one cut off by the mail, another file."""
    (tmp_path / "press.icc").write_bytes(data)
    read = read_profile(tmp_path, Printing(profile="press.icc"))

    assert read.value is None
    assert [(item.rule, item.message.text) for item in read.findings] == [("print-profile", why)]


def test_a_profile_elsewhere_is_not_read(tmp_path: Path) -> None:
    """The site's files are inside the site."""
    (tmp_path / "press.icc").write_bytes(WHOLE)
    read = read_profile(tmp_path / "site", Printing(profile="../press.icc"))

    assert read.value is None
    assert read.findings[0].message.text == "The profile lies outside the site."
