"""The way to the bulletin before and the one after, which can be put right in a page that is made.

    Neighbour, Neighbour ──steps──▶ HTML
    page, HTML ──with_steps──▶ page

A new bulletin becomes the next one of a page that lies finished in output/:
only what stands between the two marks changes, and nothing else is made again.
"""

import re

from markupsafe import Markup

OPEN, CLOSE = "<!--steps-->", "<!--/steps-->"
_BETWEEN = re.compile(f"{OPEN}.*?{CLOSE}", re.DOTALL)


def steps(address: str, before: str, after: str) -> Markup:
    """Return the links from a bulletin to its neighbours; "" stands for none."""
    links = [
        Markup('<a rel="{}" href="{}">{}</a>').format(rel, _way(address, other), label)
        for rel, other, label in (("prev", before, "上一期"), ("next", after, "下一期"))
        if other
    ]
    return Markup(OPEN) + Markup(" ").join(links) + Markup(CLOSE)


def _way(address: str, other: str) -> str:
    """Return the address of one bulletin's page from another of the same campaign."""
    return f"../{other.removeprefix(address.split('/', maxsplit=1)[0] + '/')}/index.html"


def with_steps(html: str, links: str) -> str:
    """Return a page with other neighbours; one whose template has no place for them as it is."""
    return _BETWEEN.sub(lambda _: links, html)
