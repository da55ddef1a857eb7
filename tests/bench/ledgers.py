"""Read and count large ledgers: 50,000 rows of .xlsx, a million of .csv; a child each.

    /usr/bin/time -v .venv/bin/python -m tests.bench.ledgers [xlsx|csv] [ROWS]

Prints seconds to read and to count, and the most memory the process ever had.
"""

import csv
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

from jianbao.figures.counting import counted
from jianbao.model import AsOf, Dataset
from jianbao.reading.campaigns import read_campaign
from jianbao.reading.ledgers import read_ledger

HEADINGS = ("序号", "日期", "级别", "标题", "媒体", "字数", "期限", "状态")
CAMPAIGN = """
title: 台账
organisation: 云溪区
datasets:
  报道:
    dimensions: {级别: [国家级, 省级, 市级]}
    ledger: {file: FILE, date: 日期}
    measures:
      篇数: {unit: 篇}
      字数: {unit: 字, sum: 字数}
      逾期: {unit: 件, where: {期限: 早于截至, 状态: 不是已办结}}
"""


def row(index: int) -> tuple[object, ...]:
    """Return a made-up row."""
    day = date(2021, 1, 1) + timedelta(days=index % 360)
    level = ("国家级", "省级", "市级")[index % 3]
    done = "已办结" if index % 7 else "办理中"
    return (index, day, level, f"第{index}篇报道的标题", f"媒体{index % 50}", 800 + index % 977,
            day + timedelta(days=30), done)  # fmt: skip


def write(kind: str, rows: int, file: Path) -> None:
    """Write the ledger."""
    if kind == "csv":
        with file.open("w", encoding="gb18030", newline="") as target:
            writer = csv.writer(target)
            writer.writerow(HEADINGS)
            writer.writerows(row(index) for index in range(rows))
        return
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.append(HEADINGS)
    for index in range(rows):
        sheet.append(row(index))
    book.save(file)


def main(kind: str, rows: int) -> None:
    """Write a ledger, read it, count it, and print what that took."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        home = root / "data" / "a"
        (home / "ledgers").mkdir(parents=True)
        file = home / "ledgers" / f"台账.{kind}"
        (home / "campaign.yaml").write_text(CAMPAIGN.replace("FILE", file.name), encoding="utf-8")
        write(kind, rows, file)
        campaign = read_campaign(root, "a").value
        assert campaign is not None
        dataset: Dataset = campaign.datasets["报道"]
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.perf_counter()
        table = read_ledger(root, dataset)
        read = time.perf_counter()
        assert table.value is not None
        found = counted(table.value, dataset, [AsOf(date(2021, 6, 30)), AsOf(date(2021, 12, 31))])
        end = time.perf_counter()
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        size = file.stat().st_size / 1e6
    sys.stdout.write(f"{kind}, {rows} rows, {size:.1f} MB: read {read - start:.2f} s, count {end - read:.2f} s, "
          f"memory {most // 1024} MB (before {before // 1024} MB)\n")  # fmt: skip
    sys.stdout.write(f"{[str(item.amount.value) for item in found[-12:]]} {table.findings}\n")


if __name__ == "__main__":
    kind = sys.argv[1] if len(sys.argv) > 1 else "csv"
    main(kind, int(sys.argv[2]) if len(sys.argv) > 2 else {"csv": 1_000_000}.get(kind, 50_000))
