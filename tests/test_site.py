"""The pages that link the bulletins: what they list, and that every link leads somewhere."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jianbao import pipeline
from jianbao.pages.neighbours import steps, with_steps
from jianbao.settings import Settings
from jianbao.site.archive import neighbours
from jianbao.site.links import Whole, outline
from tests.conftest import SAMPLE
from tests.test_pipeline import MADE, contents, edit, second_bulletin

LEAD = "content/yunxi/2026-47/lead.md"


def pages(output: Path) -> Iterator[Path]:
    """Yield every page of a site."""
    yield from sorted(output.rglob("*.html"))


def test_every_link_of_the_sample_leads_somewhere(made: Path) -> None:
    """Files and anchors, on every page, read back from the disk."""
    found = {page: outline(page.read_text(encoding="utf-8")) for page in pages(made)}
    links = 0
    for page, read in found.items():
        for href in read.links:
            path, _, anchor = href.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.is_file(), (page, href)
            assert not anchor or anchor in found[target].anchors, (page, href)
            links += 1
        assert len(read.anchors) == len(set(read.anchors)), page

    assert links > 350


def test_every_bulletin_stands_in_its_year_campaign_and_organisation(made: Path) -> None:
    """The archive lists each bulletin three times, and the first page knows the newest."""
    lists = {page.parent.name for page in pages(made)}
    shelves = [page.read_text(encoding="utf-8") for page in pages(made)
               if page.parent.name in ("years", "organisations") or (page.parent.parent == made and page.name == "index.html")]  # fmt: skip

    assert {"years", "organisations", *(address.split("/")[0] for address in SAMPLE)} <= lists
    assert 2 + 3 + 3 == len(shelves)
    for address in SAMPLE:
        assert 3 == sum(
            '/index.html">' in text and f'{address}/index.html"' in text for text in shelves
        )
    first = (made / "index.html").read_text(encoding="utf-8")
    assert '<h2 id="newest"><a href="yunxi/2026-48/index.html">' in first


def test_a_new_bulletin_becomes_the_next_of_the_last(small: Settings) -> None:
    """Making 48 alone puts its address on the page of 47, and changes nothing else there."""
    quick = replace(small, pdf=False)
    pipeline.build(quick)
    page = small.output / MADE / "index.html"
    before = page.read_text(encoding="utf-8")
    assert "<!--steps--><!--/steps-->" in before
    second_bulletin(small)

    pipeline.build(replace(quick, targets=("yunxi/2026-48",)))

    next_one = str(steps(MADE, "", "yunxi/2026-48"))
    assert with_steps(before, next_one) == page.read_text(encoding="utf-8")
    assert 'rel="next" href="../2026-48/index.html"' in next_one
    after = (small.output / "yunxi/2026-48/index.html").read_text(encoding="utf-8")
    assert 'rel="prev" href="../2026-47/index.html"' in after
    whole = contents(small.output)
    pipeline.build(quick)
    assert whole == contents(small.output)


def test_a_run_without_changes_writes_no_page_of_the_site(small: Settings) -> None:
    """Pages that link the bulletins are left alone, time of writing included, while they are the same."""
    quick = replace(small, pdf=False)
    pipeline.build(quick)
    own = [page for page in pages(small.output) if MADE not in str(page)]
    stamps = {page: page.stat().st_mtime_ns for page in own}

    pipeline.build(quick)

    assert stamps == {page: page.stat().st_mtime_ns for page in own}


@pytest.mark.parametrize(
    ("href", "rule"),
    [
        ("../2026-46/index.html", ["link-dead"]),
        ("photos/none.jpg", ["link-dead"]),
        ("#story-none", ["link-dead"]),
        ("../../years/2026.html", []),
        ("#story-lead", []),
        ("https://example.org/x", []),
    ],
)
def test_a_dead_link_is_an_error_where_it_was_written(
    small: Settings, href: str, rule: list[str]
) -> None:
    """The finding shows the story's line with the address in question."""
    edit(small, LEAD, "，全区共有", f"，[见此]({href})全区共有")

    outcome = pipeline.build(replace(small, pdf=False))

    assert rule == [finding.rule for finding in outcome.findings]
    for finding in outcome.findings:
        assert href == finding.place.excerpt
        assert LEAD == finding.place.path


def test_a_bulletin_that_links_to_none_keeps_its_old_output(small: Settings) -> None:
    """A link to a bulletin that nobody plans is no page for readers; one that is coming is."""
    quick = replace(small, pdf=False)
    pipeline.build(quick)
    page = small.output / "yunxi/2026-47/index.html"
    before = page.read_bytes()
    edit(small, LEAD, "，全区共有", "，[见下期](../2026-48/index.html)全区共有")

    outcome = pipeline.build(quick)

    assert (["link-dead"], ()) == ([f.rule for f in outcome.findings], outcome.made)
    assert before == page.read_bytes()
    second_bulletin(small)
    assert ((), 2) == ((after := pipeline.build(quick)).findings, len(after.made))
    assert before != page.read_bytes()


def test_a_link_into_a_page_that_was_made_again_is_looked_at_again(small: Settings) -> None:
    """48 points to a story of 47; when 47 no longer has it, the finding names 48's line."""
    second_bulletin(small)
    path = "content/yunxi/2026-48/lead.md"
    edit(small, path, "，全区共有", "，[见上期](../2026-47/index.html#story-lead)全区共有")
    quick = replace(small, pdf=False)
    assert () == pipeline.build(quick).findings
    folder = small.root / "content/yunxi/2026-47"
    (folder / "lead.md").rename(folder / "main.md")
    edit(small, "content/yunxi/2026-47/bulletin.yaml", "lead.md", "main.md")

    outcome = pipeline.build(replace(quick, targets=(MADE,)))

    assert [("link-dead", path)] == [(f.rule, f.place.path) for f in outcome.findings]
    assert outcome.findings[0].place.line > 0


def test_a_bulletin_says_what_its_page_and_folder_hold(made: Path) -> None:
    """bulletin.json names stories, anchors, files, neighbours and the moment of its figures."""
    record = json.loads((made / "yunxi/2026-47/bulletin.json").read_text(encoding="utf-8"))

    assert ["yunxi/2026-46", "yunxi/2026-48"] == record["neighbours"]
    assert "第47期" == record["label"]
    assert "2026-11-19" == record["as_of"]
    assert "story-lead" == record["stories"][0]["anchor"]
    assert set(record["files"]) == {
        str(file.relative_to(made / "yunxi/2026-47"))
        for file in (made / "yunxi/2026-47").rglob("*") if file.is_file()
    }  # fmt: skip


def test_a_damaged_record_loses_one_bulletin_and_not_the_site(small: Settings) -> None:
    """What cannot be read is passed over; the others are listed."""
    second_bulletin(small)
    quick = replace(small, pdf=False)
    pipeline.build(quick)
    (small.output / MADE / "bulletin.json").write_text("{", encoding="utf-8")

    outcome = pipeline.build(replace(quick, targets=("yunxi/2026-48",)))

    assert () == outcome.findings
    assert MADE not in (small.output / "index.html").read_text(encoding="utf-8")


def test_the_order_of_one_day_is_that_of_numbers() -> None:
    """Of one day's bulletins 9 comes before 10."""
    days = {"a/2026-10": "2026-03-01", "a/2026-9": "2026-03-01", "a/2026-8": "2026-02-01"}

    assert ("a/2026-9", "") == neighbours(days)["a/2026-10"]
    assert ("", "a/2026-9") == neighbours(days)["a/2026-8"]


def test_a_link_may_not_leave_the_output() -> None:
    """Neither above the site nor to the server's root, where the folder may not be."""
    whole = Whole({"index.html": frozenset(["x"])}, frozenset(["a/b.pdf"]))

    assert whole.answers("a/index.html", "b.pdf")
    assert whole.answers("a/index.html", "../index.html#x")
    assert not whole.answers("a/index.html", "../index.html#y")
    assert not whole.answers("a/index.html", "../../index.html")
    assert not whole.answers("index.html", "/index.html")


def test_a_preview_links_only_bulletins_that_it_shows(small: Settings) -> None:
    """Its folder holds a few of many; the page is whole as soon as it is said to be done."""
    second_bulletin(small)
    file, seen = small.output / MADE / "index.html", []

    def tell(_: str, what: str) -> None:
        if what == "done":
            seen.append(file.read_text(encoding="utf-8"))

    pipeline.build(replace(small, pdf=False, targets=(MADE,), among=(MADE,)), tell)

    assert seen == [file.read_text(encoding="utf-8")]
    assert "2026-48" not in seen[0]
