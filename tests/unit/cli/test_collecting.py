"""The round as a clerk types it: new, form, collect, slips, and what is said at each step."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pymupdf
import pytest
from click.testing import CliRunner, Result

from jianbao.cli import signing, speaking, working
from jianbao.cli.commands import commands
from jianbao.cli.language import speak
from tests.conftest import HERE
from tests.unit.newsroom.collecting.office import GOOD, kept, office, table

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what types a command at 10:12 on the Thursday before the bulletin."""
    site = office(tmp_path / "site")
    for module in (working, signing):
        monkeypatch.setattr(module, "now", lambda: datetime(2026, 11, 26, 10, 12))  # noqa: DTZ001
    monkeypatch.setenv("LOGNAME", "王秀兰")

    def typed(*words: object, typed: str | None = None) -> Result:
        known = [str(word) for word in words]
        return CliRunner().invoke(commands(speak("zh")), [*known, "--site", str(site)], input=typed)

    return typed


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let somebody sit there."""
    init = speaking.Speaker.__init__

    def sits(self: speaking.Speaker, site: Path, lang: str | None) -> None:
        init(self, site, lang)
        self.asks = True

    monkeypatch.setattr(speaking.Speaker, "__init__", sits)


def test_new_says_what_is_expected_from_whom(run: Run, tmp_path: Path) -> None:
    """The folder on standard output, and on the other what to do and whom to ask."""
    done = run("new", "yunxi")

    assert done.exit_code == 0
    assert done.stdout == f"{tmp_path}/site/content/yunxi/2026-48\n"
    assert done.stderr == (
        "《简报》第48期（暂定，签发后算数），总第313期，11月27日（星期五）出刊，"
        "报告期11月20日（星期五）至11月26日（星期四）。\n"
        "请写稿：lead.md。写着（待写）的地方写完了才能生成。\n"
        "要收的数，截至11月26日（星期四）：\n"
        "  区督查室　11月26日（星期四）12:00前　实事.区级、回访（4个数）　联系人：孟庆华 6108\n"
        "  枣林街道　11月26日（星期四）12:00前　实事.乡镇级（2个数）\n"
        "  区城市管理局　11月25日（星期三）17:00前　道路（3个数）\n"
    )
    assert run("new", "yunxi").exit_code == 1


def test_collect_says_what_was_taken_and_who_is_missing(run: Run, tmp_path: Path) -> None:
    """One good table, one bad: status 1, and the good one's path on standard output."""
    good, bad = table(tmp_path, "路.xlsx", GOOD), table(tmp_path, "枣林街道.csv", "级别,项目\n")
    os.utime(good, (0, datetime(2026, 11, 26, 8, 30).timestamp()))  # noqa: DTZ001
    first = run("collect", "yunxi", good)
    again = run("collect", "yunxi", good, bad)

    assert first.exit_code == 0
    assert first.stdout == f"{tmp_path}/site/data/yunxi/collected/2026-11-26/区城市管理局.yaml\n"
    assert first.stderr == (
        f"收下了　区城市管理局　{good}：3个数，截至2026-11-26。\n"
        "截至11月26日（星期四）的数：3个单位，报齐了1个。\n"
        "  没报　区督查室　11月26日（星期四）12:00前要报　联系人：孟庆华 6108\n"
        "  没报　枣林街道　11月26日（星期四）12:00前要报\n"
        "  晚了　区城市管理局　11月26日（星期四）08:30才报来，应在11月25日（星期三）17:00前\n"
    )
    assert (again.exit_code, again.stdout) == (1, "")
    assert run("collect", "yunxi").stderr == "\n".join(first.stderr.split("\n")[1:])
    assert again.stderr.startswith(
        f"没有变化　{good}：区城市管理局的这个文件，王秀兰在2026-11-26 10:12已经收过。\n"
        f"没有收　{bad}：这个文件里的数一个也没有收。\n"
    )


def test_three_collect_at_once(tmp_path: Path) -> None:
    """Three programs at one moment: each waits its turn, and every unit's figures are taken."""
    site = office(tmp_path / "site")
    tables = {
        "区城市管理局": GOOD,
        "枣林街道": "# 实事\n截至 ｜ 2026-11-26\n级别 ｜ 项目 ｜ 已完成\n乡镇级 ｜ 640 ｜ 541\n",
        "区督查室": "# 回访\n截至 ｜ 2026-11-26\n指标 ｜ 数\n户数 ｜ 1500\n满意率 ｜ 97.5%\n",
    }
    words = [sys.executable, "-m", "tests.clerk", "2026-11-26T10:12", "collect", "yunxi"]
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(HERE.parent), "PYTHONIOENCODING": "utf-8"}
    started = [
        subprocess.Popen(
            [*words, table(tmp_path, f"{unit}.xlsx", text), "--site", str(site)],
            env=env,
            stderr=subprocess.PIPE,
        )
        for unit, text in tables.items()
    ]
    said = [program.communicate()[1].decode() for program in started]

    assert [0] * 3 == [program.returncode for program in started], said
    assert {f"2026-11-26/{unit}.yaml" for unit in tables} <= set(kept(site))
    assert not (site / "data/.lock.yaml").exists()


def test_status_goes_by_each_units_cut_off(run: Run, tmp_path: Path) -> None:
    """Who is missing or late, until when, whom to ring up: as collect says it, and as JSON."""
    run("new", "yunxi")
    path = table(tmp_path, "路.xlsx", GOOD)
    os.utime(path, (0, datetime(2026, 11, 26, 8, 30).timestamp()))  # noqa: DTZ001
    collected = run("collect", "yunxi", path).stderr.splitlines()[1:]
    shown = run("status", "yunxi/2026-48").stdout
    units = json.loads(run("status", "--format", "json").stdout)["bulletins"][0]["units"]

    assert len(collected) == 4
    for line in collected:
        assert f"  {line}\n" in shown
    assert [(one["state"], one["until"]) for one in units] == [
        ("missing", "2026-11-26 12:00"),
        ("missing", "2026-11-26 12:00"),
        ("late", "2026-11-25 17:00"),
    ]
    assert (units[0]["contact"], units[1]["missing"], units[2]["came"]) == (
        "孟庆华 6108",
        ["实事.乡镇级.项目", "实事.乡镇级.已完成"],
        "2026-11-26 08:30",
    )


def test_status_says_that_the_next_one_is_to_be_started(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With the last one sealed and its day over, what is missing is the next."""
    lead = tmp_path / "site/content/yunxi/2026-47/lead.md"
    lead.write_text("主题：截至{{ 道路.截至 }}\n---\n道路{{ 道路.计划 }}。\n", encoding="utf-8")
    sealed = run("seal", "yunxi/2026-47", "--name", "王秀兰", "--emergency", "试发")
    shown = run("status").stdout
    monkeypatch.setattr(signing, "now", lambda: datetime(2026, 11, 20, 18))  # noqa: DTZ001
    that_day = run("status").stdout

    assert sealed.exit_code == 0, sealed.output
    assert "\n  下一期是第48期，11月27日（星期五）出刊，还没有新开：运行 new yunxi\n" in shown
    assert "要报" not in shown
    assert "下一期" not in that_day


@pytest.mark.usefixtures("answering")
def test_unknown_columns_are_asked_once(run: Run, tmp_path: Path) -> None:
    """Whose table, as of when, which column is what: asked, and remembered."""
    own = "# Sheet1\n路数 ｜ 完工条数 ｜ 电话\n52 ｜ {} ｜ 6301"
    first = run("collect", "yunxi", table(tmp_path, "1.xlsx", own.format(45)),
                typed="3\n1\n2\n0\n\n")  # fmt: skip
    files = kept(tmp_path / "site")
    second = run("collect", "yunxi", table(tmp_path, "2.xlsx", own.format(46)), typed="3\n\n")

    assert first.exit_code == 0, first.output
    assert (
        "1.xlsx：这张表是哪个单位的？\n  1. 区督查室\n  2. 枣林街道\n  3. 区城市管理局\n"
        in first.stderr
    )
    assert "这张表截至哪天？ [2026-11-26]" in first.stderr
    assert "“完工条数”是什么数？\n  1. 道路.计划\n  2. 道路.已完工\n" in first.stderr
    assert "    已完工: 45  # Sheet1!B2\n" in files["2026-11-26/区城市管理局.yaml"]
    assert second.exit_code == 0, second.output
    assert "是什么数" not in second.stderr
    assert "　　改了　道路.已完工：45条 → 46条\n" in second.stderr


@pytest.mark.usefixtures("answering")
def test_enter_leaves_a_file_alone(run: Run, tmp_path: Path) -> None:
    """Nothing is guessed for somebody who does not know."""
    path = table(tmp_path, "1.xlsx", "# Sheet1\n路数 ｜ 完工条数\n52 ｜ 45")
    left = run("collect", "yunxi", path, "--unit", "区城市管理局", typed="\n\n\n\n")

    assert left.exit_code == 1
    assert kept(tmp_path / "site") == {}


def test_slips_are_pressed(run: Run, tmp_path: Path) -> None:
    """A4, one a unit: figures as printed, last values, a place to sign and to stamp."""
    run("collect", "yunxi", table(tmp_path, "路.xlsx", GOOD))
    done = run("slips", "yunxi", "--unit", "区城市管理局", "--unit", "区督查室")
    pages = {}
    for path in done.stdout.split():
        with pymupdf.open(path) as pdf:
            pages[Path(path).stem] = re.sub(r"\s+", "", "".join(page.get_text() for page in pdf))
            assert [round(side) for side in pdf[0].rect[2:]] == [595, 842]

    assert done.exit_code == 0, done.output
    roads = pages["区城市管理局"]
    assert "数据核实单" in roads
    assert "第48期" in roads
    assert "已完工45条42条增加3条" in roads
    assert "投资322.8万元310.5万元增加12.3万元" in roads
    for words in ("核实人（签名）", "单位负责人（签名）", "单位（盖章）", "日期：年月日"):
        assert words in roads
    assert "区级项目未报96件" in pages["区督查室"]


def test_wrong_words_are_usage(run: Run) -> None:
    """A day or column that means nothing is said as click says it, with status 2."""
    assert run("collect", "yunxi", "--as-of", "下周").exit_code == 2
    assert run("collect", "yunxi", "--column", "完工").exit_code == 2
    assert run("form", "yunxi", "--unit", "信访").exit_code == 1
    assert run("collect", "yunxx").exit_code == 1


def test_forms_are_made_for_all(run: Run, tmp_path: Path) -> None:
    """A file a unit, named after it."""
    done = run("form", "yunxi", "--output", tmp_path / "out")

    assert [Path(line).name for line in done.stdout.splitlines()] == [
        "区督查室.xlsx", "枣林街道.xlsx", "区城市管理局.xlsx",
    ]  # fmt: skip


def test_odd_files_crash_nothing(run: Run, tmp_path: Path) -> None:
    """A name that is no text, a pipe, a folder within, the same file twice, one that is gone."""
    box = tmp_path / "box"
    (box / "folder").mkdir(parents=True)
    path = Path(table(box, "路.xlsx", GOOD))
    (box / "路2.xlsx").write_bytes(path.read_bytes())
    (box / "~$路.xlsx").write_bytes(b"lock")
    odd = Path(os.fsdecode(bytes(tmp_path / "坏") + b"\xff.xlsx"))
    odd.write_bytes(b"no table")
    os.mkfifo(tmp_path / "pipe.xlsx")
    done = run("collect", "yunxi", box, odd, tmp_path / "pipe.xlsx", tmp_path / "gone.xlsx")

    assert done.exit_code == 1
    assert not done.exception or isinstance(done.exception, SystemExit)
    assert f"收下了　区城市管理局　{path}" in done.stderr
    assert f"内容一样　{box}/路2.xlsx：和{path}是同一个文件，只看一份。\n" in done.stderr
    assert "pipe.xlsx：这不是表格" in done.stderr
    assert "gone.xlsx：没有这个文件" in done.stderr
