"""The pages that link the bulletins.

records, templates ──whole_site──▶ files by name from output/, findings
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jianbao.diagnostics import Checked, Finding
from jianbao.model import Entry, Site
from jianbao.pages.templates import environment, fill
from jianbao.reading.looks import Template
from jianbao.site.archive import Shelf, campaigns, newest_first, organisations, years
from jianbao.site.links import Outline, Whole, dead_between, outline
from jianbao.site.searching import block_index, blocks, shards
from jianbao.site.texts import Text

RECENT = 12
ASSETS = ("web.css", "web.js", "site.css", "search.js")


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be made: its name from output/, its template, and what the template is told."""

    name: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)


def whole_site(
    site: Site,
    entries: Sequence[Entry],
    templates: Mapping[str, Template],
    texts: Callable[[str], Text],
) -> Checked[Mapping[str, bytes]]:
    """Return every file of the site that is no bulletin's own, and the links that are dead.

    `texts` gives a bulletin's sentences by its address.
    """
    known = newest_first(entries)
    jinja = environment(templates)
    files: dict[str, bytes] = {
        name: templates[name].text.encode() for name in ASSETS if name in templates
    }
    known_blocks = blocks(known)
    indexes = [block_index([texts(a) for a in block.addresses]) for block in known_blocks]
    files |= shards(known_blocks, indexes)
    findings: list[Finding] = []
    outlines: dict[str, tuple[str, Outline]] = {}
    for page in _pages(known):
        values = {"site": site, "assets": "../" * page.name.count("/"), **page.values}
        html = fill(jinja, page.template, values)
        if isinstance(html, Finding):
            findings.append(html)
            continue
        files[page.name] = html.encode()
        outlines[page.name] = page.template, outline(html)
    if not findings:
        findings += dead_between(_whole(known, files, outlines), known, outlines)
    return Checked(files, tuple(dict.fromkeys(findings)))


def _pages(entries: Sequence[Entry]) -> Iterator[Page]:
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
        yield _campaign(shelf)


def _campaign(shelf: Shelf) -> Page:
    return Page(shelf.page, "campaign.html", {"shelf": shelf, "years": years(shelf.entries)})


def _whole(
    entries: Sequence[Entry],
    files: Mapping[str, bytes],
    outlines: Mapping[str, tuple[str, Outline]],
) -> Whole:
    """Return all that a link may lead to; a bulletin's files are those that its record names."""
    anchors = {f"{entry.address}/index.html": frozenset(entry.anchors) for entry in entries}
    anchors |= {name: frozenset(page.anchors) for name, (_, page) in outlines.items()}
    own = (f"{entry.address}/{name}" for entry in entries for name in entry.files)
    return Whole(anchors, frozenset((*files, *own)))
