"""The bulletins in order, and put together by year, campaign and organisation.

records ──▶ newest first; shelves; who comes before and after
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from jianbao.model import Bulletin, Entry
from jianbao.pages.weave import slug

Neighbours = tuple[str, str]
"""The addresses of the bulletin before and of the one after, "" where there is none."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Bulletins that are listed together.

    Attributes:
        page: The page that lists them, from output/.
        whose: The organisation, where the name alone does not say.
    """

    name: str
    page: str
    entries: tuple[Entry, ...]
    whose: str = ""


def newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries by day, the newest first; of one day by address."""
    return tuple(
        sorted(
            sorted(entries, key=lambda item: item.address), key=lambda item: item.day, reverse=True
        )
    )


def years(entries: Sequence[Entry]) -> tuple[Shelf, ...]:
    """Return a shelf each year, the newest first."""
    return _shelves(entries, lambda entry: entry.day[:4], lambda year: f"years/{year}.html")


def organisations(entries: Sequence[Entry]) -> tuple[Shelf, ...]:
    """Return a shelf each organisation, that with the newest bulletin first."""
    return _shelves(
        entries, lambda entry: entry.organisation, lambda name: f"organisations/{slug(name)}.html"
    )


def campaigns(entries: Sequence[Entry]) -> tuple[Shelf, ...]:
    """Return a shelf each campaign, under the title that its newest bulletin gives it."""
    titles = {entry.campaign: entry.campaign_title for entry in reversed(entries)}
    shelves = _shelves(entries, lambda entry: entry.campaign, lambda key: f"{key}/index.html")
    return tuple(
        Shelf(titles[shelf.name], shelf.page, shelf.entries, shelf.entries[0].organisation)
        for shelf in shelves
    )


def _shelves(
    entries: Sequence[Entry], key: Callable[[Entry], str], page: Callable[[str], str]
) -> tuple[Shelf, ...]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(key(entry), []).append(entry)
    return tuple(Shelf(name, page(name), tuple(items)) for name, items in found.items())


def neighbours(days: Mapping[str, str]) -> Mapping[str, Neighbours]:
    """Return the bulletins before and after each one of the same campaign, by address.

    `days` are the bulletins' days by address.

    >>> neighbours({"a/1": "2026-01-01", "a/2": "2026-01-08", "b/1": "2026-01-02"})["a/1"]
    ('', 'a/2')
    """
    result: dict[str, Neighbours] = {}
    series: dict[str, list[str]] = {}
    for address in sorted(days, key=lambda address: (days[address], _natural(address))):
        series.setdefault(address.split("/")[0], []).append(address)
    for known in series.values():
        row = ["", *known, ""]
        result |= {row[i]: (row[i - 1], row[i + 1]) for i in range(1, len(row) - 1)}
    return result


def _natural(address: str) -> tuple[int, str]:
    return len(address), address


def planned(bulletins: Iterable[Bulletin]) -> Mapping[str, Neighbours]:
    """Return the neighbours of each bulletin as they will be if every one of them is made."""
    return neighbours({item.address: item.day.isoformat() for item in bulletins})
