"""The seeds' own faults, entered as the two newspaper pages stated them, are found."""

from datetime import date
from pathlib import Path

from jianbao import pipeline
from jianbao.cli.language import translator
from jianbao.cli.showing import sentence
from jianbao.settings import Settings
from tests.conftest import Golden

SITE = Path(__file__).parent / "sites" / "seed-faults"


def test_the_seeds_faults_are_found(tmp_path: Path, golden: Golden) -> None:
    """346 + 215 against 560, 90% against 94.1%, 60.63%, 275/223 as 100%, 145 with two scopes."""
    outcome = pipeline.check(Settings(SITE, tmp_path, date(2026, 11, 22), fast=True))

    said = [sentence(finding, translator("zh")) for finding in outcome.findings]
    golden(SITE / "expected.zh.txt", "\n".join(said) + "\n")
    assert {
        "total-differs",
        "ratio-differs",
        "ratio-truncated",
        "part-missing",
        "number-differs",
    } <= {finding.rule for finding in outcome.findings}
