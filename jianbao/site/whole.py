"""The pages that link the bulletins.

records, texts, books, templates ──whole_site──▶ files by name from output/, findings
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jianbao.diagnostics import Checked, Finding
from jianbao.figures.book import Book
from jianbao.model import Entry, Site
from jianbao.pages.templates import environment, fill
from jianbao.reading.looks import Template
from jianbao.site.archive import campaigns, newest_first, organisations, years
from jianbao.site.campaigns import Page, campaign_page, dataset_pages
from jianbao.site.feed import atom
from jianbao.site.histories import sayings
from jianbao.site.links import Outline, Whole, dead_between, outline
from jianbao.site.searching import Block, Grams, block_index, blocks, shards
from jianbao.site.texts import Text

RECENT = 12
TEMPLATES = (
    "site.html",
    "index.html",
    "search.html",
    "shelf.html",
    "campaign.html",
    "dataset.html",
)
ASSETS = ("web.css", "web.js", "site.css", "search.js", "icon.svg")


@dataclass(frozen=True, slots=True)
class Sources:
    """What the site is made from.

    Attributes:
        texts: Gives a bulletin's sentences by its address.
        books: The figures of the campaigns that were read in this run, by key.
        kept: Pages of other campaigns that lie in output/ already.
        index: Gives the grams of a block of bulletins with these texts.
    """

    site: Site
    entries: Sequence[Entry]
    templates: Mapping[str, Template]
    texts: Callable[[str], Text]
    books: Mapping[str, Book] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    index: Callable[[Block, Sequence[Text]], Grams] = lambda _block, texts: block_index(texts)


def whole_site(sources: Sources) -> Checked[Mapping[str, bytes]]:
    """Return every file of the site that is no bulletin's own, and the links that are dead."""
    entries = newest_first(sources.entries)
    texts = {entry.address: sources.texts(entry.address) for entry in entries}
    jinja = environment(sources.templates)
    files: dict[str, bytes] = {
        name: sources.templates[name].text.encode() for name in ASSETS if name in sources.templates
    }
    files |= _index(sources, entries, texts)
    files["feed.xml"] = atom(sources.site, entries)
    findings: list[Finding] = []
    outlines: dict[str, tuple[str, Outline]] = {}
    for page in _pages(sources, entries, texts):
        if isinstance(page, dict):
            files |= page
            continue
        values = {"site": sources.site, "assets": "../" * page.name.count("/"), **page.values}
        html = fill(jinja, page.template, values)
        if isinstance(html, Finding):
            findings.append(html)
            continue
        files[page.name] = html.encode()
        outlines[page.name] = page.template, outline(html)
    if not findings:
        findings += dead_between(_whole(sources, files, outlines), entries, outlines)
    return Checked(files, tuple(dict.fromkeys(findings)))


def _index(
    sources: Sources, entries: Sequence[Entry], texts: Mapping[str, Text]
) -> Iterator[tuple[str, bytes]]:
    known = blocks(entries)
    return shards(
        known, [sources.index(block, [texts[a] for a in block.addresses]) for block in known]
    )


def _pages(
    sources: Sources, entries: Sequence[Entry], texts: Mapping[str, Text]
) -> Iterator[Page | dict[str, bytes]]:
    by_year, by_campaign, by_office = years(entries), campaigns(entries), organisations(entries)
    yield Page(
        "index.html",
        "index.html",
        {
            "newest": entries[0] if entries else None,
            "recent": entries[1 : 1 + RECENT],
            "campaigns": by_campaign,
            "organisations": by_office,
            "years": by_year,
        },
    )
    yield Page("search.html", "search.html")
    for shelf in by_year:
        words = {"name": f"{shelf.name}年", "others": by_year, "beside": "年份", "behind": "年"}
        yield Page(shelf.page, "shelf.html", {"shelf": shelf, **words})
    for shelf in by_office:
        words = {"name": shelf.name, "others": by_office, "beside": "单位", "behind": ""}
        yield Page(shelf.page, "shelf.html", {"shelf": shelf, **words})
    for shelf in by_campaign:
        book = sources.books.get(shelf.entries[0].campaign)
        if book or shelf.page not in sources.kept:
            yield campaign_page(shelf, book)
        if book:
            said = sayings(shelf.entries, [texts[entry.address] for entry in shelf.entries])
            yield from dataset_pages(shelf, book, said)


def _whole(
    sources: Sources, files: Mapping[str, bytes], outlines: Mapping[str, tuple[str, Outline]]
) -> Whole:
    """Return all that a link may lead to; a bulletin's files are those that its record names."""
    entries = sources.entries
    anchors = {f"{entry.address}/index.html": frozenset(entry.anchors) for entry in entries}
    anchors |= {name: frozenset(page.anchors) for name, (_, page) in outlines.items()}
    own = (f"{entry.address}/{name}" for entry in entries for name in entry.files)
    return Whole(anchors, frozenset((*files, *own, *sources.kept)))
