"""The nouns are imported where one is asked for: a build of nothing new asks for none."""

import subprocess
import sys

import pytest

from jianbao import model

CODE = """
import sys, jianbao.cli, jianbao.pipeline
print(sorted(name for name in sys.modules if name.startswith("jianbao.model.")))
"""


def test_what_looks_for_changes_needs_no_noun() -> None:
    """Only what names editions and papers on the command line is there."""
    ran = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)

    assert "['jianbao.model.editions', 'jianbao.model.imprint']" == ran.stdout.strip()


def test_every_noun_is_there_and_nothing_else() -> None:
    """A misspelt one is told as of any module."""
    assert all(getattr(model, name) is not None for name in model.__all__)
    with pytest.raises(AttributeError, match="Bulettin"):
        _ = model.Bulettin  # type: ignore[attr-defined]
