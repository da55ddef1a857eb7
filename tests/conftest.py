"""What the tests share: golden files, copies of the small site, and the clerk's sentences."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from jianbao import pipeline
from jianbao.settings import Settings, shipped_templates

HERE = Path(__file__).parent
# How long an example takes says how busy the machine is, and nothing of the promise.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")
SAMPLE = ("huiji/2021-43", "yunxi/2026-46", "yunxi/2026-47", "yunxi/2026-48", "zhongyuan/2021-47")
SMALL = HERE / "golden" / "small"
Golden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --update-golden, which rewrites kept files; read the diff before committing."""
    parser.addoption("--update-golden", action="store_true")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with a kept file, or rewrite that file on --update-golden."""

    def compare(file: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            file.write_text(text, encoding="utf-8")

        assert file.read_text(encoding="utf-8") == text

    return compare


@pytest.fixture
def small(tmp_path: Path) -> Settings:
    """Return the settings of a copy of the small site that a test may spoil."""
    return copy_of_small(tmp_path)


def copy_of_small(folder: Path) -> Settings:
    """Copy the small site into `folder` and return its settings."""
    root = folder / "site"
    shutil.copytree(SMALL, root, ignore=shutil.ignore_patterns("expected.*"))
    return Settings(
        root=root,
        output=folder / "output",
        today=date(2026, 11, 22),
        templates=root / "templates",
    )


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sample site once and return its output; it is without faults."""
    output = tmp_path_factory.mktemp("sample")
    outcome = pipeline.build(
        Settings(
            HERE.parent,
            output,
            date(2026, 11, 22),
            templates=shipped_templates(),
            fonts=False,
        )
    )

    assert () == outcome.findings
    assert outcome.made == SAMPLE
    return output
