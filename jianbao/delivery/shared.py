"""What all bulletins share in the output: the pages that link them, their CSS, editors' schemas.

    output/*/*/bulletin.json ──▶ whole_site ──▶ output/, only what has changed

A bulletin that has got other neighbours has its page put right, and no other is read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from jianbao.delivery.catalogue import Catalogue, text_in
from jianbao.delivery.output import Output, Outputs, deliver_changed
from jianbao.delivery.packing import digest_of
from jianbao.delivery.shelf import Shelf
from jianbao.diagnostics import Checked
from jianbao.figures.book import open_book
from jianbao.model import Entry
from jianbao.pages.neighbours import steps, with_steps
from jianbao.pages.renditions import Rendition, render
from jianbao.reading.files import LARGEST_PICTURE, files_in, is_file, read_bytes
from jianbao.reading.noting import Sights, digest, noting, still
from jianbao.reading.sites import Office, Reported, read_campaigns
from jianbao.site.archive import Neighbours, neighbours
from jianbao.site.campaigns import Reports
from jianbao.site.records import Listed, as_of_from, record
from jianbao.site.searching import Block, Grams, block_index
from jianbao.site.texts import FILE
from jianbao.site.whole import Sources, whole_site

NOTHING_KNOWN: Mapping[str, str] = MappingProxyType({})


class Placed(NamedTuple):
    """The site's own files, what each is now, and the bulletins that they were made from."""

    outputs: Outputs
    listed: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The site's own files as they will be when the bulletins that are coming have come.

    Attributes:
        made_of: What they were made from; they count where they would be made from the same.
    """

    catalogue: Catalogue
    made_of: Sources
    made: Checked[Mapping[str, bytes]]

    def of(self, sources: Sources) -> Checked[Mapping[str, bytes]] | None:
        """Return the files where these are made from the same, else None."""
        mine = self.made_of
        digests = {key: reports.digest for key, reports in sources.reports.items()}
        same = (
            all(digests.values())
            and digests == {key: reports.digest for key, reports in mine.reports.items()}
            and (sources.looks, sources.kept) == (mine.looks, mine.kept)
            and sources.listed == mine.listed
        )
        return self.made if same else None


def foresee_site(
    office: Office,
    catalogue: Catalogue,
    reported: Mapping[str, Reported],
    made_of: Mapping[str, str],
) -> Foreseen | None:
    """Make the site's own files while bulletins are coming; None where pages have to be righted.

    Nothing is written; `catalogue` knows what is coming.
    """
    listed = catalogue.read()
    around = _around(listed)
    if any(one.entry.neighbours != around[one.entry.address] for one in listed):
        return None
    sources = _sources(office, catalogue, listed, reported, made_of)
    return Foreseen(catalogue, sources, whole_site(sources))


def deliver_site(
    office: Office,
    root: Path,
    catalogue: Catalogue,
    reported: Mapping[str, Reported],
    made_of: Mapping[str, str] = NOTHING_KNOWN,
    foreseen: Foreseen | None = None,
) -> Checked[Placed]:
    """Bring the site's own files up to date; return what they are, and what is wrong with them.

    Among them are the pages and records of bulletins that were put right. `reported` are the
    campaigns whose bulletins this run has made or found fresh; the pages of others stay. `made_of`
    are the digests of what was reported in each; its pages are made anew without one.
    """
    output = catalogue.output
    listed, righted = _rejoined(output, catalogue.read())
    sources = _sources(office, catalogue, listed, reported, made_of)
    made = (foreseen and foreseen.of(sources)) or whole_site(sources)
    known = catalogue.shelf.take("schemas", dict, partial(_schemas, root))
    written = {f".schemas/{name}": schema for name, schema in (known.value or {}).items()}
    files = {**made.value, **written}
    return Checked(Placed({**righted, **deliver_changed(output, files)}, listed), made.findings)


def _schemas(root: Path) -> Checked[dict[str, bytes] | None]:
    from jianbao.reading.schemas import schemas

    return Checked({**schemas(read_campaigns(root))})


def _sources(
    office: Office,
    catalogue: Catalogue,
    listed: tuple[Listed, ...],
    reported: Mapping[str, Reported],
    made_of: Mapping[str, str],
) -> Sources:
    """Return what the site's own files are made from."""
    output, shelf = catalogue.output, catalogue.shelf
    dated = {one.entry.campaign for one in listed if one.entry.as_of}
    reports = {
        key: _reports(reported[key], listed, key, made_of.get(key, ""))
        for key in reported
        if key in dated
    }
    kept = frozenset(_kept(output, {one.entry.campaign for one in listed} - {*reports}))
    index = partial(_index, catalogue, shelf)
    looks = digest_of(
        office.site, {n: t.text for n, t in office.templates.items()}, office.masthead
    )
    return Sources(
        office.site, listed, office.templates, index, catalogue.quotes, reports, kept,
        shelf.made, looks, _mast(office, shelf),
    )  # fmt: skip


def _mast(office: Office, shelf: Shelf) -> Rendition | None:
    """Return the masthead's picture in the sizes of the web."""
    picture = office.masthead
    if picture is None:
        return None
    return shelf.made(Rendition, partial(render, "masthead", picture), "masthead", picture)


def seen_since(output: Path, placed: Placed, seen: Sights, shelf: Shelf) -> Sights | None:
    """Return what was looked at for the site's files as it is now that these are written.

    Folders for them are new beside the bulletins', and there the next build looks for bulletins
    too. None where anything else has changed: then they have to be made again.
    """
    with noting() as again:
        listed = Catalogue(output, replace(shelf, known=seen)).read()
    others = {key: sight for key, sight in seen.items() if key not in again}
    same = listed == placed.listed and still(others)
    return {**seen, **again} if same else None


def _rejoined(output: Path, listed: Sequence[Listed]) -> tuple[tuple[Listed, ...], Outputs]:
    """Return the bulletins with the neighbours they have now, on their pages and records too."""
    around = _around(listed)
    known: list[Listed] = []
    righted: dict[str, Output] = {}
    for one in listed:
        if one.entry.neighbours == around[one.entry.address]:
            known.append(one)
            continue
        fresh = replace(one.entry, neighbours=around[one.entry.address])
        righted |= deliver_changed(output, _put_right(output, fresh))
        known.append(replace(one, entry=fresh))
    return tuple(known), righted


def _around(listed: Iterable[Listed]) -> Mapping[str, Neighbours]:
    return neighbours({one.entry.address: one.entry.day for one in listed})


def _reports(reported: Reported, listed: Iterable[Listed], key: str, made_of: str) -> Reports:
    """Return a campaign's figures up to its newest bulletin in the output."""
    entries = (one.entry for one in listed)
    last = max(
        (as_of_from(entry.as_of) for entry in entries if entry.campaign == key and entry.as_of),
        key=lambda as_of: as_of.moment,
    )
    book = open_book(reported.campaign, reported.observations, last, {}).value
    return Reports(book, digest_of(made_of, last) if made_of else "")


def _kept(output: Path, campaigns: Iterable[str]) -> Iterator[str]:
    """Yield the pages and data of campaigns that were not read in this run."""
    for key in campaigns:
        names = (f"{key}/data/{name}" for name in files_in(output / key / "data"))
        yield from (name for name in names if "." in name.rpartition("/")[2])
        if is_file(output, f"{key}/index.html"):
            yield f"{key}/index.html"


def _index(catalogue: Catalogue, shelf: Shelf, block: Block) -> Grams:
    """Return the grams of a block, made of the digests of its texts in their order.

    Only the sentences of one block are held at a time.
    """
    made_of = [catalogue.marks[address] for address in block.addresses]
    return shelf.parts(made_of, lambda: block_index([catalogue.text(a) for a in block.addresses]))


def index_block(output: Path, shelf: Shelf, addresses: Sequence[str]) -> None:
    """Keep the grams of a block of bulletins that lie there, for whoever makes the lists next."""
    scripts = [read_bytes(output, f"{a}/{FILE}", LARGEST_PICTURE).value or b"" for a in addresses]
    made_of = [digest(script) for script in scripts]
    pairs = zip(scripts, addresses, strict=True)
    shelf.parts(made_of, lambda: block_index([text_in(script, a) for script, a in pairs]))


def _put_right(output: Path, entry: Entry) -> Mapping[str, bytes]:
    page = f"{entry.address}/index.html"
    html = (read_bytes(output, page, LARGEST_PICTURE).value or b"").decode()
    links = steps(entry.address, *entry.neighbours)
    return {
        page: with_steps(html, links).encode(),
        f"{entry.address}/bulletin.json": record(entry),
    }
