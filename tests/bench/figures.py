"""How long do figures take: 2,000 quotes in one bulletin over N day files of history.

    python -m tests.bench.figures [--xlsx]

Prints, for 125, 250 and 500 day files: reading, opening the book, time per figure written
and per change phrase, and proofreading. Growth should be linear in the number of files.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from jianbao.diagnostics import Place
from jianbao.figures.book import open_book
from jianbao.figures.language import Written, evaluate
from jianbao.model import AsOf, Quote
from jianbao.proofreading import check_book
from jianbao.reading.campaigns import read_campaign
from jianbao.reading.reports import read_reports
from tests.sheets import write_workbook

Result = TypeVar("Result")
QUOTES = 2000
MEMBERS = tuple(f"乡镇{number}" for number in range(1, 21))
CAMPAIGN = f"""title: 实事
organisation: 云溪区
datasets:
  实事:
    dimensions: {{级别: [{", ".join(MEMBERS)}]}}
    measures:
      项目: {{unit: 件}}
      已完成: {{unit: 件, at_most: 项目, cumulative: true}}
    ratios: {{完成率: {{of: 已完成 / 项目}}}}
    cadence: day
"""


def site(root: Path, days: int, xlsx: bool) -> None:
    """Write a campaign with a day file a day, in YAML or as a workbook."""
    home = root / "data" / "yunxi"
    home.mkdir(parents=True)
    (home / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    for index in range(days):
        day = date(2025, 1, 1) + timedelta(days=index)
        numbers = [(name, 9999, 1000 + index + number) for number, name in enumerate(MEMBERS)]
        if xlsx:
            rows = "".join(f"{name} ｜ {all_} ｜ {done}\n" for name, all_, done in numbers)
            head = f"# 实事\n进展表\n截至 ｜ {day}\n级别 ｜ 项目（件） ｜ 已完成（件）\n"
            write_workbook(head + rows, home / f"{day}.xlsx")
            continue
        members = "".join(
            f"  {name}: {{项目: {all_}, 已完成: {done}}}\n" for name, all_, done in numbers
        )
        (home / f"{day}.yaml").write_text(f"实事:\n  as_of: {day}\n{members}", encoding="utf-8")


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Return how many seconds the work took, and its result."""
    start = perf_counter()
    result = work()
    return perf_counter() - start, result


def measure(days: int, xlsx: bool) -> str:
    """Return one row of the table."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        site(root, days, xlsx)
        campaign = read_campaign(root, "yunxi").value
        assert campaign
        reading, reports = timed(lambda: read_reports(root, campaign))
        as_of = AsOf(date(2025, 1, 1) + timedelta(days=days - 1))
        opening, book = timed(
            lambda: open_book(campaign, reports.value.observations, as_of, {}).value
        )
        place = Place("x.md", 1, 1, 2, "x")
        paths = [
            f"实事.{MEMBERS[n % 20]}.{('项目', '已完成', '完成率')[n % 3]}" for n in range(QUOTES)
        ]
        writing, written = timed(lambda: [evaluate(book, Quote(p, place), 2025) for p in paths])
        changes = [f"实事.{MEMBERS[n % 20]}.已完成 | 变化" for n in range(QUOTES)]
        changing, changed = timed(lambda: [evaluate(book, Quote(p, place), 2025) for p in changes])
        assert all(isinstance(item, Written) for item in (*written, *changed))
        checking, _ = timed(lambda: list(check_book(book, {"实事"})))
    assert not reports.findings
    return (
        f"| {days} | {reading:.2f} s | {opening:.2f} s | {writing / QUOTES * 1000:.3f} ms "
        f"| {changing / QUOTES * 1000:.3f} ms | {checking:.2f} s |"
    )


if __name__ == "__main__":
    sys.stdout.write(
        "| day files | reading | book | a figure | a change | proofreading |\n|---|---|---|---|---|---|\n"
    )
    for number in (125, 250, 500):
        sys.stdout.write(measure(number, "--xlsx" in sys.argv) + "\n")
