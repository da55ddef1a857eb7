"""Names of folders that are not what they look like."""

import shutil

import pytest

from jianbao import pipeline
from jianbao.reading.folders import folder_findings
from jianbao.settings import Settings


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("2026-47", ""),
        ("民生实事", ""),
        ("2026-47增刊", ""),
        ("yun\u202exi", "202E"),
        ("yun\u200bxi", "200B"),
        ("ｙunxi", "yunxi"),
        ("２０２６-47", "2026-47"),
        ("yun\u0445i", "\u0445"),
        ("αlpha", "α"),
        ("неделя", ""),
    ],
)
def test_names_are_what_they_look_like(name: str, told: str) -> None:
    """Hidden, full-width and foreign letters are told; Han and whole foreign words are not."""
    found = list(folder_findings(f"content/{name}"))

    assert bool(told) == bool(found)
    assert not told or told in str(found[0].message.values)
    assert all("\u202e" not in finding.place.path for finding in found)


def test_a_bulletin_in_such_a_folder_is_not_made(small: Settings) -> None:
    """It is said once, and nothing is written under such an address."""
    home = small.root / "content/yunxi"
    shutil.copytree(home / "2026-47", home / "2026-4\u202e8")

    outcome = pipeline.build(small)

    assert ["folder-name"] == [finding.rule for finding in outcome.findings]
    assert ("yunxi/2026-47",) == outcome.made
