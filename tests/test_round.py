"""One week of the office, typed as a clerk types it, and the correction the week after.

From `new` to a publication over SFTP, with LibreOffice filling in the forms and OpenSSH's sshd
as the server. What is said at each step is kept in tests/sites/round.zh.txt: read it as the
clerk would.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from jianbao.cli import working
from jianbao.cli.commands import commands
from jianbao.cli.language import speak
from tests.clerk import Clock
from tests.conftest import HERE, Golden
from tests.servers import sshd

SAID = HERE / "sites" / "round.zh.txt"
TARGET, NEXT = "yunxi/2026-49", "yunxi/2026-50"
FILLED: dict[str, dict[str, dict[str, float | str]]] = {
    "区督查室": {
        "实事": {"B5": 96, "C5": 75, "B6": 640, "C6": 552},
        "回访": {"D5": 1690, "D6": 0.978},
    },
    "区住房和城乡建设局": {"改造": {"D5": 34, "D6": 34, "D7": 28, "D8": 8420}},
    "区信访局": {"诉求": {"D5": 4711, "D6": 4502, "D7": 0.968}},
    "区人力资源和社会保障局": {"就业": {"D5": 8512, "D6": 49, "D7": 7420, "D8": 1760}},
    "区民政局": {"养老": {"D5": 49, "D6": "21.4万"}},
    "区教育局": {"教育": {"D5": 9, "D6": 8, "D7": 6480}},
    "区发展和改革委员会": {"企业": {"D5": 731, "D6": 402, "D7": 369}},
    "区文化广电和旅游局": {"文化": {"D5": 26, "D6": 56200}},
}
OWN = (
    ("背街小巷整治进展情况表",),
    ("填报单位：区城市管理局", None, "截至：12月3日"),
    ("列入整治", "完工条数", "换灯", "联系电话"),
    (52, 47, 836, "6301"),
)
COLUMNS = ("列入整治=道路.计划", "完工条数=道路.已完工", "换灯=道路.路灯", "联系电话=")
LETTER = (
    "年终冲刺不松劲　民生实事再提速",
    "进入12月，各单位对照年初承诺，逐项盘点、挂图作战。截至12月3日，736件项目已完成627件，完成率85.2%。",
    "一、总体进展",
    "（一）区级项目。完成75件，完成率78.1%。",
    "（二）背街小巷。已完工46条，更换路灯836盏。",
    "二、下步安排",
    "距离年底不到一个月，各责任单位要倒排工期、销号管理。",
    "（区督查室供稿）",
)
EDITS = (
    ("截至12月3日", "截至{{ 实事.截至 }}"),
    ("已完工46条", "已完工{{ 道路.已完工 }}"),
)
AFTER = """主题：实事项目进入扫尾阶段
供稿：区督查室
---
截至{{ 实事.截至 }}，项目已完成{{ 实事.已完成 }}，{{ 实事.已完成 | 变化 }}。
"""
AFTER_DATA = (
    "实事: {截至: 2026-12-10, 区级: {项目: 96, 已完成: 80}, 乡镇级: {项目: 640, 已完成: 566}}\n"
)
STAGES = (
    ("核稿", "张主任"), ("分管领导", "刘部长"), ("校对", "小陈"), ("保密审查", "老赵"),
    ("签发", "李书记"),
)  # fmt: skip


@dataclass
class Clerk:
    """Somebody at the terminal, and all that was said there."""

    folder: Path
    said: list[str] = field(default_factory=list)

    @property
    def site(self) -> Path:
        """The office's site."""
        return self.folder / "site"

    def types(self, moment: str, *words: str, fails: bool = False) -> str:
        """Type a command at a moment of 2026, and return its paths; it fails only if it is to."""
        Clock.moment = datetime.fromisoformat(f"2026-{moment}")
        result = CliRunner().invoke(commands(speak("zh")), [*words, "--site", str(self.site)])
        told = result.stdout if words[0] in ("status", "changes") else ""
        self.said.append(f"$ {moment.replace('T', ' ')} {self._plain(' '.join(words))}")
        lines = (self._plain(line.rstrip()) for line in (told + result.stderr).splitlines())
        if words[0] == "changes":
            lines = (re.sub(" {2,}", " ", line) for line in lines)
        self.said += [line for line in lines if not re.fullmatch(r"\d+/\d+|─+", line)]
        self.said.append("")

        assert fails == (result.exit_code != 0), result.output
        return result.stdout

    def _plain(self, line: str) -> str:
        """Return a line without what differs from run to run: places and counts."""
        line = line.replace(f"{self.folder}/", "")
        return re.sub(r"发送\d+个文件（\d+ kB），撤下\d+个", "发送…个文件，撤下…个", line)

    def edit(self, target: str, *changes: tuple[str, str]) -> None:
        """Change words of the lead story; they must be there."""
        file = self.site / f"content/{target}/lead.md"
        text = file.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        file.write_text(text, encoding="utf-8")


@pytest.fixture
def clerk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    """Return a clerk at a copy of the sample, whose readers are behind a real sshd."""
    monkeypatch.setattr(working, "datetime", Clock)
    for folder in ("data/yunxi", "data/registers", "content/yunxi"):
        shutil.copytree(HERE.parent / folder, tmp_path / "site" / folder)
    with sshd(tmp_path / "ssh") as shell:
        shutil.copy(shell.known_hosts, tmp_path / "site/data/known_hosts")
        to = f"sftp://{shell.user}@127.0.0.1:{shell.port}{tmp_path / 'www'}"
        (tmp_path / "site/data/site.yaml").write_text(
            "title: 简报样刊\nlanguage: zh\norganisation: 区委宣传部\npublish:\n"
            f"  内网: {{to: '{to}', known_hosts: data/known_hosts, identity: '{shell.identity}'}}\n",
            encoding="utf-8",
        )
        monkeypatch.setenv("LOGNAME", "王秀兰")
        yield Clerk(tmp_path)


def fill_in(clerk: Clerk, inbox: Path, wrong: float = 75) -> None:
    """Fill in the forms, and save them with LibreOffice as the units would with Excel."""
    raw = clerk.folder / "raw"
    for place in (raw, inbox):
        place.mkdir(exist_ok=True)
    for unit, sheets in FILLED.items():
        book = openpyxl.load_workbook(clerk.site / f"output/yunxi/forms/2026-12-03/{unit}.xlsx")
        for sheet, cells in sheets.items():
            for cell, value in cells.items():
                book[sheet][cell] = value
        if unit == "区督查室":
            book["实事"]["C5"] = wrong
        book.save(raw / f"{unit}.xlsx")
    soffice = ["soffice", "--headless", f"-env:UserInstallation=file://{clerk.folder}/profile"]
    convert = ["--convert-to", "xlsx", "--outdir", str(inbox), *map(str, raw.iterdir())]
    subprocess.run([*soffice, *convert], check=True, capture_output=True)
    came(inbox, "12-03T10:00")


def came(inbox: Path, moment: str) -> None:
    """Let every file have come at a moment."""
    when = datetime.fromisoformat(f"2026-{moment}").timestamp()
    for file in inbox.iterdir():
        os.utime(file, (when, when))


def own_table(file: Path) -> str:
    """Write the table that a unit keeps for itself."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in OWN:
        sheet.append(row)
    file.parent.mkdir()
    book.save(file)
    came(file.parent, "12-03T14:00")
    return str(file)


def letter(file: Path) -> str:
    """Write a unit's text."""
    document = docx.Document()
    for line in LETTER:
        document.add_paragraph(line)
    document.save(str(file))
    return str(file)


def gather(clerk: Clerk) -> None:
    """From the next number to everybody's figures and the first text."""
    clerk.types("11-30T09:00", "new", "yunxi", "--like", "2026-46")
    clerk.types("11-30T09:05", "form", "yunxi")
    inbox = clerk.folder / "inbox"
    fill_in(clerk, inbox)
    (late := clerk.folder / "late").mkdir()
    shutil.move(inbox / "区文化广电和旅游局.xlsx", late)
    came(late, "12-03T16:20")
    clerk.types("12-03T12:30", "collect", "yunxi", str(inbox))
    own = own_table(clerk.folder / "own/城管12.3.xlsx")
    clerk.types("12-03T14:10", "collect", "yunxi", own, fails=True)
    columns = [word for column in COLUMNS for word in ("--column", column)]
    clerk.types("12-03T14:15", "collect", "yunxi", own, *columns)
    clerk.types("12-03T15:30", "status")
    clerk.types("12-03T16:30", "collect", "yunxi", str(late))
    clerk.types("12-03T16:35", "slips", "yunxi", "--unit", "区督查室")
    clerk.types("12-03T16:40", "intake", letter(clerk.folder / "来稿.docx"), TARGET, "--as", "lead")
    clerk.types("12-03T16:45", "bind", f"content/{TARGET}/lead.md", "--yes", fails=True)
    clerk.edit(TARGET, *EDITS)


def review(clerk: Clerk) -> None:
    """From what changed to the last signature."""
    clerk.types("12-03T17:00", "changes", TARGET)
    clerk.types("12-03T17:05", "check", TARGET)
    clerk.types("12-03T17:10", "proof", TARGET)
    clerk.types("12-03T17:30", "sign", TARGET, "--stage", "拟稿", "--name", "王秀兰")
    clerk.edit(TARGET, ("不到一个月", "只有四周"))
    clerk.types("12-03T17:40", "publish", TARGET, "--name", "王五", fails=True)
    for stage, name in STAGES:
        clerk.types("12-04T08:40", "sign", TARGET, "--stage", stage, "--name", name)
    clerk.types("12-04T08:50", "status")
    clerk.types("12-04T09:00", "publish", TARGET, "--name", "王五")


def put_right(clerk: Clerk) -> None:
    """A unit corrects what was printed, after the next number has quoted it."""
    clerk.types("12-07T09:00", "status")
    clerk.types("12-07T09:05", "new", "yunxi", "--like", "2026-46")
    (clerk.site / "data/yunxi/2026-12-10.yaml").write_text(AFTER_DATA, encoding="utf-8")
    (clerk.site / f"content/{NEXT}/lead.md").write_text(AFTER, encoding="utf-8")
    clerk.types("12-11T08:30", "publish", NEXT, "--name", "王五", "--emergency", "领导外出")
    again = clerk.folder / "again"
    fill_in(clerk, again, wrong=74)
    right = str(again / "区督查室.xlsx")
    clerk.types("12-14T09:00", "collect", "yunxi", right, fails=True)
    clerk.types("12-14T09:05", "collect", "yunxi", right, "--as-of", "2026-12-03")
    clerk.types("12-14T09:10", "build", TARGET, fails=True)
    clerk.types("12-14T09:15", "correct", TARGET, "--name", "王秀兰")
    clerk.types("12-14T09:20", "publish", TARGET, "--name", "王五", fails=True)
    clerk.types("12-14T09:25", "status")
    for stage, name in STAGES[-2:]:
        clerk.types("12-14T09:30", "sign", TARGET, "--stage", stage, "--name", name)
    clerk.types("12-14T09:40", "publish", TARGET, "--name", "王五")
    clerk.types("12-14T09:45", "verify", TARGET)


def test_a_week_and_its_correction(clerk: Clerk, golden: Golden) -> None:
    """Every command does its part; readers get what was signed, and later what is right."""
    page = clerk.folder / f"www/{TARGET}/index.html"
    gather(clerk)
    review(clerk)
    first = _words(page)
    put_right(clerk)
    second, old = _words(page), _words(page.parent / "old/1/index.html")

    golden(SAID, "\n".join(clerk.said))
    assert ("已完成627件" in first, "更正" in first) == (True, False)
    assert "“736件项目已完成627件”应为“736件项目已完成626件”" in second
    assert "这是更正前的版本" in old
    assert "已完成627件" in old
    papers = clerk.site / "output/yunxi/review/2026-49"
    assert {"proof.pdf", "review-slip.pdf", "secrecy-slip.pdf"} == {
        f.name for f in papers.iterdir()
    }
    for name in ("index.html", "bulletin.pdf"):
        ours = clerk.site / "output" / TARGET / name
        assert ours.read_bytes() == (page.parent / name).read_bytes() or name == "index.html"


def _words(page: Path) -> str:
    return re.sub(r"<[^>]*>|\s", "", page.read_text(encoding="utf-8"))
