"""Throw spoilt files and words at every reader, guided by what code they reach.

    python -m tests.bench.fuzzing SECONDS [TARGET…]     all targets, so many seconds each
    python -m tests.bench.fuzzing --one TARGET FILE     one input again, with its traceback

A reader says what is wrong and never raises: an exception, more than ten seconds or two
gigabytes are finds, kept in the folder `finds` beside where this is run. Needs atheris
(`pip install atheris`), which nothing else does; see SECURITY.md for what was found.
"""

import io
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

from jianbao.diagnostics import Place
from jianbao.figures.book import open_book
from jianbao.figures.counting import with_counts
from jianbao.figures.hanzi import amount_from_han
from jianbao.figures.language import evaluate
from jianbao.model import AsOf, Quote
from jianbao.proofreading import check_book, check_ledgers, check_story
from jianbao.proofreading.matching.catalogue import open_catalogue
from jianbao.proofreading.matching.numbers import numbers
from jianbao.reading.campaigns import read_campaign
from jianbao.reading.daybooks import read_daybook
from jianbao.reading.ledgers import read_ledgers
from jianbao.reading.manuscripts.reading import read_manuscript
from jianbao.reading.office import read_bulletin
from jianbao.reading.reports import read_reports
from jianbao.reading.scalars import read_amount, read_as_of, read_day
from jianbao.reading.sites import Reported
from jianbao.reading.stories import read_story
from tests.bench.words import word_of

SITE = Path(tempfile.gettempdir()) / "jianbao-fuzzing"
CAMPAIGN = """title: 实事
organisation: 云溪区
units: {建设路街道: {}, 石桥镇: {}}
datasets:
  实事:
    dimensions: {级别: [区级, 乡镇级]}
    measures: {项目: {unit: 件}, 已完成: {unit: 件, at_most: 项目}}
    ratios: {完成率: {of: 已完成 / 项目}}
  防汛: {measures: {人员: {unit: 人}, 投入: {unit: 万元}}}
  督办:
    dimensions: {单位: [建设路, 石桥]}
    ledger: {file: 督办.csv, date: 登记, key: 编号}
    measures: {件数: {unit: 件}, 逾期: {unit: 件, where: {期限: 早于截至, 办结: [空, 晚于截至]}}}
"""
DAY = (
    "实事:\n  截至: 2026-11-20\n  区级: {项目: 94, 已完成: 57}\n  乡镇级: {项目: 3.6万, 已完成: 636余}\n"
    '防汛: {截至: "2026-11-20 24:00", 人员: 11.6万余, 投入: 320}\n'
)
STORY = (
    "引题：事\n主题：办结{{ 实事.已完成 | 万 | 小数 1 }}\n供稿：甲\n---\n## 小标题\n截至{{ 实事.截至 }}，已完成{{ 实事.已完成 }}，"
    "{{ 实事.已完成 | 变化 }}，**近九成**，{{ “3个” | 引 省里 }}。\n\n/// photo | photos/a.jpg\n    credit: 甲\n\n图\n///\n\n"
    "/// 图 | 实事 按 级别：项目、已完成\n形式：条形\n///\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n"
)
LEDGER = "编号,登记,单位,事项,期限,办结\n1,2026-11-01,建设路,灯,2026-11-10,\n2,46327,石桥,水,2026-11-12,2026-11-08\n"
PLAN = (
    "number: 47\ntotal: 312\ndate: 2026-11-21\npaper: [四开, A3]\nsend: {报: {区委: 24}}\npages:\n"
    "  - {name: 要闻, number: 1, layout: front, stories: {lead: lead.md, briefs: [a.md]}}\n"
)
WORDS = "截至11月20日24时，已完成近百分之七十八点六，投资5.86亿元，３.6万余人，第3次，《方案》〔2021〕12号，十一万六千人"
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>截至</t></is></c><c r="B1"><v>46346</v></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>级别</t></is></c><c r="B2" t="inlineStr"><is>'
    '<t>项目（件）</t></is></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>区级</t></is></c>'
    '<c r="B3"><f>1+1</f><v>94</v></c></row></sheetData><mergeCells><mergeCell ref="A3:A4"/>'
    "</mergeCells></worksheet>"
)
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000"
    "00030101001827dc4d0000000049454e44ae426082"
)
PARAGRAPH = bytes([1, 0, 2, 0, 3, 0, 0xC1])


def packed(file: bytes, part: str, text: bytes) -> bytes:
    """Return a zip in which one part is exchanged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return out.getvalue()


def samples() -> tuple[bytes, bytes]:
    """Return a small workbook and a small Word file to exchange parts of."""
    book = io.BytesIO()
    workbook = Workbook()
    workbook.worksheets[0].title = "实事"
    workbook.save(book)
    return book.getvalue(), word_of(PARAGRAPH, PICTURE)


class Readers:
    """Every reader, over one small site whose files are exchanged for what is thrown at them."""

    def __init__(self) -> None:
        self.home, self.content = SITE / "data/yunxi", SITE / "content/yunxi/2026-47"
        for folder in (self.home / "ledgers", self.content):
            folder.mkdir(parents=True, exist_ok=True)
        (self.home / "campaign.yaml").write_text(CAMPAIGN, "utf-8")
        (self.home / "2026-11-20.yaml").write_text(DAY, "utf-8")
        (self.home / "ledgers/督办.csv").write_text(LEDGER, "utf-8")
        campaign, as_of = read_campaign(SITE, "yunxi").value, read_as_of("2026-11-21")
        assert campaign is not None
        assert isinstance(as_of, AsOf)
        self.campaign, self.as_of = campaign, as_of
        observations = read_reports(SITE, campaign).value.observations
        self.book = open_book(campaign, observations, as_of, {}).value
        self.catalogue = open_catalogue(self.book, 2026)
        self.workbook, self.word = samples()

    def samples(self) -> dict[str, tuple[Callable[[bytes], object], bytes]]:
        """Return each reader by name, with one input that it takes."""
        with zipfile.ZipFile(io.BytesIO(self.word)) as parts:
            document = parts.read("word/document.xml")
        return {
            "day": (self.day, DAY.encode()),
            "story": (self.story, STORY.encode()),
            "language": (self.language, "实事.区级.完成率 | 万 | 小数 1 | 余".encode()),
            "words": (self.words, WORDS.encode()),
            "sheet": (self.sheet, SHEET.encode()),
            "ledger": (self.ledger, LEDGER.encode()),
            "manuscript": (self.manuscript, document),
            "plan": (self.plan, PLAN.encode()),
            "word": (self.word_file, PARAGRAPH),
        }

    def day(self, data: bytes) -> object:
        """Read a day file, and proofread its figures."""
        (self.home / "2026-11-20.yaml").write_bytes(data)
        read = read_reports(SITE, self.campaign)
        opened = open_book(self.campaign, read.value.observations, self.as_of, {})
        return list(check_book(opened.value, ["实事", "防汛"]))

    def story(self, data: bytes) -> object:
        """Read a story, proofread it, and write its figures."""
        (self.content / "lead.md").write_bytes(data)
        read = read_story(SITE, "content/yunxi/2026-47/lead.md").value
        if read is None:
            return None
        found = list(check_story(read, self.catalogue))
        return found, [evaluate(self.book, quote, 2026) for quote in read.quotes]

    def language(self, data: bytes) -> object:
        """Write what stands between braces."""
        text = data.decode("utf-8", "replace")
        return evaluate(self.book, Quote(text, Place("x.md", 1, 1, 2, text)), 2026)

    def words(self, data: bytes) -> object:
        """Read numbers, days and what only looks like them."""
        text = data.decode("utf-8", "replace")
        typed = read_amount(text, "件"), read_amount(text, "元"), read_as_of(text), read_day(text)
        return typed, amount_from_han(text), numbers(text, ["件", "人次"])

    def sheet(self, data: bytes) -> object:
        """Read a workbook whose sheet is this."""
        file = packed(self.workbook, "xl/worksheets/sheet1.xml", data)
        (self.home / "2026-11-20.xlsx").write_bytes(file)
        return read_daybook(SITE, "data/yunxi/2026-11-20.xlsx", self.campaign)

    def ledger(self, data: bytes) -> object:
        """Read and count a ledger."""
        (self.home / "ledgers/督办.csv").write_bytes(data)
        reported = Reported(self.campaign, (), read_ledgers(SITE, self.campaign).value)
        return list(check_ledgers(with_counts(reported, [self.as_of])))

    def manuscript(self, data: bytes) -> object:
        """Read a Word file whose text is this."""
        return read_manuscript("来稿.docx", "来稿", packed(self.word, "word/document.xml", data))

    def word_file(self, data: bytes) -> object:
        """Read a Word file of whole parts made of these bytes."""
        return read_manuscript("来稿.docx", "来稿", word_of(data, PICTURE))

    def plan(self, data: bytes) -> object:
        """Read a bulletin's plan."""
        (self.content / "bulletin.yaml").write_bytes(data)
        return read_bulletin(SITE, "yunxi", "2026-47")


def one(name: str) -> None:
    """Fuzz one reader; what stands behind its name on the command line is libFuzzer's."""
    import atheris

    atheris.instrument_all()
    read, sample = Readers().samples()[name]
    corpus = SITE / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    (corpus / "sample").write_bytes(sample)
    atheris.Setup(
        [sys.argv[0], *sys.argv[3:], str(corpus)], lambda data: read(bytes(data)) and None
    )
    atheris.Fuzz()


def main(seconds: int, names: list[str]) -> None:
    """Fuzz one reader after the other, each in a process of its own; print what came of it."""
    finds = Path("finds")
    finds.mkdir(exist_ok=True)
    for name in names or Readers().samples():
        limits = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048"]
        limits += [f"-artifact_prefix={finds}/{name}-", "-print_final_stats=1", "-max_len=4096"]
        command = [sys.executable, "-m", "tests.bench.fuzzing", "--fuzz", name, *limits]
        done = subprocess.run(command, cwd=None, capture_output=True, text=True, check=False)
        runs = re.search(r"number_of_executed_units: *(\d+)", done.stderr)
        found = sorted(file.name for file in finds.glob(f"{name}-*"))
        said = f"{runs[1] if runs else '?'} inputs, {'; '.join(found) or 'nothing found'}"
        sys.stdout.write(f"{name}: {said}\n")
        if done.returncode or not runs:
            sys.stdout.write(done.stderr[-1500:] + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1] == "--fuzz":
        one(sys.argv[2])
    elif sys.argv[1] == "--one":
        Readers().samples()[sys.argv[2]][0](Path(sys.argv[3]).read_bytes())
    else:
        main(int(sys.argv[1]), sys.argv[2:])
