"""A campaign's board, its datasets over time, the feed and what readers take along."""

import csv
import json
import re
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from jianbao import pipeline
from jianbao.model import Correction, Entry, Site, StoryEntry
from jianbao.pages.weave import anchor_of_path, slug
from jianbao.settings import Settings, shipped_templates
from jianbao.site.downloads import csv_of
from jianbao.site.feed import atom
from jianbao.site.sparks import Dot, curve, spark, starts_above_zero
from tests.test_pipeline import edit, second_bulletin

ATOM = "{http://www.w3.org/2005/Atom}"
BEFORE = """实事:
  as_of: {day}
  区级: {{项目: 94, 已完成: {done}}}
  乡镇级: {{项目: 788, 已完成: 600}}
"""


@pytest.fixture
def weeks(small: Settings) -> Settings:
    """Return the small site with the shipped look and two weeks of figures before its own."""
    for day, done in (("2026-11-06", 40), ("2025-12-25", 12)):
        text = BEFORE.format(day=day, done=done)
        (small.root / f"data/yunxi/{day}.yaml").write_text(text, encoding="utf-8")
    return replace(
        small, pdf=False, fonts=False, templates=shipped_templates(), root=_without_look(small.root)
    )


def _without_look(root: Path) -> Path:
    (root / "templates").rename(root / "look")
    edit_plan = root / "content/yunxi/2026-47/bulletin.yaml"
    edit_plan.write_text(edit_plan.read_text(encoding="utf-8").replace("plain", "feature"), encoding="utf-8")  # fmt: skip
    return root


def page(settings: Settings, name: str) -> str:
    """Return a made page."""
    return (settings.output / name).read_text(encoding="utf-8")


def test_the_board_shows_the_latest_value_its_change_and_its_line(weeks: Settings) -> None:
    """实事: 693 of 882 done, the change since the week before, members in official order."""
    assert () == pipeline.build(weeks).findings
    board = page(weeks, "yunxi/index.html")

    card = board[board.index("已完成</p>") :]
    assert card.index('<p class="card-value">693件') < card.index("</li>")
    assert card.index("项目882件，<span") < card.index("占78.6%") < card.index("</li>")
    assert 'aria-label="已完成：2025年12月25日612件，2026年11月20日24时693件"' in card
    assert board.index('scope="row">区级') < board.index('scope="row">乡镇级')


def test_a_dataset_that_is_late_says_so(weeks: Settings) -> None:
    """Against the newest bulletin and its own cadence, not against the clock."""
    edit(weeks, "data/yunxi/campaign.yaml", "    reporter: 区督查室", "    cadence: week\n    reporter: 区督查室")  # fmt: skip
    assert () == pipeline.build(weeks).findings
    assert "逾期未报" not in page(weeks, "yunxi/index.html")
    second_bulletin(weeks)
    plan = weeks.root / "content/yunxi/2026-48/bulletin.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("2026-11-21", "2026-12-05"), encoding="utf-8")  # fmt: skip

    pipeline.build(weeks)

    assert "逾期未报：应每周报一次，最近一次是2026年11月20日24时。" in page(
        weeks, "yunxi/index.html"
    )


def test_what_no_bulletin_has_shown_is_not_on_the_board(weeks: Settings) -> None:
    """Figures reported after the newest bulletin's as-of stay in the house."""
    text = BEFORE.format(day="2026-11-27", done=77)
    (weeks.root / "data/yunxi/2026-11-27.yaml").write_text(text, encoding="utf-8")

    pipeline.build(weeks)

    stem = slug("实事")
    for name in (f"yunxi/data/{stem}.html", f"yunxi/data/{stem}.csv", "yunxi/index.html"):
        assert "677" not in page(weeks, name)
        assert "11月27日" not in page(weeks, name)


def test_a_figure_has_its_history_and_the_sentences_that_quoted_it(weeks: Settings) -> None:
    """From a bulletin to the history and back; an earlier year has its own page."""
    pipeline.build(weeks)
    stem, anchor = slug("实事"), anchor_of_path("实事.已完成")
    bulletin, now = page(weeks, "yunxi/2026-47/index.html"), page(weeks, f"yunxi/data/{stem}.html")
    then = page(weeks, f"yunxi/data/{stem}-2025.html")

    assert f'href="../data/{stem}.html#{anchor}"' in bulletin
    entry = now[now.index(f'id="{anchor}"') :]
    entry = entry[: entry.index("</section>")]
    assert "全区共有882件，办结693件" in entry
    assert "../../yunxi/2026-47/index.html#story-lead" in entry
    assert ["11月20日24时", "11月6日"] == [row for row in ("11月20日24时", "11月6日") if f'row">{row}' in now]  # fmt: skip
    assert 'row">12月25日' in then
    assert 'row">12月25日' not in now


def test_a_dataset_that_is_gone_keeps_its_sentences(weeks: Settings) -> None:
    """An old bulletin's links to a dataset that campaign.yaml no longer has still lead somewhere."""
    pipeline.build(weeks)
    second_bulletin(weeks)
    edit(weeks, "content/yunxi/2026-48/lead.md", "，发动{{ 防汛.人员 }}", "")
    edit(weeks, "data/yunxi/campaign.yaml", "  防汛:\n    measures: {人员: {unit: 人}}\n", "")
    day = weeks.root / "data/yunxi/2026-11-20.yaml"
    day.write_text("\n".join(line for line in day.read_text(encoding="utf-8").split("\n") if "防汛" not in line and "人员" not in line), encoding="utf-8")  # fmt: skip

    outcome = pipeline.build(replace(weeks, targets=("yunxi/2026-48",)))

    assert () == outcome.findings
    gone = page(weeks, f"yunxi/data/{slug('防汛')}.html")
    assert "不再使用" in gone
    assert "11.6万余人" in gone


def test_datasets_and_bulletins_can_be_taken_along(weeks: Settings) -> None:
    """CSV with a byte order mark, a row each observation; JSON says the same."""
    pipeline.build(weeks)
    stem = slug("实事")
    data = (weeks.output / f"yunxi/data/{stem}.csv").read_bytes()
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))
    known = json.loads((weeks.output / f"yunxi/data/{stem}.json").read_bytes())

    assert data.startswith(b"\xef\xbb\xbf")
    assert ["2025年12月25日", "区级", "项目", "94", "件"] == [rows[0][k] for k in ("截至", "级别", "指标", "数值", "单位")]  # fmt: skip
    assert len(rows) == len(known["observations"]) >= 12
    assert [row["数值"] for row in rows] == [item["value"] for item in known["observations"]]
    quotes = (weeks.output / "yunxi/2026-47/figures.csv").read_bytes().decode("utf-8-sig")
    assert "693件" in {row["印法"] for row in csv.DictReader(StringIO(quotes))}


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-x", "@sum", "\tx", "=HYPERLINK(1)"])
def test_no_text_becomes_a_formula(cell: str) -> None:
    """What Excel would run is kept a text; numbers stay numbers."""
    assert [["'" + cell]] == list(csv.reader(StringIO(csv_of(["甲"], [[cell]]).decode("utf-8-sig"))))[1:]  # fmt: skip
    assert [["-3.5", "+2", "-1%"]] == list(csv.reader(StringIO(csv_of(["甲"], [["-3.5", "+2", "-1%"]]).decode("utf-8-sig"))))[1:]  # fmt: skip


def test_the_feed_is_atom() -> None:
    """Required elements, identities that outlive an address, links absolute where one is known."""
    entry = Entry("yunxi/2026-47", "八成<办结>", "实事", "云溪区", "47", "2026-11-20", (), "第47期",
                  stories=(StoryEntry("story-lead", "八成<办结>"),),
                  corrections=(Correction("2026-11-25", "二版“12”应为“21”。"),))  # fmt: skip
    home, away = (
        ET.fromstring(atom(Site("样刊", "区委", "zh", {}, address=address), [entry]))
        for address in ("", "http://10.0.0.8/jianbao/")
    )

    assert "2026-11-25T00:00:00+08:00" == home.findtext(f"{ATOM}updated")
    item, other = (root.find(f"{ATOM}entry") for root in (home, away))
    assert item is not None
    assert other is not None
    assert "第47期　八成<办结>" == item.findtext(f"{ATOM}title")
    assert item.findtext(f"{ATOM}id") == other.findtext(f"{ATOM}id")
    assert (item.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
    links = [one.find(f"{ATOM}link") for one in (item, other)]
    assert ["yunxi/2026-47/index.html", "http://10.0.0.8/jianbao/yunxi/2026-47/index.html"] == [
        link.get("href") for link in links if link is not None
    ]
    content = item.findtext(f"{ATOM}content") or ""
    assert "<p>更正：二版“12”应为“21”。</p>" in content
    assert "八成&lt;办结&gt;</a>" in content


def test_a_line_breaks_where_the_definition_changed() -> None:
    """Values before and after a new 口径 are not joined; far above zero, the floor is said."""
    dots = [Dot(date(2026, 1, day), value, str(value), "", int(day > 2)) for day, value in
            ((1, 100.0), (2, 102.0), (3, 90.0), (4, 95.0))]  # fmt: skip

    assert 2 == curve(dots, "").count("<polyline")
    assert 1 == spark(dots[:2], "").count("<polyline")
    assert "" == spark(dots[:1], "")
    assert starts_above_zero(dots)
    level = [replace(dot, value=7.0, part=0) for dot in dots]
    assert {"14"} == set(re.findall(r"[ \"][\d.]+,([\d.]+)", spark(level, "")))
    assert not starts_above_zero([replace(dots[0], value=3.0), *dots])
