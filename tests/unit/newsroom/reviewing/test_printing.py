"""What is taken down of a bulletin: everything that a reader sees, and nothing else."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jianbao.model.reviewed import Printed
from jianbao.newsroom.reviewing.differing import clauses, differences, marked
from jianbao.newsroom.reviewing.signing import as_record
from jianbao.pipeline.reviewing import open_case
from jianbao.pipeline.signing import printed_at
from jianbao.reading.kept_shapes import PrintedShape
from jianbao.reading.reviews import kept_form, printed_of
from jianbao.settings import Settings, shipped_templates

ROOT = Path(__file__).parents[4]
SAMPLE = ("huiji/2021-43", "yunxi/2026-46", "yunxi/2026-47", "zhongyuan/2021-47")
HAN = re.compile(r"[\u4e00-\u9fff]")


def record(root: Path, address: str) -> Printed:
    """Return what a bulletin of a site prints."""
    asked = Settings(root, root / "output", date(2026, 11, 22), templates=shipped_templates())
    case = open_case(asked, address)
    assert case.value, case.findings
    return printed_at(case.value)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the sample site."""
    root = tmp_path_factory.mktemp("sample") / "site"
    for name in ("content", "data"):
        shutil.copytree(ROOT / name, root / name)
    return root


@pytest.mark.parametrize("address", SAMPLE)
def test_every_word_of_the_web_page_is_in_the_record(made: Path, address: str) -> None:
    """What stands on the page between its furniture can be read in the record."""
    html = (made / address / "index.html").read_text(encoding="utf-8")
    body = html.split("<main", 1)[1].split("</main>", 1)[0]
    body = re.sub(r'(?s)<dd class="file">.*?</dd>|<svg.*?</svg>', "", body)
    texts = re.split(r"<[^>]*>|[（）；，：。、]|&[a-z]+;|供稿", body)
    kept = record(ROOT, address)
    known = "".join(p.role + p.text for part in kept.texts.values() for p in part)
    known = re.sub(r"\*\*|\s|<[^>]*>", "", known)
    plain = (re.sub(r"\s", "", text) for text in texts if len(HAN.findall(text)) > 3)

    assert [] == [text for text in plain if text not in known and not _furniture(text)]


def _furniture(text: str) -> bool:
    """Say whether the page's own template has these words."""
    return any(text in template.read_text(encoding="utf-8")
               for template in shipped_templates().rglob("*.html"))  # fmt: skip


@settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_any_printed_character_changes_the_digest(sample: Path, data: st.DataObject) -> None:
    """One Han character anywhere in a story exchanged for another: another digest, and it is said."""
    stories = sorted((sample / "content/yunxi/2026-47").glob("*.md"))
    story = data.draw(st.sampled_from(stories))
    text = story.read_text(encoding="utf-8")
    marks = [
        m.span()
        for m in re.finditer(r"(?m)\{\{.*?\}\}|^[^：\n]{2}：|^ *(?:///|credit|alt).*$", text)
    ]
    places = [
        m.start() for m in HAN.finditer(text) if not any(a <= m.start() < b for a, b in marks)
    ]
    at = data.draw(st.sampled_from(places))
    before = record(ROOT, "yunxi/2026-47")
    try:
        story.write_text(text[:at] + ("囍" if text[at] != "囍" else "喜") + text[at + 1 :], "utf-8")
        after = record(sample, "yunxi/2026-47")
    finally:
        story.write_text(text, encoding="utf-8")

    found = differences(before, after)
    assert before.digest != after.digest
    assert (1, 0) == (len(found.words), len(found.figures))
    assert (story.name, True) == (found.words[0].part, "囍" in found.words[0].new)


@pytest.mark.parametrize(("path", "old", "new"), [
    ("data/yunxi/2026-11-19.yaml", "已完成: 66", "已完成: 67"),
    ("data/yunxi/2026-11-12.yaml", "已完成: 498", "已完成: 499"),
    ("data/yunxi/campaign.yaml", "完成指验收合格并销号", "完成指验收合格"),
    ("data/yunxi/campaign.yaml", "name: 受益居民", "name: 受益群众"),
    ("data/yunxi/campaign.yaml", "masthead: 云溪实事简报", "masthead: 云溪简报"),
    ("data/site.yaml", "organisation: 区委宣传部", "organisation: 宣传部"),
    ("content/yunxi/2026-47/bulletin.yaml", "责编: 区督查室", "责编: 督查室"),
    ("content/yunxi/2026-47/bulletin.yaml", "number: 47", "number: 48"),
    ("content/yunxi/2026-47/bulletin.yaml", "date: 2026-11-20", "date: 2026-11-21"),
    ("content/yunxi/2026-47/bulletin.yaml", "second: hotline.md\n      boxed: market.md",
     "second: market.md\n      boxed: hotline.md"),
    ("content/yunxi/2026-47/lead.md", "credit: 示意图", "credit: 资料图"),
    ("content/yunxi/2026-47/lead.md", "alt: 明亮", "alt: 敞亮"),
    ("content/yunxi/2026-47/hotline.md", "停车、噪声", "**停车**、噪声"),
    ("content/yunxi/2026-47/lead.md", "{{ 实事.完成率 | 成 }}", "近{{ 实事.完成率 | 小数 0 }}"),
])  # fmt: skip
def test_whatever_is_printed_counts(sample: Path, path: str, old: str, new: str) -> None:
    """Figures, last week's figures, imprint, plan, definitions, credits, bold: all is printed."""
    before = record(sample, "yunxi/2026-47")
    text = (sample / path).read_text(encoding="utf-8")
    assert old in text
    try:
        (sample / path).write_text(text.replace(old, new, 1), encoding="utf-8")
        after = record(sample, "yunxi/2026-47")
    finally:
        (sample / path).write_text(text, encoding="utf-8")

    assert before.digest != after.digest
    assert differences(before, after)


def test_an_exchanged_picture_and_an_own_template_count(sample: Path) -> None:
    """A picture's bytes, and the look where it is the office's own, with the figures it prints."""
    before = record(sample, "yunxi/2026-47")
    photo = sample / "content/yunxi/2026-47/photos/canteen.jpg"
    data = photo.read_bytes()
    own = sample / "templates/parts.html"
    own.parent.mkdir()
    try:
        photo.write_bytes((sample / "content/yunxi/2026-46/photos/renewal.jpg").read_bytes())
        own.write_text('<p>{{ figure("实事.已完成") }}</p>', encoding="utf-8")
        after = record(sample, "yunxi/2026-47")
    finally:
        photo.write_bytes(data)
        shutil.rmtree(own.parent)

    found = differences(before, after)
    assert (("photos/canteen.jpg",), ("parts.html",)) == (found.pictures, found.looks)
    assert "templates/parts.html" in {figure.story for figure in after.figures}


@pytest.mark.parametrize("address", SAMPLE)
def test_what_is_kept_comes_back(address: str) -> None:
    """The record as plain values gives the record again, digest for digest."""
    kept = record(ROOT, address)
    again = printed_of(PrintedShape.model_validate(kept_form(kept)))

    assert kept == again
    assert kept.digest == again.digest


@given(st.text("完成件0123456789，。%", max_size=30), st.text("完成件0123456789，。%", max_size=30))
def test_clauses_lose_nothing(old: str, new: str) -> None:
    """Two texts have differing clauses exactly where they differ; marks stand around what differs."""
    found = list(clauses(old, new))

    assert bool(found) == (old != new) or not (old and new)
    for before, after in found:
        shown = marked(before, after)
        assert (before, after) == tuple(text.replace("【", "").replace("】", "") for text in shown)


def test_an_empty_review_is_an_empty_record() -> None:
    """Nothing signed, nothing kept."""
    from jianbao.model.reviewed import Review

    assert {"signatures": [], "contents": {}} == as_record(Review())
