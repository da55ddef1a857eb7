"""The next bulletin: its number and day, and a shape without one old word."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao import pipeline
from jianbao.diagnostics import Place
from jianbao.model import AsOf, Bulletin, Calendar, Campaign, Rhythm
from jianbao.newsroom.collecting.upcoming import Upcoming, next_bulletin
from jianbao.newsroom.skeletons import skeleton
from jianbao.newsroom.starting import Wish, read_start, write_start
from jianbao.reading.calendars import read_calendar
from jianbao.reading.schedules import read_rhythm
from jianbao.settings import Settings, shipped_templates

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 22)
CALENDAR = read_calendar(Path("/nowhere"), range(2025, 2029)).value


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a copy of the sample's 云溪区 as it was before its last bulletin."""
    for folder in ("content/yunxi", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.rmtree(tmp_path / "content/yunxi/2026-48")
    (tmp_path / "data/yunxi/2026-11-26.yaml").unlink()
    return tmp_path


def bulletin(number: str, day: date, total: int = 0) -> Bulletin:
    """Return a bulletin of a number and day, as of the day before."""
    as_of = AsOf(date.fromordinal(day.toordinal() - 1))
    return Bulletin("yunxi", f"{day.year}-{number}", number, total, day, as_of, (), {}, (), (),
                    Place(""))  # fmt: skip


def upcoming(
    rhythm: str, *known: Bulletin, today: date = TODAY, calendar: Calendar = CALENDAR
) -> Upcoming:
    """Return the next bulletin of a campaign with a rhythm."""
    read = read_rhythm(rhythm) if rhythm else None
    assert read is None or isinstance(read, Rhythm)
    found = next_bulletin(
        Campaign("yunxi", "实事", "云溪区", {}, publishes=read), known, calendar, today
    )
    assert isinstance(found, Upcoming)
    return found


@pytest.mark.parametrize(
    ("rhythm", "last", "today", "day"),
    [
        ("每周五", date(2026, 11, 20), date(2026, 11, 22), date(2026, 11, 27)),
        ("每周五", date(2026, 11, 20), date(2026, 11, 28), date(2026, 11, 27)),  # a day late
        ("每周五", date(2026, 10, 16), date(2026, 11, 22), date(2026, 11, 27)),  # after a pause
        ("每周二、周五", date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 24)),
        ("隔周五", date(2026, 11, 20), date(2026, 11, 22), date(2026, 12, 4)),
        ("每月末", date(2026, 11, 30), date(2026, 11, 30), date(2026, 12, 31)),
        ("每月10日", date(2026, 11, 10), date(2026, 11, 11), date(2026, 12, 10)),
        ("工作日", date(2026, 9, 30), date(2026, 9, 30), date(2026, 10, 8)),
        ("每天", date(2026, 9, 30), date(2026, 9, 30), date(2026, 10, 1)),
        ("每周五", date(2026, 9, 25), date(2026, 9, 28), date(2026, 10, 8)),  # 国庆节：顺延
        ("", date(2026, 11, 20), date(2026, 11, 22), date(2026, 11, 27)),
    ],
)
def test_the_day_follows_the_rhythm_and_the_calendar(
    rhythm: str, last: date, today: date, day: date
) -> None:
    """The next day of publication; a day off moves it."""
    found = upcoming(rhythm, bulletin("9", last), today=today)

    assert found.day == day
    assert found.period == (last, date.fromordinal(day.toordinal() - 1))


def test_two_days_off_in_a_row_leave_one_out() -> None:
    """Where the next day worked is that of the following bulletin, this one does not come out."""
    found = upcoming("每周二、周四", bulletin("9", date(2026, 9, 29)), today=date(2026, 9, 29))

    assert found.day == date(2026, 10, 8)
    assert len(found.reasons) == 2


def test_skipped_and_merged_days() -> None:
    """停刊 takes no number; 合刊 takes two."""
    days = {"yunxi": frozenset([date(2026, 11, 27)])}
    skipped = upcoming(
        "每周五", bulletin("47", date(2026, 11, 20), 312), calendar=Calendar(skipped=days)
    )
    merged = upcoming(
        "每周五", bulletin("47", date(2026, 11, 20), 312), calendar=Calendar(merged=days)
    )

    assert (skipped.key, skipped.total, skipped.day) == ("2026-48", 313, date(2026, 12, 4))
    assert (merged.key, merged.total, merged.day) == ("2026-48-49", 314, date(2026, 12, 4))


def test_a_year_begins_with_number_one_unless_it_never_did() -> None:
    """Numbers begin anew each year; a campaign that always counted on counts on."""
    last = bulletin("52", date(2026, 12, 25), 317)
    counting = (bulletin("51", date(2025, 12, 26)), bulletin("52", date(2026, 1, 2)))
    december = date(2026, 12, 28)

    assert upcoming("每周二", last, today=december).key == "2026-53"
    assert upcoming("每周五", last, today=december).key == "2027-1"
    assert upcoming("每周五", last, today=december).total == 318
    assert upcoming("每周五", *counting, last, today=december).key == "2027-53"


def test_a_supplement_counts_for_nothing() -> None:
    """A 增刊 has no number of the row."""
    found = upcoming(
        "每周五", bulletin("47", date(2026, 11, 20)), bulletin("s1", date(2026, 11, 25))
    )

    assert found.key == "2026-48"


def test_the_sample_is_carried_on(site: Path) -> None:
    """The plan is the last one's with a new number; no old sentence is left in any story."""
    start = read_start(site, "yunxi", TODAY, Wish())
    assert start.value is not None
    write_start(site, start.value)
    folder = site / "content/yunxi/2026-48"
    texts = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.md")}

    assert start.findings == ()
    assert sorted(texts) == ["briefs.md", "hotline.md", "lead.md", "market.md", "week.md"]
    for name, text in texts.items():
        old = (site / "content/yunxi/2026-47" / name).read_text(encoding="utf-8")
        figures = re.sub(r"(?s)/// figures.*?///|供稿：.*", "", text)
        left = {line for line in re.split(r"[\n。，、]", figures) if len(line) > 12}
        assert not {line for line in left if line in old and "{{" not in line}
    plan = (folder / "bulletin.yaml").read_text(encoding="utf-8")
    assert plan.startswith(
        "number: 48    # 暂定，签发后算数\ntotal: 313\ndate: 2026-11-27\n"
        "period: 2026-11-20～2026-11-26\nas_of: 2026-11-26\npaper: [四开, A3]\n"
    )
    assert "pages:\n  - name: 要闻\n" in plan


def test_nothing_is_made_of_it_before_it_is_written(site: Path) -> None:
    """Until the words are there, the new bulletin has an error; the others have none."""
    start = read_start(site, "yunxi", TODAY, Wish(like="2026-46"))
    assert start.value is not None
    write_start(site, start.value)
    settings = Settings(site, site / "output", TODAY, fast=True, templates=shipped_templates())
    new = pipeline.check(replace(settings, targets=("yunxi/2026-48",)))
    old = pipeline.check(replace(settings, targets=("yunxi/2026-47",)))

    assert {f.rule for f in new.findings if f.severity == "error"} == {"story-unwritten"}
    assert old.findings == ()


def test_nothing_is_overwritten(site: Path) -> None:
    """A second `new` says that the first is not written yet; a folder in the way stays."""
    start = read_start(site, "yunxi", TODAY, Wish())
    assert start.value is not None
    write_start(site, start.value)
    again = read_start(site, "yunxi", TODAY, Wish())
    shutil.rmtree(site / "content/yunxi/2026-48")
    (site / "content/yunxi/2026-48").mkdir()
    blocked = read_start(site, "yunxi", TODAY, Wish())

    assert [f.rule for f in again.findings] == ["bulletin-unfinished"]
    assert [f.rule for f in blocked.findings][-1] in ("bulletin-exists", "file-missing")
    assert (again.value, blocked.value) == (None, None)


def test_a_campaign_begins_with_a_brief(site: Path) -> None:
    """Without a last bulletin there is a red-headed brief, with the figures at hand."""
    shutil.rmtree(site / "content/yunxi")
    start = read_start(site, "yunxi", TODAY, Wish(day=date(2026, 11, 20)))
    assert start.value is not None
    plan = write_start(site, start.value)
    story = site / "content/yunxi/2026-1/lead.md"
    words = story.read_text(encoding="utf-8")
    story.write_text(words.replace("（待写）", "实事办得好，"), encoding="utf-8")
    settings = Settings(site, site / "output", TODAY, ("yunxi",), templates=shipped_templates())
    outcome = pipeline.build(settings)

    assert plan.findings == ()
    assert "{{ 实事.项目 }}、{{ 实事.已完成 }}、{{ 实事.完成率 }}" in words
    # Two lines of it stand on a page of their own, which is worth a note.
    assert [finding.rule for finding in outcome.findings] == ["page-short"]
    assert outcome.made == ("yunxi/2026-1",)


def test_wrong_wishes_are_told(site: Path) -> None:
    """An unknown campaign or bulletin is named, with the nearest there is."""
    nowhere = read_start(site, "yunxx", TODAY, Wish())
    unlike = read_start(site, "yunxi", TODAY, Wish(like="2026-64"))

    assert [f.rule for f in nowhere.findings] == ["target-unknown"]
    assert [f.rule for f in unlike.findings] == ["target-unknown"]


def test_each_kind_of_line_keeps_its_shape_only() -> None:
    """Heads, crossheads, tables, charts, strips and photos: their shape and their figures."""
    text = """\
引题：旧引题
主题：旧主题／第二行
供稿：区督查室
---
导言{{ 实事.已完成 }}，旧话 12件。
一、旧小标题
（一）旧。旧的{{ 实事.完成率 | 变化 }}，{{ “22个” | 引 省统计公报 }}
## 旧／旧
**旧段首**　旧话｛｛ 实事.项目 ｝｝。
| 级别 | 完成 | 说明 |
|---|---|---|
| 区级 | {{ 实事.区级.已完成 | 变化 }} | 旧说明 |
/// figures
完成：{{ 实事.已完成 }}
旧的12件：{{ 实事.项目 }}
///
/// 图 | 实事 按 级别：已完成
    标题：旧标题
    形式：条形
///
/// photo | photos/old.jpg
    credit: 旧
旧说明
///
"""

    assert skeleton(text).split("\n") == [
        "引题：（待写）",
        "主题：（待写）",
        "供稿：区督查室",
        "---",
        "（待写）{{ 实事.已完成 }}",
        "一、（待写）",
        "（一）（待写）{{ 实事.完成率 | 变化 }}",
        "## （待写）",
        "**（待写）**　（待写）｛｛ 实事.项目 ｝｝",
        "| 级别 | 完成 | 说明 |",
        "|---|---|---|",
        "| 区级 | {{ 实事.区级.已完成 | 变化 }} | （待写） |",
        "/// figures",
        "完成：{{ 实事.已完成 }}",
        "（待写）{{ 实事.项目 }}",
        "///",
        "/// 图 | 实事 按 级别：已完成",
        "形式：条形",
        "///",
        "（待写）图片：放进本期的 photos/，再写成 /// photo | photos/文件名",
        "",
    ]


@given(
    text=st.text(
        st.sampled_from("旧话12{}｛｝|/／*#＃一、（）-—：: \n\u3000照片photo图"), max_size=80
    )
)
def test_whatever_was_written_no_sentence_is_left(text: str) -> None:
    """However odd last week's text, of its paragraphs not one is taken over."""
    shaped = skeleton(f"主题：{text}\n---\n{text}旧话旧话\n旧话旧话旧话")

    assert "旧话旧话旧话" not in shaped
