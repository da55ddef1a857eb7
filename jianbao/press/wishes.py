"""What is wished for from the pressed pages: plain values that any process can carry.

A Job carries its wishes by file name; `variants` grants them.
"""

from dataclasses import dataclass
from datetime import date

from jianbao.model.editions import Copying, Printing


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of itself.

    Attributes:
        day: The bulletin's date, which stands for the moment the file was made.
        address: campaign/bulletin, from which the document's identity is made.
    """

    title: str
    author: str
    subject: str
    day: date
    address: str


@dataclass(frozen=True, slots=True)
class ForReaders:
    """bulletin.pdf."""

    facts: Facts


@dataclass(frozen=True, slots=True)
class ForPrinter:
    """print.pdf: the printer's wishes, and the ICC profile they name as bytes."""

    facts: Facts
    printing: Printing
    profile: bytes


@dataclass(frozen=True, slots=True)
class ForOffice:
    """office.pdf."""

    facts: Facts
    copying: Copying


@dataclass(frozen=True, slots=True)
class Kept:
    """A file kept inside the archive.

    Attributes:
        path: Where it lies in the site or the output, with forward slashes.
        relation: Source for what people wrote, Data for what was computed from it.
    """

    path: str
    data: bytes
    mime: str
    relation: str


@dataclass(frozen=True, slots=True)
class ForArchive:
    """archive.pdf, with the files that the pages were made from."""

    facts: Facts
    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class ForReviewers:
    """proof.pdf: what is pressed lies over the pages `under` it, and follows them.

    Attributes:
        paper: The paper that larger pages are reduced to; "" leaves their size.
    """

    facts: Facts
    under: bytes
    paper: str = ""


Wish = ForReaders | ForPrinter | ForOffice | ForArchive | ForReviewers
