"""The nouns of publication: the seal on what was published, and corrections of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from jianbao.diagnostics import Message, msg
from jianbao.model.reviewed import Printed, digest_of

_NOTICE = re.compile(r"correction-\d+\.md")


@dataclass(frozen=True, slots=True)
class Maker:
    """What a bulletin was made with; the same maker makes the same bytes.

    Attributes:
        program: Jianbao's version.
        code: Digest of its modules.
        looks: Digest of every template.
        packages: Versions of the libraries that have a hand in a page.
        fonts: Digest of the fonts on the machine; "" where that cannot be asked.
    """

    program: str
    code: str
    looks: str
    packages: Mapping[str, str] = field(default_factory=dict)
    fonts: str = ""

    def unlike(self, other: "Maker") -> tuple[Message, ...]:
        """Return in what two makers differ."""
        parts: list[Message] = []
        if self.program != other.program:
            parts.append(msg("Jianbao {old} → {new}", old=self.program, new=other.program))
        elif self.code != other.code:
            parts.append(msg("Jianbao's own modules"))
        if self.looks != other.looks:
            parts.append(msg("templates"))
        names = sorted({*self.packages, *other.packages})
        parts += [
            msg("{name} {old} → {new}", name=name, old=old or "–", new=new or "–")
            for name in names
            if (old := self.packages.get(name)) != (new := other.packages.get(name))
        ]
        if self.fonts != other.fonts:
            parts.append(msg("fonts"))
        return tuple(parts)


@dataclass(frozen=True, slots=True)
class Seal:
    """What was published, once and for all.

    Attributes:
        time: In ISO form, to the second.
        name: Who published it.
        emergency: Why it was published unsigned; "" where it was signed.
        digest: Of everything printed.
        sources: Digests of the files it was made from, by path in the site.
        article: Digest of the article's HTML, without the site around it.
        files: Digests of the PDFs and pictures, by name in its folder.
        kept: The folder, in the bulletin's own, where what was published is kept.
    """

    number: str
    total: int
    time: str
    name: str
    maker: Maker
    digest: str
    sources: Mapping[str, str]
    article: str
    files: Mapping[str, str]
    kept: str
    emergency: str = ""

    @property
    def day(self) -> str:
        """The day of publication in ISO form."""
        return self.time[:10]


@dataclass(frozen=True, slots=True)
class WrongFigure:
    """A figure that readers were told wrongly: its name, its as-of, as printed and as it is."""

    path: str
    as_of: str
    value: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class CorrectionRecord:
    """That what was published is wrong, and what is right.

    Attributes:
        day: In ISO form.
        name: Who corrects it.
        seal: Which seal is corrected, from 1.
        digest: Of everything printed as it is right.
        notice: The file with the notice, in the bulletin's folder; people may edit it.
    """

    day: str
    name: str
    seal: int
    digest: str
    notice: str
    figures: tuple[WrongFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Sealed:
    """Every seal and correction of a bulletin, the earliest first, and what each printed."""

    seals: tuple[Seal, ...] = ()
    corrections: tuple[CorrectionRecord, ...] = ()
    contents: Mapping[str, Printed] = field(default_factory=dict)

    @property
    def accepted(self) -> Printed | None:
        """What may be printed now: as sealed last, or as corrected since; None before any seal."""
        if not self.seals:
            return None
        since = [one for one in self.corrections if one.seal == len(self.seals)]
        return self.contents[since[-1].digest if since else self.seals[-1].digest]

    @property
    def is_corrected(self) -> bool:
        """Whether the last seal was corrected and the right version not yet sealed."""
        return any(one.seal == len(self.seals) for one in self.corrections)


def notice_name(number: int) -> str:
    """Return the file beside the stories that the notice on a bulletin's so-many-th seal is in.

    >>> notice_name(1), is_notice("correction-1.md"), is_notice("lead.md")
    ('correction-1.md', True, False)
    """
    return f"correction-{number}.md"


def is_notice(name: str) -> bool:
    """Say whether a file beside the stories is a notice of what was wrong."""
    return bool(_NOTICE.fullmatch(name))


def chain_of(last: str, values: object) -> str:
    """Return what ties a record to the one before, so that none can go unseen."""
    return digest_of([last, values])[:16]
