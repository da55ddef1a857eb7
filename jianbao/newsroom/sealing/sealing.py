"""Seal: take down what was published, by digest, and keep it.

Material, Printed, made files, Maker ──new_seal──▶ Seal ──keep_seal──▶ sealed.yaml, sealed/1/

The site around the article is no part of the seal: it grows with every bulletin.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

from jianbao.figures.book import Book
from jianbao.model.reviewed import Printed
from jianbao.model.sealed import CorrectionRecord, Maker, Seal, Sealed, chain_of
from jianbao.newsroom.keeping import as_yaml, keep
from jianbao.newsroom.reviewing.changes import figures_of
from jianbao.pages.views import Material
from jianbao.reading.reviews import kept_form
from jianbao.reading.seals import SEALED, digest_file

_ARTICLE = re.compile(rb"(?s)<main\b.*</main>")
_SOURCE_LINES = re.compile(rb'(?s)<dd class="file">.*?</dd>')
_COMPARED = (".pdf", ".jpg", ".jpeg", ".png", ".webp", ".svg", ".docx")


@dataclass(frozen=True, slots=True)
class Publication:
    """Who published, when (in ISO form, to the second), and why unsigned where it was."""

    name: str
    time: str
    emergency: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: everything printed, the files by name in the folder, and what with."""

    printed: Printed
    files: Mapping[str, bytes]
    maker: Maker


def article_digest(html: bytes) -> str:
    """Return the digest of a page's article, without the site around it.

    The lines on which figures stand in their files are no part of it: a comment moves them.
    """
    found = _ARTICLE.search(html)
    article = found.group() if found else html
    return sha256(_SOURCE_LINES.sub(b"", article)).hexdigest()


def file_digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the digests of PDFs and pictures, by name."""
    return {
        name: sha256(data).hexdigest()
        for name, data in sorted(files.items())
        if name.endswith(_COMPARED)
    }


def sources_of(material: Material, book: Book) -> tuple[str, ...]:
    """Return the files of the site a bulletin was made from, by path."""
    bulletin = material.bulletin
    folder = f"content/{bulletin.address}"
    stories = [path for page in bulletin.pages for path in page.paths]
    pictures = [f"{folder}/{name}" for name in material.pictures]
    data = [place.path for figure, _ in figures_of(material).values() for place in figure.places]
    documents = [document.place.path for document in book.documents.values()]
    fixed = ["data/site.yaml", f"data/{bulletin.campaign}/campaign.yaml"]
    own = [f"{folder}/bulletin.yaml"]
    return tuple(dict.fromkeys([*own, *stories, *pictures, *sorted(data), *documents, *fixed]))


def new_seal(
    root: Path, material: Material, book: Book, made: Made, publication: Publication
) -> Seal:
    """Return the seal on what was made; where it is kept is said by `with_seal`."""
    return Seal(
        number=material.bulletin.number,
        total=material.bulletin.total,
        time=publication.time,
        name=publication.name,
        maker=made.maker,
        digest=made.printed.digest,
        sources={path: digest_file(root, path) for path in sources_of(material, book)},
        article=article_digest(made.files.get("index.html", b"")),
        files=file_digests(made.files),
        kept="",
        emergency=publication.emergency,
    )


def with_seal(sealed: Sealed, seal: Seal, printed: Printed) -> Sealed:
    """Return the record with one seal more; its files are kept under the seal's number."""
    kept = replace(seal, kept=f"sealed/{len(sealed.seals) + 1}")
    contents = {**sealed.contents, printed.digest: printed}
    return replace(sealed, seals=(*sealed.seals, kept), contents=contents)


def keep_sealed(root: Path, address: str, sealed: Sealed) -> Path:
    """Write the record and return where it is."""
    return keep(root / "content" / address / SEALED, as_yaml(as_record(sealed)))


def keep_files(root: Path, address: str, seal: Seal, files: Mapping[str, bytes]) -> None:
    """Keep what was published beside the bulletin's sources."""
    for name, data in files.items():
        keep(root / "content" / address / seal.kept / name, data)


def as_record(sealed: Sealed) -> dict[str, object]:
    """Return the record as plain values; each seal and correction is tied to the one before."""
    used = {one.digest for one in sealed.seals} | {one.digest for one in sealed.corrections}
    return {
        "seals": _chained(sealed.seals),
        "corrections": _chained(sealed.corrections),
        "contents": {name: kept_form(p) for name, p in sealed.contents.items() if name in used},
    }


def _chained(rows: tuple[Seal, ...] | tuple[CorrectionRecord, ...]) -> list[dict[str, object]]:
    chain, found = "", []
    for row in rows:
        values = asdict(row)
        chain = chain_of(chain, values)
        plain = {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}
        found.append({**plain, "chain": chain})
    return found
