"""`proof`: papers that fit one page each, name every stage, and say which content they are for."""

from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from click.testing import CliRunner, Result

from jianbao.cli.commands import commands
from jianbao.cli.language import translator
from jianbao.model.reviewed import PRESETS
from jianbao.settings import Settings, shipped_templates
from tests.unit.newsroom.reviewing.weekly import LEAD, change, weekly

TARGET = "yunxi/2026-47"
PLACE = "output/yunxi/review/2026-47"
PAPERS = ("proof.pdf", "review-slip.pdf", "secrecy-slip.pdf")


@pytest.fixture
def site(tmp_path: Path) -> Settings:
    """Return a site with two weeks."""
    return replace(weekly(tmp_path), templates=shipped_templates())


def run(site: Settings, *words: str) -> Result:
    """Run a command as a clerk types it."""
    return CliRunner().invoke(commands(translator("zh")), [*words, "--site", str(site.root)])


def texts(site: Settings) -> dict[str, str]:
    """Make the papers and return their words; each is one page."""
    result = run(site, "proof", TARGET)
    found = {}
    for name in ("review-slip.pdf", "secrecy-slip.pdf"):
        file = site.root / PLACE / name
        assert str(file) in result.stdout, result.stderr
        with pymupdf.open(file) as pdf:
            assert 1 == pdf.page_count
            found[name.removesuffix(".pdf")] = pdf[0].get_text()
    return found


@pytest.mark.parametrize("preset", PRESETS)
def test_every_stage_has_a_row(site: Settings, preset: str) -> None:
    """Whatever the office's stages are, there is room for each on one page."""
    change(site.root, "data/site.yaml", "language: zh", f"language: zh\nreview: {preset}")
    found = texts(site)

    for stage in PRESETS[preset].stages:
        assert stage.name in found["review-slip"]
    assert len(PRESETS[preset].stages) == found["review-slip"].count("签名：")
    assert ("《办结586件　再出发》" in found["review-slip"], 4) == (
        True, found["secrecy-slip"].count("签名："),
    )  # fmt: skip


def test_a_signature_is_printed_only_on_what_it_was_given_for(site: Settings) -> None:
    """Name and note stand in their row; after a change the code is another and the row is empty."""
    run(site, "sign", TARGET, "--stage", "拟稿", "--name", "王小云", "--note", "同意送审")
    before = texts(site)["review-slip"]
    change(site.root, LEAD, "倾听民声", "聆听民声")
    after = texts(site)["review-slip"]

    assert ("王小云" in before, "同意送审" in before) == (True, True)
    assert "王小云" not in after
    assert _code(before) != _code(after)


def test_one_command_gives_all_that_is_printed(site: Settings) -> None:
    """The proof with its sheet of figures lies beside the slips, all of one content."""
    result = run(site, "proof", TARGET)
    folder = site.root / PLACE

    assert [str(folder / name) for name in PAPERS] == result.stdout.splitlines()
    assert "请打印这3个文件" in result.stderr
    assert 0 == run(site, "build", TARGET).exit_code
    assert set(PAPERS) == {file.name for file in folder.iterdir()}
    with pymupdf.open(folder / "proof.pdf") as pdf:
        assert "586件" in "".join(page.get_text() for page in pdf)
        assert 2 <= pdf.page_count


def test_with_errors_there_is_nothing_to_sign(site: Settings) -> None:
    """The error is said once, no paper is made, and the last ones stay as they are."""
    run(site, "proof", TARGET)
    before = {name: (site.root / PLACE / name).read_bytes() for name in PAPERS}
    change(site.root, LEAD, "{{ 信访.满意率 }}", "{{ 信访.满意度 }}")
    result = run(site, "proof", TARGET)

    assert (1, "", 1) == (result.exit_code, result.stdout, result.stderr.count("差错　"))
    assert "有差错的稿子不能签" in result.stderr
    assert before == {n: (site.root / PLACE / n).read_bytes() for n in PAPERS}


def _code(text: str) -> str:
    return text.partition("内容校验码")[2].strip()[:19]
