"""Publishing, from signatures to what readers have."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jianbao.cli.commands import commands
from jianbao.cli.language import translator
from jianbao.delivery.publishing import publication
from jianbao.pipeline.publishing import Order, carry_out
from jianbao.reading.publications import read_publications
from jianbao.settings import Settings

FIRST = "yunxi/2026-47"
MOMENT = "2026-11-22T09:00:00"
STORY = f"content/{FIRST}/lead.md"


@pytest.fixture
def office(small: Settings) -> Settings:
    """Return the small site with a folder to publish to, and one stage of review."""
    file = small.root / "data/site.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        f"{text}review: {{order: [签发], beside: [], fitting: [签发]}}\n"
        "publish: {共享盘: {to: ../public}}\n",
        encoding="utf-8",
    )
    return small


def public(office: Settings) -> Path:
    """Return the folder readers look into."""
    return office.root.parent / "public"


def run(office: Settings, *words: str) -> Result:
    """Run a command on the site."""
    places = ["--site", str(office.root), "--output", str(office.output)]
    site = places if words[0] != "sign" else places[:2]
    return CliRunner().invoke(commands(translator("zh")), [*words, *site])


def sign(office: Settings) -> None:
    """Sign the bulletin's one stage."""
    done = run(office, "sign", FIRST, "--stage", "签发", "--name", "张三")

    assert 0 == done.exit_code, done.stderr


def edit(office: Settings) -> None:
    """Change a word of the story."""
    file = office.root / STORY
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("印发", "发出"), encoding="utf-8")


def test_only_what_is_signed_goes_out(office: Settings) -> None:
    """Unsigned, it stays; signed, readers have the page and its record, and it is sealed."""
    refused = run(office, "publish", FIRST, "--name", "王五")
    assert (1, True) == (refused.exit_code, "签发" in refused.stderr)
    assert not public(office).exists()

    sign(office)
    done = run(office, "publish", FIRST, "--name", "王五")

    assert 0 == done.exit_code, done.stderr
    assert (public(office) / FIRST / "index.html").is_file()
    assert (public(office) / "index.html").is_file()
    assert (office.root / "content" / FIRST / "sealed.yaml").is_file()
    assert [("王五", "publish", "共享盘")] == [
        (row["by"], row["what"], row["target"]) for row in read_publications(office.root)
    ]


def test_what_is_edited_later_does_not_leak(office: Settings) -> None:
    """A build after an edit changes output/, and a publication of nothing new changes nothing."""
    sign(office)
    assert 0 == run(office, "publish", FIRST, "--name", "王五").exit_code
    page = (public(office) / FIRST / "index.html").read_bytes()
    (office.output / FIRST / "index.html").write_bytes(b"unsigned")

    done = run(office, "publish", "--name", "王五")

    assert 0 == done.exit_code, done.stderr
    assert page == (public(office) / FIRST / "index.html").read_bytes()


def test_readers_get_nothing_of_the_offices_own(office: Settings) -> None:
    """Neither the proof nor the slips nor anything else beside the readers' files goes along."""
    sign(office)
    (office.output / FIRST).mkdir(parents=True, exist_ok=True)
    assert 0 == run(office, "build", FIRST, "--edition", "word").exit_code
    assert (office.output / FIRST / "bulletin.docx").is_file()

    assert 0 == run(office, "publish", FIRST, "--name", "王五").exit_code

    names = {path.name for path in (public(office) / FIRST).rglob("*")}
    assert "bulletin.docx" not in names
    assert {"index.html", "figures.json", "bulletin.json"} < names


def test_a_dry_run_sends_nothing(office: Settings) -> None:
    """It lists the files, and readers have what they had."""
    sign(office)
    done = run(office, "publish", FIRST, "--name", "王五", "--dry-run")

    assert 0 == done.exit_code, done.stderr
    assert f"{FIRST}/index.html" in done.stdout
    assert [] == [path for path in public(office).rglob("*") if path.suffix == ".html"]
    assert [] == read_publications(office.root)


def test_an_emergency_is_recorded(office: Settings) -> None:
    """It goes out unsigned, and the reason stays in the record; errors still keep it back."""
    done = run(office, "publish", FIRST, "--name", "王五", "--emergency", "汛情通报")
    assert 0 == done.exit_code, done.stderr
    assert "汛情通报" == read_publications(office.root)[-1]["emergency"]
    assert "汛情通报" in done.stderr

    edit(office)
    (office.root / STORY).write_text("主题：{{ 没有.这个 }}\n---\n正文。\n", encoding="utf-8")
    again = run(office, "publish", FIRST, "--name", "王五", "--emergency", "汛情通报")
    assert 1 == again.exit_code


def test_taken_away_and_brought_back(office: Settings) -> None:
    """Unpublish takes it from readers only; rollback gives them back what they had."""
    sign(office)
    assert 0 == run(office, "publish", FIRST, "--name", "王五").exit_code
    page = (public(office) / FIRST / "index.html").read_bytes()

    assert 0 == run(office, "unpublish", FIRST, "--name", "王五").exit_code
    assert not (public(office) / FIRST / "index.html").exists()
    assert (office.root / STORY).is_file()

    assert 0 == run(office, "rollback", "--name", "王五").exit_code
    assert page == (public(office) / FIRST / "index.html").read_bytes()
    assert [1, 2, 3] == [row["number"] for row in read_publications(office.root)]


def test_a_target_that_is_none(office: Settings) -> None:
    """A name that is not in site.yaml, and a site that publishes nowhere."""
    done = run(office, "publish", FIRST, "--name", "王五", "--to", "共享")
    assert (1, True) == (done.exit_code, "共享盘" in done.stderr)
    file = office.root / "data/site.yaml"
    text = file.read_text(encoding="utf-8").partition("publish:")[0]
    file.write_text(text, encoding="utf-8")

    order = Order("publish", "王五", "2026-11-22T09:00:00")
    found = carry_out(replace(office, targets=(FIRST,)), order)

    assert ["publish-nowhere"] == [finding.rule for finding in found.findings]


def second(office: Settings) -> str:
    """Add a bulletin that is like the first, a week later, and return its address."""
    address = "yunxi/2026-48"
    folder = office.root / "content" / address
    shutil.copytree(office.root / "content" / FIRST, folder)
    plan = folder / "bulletin.yaml"
    text = plan.read_text(encoding="utf-8")
    for old, new in (("number: 47", "number: 48"), ("total: 312", "total: 313")):
        text = text.replace(old, new)
    plan.write_text(re.sub(r"date: \S+", "date: 2026-11-28", text), encoding="utf-8")
    return address


@pytest.mark.parametrize("at", ["take", "deliver_site", "switch", "_send"])
def test_killed_at_any_step_nothing_is_lost(
    office: Settings, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """Readers keep what they have, and the next publication brings what this one was about."""
    other = second(office)
    whole = ("--name", "王五", "--emergency", "试发")
    assert 0 == run(office, "publish", FIRST, *whole).exit_code
    before = {f: f.read_bytes() for f in public(office).rglob("*") if f.is_file()}
    monkeypatch.setattr(publication, at, killed)
    with pytest.raises(KeyboardInterrupt):
        carry_out(
            replace(office, targets=(other,)), Order("publish", "王五", MOMENT, emergency="试")
        )
    after = {f: f.read_bytes() for f in public(office).rglob("*") if f.is_file()}
    monkeypatch.undo()
    again = run(office, "publish", other, *whole)

    assert before == after
    assert 0 == again.exit_code, again.stderr
    for address in (FIRST, other):
        assert (public(office) / address / "index.html").is_file()
    assert "../2026-48/index.html" in (public(office) / FIRST / "index.html").read_text("utf-8")


def killed(*_words: object, **_more: object) -> None:
    """Stop as a power cut would."""
    raise KeyboardInterrupt


def test_a_dry_run_leaves_the_mirror_alone(office: Settings) -> None:
    """What would go is said, and going back afterwards brings back what readers had."""
    other = second(office)
    whole = ("--name", "王五", "--emergency", "试发")
    run(office, "publish", FIRST, *whole)
    mirror = next((office.output / ".published").glob("*/site"))
    dry = run(office, "publish", other, *whole, "--dry-run")

    assert 0 == dry.exit_code, dry.stderr
    assert f"{other}/index.html" in dry.stdout
    assert (mirror / FIRST / "index.html").is_file()
    assert not (mirror / other).exists()
    assert ["history", "objects", "seen.json", "site"] == sorted(
        file.name for file in mirror.parent.iterdir()
    )


def test_public_bulletins_are_neither_copied_nor_read_anew(office: Settings) -> None:
    """A bulletin that nothing has changed stays the very file it was, whatever is published."""
    other = second(office)
    whole = ("--name", "王五", "--emergency", "试发")
    run(office, "publish", FIRST, *whole)
    picture = next((office.output / ".published").glob(f"*/site/{FIRST}/*.pdf"))
    before = (picture.stat().st_ino, picture.stat().st_mtime_ns)
    run(office, "publish", other, *whole)

    assert before == (picture.stat().st_ino, picture.stat().st_mtime_ns)
