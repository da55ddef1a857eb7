"""One-off figures in YAML: the equal of the sheet 零星数."""

from pathlib import Path

import pytest

from jianbao.diagnostics import Checked
from jianbao.reading.campaigns import read_campaign
from jianbao.reading.daybooks import Daybook
from jianbao.reading.reports import read_reports
from tests.sheets import write_workbook

CAMPAIGN = "title: 实事\norganisation: 云溪区\ndatasets:\n  实事: {measures: {项目: {unit: 件}}}\n"
TEXT = """
零星数:
  截至: 2026-11-20
  会议:
    来源: 区委办
    常委会: 4次
    督导: {数: 12, 单位: 次, 来源: 区督查室}
  防汛:
    截至: 2026-11-18
    人员: 11.6万余人
    投入：58600万元
    完成率: 97.3%
"""
SHEET = """# 零星数
截至 ｜ 2026-11-20
组 ｜ 名 ｜ 数 ｜ 单位 ｜ 来源 ｜ 截至
会议 ｜ 常委会 ｜ 4 ｜ 次 ｜ 区委办 ｜
会议 ｜ 督导 ｜ 12 ｜ 次 ｜ 区督查室 ｜
防汛 ｜ 人员 ｜ 11.6万余 ｜ 人 ｜ ｜ 2026-11-18
防汛 ｜ 投入 ｜ 58600万 ｜ 元 ｜ ｜ 2026-11-18
防汛 ｜ 完成率 ｜ 97.3 ｜ % ｜ ｜ 2026-11-18
"""


def read(root: Path, text: str, sheet: str = "") -> Checked[Daybook]:
    """Return what a day's file reports."""
    home = root / "data/yunxi"
    home.mkdir(parents=True)
    (home / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    campaign = read_campaign(root, "yunxi").value
    assert campaign
    if sheet:
        write_workbook(sheet, home / "2026-11-20.xlsx")
    else:
        (home / "2026-11-20.yaml").write_text(text, encoding="utf-8")
    return read_reports(root, campaign)


def test_yaml_is_the_equal_of_the_sheet(tmp_path: Path) -> None:
    """The same figures, units, sources and as-ofs, whichever way they were entered."""
    both = [read(tmp_path / "a", TEXT), read(tmp_path / "b", "", SHEET)]
    seen = [
        {
            (o.dataset, o.name, o.amount.value, o.amount.approx, o.as_of, f.measure.unit, f.measure.source)
            for f in found.value.loose
            for o in [f.observation]
        }
        for found in both
    ]  # fmt: skip

    assert [(), ()] == [found.findings for found in both]
    assert seen[0] == seen[1]
    assert 5 == len(seen[0])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("常委会: 4次", "常委会: 4", "value-missing【4】"),
        ("常委会: 4次", "常委会: 四次", "number-refused【四次】"),
        ("常委会: 4次", "常委会:", "number-refused【常委会】"),
        ("常委会: 4次", "1常委会: 4次", "name-refused【1常委会】"),
        ("单位: 次", "单为: 次", "key-unknown【单为】"),
        ("  会议:", "  实事:", "group-declared【实事】"),
        ("截至: 2026-11-20", "截至: 12:30", "as-of-refused【12:30】"),
        ("  截至: 2026-11-20\n", "", "as-of-missing【会议】"),
        ("  会议:\n", "  常委会: 4次\n  会议:\n", "value-refused【常委会】"),
    ],
)
def test_slips_are_told(old: str, new: str, expected: str, tmp_path: Path) -> None:
    """Each with the words in question."""
    found = read(tmp_path, TEXT.replace(old, new, 1)).findings

    assert expected == f"{found[0].rule}【{found[0].place.excerpt}】"
