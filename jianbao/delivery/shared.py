"""What all bulletins share in the output: the pages that link them, their CSS, editors' schemas.

    output/*/*/bulletin.json ──▶ whole_site ──▶ output/, only what has changed

A bulletin that has got other neighbours has its page put right, and no other is read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from jianbao.delivery.output import Output, Outputs, deliver_changed
from jianbao.delivery.shelf import Shelf
from jianbao.diagnostics import Checked
from jianbao.figures.book import Book, open_book
from jianbao.model import Entry
from jianbao.pages.neighbours import steps, with_steps
from jianbao.reading.files import LARGEST_PICTURE, files_in, is_file, read_bytes
from jianbao.reading.noting import Sights, digest, noting, still
from jianbao.reading.records import read_records
from jianbao.reading.schemas import schemas
from jianbao.reading.sites import Office, Reported, read_campaigns
from jianbao.site.archive import neighbours
from jianbao.site.records import as_of_from, record
from jianbao.site.searching import Block, Grams, block_index
from jianbao.site.texts import FILE, Text, read_script
from jianbao.site.whole import Sources, whole_site


class Placed(NamedTuple):
    """The site's own files, what each is now, and the records that they were made from."""

    outputs: Outputs
    entries: tuple[Entry, ...]


def deliver_site(
    office: Office,
    root: Path,
    output: Path,
    reported: Mapping[str, Reported],
    shelf: Shelf = Shelf(),  # noqa: B008  (frozen, and empty)
) -> Checked[Placed]:
    """Bring the site's own files up to date; return what they are, and what is wrong with them.

    Among them are the pages and records of bulletins that were put right. `reported` are the
    campaigns whose bulletins this run has made or found fresh; the pages of others stay.
    """
    entries, righted = _rejoined(output, read_records(output))
    dated = {entry.campaign for entry in entries if entry.as_of}
    books = {key: _book(reported[key], entries, key) for key in reported if key in dated}
    kept = frozenset(_kept(output, {entry.campaign for entry in entries} - {*books}))
    texts = _Texts(output, shelf)
    made = whole_site(
        Sources(office.site, entries, office.templates, texts.read, books, kept, texts.index)
    )
    with shelf.opened("schemas") as board:
        known = board.take("schemas", dict, lambda: Checked({**schemas(read_campaigns(root))}))
    written = {f".schemas/{name}": schema for name, schema in (known.value or {}).items()}
    files = {**made.value, **written}
    return Checked(Placed({**righted, **deliver_changed(output, files)}, entries), made.findings)


def seen_since(output: Path, placed: Placed, seen: Sights) -> Sights | None:
    """Return what was looked at for the site's files as it is now that these are written.

    Folders for them are new beside the bulletins', and there the next build looks for bulletins
    too. None where anything else has changed: then they have to be made again.
    """
    with noting() as again:
        entries = read_records(output)
    others = {key: sight for key, sight in seen.items() if key not in again}
    same = entries == placed.entries and still(others)
    return {**seen, **again} if same else None


def _rejoined(output: Path, entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], Outputs]:
    """Return the entries with the neighbours they have now, on their pages and records too."""
    around = neighbours({entry.address: entry.day for entry in entries})
    known: list[Entry] = []
    righted: dict[str, Output] = {}
    for entry in entries:
        fresh = replace(entry, neighbours=around[entry.address])
        if fresh != entry:
            righted |= deliver_changed(output, _put_right(output, fresh))
        known.append(fresh)
    return tuple(known), righted


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
        names = (f"{key}/data/{name}" for name in files_in(output / key / "data"))
        yield from (name for name in names if "." in name.rpartition("/")[2])
        if is_file(output, f"{key}/index.html"):
            yield f"{key}/index.html"


class _Texts:
    """Reads the bulletins' sentences, and remembers the index of those that are as they were."""

    def __init__(self, output: Path, shelf: Shelf) -> None:
        self._output, self._shelf = output, shelf
        self._digests: dict[str, str] = {}

    def read(self, address: str) -> Text:
        """Return a bulletin's sentences; none of one that was made before search was."""
        data = read_bytes(self._output, f"{address}/{FILE}", LARGEST_PICTURE).value or b""
        self._digests[address] = digest(data)
        try:
            return read_script(data)
        except (ValueError, KeyError):
            return Text(address, (), ())

    def index(self, block: Block, texts: Sequence[Text]) -> Grams:
        """Return the grams of a block, made of the digests of its texts in their order."""
        made_of = [self._digests[address] for address in block.addresses]
        return self._shelf.parts(made_of, lambda: block_index(texts))


def _put_right(output: Path, entry: Entry) -> Mapping[str, bytes]:
    page = f"{entry.address}/index.html"
    html = (read_bytes(output, page, LARGEST_PICTURE).value or b"").decode()
    links = steps(entry.address, *entry.neighbours)
    return {
        page: with_steps(html, links).encode(),
        f"{entry.address}/bulletin.json": record(entry),
    }
