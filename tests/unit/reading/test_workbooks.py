"""Day files as workbooks: the equal of YAML, safe to open, never a traceback."""

import random
import shutil
import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from jianbao.diagnostics import Checked, Message
from jianbao.model import AsOf, Campaign, Observation, Precision
from jianbao.reading.campaigns import read_campaign
from jianbao.reading.daybooks import Daybook, read_daybook
from jianbao.reading.formats import exact, shown
from jianbao.reading.grids import moment
from jianbao.reading.reports import read_reports
from jianbao.reading.workbooks import read_workbook, refusal
from tests.conftest import SMALL
from tests.sheets import write_workbook

DAY = "data/yunxi/2026-11-21.xlsx"


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    """The small site's campaign."""
    found = read_campaign(SMALL, "yunxi").value
    assert found
    return found


def read(root: Path, campaign: Campaign, text: str) -> Checked[Daybook]:
    """Return what a workbook written as text reports."""
    file = root / DAY
    file.parent.mkdir(parents=True, exist_ok=True)
    write_workbook(text, file)
    return read_daybook(root, DAY, campaign)


def bare(observations: tuple[Observation, ...]) -> set[tuple[object, ...]]:
    """Return observations without their places."""
    return {(o.dataset, o.members, o.name, o.amount, o.as_of) for o in observations}


amounts = st.one_of(
    st.integers(0, 10**9).map(str),
    st.decimals(0, 10**6, places=2).map(str),
    st.integers(1, 10**6).map(lambda n: f"{n}万余"),
    st.decimals(0, 1000, places=2).map(lambda n: f"{n}亿"),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.one_of(st.none(), amounts), min_size=6, max_size=6))
def test_a_day_in_a_workbook_is_the_same_day_in_yaml(
    values: list[str | None], campaign: Campaign, tmp_path: Path
) -> None:
    """Whatever was typed, a sheet and a YAML file give the same observations."""
    shutil.rmtree(tmp_path)
    yaml = "实事:\n  as_of: 2026-11-21\n"
    sheet = "# 实事\n标题\n截至 ｜ 2026-11-21\n级别 ｜ 项目（件） ｜ 已完成（件）\n"
    for name, key, pair in zip(
        ("区级", "乡镇级", "合 计"), ("区级", "乡镇级", "all"),
        (values[:2], values[2:4], values[4:]), strict=True,
    ):  # fmt: skip
        typed = dict(zip(("项目", "已完成"), pair, strict=True))
        yaml += f"  {key}: {{{', '.join(f'{k}: {v}' for k, v in typed.items() if v)}}}\n"
        cells = [
            f"{v} [0.00]" if v and v.replace(".", "").isdigit() and "." in v else v or ""
            for v in pair
        ]
        sheet += " ｜ ".join([name, *cells]) + "\n"
    workbook = read(tmp_path / "xlsx", campaign, sheet)
    file = tmp_path / "yaml/data/yunxi/2026-11-21.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(yaml, encoding="utf-8")
    typed_in = read_reports(tmp_path / "yaml", campaign)

    assert [] == [f for f in workbook.findings if f.severity == "error"]
    assert bare(typed_in.value.observations) == bare(workbook.value.observations)


def test_a_cell_counts_as_it_is_shown(campaign: Campaign, tmp_path: Path) -> None:
    """Percent, decimals, units in the format: what is seen is what is read."""
    found = read(tmp_path, campaign, """# 重建
截至 ｜ @2026-11-21 [yyyy"年"m"月"d"日"]
投资 ｜ 计划（亿元） ｜ 投资率
5.8634 [0.00"亿元"] ｜ 98200 [0.00"万元"] ｜ 0.59674 [0.0%]
""")  # fmt: skip

    assert () == found.findings
    assert [Decimal(586000000), Decimal(982000000), Decimal("59.7")] == [
        o.amount.value for o in found.value.observations
    ]


def test_the_place_is_a_sheet_and_a_cell(campaign: Campaign, tmp_path: Path) -> None:
    """An observation knows its cell, and what is written there."""
    found = read(
        tmp_path, campaign, "# 防汛\n截至 ｜ 2026-11-21\n指标 ｜ 数\n人员（人） ｜ 11.6万余\n"
    )
    place = found.value.observations[0].place

    assert (DAY, "防汛", "B3", "11.6万余") == (place.path, place.sheet, place.cell, place.text)


def test_two_dimensions_merged_and_with_printed_names(campaign: Campaign, tmp_path: Path) -> None:
    """Merged cells go down; a member may be called by its printed name; a total's blank is all."""
    found = read(tmp_path, campaign, """# 疫苗
截至 ｜ 2026年10月
剂次 ｜ 人群 ｜ 接种（万剂次）
第一剂 ｜ 小计 ｜ 88.8623
 ｜ 3～11 周岁 ｜ １１.５９２８
合计 ｜  ｜ 170 [0.0]
备注：略
! merge A3:A4
""")  # fmt: skip

    assert () == found.findings
    assert [("第一剂", None), ("第一剂", "少儿"), (None, None)] == [
        o.members for o in found.value.observations
    ]
    assert [888623, 115928, 1700000] == [int(o.amount.value) for o in found.value.observations]


def test_nothing_reported_is_not_zero(campaign: Campaign, tmp_path: Path) -> None:
    """Empty cells and dashes give no observation; 0 gives one."""
    found = read(
        tmp_path,
        campaign,
        "# 实事\n截至 ｜ 2026-11-21\n级别 ｜ 项目 ｜ 已完成\n区级 ｜ — ｜ 0\n乡镇级 ｜ / ｜\n",
    )

    assert [("已完成", 0)] == [(o.name, int(o.amount.value)) for o in found.value.observations]


def test_headings_of_two_rows_and_broken_words(campaign: Campaign, tmp_path: Path) -> None:
    """A heading merged over two rows, one with a line end in it, and helper columns."""
    found = read(tmp_path, campaign, """# 实事项目
关于实事项目的统计表
填报单位：区督查室 ｜ ｜ 截至：2026-11-21
序号 ｜ 级别 ｜ 办理情况 ｜ ｜ 备注
 ｜ ｜ 项 目（件） ｜ 已完成 ｜
1 ｜ 区级 ｜ 94 ｜ 57 ｜ 好
! merge A3:A4
! merge B3:B4
! merge C3:D3
""")  # fmt: skip

    assert () == found.findings
    assert [94, 57] == [int(o.amount.value) for o in found.value.observations]


def test_a_wrong_unit_is_told_once_at_its_heading(campaign: Campaign, tmp_path: Path) -> None:
    """However many numbers stand below it, one heading is to be mended."""
    found = read(tmp_path, campaign, """# 实事
截至 ｜ 2026-11-21
级别 ｜ 项目（个） ｜ 已完成
区级 ｜ 94 ｜ 57
乡镇级 ｜ 788 ｜ 636
""")  # fmt: skip

    assert [("unit-differs", "B2")] == [(f.rule, f.place.cell) for f in found.findings]
    assert [57, 636] == [int(o.amount.value) for o in found.value.observations]


def test_one_off_figures(campaign: Campaign, tmp_path: Path) -> None:
    """Each has its unit and source; merged groups go down."""
    found = read(tmp_path, campaign, """# 零星数
截至 ｜ 2026-11-20
组 ｜ 名 ｜ 数 ｜ 单位 ｜ 来源
会议 ｜ 常委会 ｜ 3 ｜ 次 ｜ 区委办
 ｜ 到会率 ｜ 0.98 [0%] ｜ % ｜
 ｜ 投入 ｜ 5.2 ｜ 万元 ｜
! merge A3:A5
""")  # fmt: skip

    assert () == found.findings
    assert [("会议", "次", 3), ("会议", "%", 98), ("会议", "元", 52000)] == [
        (f.observation.dataset, f.measure.unit, int(f.observation.amount.value))
        for f in found.value.loose
    ]


@pytest.mark.parametrize(("value", "pattern", "text"), [
    (57.0, "General", "57"), (5.859999999999999, "General", "5.86"), (0.9732, "0.00%", "97.32%"),
    (0.786, "0%", "79%"), (1234567.0, "#,##0", "1234567"), (-5.0, "0;[Red]-0", "-5"),
    (0.0, "0;-0;0", "0"), (57.0, '0"件"', "57件"), (1.5, "0.0_ ", "1.5"), (12.0, "¥#,##0.00", "12.00"),
    (123456789.0, "0,", "123457"), (116000.0, "0!.0,", None), (1e20, "General", "100000000000000000000"),
    (3.10, "0.##", "3.1"), (0.5, "# ?/?", "0.5"), (12.0, '[>100]0"多";0', "12"),
])  # fmt: skip
def test_number_formats(value: float, pattern: str, text: str | None) -> None:
    """A number is what its format shows, or refused where that moves the decimal point."""
    assert text == shown(value, pattern)


@given(st.decimals(-(10**9), 10**9, places=4))
def test_a_float_is_the_decimal_that_was_typed(number: Decimal) -> None:
    """A workbook keeps binary fractions; the decimal one comes back."""
    assert number == exact(float(number))


def test_dates_as_excel_has_them() -> None:
    """A month shown as a month is its end; midnight with an hour could be two days, and is refused."""
    assert AsOf(date(2021, 12, 31), None, Precision.MONTH) == moment(
        datetime.fromisoformat("2021-12-01"), Precision.MONTH
    )
    assert isinstance(moment(datetime.fromisoformat("2021-12-22"), Precision.HOUR), Message)
    assert AsOf(date(2021, 12, 22), 8, Precision.HOUR) == moment(
        datetime.fromisoformat("2021-12-22 08:00"), Precision.HOUR
    )
    assert AsOf(date(2021, 12, 1)) == moment(datetime.fromisoformat("2021-12-01"), Precision.DAY)


def test_defusedxml_is_at_work(campaign: Campaign, tmp_path: Path) -> None:
    """Entities in a sheet's XML make the workbook a broken one, and are not unfolded."""
    assert openpyxl.DEFUSEDXML
    read(tmp_path, campaign, "# 防汛\n截至 ｜ 2026-11-21\n人员\n5\n")
    laughs = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]>'
    change(tmp_path / DAY, "xl/worksheets/sheet1.xml", lambda data: laughs + data)

    assert ["workbook-broken"] == [f.rule for f in read_daybook(tmp_path, DAY, campaign).findings]


def change(file: Path, name: str, how: object) -> None:
    """Change one part of a workbook."""
    with zipfile.ZipFile(file) as packed:
        parts = {info.filename: packed.read(info) for info in packed.infolist()}
    parts[name] = how(parts.get(name, b""))  # type: ignore[operator]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, data in parts.items():
            packed.writestr(part, data)


def test_bombs_and_macros_are_not_unpacked(campaign: Campaign, tmp_path: Path) -> None:
    """A workbook of zeros is refused by its size, one with macros by its parts."""
    read(tmp_path, campaign, "# 防汛\n截至 ｜ 2026-11-21\n人员\n5\n")
    change(tmp_path / DAY, "xl/media/a.bin", lambda _: bytes(60 * 1024 * 1024))
    assert ["workbook-too-large"] == [
        f.rule for f in read_daybook(tmp_path, DAY, campaign).findings
    ]
    change(tmp_path / DAY, "xl/media/a.bin", lambda _: bytes(5 * 1024 * 1024))
    assert ["workbook-too-large"] == [
        f.rule for f in read_daybook(tmp_path, DAY, campaign).findings
    ]
    change(tmp_path / DAY, "xl/media/a.bin", lambda _: b"")
    assert () == read_daybook(tmp_path, DAY, campaign).findings
    assert refusal(DAY, (tmp_path / DAY).read_bytes(), largest=1000)
    change(tmp_path / DAY, "xl/vbaProject.bin", lambda _: b"x")
    assert ["workbook-macros"] == [f.rule for f in read_daybook(tmp_path, DAY, campaign).findings]


@pytest.mark.parametrize(
    "area",
    ['ref="A1:XFD1048576"', "ref = 'A1:XFD1048576'", 'ref="$A$1:$XFD$1048576"',
     'ref="a1:xfd1048576"', 'ref="&#65;1:XFD1048576"'],
)  # fmt: skip
def test_a_sheet_merged_into_one_is_not_unfolded(
    area: str, campaign: Campaign, tmp_path: Path
) -> None:
    """However its seventeen thousand million cells are written, no object is made of each."""
    read(tmp_path, campaign, "# 防汛\n截至 ｜ 2026-11-21\n人员\n5\n! merge A1:B2\n")
    sheet = "xl/worksheets/sheet1.xml"
    change(tmp_path / DAY, sheet, lambda data: data.replace(b'ref="A1:B2"', area.encode()))

    assert ["workbook-broken"] == [f.rule for f in read_daybook(tmp_path, DAY, campaign).findings]


def test_what_speaks_of_all_cells_makes_none(campaign: Campaign, tmp_path: Path) -> None:
    """Links, remarks and widths that name every cell of a sheet add not one to it."""
    read(tmp_path, campaign, "# 防汛\n截至 ｜ 2026-11-21\n人员\n5\n")
    book = openpyxl.load_workbook(tmp_path / DAY)
    book["防汛"]["A3"].comment = Comment("好", "甲")
    book.save(tmp_path / DAY)
    everything = b"A1:XFD1048576"
    link = b'<hyperlinks><hyperlink ref="%s" location="A1"/></hyperlinks>' % everything
    wide = b'<cols><col min="1" max="16384" hidden="1" width="9"/></cols><sheetData>'
    change(tmp_path / DAY, "xl/comments/comment1.xml", lambda d: d.replace(b"A3", everything))
    change(
        tmp_path / DAY,
        "xl/worksheets/sheet1.xml",
        lambda d: d.replace(b"</sheetData>", b"</sheetData>" + link).replace(b"<sheetData>", wide),
    )
    (sheet,) = read_workbook(tmp_path, DAY).value

    assert (3, 2) == sheet.reach
    assert {(1, 1), (1, 2), (2, 1), (3, 1)} == sheet.cells.keys()
    assert 250 == sheet.hidden_columns[-1]


def test_a_workbook_of_more_than_a_table_is_refused(campaign: Campaign, tmp_path: Path) -> None:
    """Cells of five bytes each would be objects of several hundred; styles take a minute."""
    read(tmp_path, campaign, "# 防汛\n截至 ｜ 2026-11-21\n人员\n5\n")
    dice = random.Random(3)
    many = b"".join(b"<c z='%d'/>" % dice.randrange(10**6) for _ in range(400_000)) * 4
    change(tmp_path / DAY, "xl/worksheets/sheet1.xml", lambda d: d.replace(b"</row>", many, 1))

    assert ["workbook-too-large"] == [
        f.rule for f in read_daybook(tmp_path, DAY, campaign).findings
    ]


@pytest.mark.parametrize("sign", [b"<f>", b"<x:f>"])
def test_a_formula_that_nobody_computed_is_no_empty_cell(
    sign: bytes, campaign: Campaign, tmp_path: Path
) -> None:
    """Programs write the signs of a sheet with a prefix or without."""
    read(tmp_path, campaign, "# 防汛\n截至 ｜ 2026-11-21\n人员（人）\n=1+1\n")
    space = b'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns='
    end = sign.replace(b"<", b"</")
    change(
        tmp_path / DAY,
        "xl/worksheets/sheet1.xml",
        lambda d: d.replace(b"xmlns=", space, 1).replace(b"<f>", sign).replace(b"</f>", end),
    )

    assert ["formula-uncomputed"] == [
        f.rule for f in read_daybook(tmp_path, DAY, campaign).findings
    ]


def test_an_endless_sheet_is_told(campaign: Campaign, tmp_path: Path) -> None:
    """A format down to the last row is not read past, and not cut off in silence."""
    found = read(tmp_path, campaign, "# 防汛\n截至 ｜ 2026-11-21\n人员\n5\n")
    assert () == found.findings
    book = openpyxl.load_workbook(tmp_path / DAY)
    book["防汛"]["XFD1048576"].number_format = "0.0"
    book.save(tmp_path / DAY)

    assert ["sheet-too-large"] == [f.rule for f in read_daybook(tmp_path, DAY, campaign).findings]


def test_no_mangled_workbook_makes_it_crash(campaign: Campaign, tmp_path: Path) -> None:
    """Bytes changed within the parts of a workbook, or in the file, give findings or figures."""
    text = "# 实事\n截至 ｜ @2026-11-21\n级别 ｜ 项目 ｜ 已完成\n区级 ｜ 94 ｜ =B3-1\n合计 ｜ 0.5 [0%] ｜ #REF!\n! merge A4:A5\n! hide row 4\n"
    read(tmp_path, campaign, text)
    whole = (tmp_path / DAY).read_bytes()
    with zipfile.ZipFile(BytesIO(whole)) as packed:
        names = [name for name in packed.namelist() if name.endswith((".xml", ".rels"))]
    dice = random.Random(21)
    for turn in range(150):
        (tmp_path / DAY).write_bytes(mangled(whole, dice) if turn % 3 == 0 else whole)
        if turn % 3:
            change(tmp_path / DAY, dice.choice(names), lambda data: mangled(data, dice))
        read_daybook(tmp_path, DAY, campaign)


def mangled(data: bytes, dice: random.Random) -> bytes:
    """Return the bytes with some changed, cut out or doubled."""
    changed = bytearray(data)
    for _ in range(dice.choice([1, 2, 8, 40])):
        at = dice.randrange(len(changed))
        if dice.random() < 0.3:
            del changed[at : at + dice.randrange(1, 30)]
        elif dice.random() < 0.3:
            changed[at:at] = changed[at : at + dice.randrange(1, 60)]
        else:
            changed[at] = dice.choice(b'0123456789<>"/aA:\x00\xff')
        if not changed:
            break
    return bytes(changed)
