"""Our own form: locked where it must be, calculated by LibreOffice, refused where it was changed."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from jianbao.newsroom.collecting.forms import form_of
from jianbao.newsroom.collecting.receiving import Hints, look_at
from jianbao.settings import shipped_templates
from tests.unit.newsroom.collecting.office import CAMPAIGN, NOW, desk_of, look, office, said, take

BOTH = CAMPAIGN.replace("datasets: [实事.区级, 回访]", "datasets: [实事, 回访]").replace(
    "  枣林街道: {datasets: [实事.乡镇级]}\n", ""
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return the small office, in which one unit reports all of 实事."""
    root = office(tmp_path / "site")
    (root / "data/yunxi/campaign.yaml").write_text(BOTH, encoding="utf-8")
    return root


def form(site: Path, unit: str) -> Workbook:
    """Return a unit's form, opened as the unit opens it."""
    desk = desk_of(site)
    return load_workbook(BytesIO(form_of(desk, desk.campaign.units[unit], NOW)))


@pytest.fixture(scope="session")
def calculated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return forms that were filled in, and opened and saved by LibreOffice."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("forms")
    site = office(folder / "site")
    (site / "data/yunxi/campaign.yaml").write_text(BOTH, encoding="utf-8")
    book = form(site, "区督查室")
    things = book["实事"]
    for cell, value in (("B5", 96), ("C5", 71), ("B6", 640), ("C6", 541)):
        things[cell] = value
    calls = book["回访"]
    calls["D5"], calls["D6"] = 1633, 0.976
    (folder / "in").mkdir()
    book.save(folder / "in/区督查室.xlsx")
    things["B6"] = None
    things["C5"] = "近70"
    book.save(folder / "in/不齐.xlsx")
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", "xlsx", "--outdir", folder / "out", *(folder / "in").glob("*.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder / "out"


def test_libreoffice_calculates_totals_rates_and_changes(calculated: Path) -> None:
    """The unit sees its total, its rate and its change as it types."""
    book = load_workbook(calculated / "区督查室.xlsx", data_only=True)
    things, calls = book["实事"], book["回访"]

    assert [things[cell].value for cell in ("B7", "C7", "D5", "D7")] == [736, 612, 0.74, 0.832]
    assert calls["E5"].value == 1633 - 1487
    partly = load_workbook(calculated / "不齐.xlsx", data_only=True)["实事"]
    assert [partly[cell].value or "" for cell in ("B7", "D5", "D6", "D7")] == ["", "", "", ""]


def test_a_filled_form_is_taken(site: Path, calculated: Path) -> None:
    """What the unit filled in is read, its totals and rates are checked, as it came back."""
    settlement = take(site, [(calculated / "区督查室.xlsx").as_posix()])
    values = {
        (item.members, item.name): str(item.amount.value)
        for item in settlement.files[0].look.observations
        if item.dataset == "实事"
    }

    assert said(settlement) == []
    assert values == {
        (("区级",), "项目"): "96", (("区级",), "已完成"): "71", (("区级",), "完成率"): "74.0",
        (("乡镇级",), "项目"): "640", (("乡镇级",), "已完成"): "541",
        (("乡镇级",), "完成率"): "84.5", ((None,), "项目"): "736", ((None,), "已完成"): "612",
        ((None,), "完成率"): "83.2",
    }  # fmt: skip


def test_what_was_not_filled_in_is_no_zero(site: Path, calculated: Path) -> None:
    """An empty cell is not reported, and its total and rate are none."""
    found = look(site, (calculated / "不齐.xlsx").as_posix())
    names = {(item.members, item.name) for item in found.observations if item.dataset == "实事"}

    assert found.findings == ()
    assert names == {
        (("区级",), "项目"), (("区级",), "已完成"), (("乡镇级",), "已完成"),
    }  # fmt: skip


def test_only_the_yellow_cells_can_be_typed_into(site: Path) -> None:
    """Headings, names, last values and formulas are locked; numbers and remarks are open."""
    book = form(site, "区督查室")
    open_cells = {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }

    assert all(sheet.protection.sheet for sheet in book.worksheets)
    assert not any(sheet.protection.password for sheet in book.worksheets)
    assert open_cells == {
        *(f"实事!{cell}" for cell in ("F2", "B5", "C5", "E5", "B6", "C6", "E6")),
        *(f"回访!{cell}" for cell in ("F2", "D5", "F5", "D6", "F6")),
    }
    assert [s.title for s in book.worksheets if s.sheet_state == "hidden"] == ["_简报"]


def test_last_values_and_limits_stand_beside(site: Path) -> None:
    """Last time's figures, drop-downs, and a rule that refuses more than the limit."""
    book = form(site, "区督查室")
    things = book["实事"]
    rules = {str(r.sqref): r.formula1 for r in things.data_validations.dataValidation}

    assert [cell.value for cell in things[4]] == [
        "级别", "项目（件）", "已完成（件）", "完成率（%）", "备注", "上期项目", "上期已完成",
    ]  # fmt: skip
    assert [things[cell].value for cell in ("F5", "G5", "F6", "G6")] == [96, 66, 640, 520]
    assert rules["C5"] == "OR(ISTEXT(C5),AND(ISNUMBER(C5),C5>=0,OR(NOT(ISNUMBER(B5)),C5<=B5)))"
    assert rules["E5:E6"] == '"与上期相同,更正上期,尚未统计"'
    roads = form(site, "区城市管理局")
    assert [cell.value for cell in roads["道路"]["C"][4:7]] == [52, 42, 310.5]
    assert "绿化" not in roads.sheetnames  # its October was reported


def changed(book: Workbook) -> Iterator[tuple[str, str]]:
    """Yield ways to spoil a form, one by one, and the rule that says so."""
    book["实事"]["C4"] = "办结（件）"
    yield "form-changed", "C4"
    book["实事"]["C4"] = "已完成（件）"
    book["实事"]["A5"], book["实事"]["A6"] = "乡镇级", "区级"
    yield "form-changed", "A5"
    book["实事"]["A5"], book["实事"]["A6"] = "区级", "乡镇级"
    book["实事"]["B2"] = "2026-11-19"
    yield "form-changed", "B2"
    book["实事"]["B2"] = "2026-11-26"
    book["_简报"]["B1"] = "zhongyuan"
    yield "form-foreign", ""
    book["_简报"]["B1"] = "yunxi"
    book["_简报"]["B2"] = "区信访局"
    yield "unit-unknown", ""
    book["_简报"]["B2"] = "区督查室"
    del book["回访"]
    yield "form-changed", ""


def test_a_changed_form_is_refused(site: Path) -> None:
    """Other headings, rows, day, campaign or unit: the cell is named."""
    book = form(site, "区督查室")
    for rule, cell in changed(book):
        out = BytesIO()
        book.save(out)
        found = look_at(desk_of(site), "区督查室.xlsx", out.getvalue(), Hints())

        assert (found.findings[0].rule, found.findings[0].place.cell) == (rule, cell)
        assert not found.is_good


def test_last_weeks_form_is_refused(site: Path) -> None:
    """A form of the bulletin before is told by its own day."""
    book = form(site, "区城市管理局")
    for sheet in (book["道路"], book["_简报"]):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "2026-11-26":
                    cell.value = "2026-11-19"
    book["道路"]["D5"] = 52
    out = BytesIO()
    book.save(out)
    found = look_at(desk_of(site), "路.xlsx", out.getvalue(), Hints())

    assert [finding.rule for finding in found.findings] == ["form-old"]


def test_a_form_is_the_same_for_the_same_question(site: Path) -> None:
    """Made at the same moment, it has the same cells; and a slip's template is shipped."""
    first, second = form(site, "区督查室"), form(site, "区督查室")

    assert first.properties.created == second.properties.created == datetime(2026, 11, 26, 10, 12)  # noqa: DTZ001
    assert (shipped_templates() / "slip.html").is_file()


def test_no_word_of_the_office_becomes_a_formula(site: Path) -> None:
    """A title, a printed name or a definition that begins like a formula stays words."""
    call = '=HYPERLINK("http://203.0.113.7/","看")'
    plan = BOTH.replace("title: 民生实事", f"title: '{call}'").replace(
        "    measures: {户数: {unit: 户}",
        f"    name: '{call}'\n    definition: '{call}'\n    measures: {{户数: {{unit: 户}}",
    )
    (site / "data/yunxi/campaign.yaml").write_text(plan, encoding="utf-8")
    book = form(site, "区督查室")
    formulas = {
        cell.coordinate: str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }

    assert book["回访"]["G5"].value == call
    assert book["回访"]["A1"].value == f"{call}填报表"
    assert book["回访"]["G5"].quotePrefix
    assert formulas
    assert not [at for at, formula in formulas.items() if "HYPERLINK" in formula]
