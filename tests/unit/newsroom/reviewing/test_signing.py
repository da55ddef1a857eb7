"""`sign` and `status`: who may sign what, what changed since, and what two people do at once."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jianbao.cli import signing
from jianbao.cli.commands import commands
from jianbao.cli.language import translator
from jianbao.model.reviewed import PRESETS
from jianbao.pipeline.signing import check_signed
from jianbao.reading.reviews import read_review
from jianbao.settings import Settings, shipped_templates
from tests.unit.newsroom.reviewing.weekly import LEAD, change, put, weekly

ROOT = Path(__file__).parents[4]
TARGET = "yunxi/2026-47"
RECORD = f"content/{TARGET}/review.yaml"
EVERY = ("拟稿", "核稿", "分管领导", "校对", "保密审查", "签发")


@pytest.fixture
def site(tmp_path: Path) -> Settings:
    """Return a site with two weeks, whose templates are those a clerk's site uses."""
    return replace(weekly(tmp_path), templates=shipped_templates())


def run(site: Settings, *words: str) -> Result:
    """Run a command as a clerk types it."""
    return CliRunner().invoke(commands(translator("zh")), [*words, "--site", str(site.root)])


def sign(site: Settings, stage: str, name: str, *words: str) -> Result:
    """Sign a stage."""
    return run(site, "sign", TARGET, "--stage", stage, "--name", name, *words)


def signed(site: Settings) -> list[tuple[str, str]]:
    """Return who has signed what, as the record says it."""
    read = read_review(site.root, TARGET)
    assert () == read.findings
    return [(one.stage, one.name) for one in read.value.signatures]


def test_a_whole_review(site: Settings) -> None:
    """Six stages in order; then nothing keeps the bulletin from being published."""
    unsigned = [finding.rule for finding in check_signed(site, TARGET)]
    for number, stage in enumerate(EVERY):
        result = sign(site, stage, f"张{number}")
        assert 0 == result.exit_code, result.output

    assert ["stage-unsigned"] * 6 == unsigned
    assert "全部签完，可以发布。" in result.stderr
    assert () == check_signed(site, TARGET)
    assert list(EVERY) == [stage for stage, _ in signed(site)]


@pytest.mark.parametrize(("stage", "sentence"), [
    ("核搞", "差错　content/yunxi/2026-47：审签没有“核搞”这个环节。请改为【核稿】。"),
    ("核稿", "差错　content/yunxi/2026-47：“核稿”在拟稿之后，前面还没有人签。请先签拟稿。"),
    ("保密审查", "差错　content/yunxi/2026-47：“保密审查”在拟稿之后，前面还没有人签。请先签拟稿。"),
    ("签发", "差错　content/yunxi/2026-47：“签发”在拟稿、核稿、分管领导、校对、保密审查之后，前面还没有人签。请先签拟稿。"),
])  # fmt: skip
def test_out_of_order(site: Settings, stage: str, sentence: str) -> None:
    """A stage that is not known or not due is refused, and nothing is written."""
    result = sign(site, stage, "张三")

    assert (1, sentence) == (result.exit_code, result.stderr.strip())
    assert not (site.root / RECORD).exists()


def test_what_has_errors_is_not_signed(site: Settings) -> None:
    """The error itself is said first."""
    change(site.root, LEAD, "走访{{ 实事.走访 }}", "走访{{ 实事.走方 }}")
    result = sign(site, "拟稿", "张三")

    assert 1 == result.exit_code
    assert "请改为【实事.走访】" in result.stderr
    assert not (site.root / RECORD).exists()


def test_nobody_signs_two_review_stages(site: Settings) -> None:
    """Under 三审三校 the second review needs another name; proofreading does not."""
    change(site.root, "data/site.yaml", "language: zh", "language: zh\nreview: 三审三校")
    first, second = sign(site, "初审", "张三"), sign(site, "复审", "张三")
    others = [sign(site, stage, name).exit_code for stage, name in (
        ("复审", "李四"), ("终审", "王五"), ("一校", "张三"), ("二校", "张三"))]  # fmt: skip

    assert [0, 1] == [first.exit_code, second.exit_code]
    assert (
        "张三已经签了初审；初审、复审、终审不能由一个人签两个。请换一个人签复审。" in second.stderr
    )
    assert [0, 0, 0, 0] == others


def test_status_after_one_changed_character(site: Settings) -> None:
    """Which figure, which words, since which signature; and the last ones are to be signed anew."""
    for stage in EVERY:
        sign(site, stage, "张三")
    change(site.root, "data/yunxi/2026-11-20.yaml", "已完成: 586", "已完成: 587")
    change(site.root, LEAD, "倾听民声", "聆听民声")
    text = run(site, "status", TARGET).stdout

    said = re.sub(r"html:\d+", "html:1", text)
    for stage in EVERY:
        how = "改了：" if stage == "拟稿" else "改的与“拟稿”相同"
        assert re.search(rf"  {stage}：张三，\d\d-\d\d \d\d:\d\d；以后{how}\n", said)
    assert 1 == said.count(
        "    数字“实事.已完成”：586件 → 587件（lead.md:2、lead.md:5）\n"
        "    数字“实事.完成率”：79.6% → 79.8%（lead.md:5、templates/web.html:1）\n"
        "    lead.md，正文：“【倾】听民声” → “【聆】听民声”\n"
    )
    assert re.findall("该重签：(.*?)，", text) == ["保密审查", "签发"]
    assert ["stage-outdated"] * 2 == [finding.rule for finding in check_signed(site, TARGET)]


def test_what_nobody_reads_changes_nothing(site: Settings) -> None:
    """A comment, an empty line, a file that is no part of the plan: nothing changed since."""
    sign(site, "拟稿", "张三")
    change(site.root, "data/yunxi/2026-11-20.yaml", "实事", "# 周五报来\n\n实事")
    change(site.root, f"content/{TARGET}/bulletin.yaml", "number", "# 本期\nnumber")
    change(site.root, LEAD, "---\n", "---\n\n")
    put(site.root, f"content/{TARGET}/spare.md", "主题：备用\n---\n不用。\n")

    assert "拟稿：张三" in (text := run(site, "status", TARGET).stdout)
    assert "以后没有改动" in text


def test_signing_again_is_recorded(site: Settings) -> None:
    """Nothing is taken out of the record; what was printed is kept once for each content."""
    sign(site, "拟稿", "张三")
    change(site.root, LEAD, "倾听民声", "聆听民声")
    result = sign(site, "拟稿", "张三", "--note", "改了一个字")
    read = read_review(site.root, TARGET).value

    assert [("拟稿", "张三"), ("拟稿", "张三")] == signed(site)
    assert 2 == len(read.contents)
    assert "改了一个字" == read.signatures[1].note
    assert "“【倾】听民声” → “【聆】听民声”" in result.stderr


def test_a_scan_is_kept_with_its_digest(site: Settings, tmp_path: Path) -> None:
    """The paper lies in the bulletin's folder; what is no scan is refused."""
    paper, word = tmp_path / "纸.pdf", tmp_path / "单.docx"
    paper.write_bytes(b"%PDF-1.7 signed")
    word.write_bytes(b"PK")
    refused = sign(site, "拟稿", "张三", "--scan", str(word))
    sign(site, "拟稿", "张/三", "--scan", str(paper))
    one = read_review(site.root, TARGET).value.signatures[0]

    assert (1, "这不是扫描件" in refused.stderr) == (refused.exit_code, True)
    assert re.fullmatch(r"review/\d{8}-\d{4}-拟稿-张三\.pdf", one.scan)
    assert b"%PDF-1.7 signed" == (site.root / "content" / TARGET / one.scan).read_bytes()


@pytest.mark.parametrize(("old", "new"), [
    ("name: 张三", "name: 李四"), ("stage: 拟稿", "stage: 签发"), ("再出发", "再启程"),
    ("time: '20", "time: '19"), ("586件", "587件"),
])  # fmt: skip
def test_a_record_changed_by_hand_is_found(site: Settings, old: str, new: str) -> None:
    """Neither a name nor a word that was signed can be exchanged afterwards."""
    sign(site, "拟稿", "张三")
    change(site.root, RECORD, old, new)
    result = sign(site, "核稿", "王五")

    assert {"record-damaged"} == {finding.rule for finding in check_signed(site, TARGET)}
    assert (1, "被人改过或删过" in result.stderr) == (result.exit_code, True)


def test_a_signature_taken_out_is_found(site: Settings) -> None:
    """Each signature is tied to the one before."""
    sign(site, "拟稿", "张三")
    sign(site, "核稿", "李四")
    lines = (site.root / RECORD).read_text(encoding="utf-8").splitlines(keepends=True)
    put(site.root, RECORD, "".join(line for line in lines if "张三" not in line))

    assert ["record-damaged"] == [finding.rule for finding in check_signed(site, TARGET)]


def test_two_people_sign_at_once(site: Settings) -> None:
    """Three programs at one moment: each signature is in the record, none overwrote another."""
    sign(site, "拟稿", "张三")
    words = [sys.executable, "-m", "jianbao.cli", "sign", TARGET, "--site", str(site.root)]
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    started = [
        subprocess.Popen(
            [*words, "--stage", stage, "--name", name], env=env, stderr=subprocess.PIPE
        )
        for stage, name in (("核稿", "甲"), ("校对", "乙"), ("核稿", "丙"))
    ]
    said = [program.communicate()[1].decode() for program in started]

    assert [0] * 3 == [program.returncode for program in started], said
    assert sorted([("拟稿", "张三"), ("核稿", "甲"), ("校对", "乙"), ("核稿", "丙")]) == sorted(
        signed(site)
    )
    assert not (site.root / "data/.lock.yaml").exists()


def test_status_says_what_is_missing(site: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stories and reports that are not there, by unit; without a target, each campaign's last."""
    monkeypatch.setattr(signing, "now", lambda: datetime(2026, 11, 19, 9))  # noqa: DTZ001
    (site.root / "data/yunxi/2026-11-20.yaml").unlink()
    late = run(site, "status").stdout
    (site.root / LEAD).unlink()
    gone = json.loads(run(site, "status", "--format", "json").stdout)["bulletins"]

    assert "yunxi/2026-47　11月20日（星期五）出刊" in late
    assert "截至11月20日（星期五）的数：1个单位，报齐了0个。" in late
    assert "没报　区督查室　11月19日（星期四）24:00前要报" in late
    assert "还没有报：信访（上次截至2026-11-13）。" in late
    assert [("yunxi/2026-47", "story-missing")] == [
        (one["bulletin"], one["stories_missing"][0]["rule"]) for one in gone
    ]


def test_who_must_act_until_when(site: Settings) -> None:
    """Names and days come from site.yaml; what is over is said."""
    put(site.root, "data/site.yaml", "title: 简报\norganisation: 区委宣传部\nreview:\n"
        "  order:\n    - {name: 拟稿, who: 小王, until: 前2天 17:30}\n    - 签发\n")  # fmt: skip
    before = json.loads(run(site, "status", "--format", "json").stdout)["bulletins"][0]
    sign(site, "拟稿", "小王")
    after = run(site, "status").stdout

    duty = {"stage": "拟稿", "who": "小王", "until": "2026-11-18 17:30", "anew": False}
    assert duty == {name: before["to_sign"][0][name] for name in duty}
    assert ["拟稿", "签发"] == [stage["stage"] for stage in before["stages"]]
    assert "该签：签发，11月20日（星期五）" in after


def test_the_presets_are_whole() -> None:
    """What a preset names apart or fitting are stages of it, and the last stage has to fit."""
    for process in PRESETS.values():
        names = [stage.name for stage in process.stages]
        assert set(process.apart) | set(process.fitting) <= set(names)
        assert process.order[-1].name in process.fitting
        assert names[-1] == process.order[-1].name
        assert process.stages == (*process.before(names[-1]), process.order[-1])


def test_other_settings_do_not_matter(site: Settings) -> None:
    """A site in English is signed in the same words."""
    done = run(replace(site), "sign", TARGET, "--stage", "拟稿", "--name", "Wang", "--lang", "en")

    assert (0, "Wang has signed 拟稿" in done.stderr) == (done.exit_code, True)
