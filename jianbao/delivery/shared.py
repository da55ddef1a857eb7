"""What all bulletins share in the output: the pages that link them, their CSS, editors' schemas.

    output/*/*/bulletin.json ──▶ whole_site ──▶ output/, only what has changed

A bulletin that has got other neighbours has its page put right, and no other is read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from jianbao.delivery.output import deliver_changed
from jianbao.diagnostics import Checked
from jianbao.figures.book import Book, open_book
from jianbao.model import Entry
from jianbao.pages.neighbours import steps, with_steps
from jianbao.reading.records import read_records
from jianbao.reading.schemas import schemas
from jianbao.reading.sites import Office, Reported, read_campaigns
from jianbao.site.archive import neighbours
from jianbao.site.records import as_of_from, record
from jianbao.site.texts import FILE, Text, read_script
from jianbao.site.whole import Sources, whole_site


def deliver_site(
    office: Office, root: Path, output: Path, reported: Mapping[str, Reported]
) -> Checked[tuple[Path, ...]]:
    """Bring the site's own files up to date; return where they are, and what is wrong with them.

    `reported` are the campaigns read in this run; the pages of others stay as they are.
    """
    entries = tuple(_rejoined(output, read_records(output)))
    books = {key: _book(reported[key], entries, key) for key in reported}
    kept = frozenset(_kept(output, {entry.campaign for entry in entries} - {*books}))
    texts = partial(_sentences, output)
    made = whole_site(Sources(office.site, entries, office.templates, texts, books, kept))
    known = schemas(read_campaigns(root))
    files = {**made.value, **{f".schemas/{name}": schema for name, schema in known.items()}}
    return Checked(deliver_changed(output, files), made.findings)


def _rejoined(output: Path, entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the entries, each with the neighbours it has now on its page and in its record."""
    around = neighbours({entry.address: entry.day for entry in entries})
    for entry in entries:
        if entry.neighbours == around[entry.address]:
            yield entry
            continue
        fresh = replace(entry, neighbours=around[entry.address])
        deliver_changed(output, _put_right(output, fresh))
        yield fresh


def _book(reported: Reported, entries: Iterable[Entry], key: str) -> Book:
    """Return a campaign's figures up to its newest bulletin in the output."""
    last = max(
        (as_of_from(entry.as_of) for entry in entries if entry.campaign == key and entry.as_of),
        key=lambda as_of: as_of.moment,
    )
    return open_book(reported.campaign, reported.observations, last, {}).value


def _kept(output: Path, campaigns: Iterable[str]) -> Iterator[str]:
    """Yield the pages and data of campaigns that were not read in this run."""
    for key in campaigns:
        places = (output / key / "index.html", *(output / key / "data").glob("*.*"))
        yield from (place.relative_to(output).as_posix() for place in places if place.is_file())


def _sentences(output: Path, address: str) -> Text:
    """Return a bulletin's sentences; none of one that was made before search was."""
    try:
        return read_script((output / address / FILE).read_bytes())
    except (OSError, ValueError, KeyError):
        return Text(address, (), ())


def _put_right(output: Path, entry: Entry) -> Mapping[str, bytes]:
    page = f"{entry.address}/index.html"
    html = (output / page).read_text(encoding="utf-8")
    links = steps(entry.address, *entry.neighbours)
    return {
        page: with_steps(html, links).encode(),
        f"{entry.address}/bulletin.json": record(entry),
    }
