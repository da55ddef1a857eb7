"""Tables with members across the head give the same observations as a row each member."""

from pathlib import Path

import pytest

from jianbao.diagnostics import Checked
from jianbao.reading.campaigns import read_campaign
from jianbao.reading.daybooks import Daybook, read_daybook
from tests.sheets import write_workbook

CAMPAIGN = """
title: 民生实事
organisation: 云溪区
datasets:
  诉求:
    dimensions: {街道: [建设路, 石桥], 来源: [热线, 信访]}
    measures: {件数: {unit: 件}}
  办理:
    dimensions: {街道: [建设路, 石桥], 来源: {热线: {name: 热线电话}, 信访: {name: 信访}}}
    measures: {受理: {unit: 件}, 金额: {unit: 万元}}
  项目:
    dimensions: {街道: [建设路, 石桥]}
    measures: {总数: {unit: 件}, 投资: {unit: 万元}}
"""
ALONE = """# 诉求
各街道诉求来源
截至 ｜ 2026-11-20
街道 ｜ 热线 ｜ 信访 ｜ 合计
建设路 ｜ 12 ｜ 3 ｜ 15
石桥 ｜ 8 ｜ — ｜ 8
合计 ｜ 20 ｜ 3 ｜ 23
"""
ABOVE = """# 办理
截至 ｜ 2026-11-20
街道 ｜ 受理（件） ｜  ｜ 金额（万元） ｜  ｜ 备注
 ｜ 热线电话 ｜ 信访 ｜ 热线电话 ｜ 信访 ｜
建设路 ｜ 12 ｜ 3 ｜ 1.5 ｜ 2 ｜ 好
石桥 ｜ 8 ｜ 4 ｜ 3 ｜ 0.5 ｜
! merge A2:A3
! merge B2:C2
! merge D2:E2
"""
BELOW = """# 办理
截至 ｜ 2026-11-20
街道 ｜ 热线 ｜  ｜ 信访 ｜
 ｜ 受理（件） ｜ 金额（万元） ｜ 受理 ｜ 金额
建设路 ｜ 12 ｜ 1.5 ｜ 3 ｜ 2
石桥 ｜ 8 ｜ 3 ｜ 4 ｜ 0.5
! merge A2:A3
! merge B2:C2
! merge D2:E2
"""
TURNED = """# 项目
截至 ｜ 2026-11-20
指标 ｜ 建设路 ｜ 石桥 ｜ 合计
总数 ｜ 12 ｜ 8 ｜ 20
投资（万元） ｜ 1.5 ｜ 3 ｜ 4.5
"""


def read(root: Path, text: str) -> Checked[Daybook]:
    """Return what a workbook reports."""
    home = root / "data/yunxi"
    home.mkdir(parents=True)
    (home / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    campaign = read_campaign(root, "yunxi").value
    assert campaign
    write_workbook(text, home / "2026-11-20.xlsx")
    return read_daybook(root, "data/yunxi/2026-11-20.xlsx", campaign)


def values(found: Checked[Daybook]) -> dict[tuple[object, ...], int]:
    """Return each value by members and measure."""
    assert () == found.findings
    return {(*o.members, o.name): int(o.amount.value) for o in found.value.observations}


def test_members_of_one_measure(tmp_path: Path) -> None:
    """Where only one thing is counted, nobody has to name it; totals are stated both ways."""
    assert {
        ("建设路", "热线", "件数"): 12, ("建设路", "信访", "件数"): 3, ("建设路", None, "件数"): 15,
        ("石桥", "热线", "件数"): 8, ("石桥", None, "件数"): 8,
        (None, "热线", "件数"): 20, (None, "信访", "件数"): 3, (None, None, "件数"): 23,
    } == values(read(tmp_path, ALONE))  # fmt: skip


@pytest.mark.parametrize("sheet", [ABOVE, BELOW], ids=["above", "below"])
def test_measures_above_or_below(sheet: str, tmp_path: Path) -> None:
    """Merged or not, measures above the members and below them mean the same."""
    assert {
        ("建设路", "热线", "受理"): 12, ("建设路", "信访", "受理"): 3,
        ("建设路", "热线", "金额"): 15000, ("建设路", "信访", "金额"): 20000,
        ("石桥", "热线", "受理"): 8, ("石桥", "信访", "受理"): 4,
        ("石桥", "热线", "金额"): 30000, ("石桥", "信访", "金额"): 5000,
    } == values(read(tmp_path, sheet))  # fmt: skip


def test_measures_down_the_side(tmp_path: Path) -> None:
    """A table turned on its side: measures in the rows, members across."""
    assert {
        ("建设路", "总数"): 12, ("石桥", "总数"): 8, (None, "总数"): 20,
        ("建设路", "投资"): 15000, ("石桥", "投资"): 30000, (None, "投资"): 45000,
    } == values(read(tmp_path, TURNED))  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "old", "new", "expected"),
    [
        (ALONE, "信访 ｜ 合计", "信防 ｜ 合计", ["heading-unknown C3"]),
        (ALONE, "｜ 合计\n", "｜ 网络\n", ["heading-unknown D3"]),
        (ALONE, "石桥 ｜ 8", "石挢 ｜ 8", ["figure-unknown A5"]),
        (ALONE, "截至 ｜ 2026-11-20\n", "", ["as-of-missing 诉求"]),
        (ALONE, "# 诉求", "# 办理", ["heading-missing B4"]),
        (ABOVE, "金额（万元）", "金额（件）", ["unit-differs D2"]),
        (TURNED, "投资（万元）", "投次（万元）", ["figure-unknown A4"]),
    ],
)  # fmt: skip
def test_what_is_unclear_is_told(
    sheet: str, old: str, new: str, expected: list[str], tmp_path: Path
) -> None:
    """A member, measure or head that is not known is one finding with its cell."""
    found = read(tmp_path, sheet.replace(old, new))

    assert expected == [f"{f.rule} {f.place.cell or f.place.sheet}" for f in found.findings]
