"""Every link leads somewhere: within a page when it is made, between pages once all are known.

    HTML ──outline──▶ names and addresses in it
    Outline, files of the folder ──dead_in_folder──▶ findings
    the site's pages ──dead_between──▶ findings

Pages are read as they were written, never again from the disk: what a page
points to outside its folder is kept in its record.
"""

import posixpath
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from jianbao.diagnostics import Finding, Place, error, msg
from jianbao.model import Entry, Link, Story

_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_ATTRIBUTE = re.compile(
    r"""\s(id|href|src|srcset|poster)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE
)
_CROOKED = re.compile(r"//|(^|/)\.{0,2}(/|$)")
_KEY = re.compile(r"[0-9]{4}-[0-9s][0-9s-]*")
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@dataclass(frozen=True, slots=True)
class Outline:
    """What of a page can be linked to, and what it points to.

    Attributes:
        anchors: Names of its places, in order.
        links: Addresses relative to it, once each; those with a scheme are not ours.
    """

    anchors: tuple[str, ...]
    links: tuple[str, ...]

    @property
    def outward(self) -> tuple[str, ...]:
        """The addresses outside the page's own folder."""
        return tuple(link for link in self.links if link.startswith(("../", "/")))


def outline(html: str) -> Outline:
    """Return the names and addresses in a page."""
    anchors: list[str] = []
    links: dict[str, None] = {}
    for tag in _TAG.finditer(html):
        for name, quoted in _ATTRIBUTE.findall(tag[0]):
            value = unescape(quoted.strip("\"'"))
            if name.lower() == "id":
                anchors.append(value)
                continue
            several = name.lower() == "srcset"
            for link in [part.split()[0] for part in value.split(",")] if several else [value]:
                if not _ELSEWHERE.match(link):
                    links[link] = None
    return Outline(tuple(anchors), tuple(links))


def dead_in_folder(
    page: Outline, files: Container[str], stories: Iterable[Story]
) -> tuple[Finding, ...]:
    """Return a finding for each link to the page itself or its folder that leads nowhere."""
    known = tuple(stories)
    inward = (href for href in page.links if href not in page.outward)
    return tuple(
        dead(written_by(href, known), "web.html")
        for href in inward
        if not _answers(href, files, page.anchors)
    )


def _answers(href: str, files: Container[str], anchors: Container[str]) -> bool:
    path, _, anchor = href.partition("#")
    name = posixpath.normpath(unquote(path.partition("?")[0])) if path else "index.html"
    if name == "index.html":
        return not anchor or unquote(anchor) in anchors
    return name in files


def written_by(href: str, stories: Iterable[Story]) -> Link:
    """Return a link with the line of the story that it was written in; none for a template's."""
    for story in stories:
        for place in story.lines:
            if href in place.text:
                return Link(href, story.path, place.line, place.text)
    return Link(href, "")


def dead(link: Link, template: str) -> Finding:
    """Return the finding for a link that leads nowhere, at the place where it was written."""
    place = Place(link.path or f"templates/{template}", link.line, text=link.text)
    column = link.text.find(link.href) + 1
    if column:
        place = place.words(column, column + len(link.href))
    return error(
        "link-dead",
        place,
        msg("The link {href} leads nowhere.", href=link.href),
        msg("Correct the address, or take the link out."),
    )


def bulletin_of(address: str, href: str) -> str:
    """Return the bulletin that a link on the page of another leads to, "" where to something else.

    >>> bulletin_of("yunxi/2026-47", "../2026-46/index.html#story-lead")
    'yunxi/2026-46'
    >>> bulletin_of("yunxi/2026-47", "../../years/2026.html")
    ''
    """
    parts = _target(f"{address}/index.html", href.partition("#")[0]).split("/")
    return "/".join(parts[:2]) if len(parts) > 1 and _KEY.fullmatch(parts[1]) else ""


@dataclass(frozen=True, slots=True)
class Whole:
    """All that can be linked to: each file of the output, a page with the names of its places."""

    anchors: Mapping[str, frozenset[str]]
    files: frozenset[str]

    def answers(self, page: str, href: str) -> bool:
        """Return whether a link on `page` leads to a file there is and a place in it."""
        path, _, anchor = href.partition("#")
        if path.startswith("/"):
            return False
        target = _target(page, path) if path else page
        if target.startswith("../"):
            return False
        if target in self.anchors:
            return not anchor or unquote(anchor) in self.anchors[target]
        return target in self.files


def _target(page: str, path: str) -> str:
    """Return what a relative path on a page leads to; there are a dozen on each of thousands.

    >>> _target("a/2026-1/index.html", "../../b/x.html"), _target("a/b.html", "./c//d%20e.html?f")
    ('b/x.html', 'a/c/d e.html')
    """
    folder, path = _upwards(page.rpartition("/")[0], unquote(path.partition("?")[0]))
    whole = f"{folder}/{path}" if folder else path
    return posixpath.normpath(whole) if _CROOKED.search(path) else whole


def _upwards(folder: str, path: str) -> tuple[str, str]:
    """Return the folder that a path begins in once it no longer leads up, and the rest of it."""
    while folder and path.startswith("../"):
        folder, path = folder.rpartition("/")[0], path[3:]
    return folder, path


def dead_between(
    whole: Whole, entries: Iterable[Entry], pages: Mapping[str, tuple[str, Outline]]
) -> Iterator[Finding]:
    """Yield a finding for each link from a page to another that leads nowhere.

    `pages` are those the site step made: by name, each with its template.
    """
    sound: set[tuple[str, str]] = set()

    def answers(page: str, href: str) -> bool:
        way = _upwards(page.rpartition("/")[0], href)
        if way not in sound and whole.answers(page, href):
            sound.add(way)  # most bulletins point to the same few pages
        return way in sound

    for entry in entries:
        for link in entry.links:
            if not answers(f"{entry.address}/index.html", link.href):
                yield dead(link, "web.html")
    for name, (template, page) in pages.items():
        for href in page.links:
            alone = href[:1] in ("", "#", "?")  # what it leads to is the page itself
            if not (whole.answers if alone else answers)(name, href):
                yield dead(Link(href, ""), template)
