"""The Atom feed: the newest bulletins, for readers who do not come by every day.

    records ──atom──▶ feed.xml (RFC 4287)

Addresses are relative where the office has not said at which address the site
lies; identities never change, whatever the address.
"""

from collections.abc import Sequence
from uuid import NAMESPACE_URL, uuid5

from markupsafe import Markup, escape

from jianbao.model import Entry, Site

MOST = 30


def atom(site: Site, entries: Sequence[Entry]) -> bytes:
    """Return the feed of the newest bulletins, given newest first."""
    base = f"{site.address.rstrip('/')}/" if site.address else ""
    shown = entries[:MOST]
    updated = max((_updated(entry) for entry in shown), default="1970-01-01T00:00:00+08:00")
    parts = Markup("").join(_entry(entry, base) for entry in shown)
    head = Markup(
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">\n'
        "<title>{}</title>\n<id>{}</id>\n<updated>{}</updated>\n"
        '<author><name>{}</name></author>\n<link rel="alternate" type="text/html" href="{}"/>\n'
    ).format(
        site.title, _identity(site.organisation, site.title), updated,
        site.organisation or site.title, f"{base}index.html",
    )  # fmt: skip
    own = Markup('<link rel="self" type="application/atom+xml" href="{}"/>\n')
    return f"{head}{own.format(f'{base}feed.xml')}{parts}</feed>\n".encode()


def _entry(entry: Entry, base: str) -> Markup:
    page = f"{base}{entry.address}/index.html"
    stories = Markup("").join(
        Markup('<li><a href="{}#{}">{}</a></li>').format(page, story.anchor, story.headline)
        for story in entry.stories
    )
    corrected = Markup("").join(
        Markup("<p>更正：{}</p>").format(correction.text) for correction in entry.corrections
    )
    return Markup(
        "<entry>\n<title>{}</title>\n<id>{}</id>\n<published>{}</published>\n"
        '<updated>{}</updated>\n<link rel="alternate" type="text/html" href="{}"/>\n'
        '<category term="{}" label="{}"/>\n<content type="html">{}</content>\n</entry>\n'
    ).format(
        f"{entry.label}　{entry.title}",
        _identity(entry.organisation, entry.address),
        _moment(entry.day),
        _updated(entry),
        page,
        entry.campaign,
        entry.campaign_title,
        escape(str(corrected + Markup("<ul>{}</ul>").format(stories))),
    )


def _identity(*names: str) -> str:
    """Return a name that stays: the same office and bulletin have the same."""
    return uuid5(NAMESPACE_URL, "\n".join(("jianbao", *names))).urn


def _updated(entry: Entry) -> str:
    return _moment(max([entry.day, *(correction.day for correction in entry.corrections)]))


def _moment(day: str) -> str:
    return f"{day}T00:00:00+08:00"
