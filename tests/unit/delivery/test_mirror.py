"""The mirror of what is public is one thing or the other, whenever it is looked at."""

from pathlib import Path

from jianbao.delivery.publishing.mirror import addresses_in, begin, give_up, switch


def bulletin(site: Path, address: str, text: str = "1") -> None:
    """Put a bulletin into a mirror."""
    (site / address).mkdir(parents=True)
    (site / address / "bulletin.json").write_text(text, encoding="utf-8")


def test_what_was_begun_can_be_given_up(tmp_path: Path) -> None:
    """The old bulletins are back, the new one is not there, and nothing is left beside."""
    site = tmp_path / "site"
    for number in (1, 2, 3):
        bulletin(site, f"yunxi/2026-{number}")
    coming = begin(site, {"yunxi/2026-2"})
    moved = addresses_in(coming)
    bulletin(coming, "yunxi/2026-2", "other")
    bulletin(coming, "yunxi/2026-4")
    give_up(site)

    assert moved == ("yunxi/2026-1", "yunxi/2026-3")
    assert addresses_in(site) == ("yunxi/2026-1", "yunxi/2026-2", "yunxi/2026-3")
    assert (site / "yunxi/2026-2/bulletin.json").read_text(encoding="utf-8") == "1"
    assert [file.name for file in tmp_path.iterdir()] == ["site"]


def test_killed_while_the_two_change_places(tmp_path: Path) -> None:
    """With the old one put away and the new one not yet there, the new one it is."""
    site = tmp_path / "site"
    bulletin(site, "yunxi/2026-1")
    coming = begin(site, ())
    bulletin(coming, "yunxi/2026-2")
    site.rename(tmp_path / "over")
    give_up(site)

    assert addresses_in(site) == ("yunxi/2026-1", "yunxi/2026-2")
    assert [file.name for file in tmp_path.iterdir()] == ["site"]


def test_the_new_one_takes_its_place(tmp_path: Path) -> None:
    """What was left out is gone, and nothing is left beside."""
    site = tmp_path / "site"
    bulletin(site, "yunxi/2026-1")
    bulletin(site, "yunxi/2026-2")
    switch(site, begin(site, {"yunxi/2026-1"}))

    assert addresses_in(site) == ("yunxi/2026-2",)
    assert [file.name for file in tmp_path.iterdir()] == ["site"]
