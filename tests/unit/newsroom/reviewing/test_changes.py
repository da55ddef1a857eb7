"""`changes`: old and new side by side, what is odd and why, and a workbook that is safe to open."""

import json
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from jianbao.cli.commands import commands
from jianbao.cli.language import translator
from jianbao.diagnostics import msg
from jianbao.newsroom.reviewing.changes import Change, Changes, Spot
from jianbao.newsroom.reviewing.changes import Side as Value
from jianbao.newsroom.reviewing.sheets import page, workbook
from jianbao.pipeline.reviewing import compare
from jianbao.settings import Settings, shipped_templates
from tests.unit.newsroom.reviewing.weekly import change, put, report, weekly

ZH = translator("zh")


@pytest.fixture
def site(tmp_path: Path) -> Settings:
    """Return a site with two weeks."""
    return weekly(tmp_path)


def found(site: Settings, since: str = "", target: str = "yunxi/2026-47") -> Changes:
    """Return the changes of a bulletin, which can be read."""
    done = compare(site, target, since)
    assert done.value, done.findings
    return done.value[0]


def odd(changes: Changes) -> dict[str, str]:
    """Return what is odd of each figure, in Chinese."""
    return {row.path: "".join(m.in_words(ZH) for m in row.odd) for row in changes.odd}


def test_each_figure_stands_once_with_every_place(site: Settings) -> None:
    """Old, new and difference as printed; a figure quoted twice names both lines."""
    changes = found(site)

    assert "yunxi/2026-46" == changes.base
    assert [
        ("实事.已完成", "559件", "586件", "+27件", [2, 5]),
        ("实事.项目", "736件", "736件", "0", [5]),
        ("实事.完成率", "76.0%", "79.6%", "+3.6个百分点", [5]),
        ("实事.走访", "1342户", "1487户", "+145户", [5]),
        ("信访.来信", "40件", "44件", "+4件", [6]),
        ("信访.满意率", "95.1%", "96.2%", "+1.1个百分点", [6]),
    ] == [
        (row.path, row.before.text if row.before else "", row.now.text, row.difference_text,
         [spot.line for spot in row.spots])
        for row in changes.rows
    ]  # fmt: skip
    assert {} == odd(changes)


@pytest.mark.parametrize(("items", "letters", "path", "sentence"), [
    ("项目: 736, 已完成: 550, 走访: 1487", "来信: 44, 满意率: 96.2%",
     "实事.已完成", "累计数变小了。"),
    ("项目: 736, 已完成: 559, 走访: 1487", "来信: 44, 满意率: 96.2%",
     "实事.已完成", "累计数没有动。"),
    ("项目: 736, 已完成: 736, 走访: 1487", "来信: 44, 满意率: 96.2%",
     "实事.完成率", "一下变了10个百分点以上。到了100%。"),
    ("项目: 736, 已完成: 586, 走访: 2100", "来信: 44, 满意率: 96.2%",
     "实事.走访", "增减了一半以上。"),
    ("项目: 736, 已完成: 586, 走访: 约1487", "来信: 44, 满意率: 96.2%",
     "实事.走访", "两个数一个是准数，一个是约数。"),
    ("项目: 736, 已完成: 586, 走访: 1487", "来信: 44, 满意率: 82%",
     "信访.满意率", "一下变了10个百分点以上。"),
])  # fmt: skip
def test_what_is_odd_is_said(
    site: Settings, items: str, letters: str, path: str, sentence: str
) -> None:
    """Each oddity has its sentence, at its own figure."""
    report(site.root, 20, items, letters)

    assert sentence == odd(found(site)).get(path)


def test_no_new_report_and_a_new_definition_are_odd(site: Settings) -> None:
    """A dataset that was not reported again, and one that is counted otherwise now."""
    (site.root / "data/yunxi/2026-11-20.yaml").unlink()
    unmoved = found(site)
    report(site.root, 20, "项目: 736, 已完成: 586, 走访: 1487", "来信: 44, 满意率: 96.2%")
    change(
        site.root, "data/yunxi/campaign.yaml", "    cadence", "    since: 2026-11-18\n    cadence"
    )
    redefined = found(site)

    assert "没有报新数：截至仍是2026-11-13。" == odd(unmoved)["实事.已完成"]
    assert "口径在2026-11-18变了，前后不能比。" == odd(redefined)["实事.已完成"]
    assert None is next(row for row in redefined.rows if row.path == "实事.已完成").difference


def test_what_checks_find_at_a_figure_is_said_with_it(site: Settings) -> None:
    """A jump that proofreading sees in the series stands beside the figure."""
    for day, letters in ((1, 38), (6, 39)):
        put(site.root, f"data/yunxi/2026-11-0{day}.yaml",
            f"信访: {{截至: 2026-11-0{day}, 来信: {letters}, 满意率: 95%}}\n")  # fmt: skip
    report(site.root, 20, "项目: 736, 已完成: 586, 走访: 1487", "来信: 400, 满意率: 96.2%")

    assert odd(found(site))["信访.来信"].startswith("增减了一半以上。“信访.来信”变动过大")


def test_other_bases(site: Settings) -> None:
    """A bulletin by its short name, a day, and for the first bulletin the report before."""
    put(site.root, "data/yunxi/2026-11-06.yaml", "实事: {截至: 2026-11-06, 已完成: 530}\n")

    assert "+27件" == found(site, "2026-46").rows[0].difference_text
    assert "+56件" == found(site, "2026-11-06").rows[0].difference_text
    assert "+29件" == found(site, target="yunxi/2026-46").rows[0].difference_text
    assert ("", "yunxi/2026-47") == (
        found(site, target="yunxi/2026-46").base, found(site, target="yunxi").address,
    )  # fmt: skip
    assert ["target-unknown"] == [f.rule for f in compare(site, "yunxi/2026-47", "上个月").findings]
    assert ["target-unknown"] == [f.rule for f in compare(site, "yunxi/2026-74", "").findings]


def test_what_the_last_bulletin_printed_and_this_one_does_not(site: Settings) -> None:
    """A figure that is gone is named, so that nobody has to notice that it is not there."""
    change(site.root, "content/yunxi/2026-47/lead.md", "收到来信{{ 信访.来信 }}，", "")

    assert (("信访.来信", "40件"),) == found(site).gone


EVIL = Change(
    "=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "-2", Value("1", Decimal("5.86"), "=1+1"),
    Value("1", Decimal(681), "11月"), Decimal("-675.14"), "−675.14", Decimal("-0.991"),
    (Spot("content/a/b/=HYPERLINK(\"http://x\").md", 3, "x"),), (msg("There is nothing to compare it with."),),
)  # fmt: skip


def test_a_workbook_has_numbers_and_no_formulas() -> None:
    """Numbers can be added up; words that begin like a formula stay words."""
    data = workbook(Changes("yunxi/2026-47", "", (EVIL,)), ZH)
    sheet = load_workbook(BytesIO(data))["changes"]
    kinds = {
        cell.coordinate: cell.data_type
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }

    assert "f" not in kinds.values()
    assert [681, 5.86, -675.14] == [sheet[cell].value for cell in ("E4", "G4", "I4")]
    assert ["n", "n", "n"] == [kinds[cell] for cell in ("E4", "G4", "I4")]
    assert "=cmd|' /C calc'!A0" == sheet["B4"].value
    assert [True] * 4 == [sheet[cell].quotePrefix for cell in ("A4", "B4", "C4", "D4")]


def test_a_page_keeps_words_words() -> None:
    """What stands in names is shown and never becomes part of the page."""
    from jianbao.reading.looks import read_templates

    templates = read_templates(Path("nowhere"), shipped_templates()).value
    html = page(Changes("a/b", "", (replace(EVIL, path="<script>x</script>"),)), templates, ZH)

    assert "&lt;script&gt;x&lt;/script&gt;" in str(html)
    assert "没有可比的数。" in str(html)


def test_the_command_writes_what_it_is_asked_for(site: Settings) -> None:
    """JSON and the table go to standard output; files are named there."""

    def run(*words: str) -> str:
        line = ["changes", "yunxi", "--site", str(site.root), "--output", str(site.output), *words]
        result = CliRunner().invoke(commands(ZH), line)
        assert 0 == result.exit_code, result.output
        return result.stdout

    table, known = run(), json.loads(run("--format", "json"))
    xlsx, html = (Path(run("--format", form).strip()) for form in ("xlsx", "html"))

    assert "共6个数字，5个有变化，0个要看一看。" in table
    assert ("27", "+27件") == (known["figures"][0]["difference"], known["figures"][0]["words"])
    assert site.output / "yunxi/review/2026-47/changes.xlsx" == xlsx
    assert b"PK" == xlsx.read_bytes()[:2]
    assert "79.6%" in html.read_text(encoding="utf-8")
