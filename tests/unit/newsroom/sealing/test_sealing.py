"""`seal`, `verify`, `correct`: what was published stays known, and is put right in the open."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jianbao import pipeline
from jianbao.cli.commands import commands
from jianbao.cli.language import translator
from jianbao.newsroom.sealing.outdated import outdated
from jianbao.newsroom.sealing.sealing import article_digest
from jianbao.pipeline.reviewing import compare
from jianbao.reading.seals import read_sealed
from jianbao.settings import Settings, shipped_templates
from tests.unit.newsroom.reviewing.weekly import LEAD, change, put, weekly

TARGET = "yunxi/2026-47"
RECORD = f"content/{TARGET}/sealed.yaml"
NOTICE = f"content/{TARGET}/correction-1.md"
DATA = "data/yunxi/2026-11-20.yaml"


@pytest.fixture
def site(tmp_path: Path) -> Settings:
    """Return a site with two weeks, the second one sealed."""
    made = replace(weekly(tmp_path), templates=shipped_templates(), targets=(TARGET,))
    made = replace(made, output=made.root / "output")
    (made.root / "templates/web.html").unlink()  # the shipped page shows corrections
    result = run(made, "seal", TARGET, "--name", "王五", "--emergency", "试发")
    assert 0 == result.exit_code, result.output
    return made


def run(site: Settings, *words: str) -> Result:
    """Run a command as a clerk types it."""
    return CliRunner().invoke(commands(translator("zh")), [*words, "--site", str(site.root)])


def rules(site: Settings) -> list[str]:
    """Return what `check` finds."""
    return [finding.rule for finding in pipeline.check(replace(site, fast=True)).findings]


def correct(site: Settings) -> Result:
    """Correct the bulletin."""
    return run(site, "correct", TARGET, "--name", "张三", "--day", "2026-11-27")


def test_a_sealed_bulletin_is_whole(site: Settings) -> None:
    """Made anew it is the same, byte for byte; a second seal is not put on."""
    verified, again = run(site, "verify", TARGET), run(site, "seal", TARGET, "--name", "王五",
                                                       "--emergency", "试发")  # fmt: skip
    sealed = read_sealed(site.root, TARGET).value

    assert 0 == verified.exit_code, verified.stderr
    assert "重新生成：2个文件逐字节相同。" in verified.stderr
    assert "内容没有变" in again.stderr
    assert ("47", 312, "王五", "试发") == tuple(
        getattr(sealed.seals[0], name) for name in ("number", "total", "name", "emergency")
    )
    assert len(sealed.seals) == 1
    assert {LEAD, DATA, f"content/{TARGET}/bulletin.yaml", "data/site.yaml"} <= set(
        sealed.seals[0].sources
    )
    assert (site.root / f"content/{TARGET}/sealed/1/bulletin.pdf").read_bytes()[:4] == b"%PDF"


def test_an_unsigned_bulletin_is_not_sealed(tmp_path: Path) -> None:
    """Without a reason, everything has to be signed first."""
    fresh = weekly(tmp_path)
    result = run(fresh, "seal", TARGET, "--name", "王五")

    assert (1, 6) == (result.exit_code, result.stderr.count("还没有签"))
    assert not (fresh.root / RECORD).exists()


@pytest.mark.parametrize(("path", "old", "new", "sentence"), [
    (DATA, "已完成: 586", "已完成: 587", "“实事.已完成”原来是586件，现在成了587件。"),
    (LEAD, "倾听民声", "聆听民声", "lead.md的“倾听民声”成了“聆听民声”。"),
    (f"content/{TARGET}/bulletin.yaml", "number: 47", "number: 48", "刊头的“第47期”成了“第48期”。"),
])  # fmt: skip
def test_whoever_edits_it_is_told(
    site: Settings, path: str, old: str, new: str, sentence: str
) -> None:
    """The old output stays until the change is taken back."""
    page = site.output / TARGET / "index.html"
    before = page.read_bytes()
    change(site.root, path, old, new)
    result = run(site, "build", TARGET)
    verified = run(site, "verify", TARGET)

    assert 1 == result.exit_code
    assert sentence in result.stderr
    assert "或者运行 correct yunxi/2026-47 作出更正。" in result.stderr
    assert before == page.read_bytes()
    assert (1, f"{path}后来改过。" in verified.stderr) == (verified.exit_code, True)
    change(site.root, path, new, old)
    assert "sealed-edited" not in rules(site)


def test_what_nobody_reads_may_be_edited(site: Settings) -> None:
    """A comment is no correction; verify says which file it is in."""
    change(site.root, DATA, "实事", "# 周五报来\n实事")
    put(site.root, "data/yunxi/2026-11-27.yaml", "信访: {截至: 2026-11-27, 来信: 50}\n")
    verified = run(site, "verify", TARGET)

    assert [] == rules(site)
    assert 0 == verified.exit_code, verified.stderr
    assert f"{DATA}后来改过。" in verified.stderr


def test_status_says_what_a_correction_waits_for(site: Settings) -> None:
    """Also where it is not the campaign's last bulletin any more; nobody is late with it."""
    change(site.root, DATA, "已完成: 586", "已完成: 587")
    correct(site)
    later = site.root / "content/yunxi/2026-48"
    shutil.copytree(site.root / "content/yunxi/2026-46", later)
    plan = "number: 48\ntotal: 313\ndate: 2026-11-27\npages:\n"
    put(site.root, "content/yunxi/2026-48/bulletin.yaml",
        plan + "  - {name: 要闻, number: 1, layout: plain, stories: {lead: lead.md}}\n")  # fmt: skip
    shown = run(site, "status").stdout

    assert "yunxi/2026-47　11月20日（星期五）出刊\n  2026-11-27作了更正，还没有发布。\n" in shown
    assert "  该签（更正）：拟稿\n" in shown
    assert "yunxi/2026-48　" in shown


def test_a_correction_from_number_to_page(site: Settings) -> None:
    """The notice is on top of the page, the PDF has the day, the old version is reachable."""
    change(site.root, DATA, "已完成: 586", "已完成: 587")
    change(site.root, LEAD, "倾听民声", "聆听民声")
    corrected = correct(site)
    put(site.root, NOTICE, (site.root / NOTICE).read_text(encoding="utf-8") + "特此更正。\n")
    built = run(site, "build", TARGET)
    page = (site.output / TARGET / "index.html").read_text(encoding="utf-8")
    old = (site.output / TARGET / "old/1/index.html").read_text(encoding="utf-8")

    assert (
        "第1版《办结586件　再出发》一文标题中，“办结586件”应为“办结587件”。\n"
        "第1版《办结586件　再出发》一文中，“办结586件”应为“办结587件”；"
        "“完成率79.6%”应为“完成率79.8%”；“倾听民声”应为“聆听民声”。\n特此更正。\n"
    ) == (site.root / NOTICE).read_text(encoding="utf-8")
    assert (0, 0) == (corrected.exit_code, built.exit_code), built.stderr
    assert "特此更正。" in page
    assert 'href="old/1/index.html"' in page
    assert "这是更正前的版本" in old
    assert "586件" in old
    assert "587件" not in old
    asked = re.findall(r'(?:href|src)="([^"#]+)', old)
    assert {"fonts.css", "figures.csv", "figures.json"} <= set(asked)
    assert [] == [link for link in asked if not (site.output / TARGET / "old/1" / link).exists()]
    assert old.index("<h1") < old.index("<h2")
    assert "587件" in page


def test_a_correction_is_sealed_anew(site: Settings) -> None:
    """After it is published the right version has its own seal, and the old one is kept."""
    change(site.root, DATA, "已完成: 586", "已完成: 587")
    correct(site)
    waiting = run(site, "verify", TARGET).stderr
    run(site, "seal", TARGET, "--name", "王五", "--emergency", "更正")
    verified = run(site, "verify", TARGET)
    sealed = read_sealed(site.root, TARGET).value

    assert "更正后的版本还没有发布" in waiting
    assert (0, 2, ["sealed/1", "sealed/2"]) == (
        verified.exit_code, len(sealed.seals), [seal.kept for seal in sealed.seals],
    )  # fmt: skip
    assert ("实事.已完成", "586件", "587件") == tuple(
        getattr(sealed.corrections[0].figures[0], name) for name in ("path", "old", "new")
    )
    assert 1 == correct(site).exit_code


def test_a_second_mistake_joins_the_notice(site: Settings) -> None:
    """What people have edited in the notice stays; only what is new comes in."""
    change(site.root, LEAD, "倾听民声", "聆听民声")
    correct(site)
    put(site.root, NOTICE, "改过的一句。\n")
    change(site.root, LEAD, "全区共有", "全县共有")
    correct(site)

    assert (
        "改过的一句。\n第1版《办结586件　再出发》一文中，“全区共有736件”应为“全县共有736件”。\n"
        == (site.root / NOTICE).read_text(encoding="utf-8")
    )
    assert [] == rules(site)


def test_who_printed_the_wrong_figure_too(site: Settings) -> None:
    """A later bulletin that compared with it is named, with the words it printed."""
    put(
        site.root,
        "data/yunxi/2026-11-27.yaml",
        "实事: {截至: 2026-11-27, 项目: 736, 已完成: 600}\n",
    )
    (site.root / "content/yunxi/2026-48").mkdir()
    put(site.root, "content/yunxi/2026-48/bulletin.yaml",
        (site.root / f"content/{TARGET}/bulletin.yaml").read_text(encoding="utf-8")
        .replace("47", "48").replace("312", "313").replace("11-20", "11-27"))  # fmt: skip
    put(site.root, "content/yunxi/2026-48/lead.md",
        "主题：第二周\n---\n办结{{ 实事.已完成 }}，{{ 实事.已完成 | 变化 }}。\n")  # fmt: skip
    signed = run(site, "sign", "yunxi/2026-48", "--stage", "拟稿", "--name", "张三")
    change(site.root, DATA, "已完成: 586", "已完成: 587")
    said = correct(site).stderr

    assert 0 == signed.exit_code, signed.stderr
    assert (
        "yunxi/2026-48也印了：数字“实事.已完成 | 变化”印的是比上期增加14件，"
        "应为比上期增加13件（lead.md:3）。"
    ) in said


def test_another_campaign_that_cited_it_is_named(site: Settings) -> None:
    """Its words stand beside the figure, since only a person can say whether it is that one."""
    campaign, story = site.root / "data/xiaofang", site.root / "content/xiaofang/2026-3"
    for folder in (campaign, story):
        folder.mkdir(parents=True)
    put(site.root, "data/xiaofang/campaign.yaml",
        "title: 消防\norganisation: 云溪区\ndatasets: {隐患: {measures: {整改: {unit: 处}}}}\n")  # fmt: skip
    put(site.root, "data/xiaofang/2026-11-24.yaml", "隐患: {截至: 2026-11-24, 整改: 1586}\n")
    put(site.root, "content/xiaofang/2026-3/bulletin.yaml",
        "number: 3\ndate: 2026-11-25\npages:\n"
        "  - {name: 要闻, number: 1, layout: plain, stories: {lead: lead.md}}\n")  # fmt: skip
    put(site.root, "content/xiaofang/2026-3/lead.md",
        "主题：第三期\n---\n整改{{ 隐患.整改 }}。实事办结{{ “586件” | 引 简报第47期 }}。\n")  # fmt: skip
    signed = run(site, "sign", "xiaofang/2026-3", "--stage", "拟稿", "--name", "张三")
    change(site.root, DATA, "已完成: 586", "已完成: 587")
    said = correct(site).stderr

    assert 0 == signed.exit_code, signed.stderr
    assert (
        "xiaofang/2026-3可能引过实事.已完成：lead.md，“整改1586处。实事办结【586件】。”，"
        "请看是不是这个数。"
    ) in said


def test_a_rollback_says_what_it_brings_back(site: Settings) -> None:
    """After a correction, going back gives readers the wrong figure again, and that is said."""
    text = (site.root / "data/site.yaml").read_text(encoding="utf-8")
    put(site.root, "data/site.yaml", text + "publish: {共享盘: {to: ../public}}\n")
    publish = ("publish", TARGET, "--name", "王五", "--emergency", "试发")
    page = site.root.parent / "public" / TARGET / "index.html"
    first = run(site, *publish)
    change(site.root, DATA, "已完成: 586", "已完成: 587")
    correct(site)
    second = run(site, *publish)
    back = run(site, "rollback", "--name", "王五")
    wrong = page.read_text(encoding="utf-8")
    away = run(site, "unpublish", TARGET, "--name", "王五")
    gone = not page.exists()
    again = run(site, *publish)
    right = page.read_text(encoding="utf-8")

    assert [0] * 5 == [one.exit_code for one in (first, second, back, away, again)], back.stderr
    older = f"{TARGET}现在读者看到的是更正以前的样子"
    assert [False, False, True, False, False] == [
        older in one.stderr for one in (first, second, back, away, again)
    ]
    assert (">586件<" in wrong, "应为" in wrong, gone) == (True, False, True)
    assert (">587件<" in right, "应为“" in right) == (True, True)
    assert (page.parent / "old/1/index.html").is_file()


def test_readers_were_told_otherwise(site: Settings) -> None:
    """`changes` of the next bulletin says where the last one printed another number."""
    change(site.root, DATA, "已完成: 586", "已完成: 587")
    found = compare(site, "yunxi/2026-46", TARGET).value
    assert found
    row = next(row for row in found[0].rows if row.path == "实事.已完成")

    assert f"{TARGET}印的是586件，现在数据里那时是587件。" in [
        message.in_words(translator("zh")) for message in row.odd
    ]


@pytest.mark.parametrize(("old", "new"), [
    ("name: 王五", "name: 李四"), ("number: '47'", "number: '48'"), ("586件", "587件"),
])  # fmt: skip
def test_a_seal_changed_by_hand_is_found(site: Settings, old: str, new: str) -> None:
    """Neither who nor what can be exchanged afterwards."""
    change(site.root, RECORD, old, new)

    assert "record-damaged" in rules(site)


def test_a_kept_file_changed_by_hand_is_found(site: Settings) -> None:
    """The kept copy and the page in output/ are compared with the seal."""
    kept = site.root / f"content/{TARGET}/sealed/1/bulletin.pdf"
    kept.write_bytes(kept.read_bytes() + b"%")
    page = site.output / TARGET / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("586件", "686件"), "utf-8")
    result = run(site, "verify", TARGET)

    assert 1 == result.exit_code
    assert "存档里的bulletin.pdf不是发布时的那一份。" in result.stderr
    assert "output/里的index.html不是发布时的那一份。" in result.stderr


def test_other_libraries_are_said(site: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where bytes cannot be the same, it is said what is another; words and figures are compared."""
    monkeypatch.setattr("jianbao.reading.makers._version", lambda _: "1.0")
    monkeypatch.setattr("jianbao.reading.makers.__version__", "9.0")
    result = run(site, "verify", TARGET)

    assert 0 == result.exit_code, result.stderr
    assert re.search(
        r"没有重新生成来比较：与当时不同的有程序0\.1\.0 → 9\.0、altair .* → 1\.0", result.stderr
    )


def test_only_what_is_sealed_can_be_corrected(site: Settings) -> None:
    """An unsealed bulletin is simply changed; a sealed one that is right needs no correction."""
    unsealed = run(site, "correct", "yunxi/2026-46", "--name", "张三")

    assert (1, "还没有定版" in unsealed.stderr) == (unsealed.exit_code, True)
    assert "没有要更正的" in correct(site).stderr


def test_the_old_page_finds_the_site_around_it() -> None:
    """Two folders deeper, links out of the folder go two steps further; PDFs stay as they are."""
    files = outdated({"index.html": b'<a href="../../x"><img src="photos/a.jpg"><main id="m">x',
                      "bulletin.pdf": b"%PDF", "figures.json": b"{}", "fonts.css": b"",
                      "bulletin.json": b"{}", "text.js": b""}, "2026年11月27日")  # fmt: skip

    assert {"index.html", "bulletin.pdf", "figures.json", "fonts.css"} == set(files)
    assert (
        b'<a href="../../../../x"><img src="photos/a.jpg"><main id="m">\n<section'
        in files["index.html"]
    )


def test_the_site_around_an_article_is_no_part_of_its_seal() -> None:
    """Links to neighbours change each week; the article does not."""
    one = b"<nav>46</nav><main><p>586</p></main><footer>x</footer>"

    assert article_digest(one) == article_digest(one.replace(b"46", b"48").replace(b"x", b"y"))
    assert article_digest(one) != article_digest(one.replace(b"586", b"587"))
