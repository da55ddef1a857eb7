"""The pages that link the bulletins.

records, quotes, figures, templates ──whole_site──▶ files by name from output/, findings

A page is made of what it is told; where it was made of the same before, it is taken from there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from typing import Protocol, TypeVar

from jianbao.diagnostics import Checked, Finding
from jianbao.model import Entry, Site
from jianbao.pages.renditions import Rendition
from jianbao.pages.templates import environment, fill
from jianbao.reading.looks import Template
from jianbao.site.archive import Shelf, campaigns, newest_first, organisations, years
from jianbao.site.campaigns import Files, Page, Reports, campaign_page, dataset_pages
from jianbao.site.dress import coloured, dressed
from jianbao.site.feed import atom
from jianbao.site.histories import sayings
from jianbao.site.links import Outline, Whole, dead_between, outline
from jianbao.site.records import Listed, shown_of
from jianbao.site.searching import Block, Grams, blocks, shards
from jianbao.site.texts import Quote

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
Filled = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A page, the names of the places in it, and what it points to."""
Value = TypeVar("Value")
Other = TypeVar("Other")


class Made(Protocol):
    """Gives what `make` gives of these plain values, perhaps without making it."""

    def __call__(
        self, kind: type[Value], make: Callable[[], Value | Other], *made_of: object
    ) -> Value | Other:
        """Return a value of this kind, or another that is not remembered."""


def anew(
    kind: type[Value],  # noqa: ARG001  (of what is remembered, which nothing is)
    make: Callable[[], Value | Other],
    *made_of: object,  # noqa: ARG001
) -> Value | Other:
    """Return what `make` gives."""
    return make()


@dataclass(frozen=True, slots=True)
class Sources:
    """What the site is made from.

    Attributes:
        index: Gives the grams of a block of bulletins.
        quotes: Gives the sentences of bulletins of one campaign that quote figures.
        reports: The figures of the campaigns that were read in this run, by key.
        kept: Pages of other campaigns that lie in output/ already.
        made: Makes pages, or remembers them.
        looks: The digest of the site's own words and of its templates; pages are made anew
            without it.
        mast: The picture that stands for the publication's name, None where there is none.
    """

    site: Site
    listed: Sequence[Listed]
    templates: Mapping[str, Template]
    index: Callable[[Block], Grams]
    quotes: Callable[[Sequence[str]], Sequence[Iterable[Quote]]]
    reports: Mapping[str, Reports] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    made: Made = anew
    looks: str = ""
    mast: Rendition | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The bulletins, the newest first."""
        return newest_first(one.entry for one in self.listed)


def whole_site(sources: Sources) -> Checked[Mapping[str, bytes]]:
    """Return every file of the site that is no bulletin's own, and the links that are dead."""
    entries = sources.entries
    files: dict[str, bytes] = {
        name: sources.templates[name].text.encode() for name in ASSETS if name in sources.templates
    }
    for name, fit in (("web.css", dressed), ("icon.svg", coloured)):
        if name in files:
            files[name] = fit(files[name].decode(), sources.site.look).encode()
    files |= sources.mast.files if sources.mast else {}
    known = blocks({entry.address: entry.day for entry in entries})
    files |= shards(known, [sources.index(block) for block in known])
    findings: list[Finding] = []
    outlines: dict[str, tuple[str, Outline]] = {}
    make = _Maker(sources)
    files |= make.files(Files("feed.xml", lambda: {"feed.xml": atom(sources.site, entries)}))
    for page in _pages(sources, entries):
        if isinstance(page, Files):
            files |= make.files(page)
            continue
        made = make.page(page)
        if isinstance(made, Finding):
            findings.append(made)
            continue
        html, anchors, links = made
        files[page.name] = html.encode()
        outlines[page.name] = page.template, Outline(anchors, links)
    if not findings:
        findings += dead_between(_whole(sources, files, outlines), entries, outlines)
    return Checked(files, tuple(dict.fromkeys(findings)))


class _Maker:
    """Makes pages and files where they were not made of the same before."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._jinja = environment(sources.templates)
        shown = [one.shown for one in sources.listed]
        lists = sha256("\n".join(shown).encode()).hexdigest() if all(shown) else ""
        self._made_of = (lists, sources.looks)

    def page(self, page: Page) -> Filled | Finding:
        """Return a page with the names and links in it, or what is wrong with its template."""
        made_of = (*self._made_of, *page.made_of)
        if not all(made_of):
            return self._filled(page)
        about = "page", page.name, page.template, made_of
        made = self._sources.made(tuple, partial(self._filled, page), *about)
        return made if isinstance(made, Finding) or _is_page(made) else self._filled(page)

    def files(self, wanted: Files) -> Mapping[str, bytes]:
        """Return files to be taken along."""
        made_of = (*self._made_of, *wanted.made_of)
        if not all(made_of):
            return wanted.files()
        made = self._sources.made(dict, wanted.files, "files", wanted.name, made_of)
        sound = all(isinstance(n, str) and isinstance(data, bytes) for n, data in made.items())
        return made if sound else wanted.files()

    def _filled(self, page: Page) -> Filled | Finding:
        told = {
            "site": self._sources.site,
            "mast": self._sources.mast,
            "assets": "../" * page.name.count("/"),
        }
        html = fill(self._jinja, page.template, {**told, **page.values()})
        if isinstance(html, Finding):
            return html
        found = outline(html)
        return str(html), found.anchors, found.links


def _is_page(made: tuple[object, ...]) -> bool:
    """Return whether what was remembered is a page with the names and links in it."""
    if len(made) != 3 or not isinstance(made[0], str):
        return False
    return all(
        isinstance(names, tuple) and all(isinstance(name, str) for name in names)
        for names in made[1:]
    )


@dataclass(frozen=True, slots=True)
class _Shelves:
    """The bulletins, newest first, and put together in three ways."""

    entries: tuple[Entry, ...]
    years: tuple[Shelf, ...]
    campaigns: tuple[Shelf, ...]
    organisations: tuple[Shelf, ...]


def _shelves(entries: tuple[Entry, ...]) -> _Shelves:
    return _Shelves(entries, years(entries), campaigns(entries), organisations(entries))


def _pages(sources: Sources, entries: tuple[Entry, ...]) -> Iterator[Page | Files]:
    """Yield what there is to be made; pages are told no more of a bulletin than lists show."""
    known = _shelves(entries)
    shown = cache(lambda: _shelves(tuple(map(shown_of, entries))))
    yield Page("index.html", "index.html", lambda: _front(shown()))
    yield Page("search.html", "search.html")
    for at, shelf in enumerate(known.years):
        yield Page(shelf.page, "shelf.html", partial(_of_a_year, shown, at))
    for at, shelf in enumerate(known.organisations):
        yield Page(shelf.page, "shelf.html", partial(_of_an_office, shown, at))
    for at, shelf in enumerate(known.campaigns):
        yield from _of_a_campaign(sources, shelf, partial(_campaign, shown, at))


def _front(shelves: _Shelves) -> Mapping[str, object]:
    entries = shelves.entries
    return {
        "newest": entries[0] if entries else None,
        "recent": entries[1 : 1 + RECENT],
        "campaigns": shelves.campaigns,
        "organisations": shelves.organisations,
        "years": shelves.years,
    }


def _of_a_year(shelves: Callable[[], _Shelves], at: int) -> Mapping[str, object]:
    others = shelves().years
    name = f"{others[at].name}年"
    return {
        "shelf": others[at], "name": name, "others": others, "beside": "年份", "behind": "年"
    }  # fmt: skip


def _of_an_office(shelves: Callable[[], _Shelves], at: int) -> Mapping[str, object]:
    others = shelves().organisations
    name = others[at].name
    return {
        "shelf": others[at], "name": name, "others": others, "beside": "单位", "behind": ""
    }  # fmt: skip


def _campaign(shelves: Callable[[], _Shelves], at: int) -> Shelf:
    return shelves().campaigns[at]


def _of_a_campaign(
    sources: Sources, shelf: Shelf, shown: Callable[[], Shelf]
) -> Iterator[Page | Files]:
    reports = sources.reports.get(shelf.entries[0].campaign)
    if reports or shelf.page not in sources.kept:
        yield campaign_page(shelf.page, shown, reports)
    if reports:
        addresses = [entry.address for entry in shelf.entries]
        digests = {one.entry.address: one.said for one in sources.listed}
        said = [digests[address] for address in addresses]
        mark = sha256("\n".join(said).encode()).hexdigest() if all(said) else ""
        quoted = cache(lambda: sayings(shown().entries, sources.quotes(addresses)))
        yield from dataset_pages(shelf, reports, quoted, mark)


def _whole(
    sources: Sources, files: Mapping[str, bytes], outlines: Mapping[str, tuple[str, Outline]]
) -> Whole:
    """Return all that a link may lead to; a bulletin's files are those that its record names."""
    entries = sources.entries
    anchors = {f"{entry.address}/index.html": frozenset(entry.anchors) for entry in entries}
    anchors |= {name: frozenset(page.anchors) for name, (_, page) in outlines.items()}
    own = (f"{entry.address}/{name}" for entry in entries for name in entry.files)
    return Whole(anchors, frozenset((*files, *own, *sources.kept)))
