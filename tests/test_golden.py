"""Each folder under golden/ is a tiny site and what it must give; --update-golden rewrites it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jianbao import pipeline
from jianbao.settings import Settings
from tests.conftest import Golden

CASES = sorted((Path(__file__).parent / "golden").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden(case: Path, tmp_path: Path, golden: Golden) -> None:
    """A site without faults gives these pages and these records of its figures."""
    settings = Settings(case, tmp_path, date(2026, 11, 22), templates=case / "templates")

    outcome = pipeline.build(replace(settings, pdf=False))

    assert () == outcome.findings
    for address in outcome.made:
        name = address.replace("/", "-")
        for file, kept in (("index.html", "html"), ("figures.json", "json")):
            text = (tmp_path / address / file).read_text(encoding="utf-8")
            golden(case / f"expected.{name}.{kept}", text)
    golden(case / "expected.index.html", (tmp_path / "index.html").read_text(encoding="utf-8"))
