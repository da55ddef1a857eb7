"""Numbers that no count and no share of a whole can be."""

from pathlib import Path

import pytest

from jianbao.cli.language import translator
from jianbao.cli.showing import sentence
from jianbao.proofreading.shares import counts_are_not_negative, shares_lie_within
from tests.unit.figures.books import book_of

CAMPAIGN = """
  回访:
    measures:
      满意率: {unit: "%", source: 区信访局}
      完成率: {unit: "%", source: 区信访局}
      覆盖率增幅: {unit: "%", source: 区信访局}
      网上占比: {unit: "%", source: 区信访局}
      户数: {unit: 户}
      净增: {unit: 户}
      余额: {unit: 万元}
"""


def told(folder: Path, values: str) -> list[str]:
    """Return what is said of these numbers."""
    day = {"2026-11-20": f"回访: {{as_of: 2026-11-20, {values}}}"}
    book = book_of(folder, CAMPAIGN, day, "2026-11-20")
    found = (*shares_lie_within(book), *counts_are_not_negative(book))
    return [f"{one.rule} {sentence(one, translator('zh'))}" for one in found]


@pytest.mark.parametrize(
    "values",
    ["满意率: 100%", "满意率: 0%", "完成率: 9680%", "覆盖率增幅: 230%", "净增: -116", "余额: -5万元", "户数: 0"],
)  # fmt: skip
def test_what_may_be_is_passed_over(tmp_path: Path, values: str) -> None:
    """Rates of plans and of growth pass 100%, and what is a difference may be negative."""
    assert [] == told(tmp_path, values)


@pytest.mark.parametrize("typed", ["9680%", "9680"])
def test_a_share_beyond_the_whole_lacks_its_point(tmp_path: Path, typed: str) -> None:
    """Nobody can compute a reported rate again, so what cannot be is an error."""
    (one,) = told(tmp_path, f"满意率: {typed}")

    assert one.startswith("rate-beyond 差错　data/yunxi/2026-11-20.yaml 第1行：")
    assert one.endswith(
        f"【{typed}】}}”“满意率”是9680%，占全体的率只会在0%到100%之间。如果漏了小数点，请改为【96.8%】。"
    )


@pytest.mark.parametrize("values", ["网上占比: 100.5%", "满意率: -3%"])
def test_a_share_outside_is_an_error_without_a_guess(tmp_path: Path, values: str) -> None:
    """Where no point explains it, nothing is proposed."""
    (one,) = told(tmp_path, values)
    assert one.startswith("rate-beyond 差错")
    assert "小数点" not in one


def test_a_count_below_nothing_is_an_error(tmp_path: Path) -> None:
    """There are no fewer than no households."""
    (one,) = told(tmp_path, "户数: -116")

    assert one.startswith("number-negative 差错")
    assert one.endswith("“户数”是-116户，数得出来的不会是负数。如果只是多打了一横，请改为【116】。")
