"""A folder of invalid sites: each changes the small site, and what is said stands beside it."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from jianbao import pipeline
from jianbao.cli.language import translator
from jianbao.cli.showing import sentence
from jianbao.diagnostics import Severity
from tests.conftest import Golden, copy_of_small
from tests.sheets import make_workbooks

CASES = sorted(
    folder for folder in (Path(__file__).parent / "invalid").iterdir() if folder.is_dir()
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_invalid(case: Path, language: str, tmp_path: Path, golden: Golden) -> None:
    """What a clerk got wrong is said in a sentence with its place, and nothing is delivered."""
    settings = copy_of_small(tmp_path)
    shutil.copytree(case, settings.root, dirs_exist_ok=True)
    make_workbooks(settings.root)
    expected = case / f"expected.{language}.txt"

    outcome = pipeline.build(replace(settings, pdf=case.name.startswith("press-")))

    said = [sentence(finding, translator(language)) for finding in outcome.findings]
    golden(expected, "\n".join(said) + "\n")
    errors = any(finding.severity is Severity.ERROR for finding in outcome.findings)
    assert errors == (not outcome.paths)
    assert outcome.findings
