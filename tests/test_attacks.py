"""Poisoned files: each is refused in a sentence or does no harm, and nothing outside is read."""

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from jianbao import pipeline
from jianbao.cli.language import translator
from jianbao.cli.showing import sentence
from jianbao.model.sealed import Seal
from jianbao.pipeline.runs import Outcome
from jianbao.reading.seals import read_kept
from jianbao.reading.stories import read_story
from jianbao.reading.tree import read_tree
from jianbao.settings import Settings, shipped_templates

HEAD = "引题：云溪区办实事\n主题：推进\n供稿：区委宣传部\n---\n"
FOLDER = "content/yunxi/2026-47"
LEAD, DAY = f"{FOLDER}/lead.md", "data/yunxi/2026-11-20.yaml"
PHOTO = "/// photo | {}\nalt: 替\n\n坚守\n///\n"
CANARY = "CANARY-OUTSIDE"


@pytest.fixture
def site(small: Settings) -> Settings:
    """Return the small site, web only, with a file beside it that nobody may read."""
    (small.root.parent / "canary").write_text(f"title: {CANARY}\n{CANARY}\n", encoding="utf-8")
    return replace(small, pdf=False, fonts=False)


def attacked(site: Settings, story: str) -> Outcome:
    """Return what became of the site whose story is `story`."""
    (site.root / LEAD).write_text(HEAD + story, encoding="utf-8")
    return built(site)


def built(site: Settings) -> Outcome:
    """Return what became of the site; nothing of the file outside is said or made."""
    outcome = pipeline.build(site)

    said = [sentence(finding, translator("zh")) for finding in outcome.findings]
    made = [file.read_bytes() for file in site.output.rglob("*") if file.is_file()]
    assert not any(CANARY in one for one in said)
    assert not any(CANARY.encode() in one for one in made)
    return outcome


def rules(outcome: Outcome) -> set[str]:
    """Return the rules that had something to say."""
    return {finding.rule for finding in outcome.findings}


QUOTES = {
    "实事.__class__.__mro__": "figure-unknown",
    "实事.项目.__init__.__globals__": "figure-unknown",
    "__import__('os').system('id')": "figure-unknown",
    "“”.__class__": "figure-unknown",
    "config": "figure-unknown",
    "实事.项目 | attr('__class__')": "filter-unknown",
    "": "quote-empty",
    "/": "figure-unknown",
    " ， ": "figure-unknown",
}


@pytest.mark.parametrize("quote", QUOTES)
def test_the_small_language_knows_nothing_of_python(site: Settings, quote: str) -> None:
    """What stands between braces names figures; nothing is run."""
    outcome = attacked(site, f"共有{{{{ {quote} }}}}。")

    assert {QUOTES[quote]} <= rules(outcome)
    assert () == outcome.paths


TEMPLATES = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__ }}",
    "{{ '{0.__class__}'.format(bulletin) }}",
    "{{ bulletin | attr('__class__') }}",
    "{% for name in '{0}', '{0.__class__}' %}{{ name.format(bulletin) }}{% endfor %}",
    "{{ bulletin.number }}{{ bulletin.__class__ }}{{ bulletin.number }}{{ bulletin.__class__ }}",
    "{% set ours = [1] %}{{ ours.index(1) }}{{ ours.append(2) }}",
    "{% include '/etc/hostname' %}",
    "{% include '../../canary' %}",
    "{% import 'os' as os %}{{ os.system('id') }}",
    "{% for i in range(999999999) %}x{% endfor %}",
    "{% macro more() %}{{ more() }}{% endmacro %}{{ more() }}",
    "{% include 'web.html' %}",
    f"{{{{ {'(' * 5000}1{')' * 5000} }}}}",
)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_cannot_leave_its_sandbox(site: Settings, template: str) -> None:
    """Neither Python's own attributes nor files nor endless loops are within reach."""
    (site.root / "templates/web.html").write_text(template, encoding="utf-8")

    outcome = built(site)

    assert {"template-broken"} == rules(outcome)
    assert () == outcome.paths


@pytest.mark.parametrize(
    "wild",
    [
        "{{ 'a' * 10 ** 10 }}",
        "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}",
    ],
    ids=["memory", "time"],
)
def test_a_wild_page_costs_its_own_bulletin_alone(site: Settings, wild: str) -> None:
    """Of few bulletins each is made in the main process, under limits all the same."""
    other = site.root / "content/yunxi/2026-48"
    shutil.copytree(site.root / FOLDER, other)
    plan = (other / "bulletin.yaml").read_text(encoding="utf-8")
    plan = plan.replace("number: 47", "number: 48").replace("total: 312", "total: 313")
    (other / "bulletin.yaml").write_text(plan, encoding="utf-8")
    page = site.root / "templates/web.html"
    wild = f"{{% if bulletin.number == '47' %}}{wild}{{% endif %}}"
    page.write_text(page.read_text(encoding="utf-8") + wild, encoding="utf-8")

    outcome = built(replace(site, task_seconds=5, task_megabytes=500))

    stopped = [found.place.path for found in outcome.findings if found.rule == "bulletin-stopped"]
    assert stopped == [f"{FOLDER}/bulletin.yaml"]
    assert outcome.kept == ("yunxi/2026-47",)
    assert outcome.made == ("yunxi/2026-48",)


ACTING = (
    "文<script>alert(1)</script>字",
    "<img src=nowhere: onerror=alert(1)>",
    "[点](javascript:alert(1))",
    "[点](JaVaScRiPt&colon;alert(1))",
    "[点](&#106;avascript:alert(1))",
    "[点](java\tscript:alert(1))",
    "[点](data:text/html,<script>alert(1)</script>)",
    "[点](file:///etc/hostname)",
    "![图](file:///etc/hostname)",
    "![图](http://10.0.0.1/a.png)",
    "<img src=//10.0.0.1/a.png>",
    "<data value=1>693</data>",
    "<style>@import url(file:///etc/hostname);</style>",
    "<link rel=attachment href=file:///etc/hostname>",
    "<svg onload=alert(1)><image href=file:///etc/hostname /></svg>",
    "<iframe src=http://10.0.0.1></iframe>",
    "<math><mtext><style><img src=x: onerror=alert(1)></style></mtext></math>",
    "<p style='background:url(http://10.0.0.1)' onclick=alert(1)>文</p>",
)
_ACTS = re.compile(
    r"""<script>alert|onerror|onload|onclick|<data\b[^>]*value=.?1\b|@import|<link[^>]*attachment
    |<iframe|<svg[^>]*on|(?:href|src)=["']?\s*(?:javascript|data:text|file):|10\.0\.0\.1""",
    re.IGNORECASE | re.VERBOSE,
)


@pytest.mark.parametrize("story", ACTING)
def test_nothing_a_writer_puts_in_acts(site: Settings, story: str) -> None:
    """What acts, hides data or fetches is gone from the page, or there is no page."""
    outcome = attacked(site, story)

    page = site.output / "yunxi/2026-47/index.html"
    assert page.exists() == bool(outcome.paths)
    assert not page.exists() or not _ACTS.search(page.read_text(encoding="utf-8"))


def test_a_picture_from_elsewhere_is_an_error(site: Settings) -> None:
    """A reader's browser would fetch it, and tell another host who reads."""
    outcome = attacked(site, "![图](http://10.0.0.1/a.png)")

    (finding,) = outcome.findings
    assert ("photo-outside", "http://10.0.0.1/a.png") == (finding.rule, finding.place.excerpt)


ENDLESS = {
    "brackets": "[" * 20_000,
    "links": "[a](" * 5_000,
    "words": "字" * 600_000,
    "underscores": "_a" * 30_000,
    "tags": "<div>\n" * 1_500 + "文",
    "spans": "<b>" * 1_500 + "文",
    "lists": "\n".join("  " * depth + "- 文" for depth in range(200)),
    "story": f"{'字' * 5_000}\n" * 30,
    "rows": "|甲|乙|\n|-|-|\n" + "|1|2|\n" * 8_000,
}


@pytest.mark.parametrize("name", ENDLESS)
def test_endless_text_is_refused_at_once(site: Settings, name: str) -> None:
    """What would take minutes, or bring the program down, is told before it is read."""
    outcome = attacked(site, ENDLESS[name])

    assert name == "lists" or {"story-bounds"} <= rules(outcome)


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "a: " + "{a: " * 50_000, "- " * 50_000, "? " * 50_000,
     "\n".join(" " * depth + "a:" for depth in range(1_000))],
    ids=["rows", "tables", "dashes", "marks", "indents"],
)  # fmt: skip
def test_yaml_without_a_floor_is_refused(text: str) -> None:
    """PyYAML's composer would end the process here: a fault of the C stack, no exception."""
    assert ["yaml-broken"] == [finding.rule for finding in read_tree("x.yaml", text).findings]


def test_sixty_groups_in_each_other_are_read() -> None:
    """The bound is far above what people write."""
    assert (
        ()
        == read_tree(
            "x.yaml", "a: " + "[" * 60 + "]" * 60 + "\nb: [" + "[],\n " * 90 + "]"
        ).findings
    )


def test_a_bomb_of_aliases_does_not_grow(site: Settings) -> None:
    """A thousand million laughs are one finding a line."""
    rows = ["a: &a [x, x]"] + [f"b{n}: &b{n} [*a, *a]" for n in range(3)]
    (site.root / DAY).write_text("\n".join(rows), encoding="utf-8")

    assert "yaml-alias" in rules(built(site))


FILES = (
    LEAD,
    DAY,
    f"{FOLDER}/bulletin.yaml",
    "data/site.yaml",
    "data/yunxi/campaign.yaml",
    "data/yunxi/2026-11-21.xlsx",
    "data/registers/documents.yaml",
    "templates/web.html",
)


YEAR = "实事: {as_of: %s, 区级: {项目: 94, 已完成: 57}, 乡镇级: {项目: 788, 已完成: 636}}\n"
COUNT = "实事: {as_of: 2026-11-20, 区级: {项目: %s, 已完成: 57}, 乡镇级: {项目: 788, 已完成: 6}}\n"
PLAN = "number: 47\ndate: %s\npaper: %s\npages:\n  - {layout: plain, stories: {lead: %s}}\n"
CAMPAIGN = "title: 民生实事\norganisation: 云溪区\ndatasets:\n  实事: {%s}\n"
MEASURES = "measures: {项目: {unit: 件}, 已完成: {unit: 件}}"
TYPED: dict[str, tuple[str, str, str]] = {
    "最后一年": (DAY, YEAR % "9999-12-31", "as-of-refused"),
    "第一年": (DAY, YEAR % "0001-01-01", "as-of-refused"),
    "别国的数字": (DAY, COUNT % "١٢٣", "number-refused"),
    "没有完的单位": (DAY, COUNT % ("1" + "亿" * 500), "number-refused"),
    "写成编码的零字节": (
        f"{FOLDER}/bulletin.yaml",
        PLAN % ("2026-11-21", "四开", '"\\0"'),
        "invisible-character",
    ),
    "写成编码的终端指令": (
        f"{FOLDER}/bulletin.yaml",
        PLAN % ("2026-11-21", '"\\e[31m"', "lead.md"),
        "invisible-character",
    ),
    "出刊在最后一天": (
        f"{FOLDER}/bulletin.yaml",
        PLAN % ("9999-12-31", "四开", "lead.md"),
        "day-refused",
    ),
    "没有一种纸": (
        f"{FOLDER}/bulletin.yaml",
        PLAN % ("2026-11-21", "[]", "lead.md"),
        "value-refused",
    ),
    "除了又除": (
        "data/yunxi/campaign.yaml",
        CAMPAIGN % f"{MEASURES}, ratios: {{率: {{of: 已完成 // 项目}}}}",
        "name-refused",
    ),
    "没有分项的分组": (
        "data/yunxi/campaign.yaml",
        CAMPAIGN % f"dimensions: {{级别: {{}}}}, {MEASURES}",
        "value-refused",
    ),
    "叠起来的符号": (LEAD, f"{HEAD}文字{chr(0x301) * 60}", "invisible-character"),
    "藏在字形里的话": (
        LEAD,
        f"{HEAD}文字{''.join(chr(0xE0100 + byte) for byte in b'secret')}",
        "invisible-character",
    ),
    "用秒数写的日期": (
        "data/yunxi/campaign.yaml",
        CAMPAIGN % f"since: 20261121, {MEASURES}",
        "value-refused",
    ),
}


def test_a_story_that_is_not_there_goes_on_nowhere(site: Settings) -> None:
    """A slip in `continued:` is told; it ended the program."""
    plan = PLAN % ("2026-11-21", "四开", "lead.md")
    second = "  - {layout: plain, number: 2, stories: {}, continued: {lead: leed.md}}\n"
    (site.root / FOLDER / "bulletin.yaml").write_text(plan + second, encoding="utf-8")
    layout = site.root / "templates/layouts/plain/layout.yaml"
    layout.write_text("label: 普通\nslots: {lead: {label: 头条, characters: 900}}\n", "utf-8")

    assert "story-continued" in rules(built(site))


@pytest.mark.parametrize("name", TYPED)
def test_what_no_value_can_be_is_refused(site: Settings, name: str) -> None:
    """No value ends the program, and none is taken for another; each is told where it stands."""
    path, text, rule = TYPED[name]
    (site.root / path).write_text(text, encoding="utf-8")

    outcome = built(site)

    assert rule in {finding.rule for finding in outcome.findings if finding.place.path == path}
    assert () == outcome.paths
    said = [sentence(finding, translator("zh")) for finding in outcome.findings]
    assert not any(re.search("[\0-\x1f\x7f-\x9f]", one) or len(one) > 700 for one in said)


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("kind", ["link", "pipe", "device", "ring"])
def test_no_link_is_followed_out_and_no_device_opened(site: Settings, path: str, kind: str) -> None:
    """A link to elsewhere is refused; a pipe, /dev/zero and a ring of links end nothing."""
    file = site.root / path
    file.unlink(missing_ok=True)
    make: dict[str, Callable[[], None]] = {
        "link": lambda: file.symlink_to(site.root.parent / "canary"),
        "pipe": lambda: os.mkfifo(file),
        "device": lambda: file.symlink_to("/dev/zero"),
        "ring": lambda: file.symlink_to(file),
    }
    make[kind]()

    outcome = built(site)

    assert rules(outcome)
    assert () == outcome.paths
    if kind == "link":
        assert "file-outside" in rules(outcome)


@pytest.mark.parametrize("folder", ["content", "data", "templates", "data/yunxi", FOLDER])
def test_no_folder_leads_out(site: Settings, folder: str) -> None:
    """A folder that is a link to elsewhere counts as elsewhere."""
    shutil.move(site.root / folder, site.root.parent / "moved")
    (site.root / folder).symlink_to(site.root.parent / "moved")

    outcome = built(replace(site, templates=shipped_templates()))

    assert () == outcome.paths
    assert "file-outside" in rules(outcome)


PHOTOS = (
    "../../../../canary", "/etc/hostname", "photos/../../../../../canary", "file:///etc/hostname",
    "http://10.0.0.1/a.jpg", "..", ".", "photos/" + "a" * 5_000, "~/x", "photos/pipe.jpg",
    "photos/link.jpg", "photos/zero.jpg",
)  # fmt: skip


@pytest.mark.parametrize("path", PHOTOS, ids=lambda path: path[:20])
def test_a_photo_is_a_picture_of_its_bulletin(site: Settings, path: str) -> None:
    """Neither .. nor links, devices or addresses make another file a photo."""
    photos = site.root / FOLDER / "photos"
    photos.mkdir()
    Image.new("RGB", (8, 8)).save(site.root.parent / "outside.jpg")
    os.mkfifo(photos / "pipe.jpg")
    (photos / "link.jpg").symlink_to(site.root.parent / "outside.jpg")
    (photos / "zero.jpg").symlink_to("/dev/zero")

    outcome = attacked(site, PHOTO.format(path))

    assert rules(outcome) & {"photo-outside", "photo-missing"}
    assert () == outcome.paths


@pytest.mark.parametrize("ledger", ["../../../canary", "/etc/hostname", "../../canary.csv"])
def test_a_ledger_lies_in_the_site(site: Settings, ledger: str) -> None:
    """`file:` of a ledger leads nowhere else."""
    shutil.copy(site.root.parent / "canary", site.root.parent / "canary.csv")
    with (site.root / "data/yunxi/campaign.yaml").open("a", encoding="utf-8") as file:
        file.write(
            f"  诉求: {{measures: {{件: {{unit: 件}}}}, ledger: {{file: {ledger}, key: 号}}}}\n"
        )

    outcome = built(site)

    assert rules(outcome)
    assert () == outcome.paths


@pytest.mark.parametrize("name", ["坏\u202e.md", "a\x07.md", "\u0430.md", "a\nb.md", "<b>.md"])
def test_odd_file_names_change_nothing(site: Settings, name: str) -> None:
    """A story that no plan names is not printed, whatever it is called; that is told."""
    (site.root / FOLDER / name).write_text(HEAD + "文\n", encoding="utf-8")

    assert {"story-unplaced"} == rules(built(site))


def test_a_bulletins_odd_name_is_text_on_every_page(site: Settings) -> None:
    """The name of a folder is written as text, never as HTML."""
    odd = site.root / "content/yunxi" / "<script>alert(1)"
    shutil.move(site.root / FOLDER, odd)

    built(site)

    pages = [file.read_text(encoding="utf-8") for file in site.output.rglob("*.html")]
    assert not any("<script>alert(1)" in page for page in pages)


@pytest.mark.parametrize("name", ["yunxi", "search"])
def test_nothing_is_written_through_a_link_in_the_output(site: Settings, name: str) -> None:
    """A folder of the output that leads elsewhere is told, and nothing is put there."""
    built(site)
    outside = site.root.parent / "outside"
    outside.mkdir()
    shutil.rmtree(site.output / name)
    (site.output / name).symlink_to(outside)

    said = [sentence(finding, translator("zh")) for finding in built(site).findings]

    assert [] == list(outside.iterdir())
    assert any("那里是通到别处去的链接" in one for one in said)


@pytest.mark.parametrize("kind", ["pipe", "device"])
@pytest.mark.parametrize(
    "name",
    ["yunxi/2026-47/index.html", "yunxi/2026-47/bulletin.json", "index.html", ".jianbao/manifest"],
)
def test_what_never_ends_in_the_output_is_replaced(site: Settings, name: str, kind: str) -> None:
    """Pipes and devices in the place of what was made are not waited for."""
    remembering = replace(site, remember=True)
    built(remembering)
    made = site.output / name
    made.unlink()
    if kind == "pipe":
        os.mkfifo(made)
    else:
        made.symlink_to("/dev/zero")

    assert () == pipeline.build(remembering).findings
    assert made.is_file()
    assert not made.is_symlink()


PIECES = (
    "{{", "}}", "｛｛", "实事", ".项目", " | ", "引 ", "///", "/// photo | ", "/// figures", "/// 图表 | ",
    "引题：", "主题：", "---", "\n", "\n", "## ", "**", "[", "](", "<b>", "</div>", "<!--", "&#", "截至",
    "12件", "三成", "１２", "%", "〇", "\u3000", "\t", "“", "- ", "|a|", "焦点：", "\\", "`",
)  # fmt: skip


@hypothesis_settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join))
def test_any_soup_of_a_storys_signs_is_read(tmp_path: Path, text: str) -> None:
    """Whatever signs follow each other, there is a story or a finding, never a traceback."""
    (tmp_path / "x.md").write_bytes(text.encode("utf-8", "replace"))

    read = read_story(tmp_path, "x.md")

    assert read.value or read.findings


@pytest.mark.parametrize("kept", ["kept", "../../../.."])
def test_a_kept_version_holds_no_file_from_outside(site: Settings, kept: str) -> None:
    """What was published once and is shown again is read in the site alone."""
    folder = site.root / FOLDER / "kept"
    folder.mkdir()
    (folder / "page.html").write_text("文", encoding="utf-8")
    (folder / "link.html").symlink_to(site.root.parent / "canary")
    seal = cast("Seal", SimpleNamespace(kept=kept))

    files = read_kept(site.root, "yunxi/2026-47", seal)

    assert not any(CANARY.encode() in data for data in files.values())
    assert kept != "kept" or ["page.html"] == list(files)
