"""What the tests of collecting share: a small office, and an inbox."""

from pathlib import Path

import pytest

from tests.unit.newsroom.collecting.office import Table, office, table


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return the small office."""
    return office(tmp_path / "site")


@pytest.fixture
def inbox(tmp_path: Path) -> Table:
    """Return what writes a table into the inbox."""
    (tmp_path / "inbox").mkdir()
    return lambda name, text: table(tmp_path / "inbox", name, text)
