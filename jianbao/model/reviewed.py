"""The nouns of review: everything a bulletin prints, taken down so that it can be compared.

Two records are the same bulletin to a reader exactly where their digests are the same; where they
are not, the texts and figures in them say which words changed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

IMPRINT, PLAN, TABLES, FIGURES, PICTURES, LOOKS = "刊头", "版面", "数据表", "数字", "图片", "模板"
"""Names of the parts of a record that are no story."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, headline or caption as it is printed: what it is, and its words."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A figure at one place where it is printed.

    Attributes:
        asked: What the story wrote between the braces: "实事.已完成 | 变化".
        path: The figure's full name.
        label: Its printed name.
        text: As printed there.
        value: Exact decimal digits, for comparing; a ratio's with eight places.
        as_of: In ISO form, with its hour or month where it was stated.
        story: The story's file in the bulletin's folder.
        line: From 1; no part of the digest, since an empty line above moves it.
    """

    asked: str
    path: str
    label: str
    text: str
    value: str
    unit: str
    as_of: str
    story: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Printed:
    """Everything a bulletin prints, web and paper.

    Attributes:
        texts: The passages of each part in reading order: 刊头, 版面, the stories, 数据表.
        pictures: The digest of each picture's bytes, by its path in the bulletin's folder.
        looks: The digest of each template that is the office's own.
    """

    texts: Mapping[str, tuple[Passage, ...]]
    figures: tuple[PrintedFigure, ...] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)
    looks: Mapping[str, str] = field(default_factory=dict)

    @property
    def parts(self) -> Mapping[str, str]:
        """The digest of each part by name."""
        figures = [
            [f.story, f.asked, f.path, f.text, f.value, f.unit, f.as_of] for f in self.figures
        ]
        known: dict[str, object] = {
            name: [[passage.role, passage.text] for passage in passages]
            for name, passages in self.texts.items()
        }
        known |= {
            FIGURES: figures,
            PICTURES: sorted(self.pictures.items()),
            LOOKS: sorted(self.looks.items()),
        }
        return {name: digest_of(value) for name, value in known.items()}

    @property
    def digest(self) -> str:
        """One digest of everything; stories stand in it in their order."""
        return digest_of(list(self.parts.items()))


def digest_of(value: object) -> str:
    """Return the SHA-256 of plain values, in hexadecimal digits."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when a stage is to be signed: days before the bulletin's date, and a time of day."""

    days: int
    time: str = ""

    def on(self, day: date) -> str:
        """Return the day and time in ISO form."""
        return f"{day - timedelta(days=self.days)}{f' {self.time}' if self.time else ''}"


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of review: its name, who signs it where that is fixed, and until when."""

    name: str
    who: str = ""
    until: Deadline | None = None


@dataclass(frozen=True, slots=True)
class Process:
    """Who signs, in which order.

    Attributes:
        order: One after the other; the last one releases the bulletin.
        beside: Any time after the first and before the last.
        apart: Of these no one person signs two.
        fitting: These have to have been signed for exactly what is published.
    """

    order: tuple[Stage, ...]
    beside: tuple[Stage, ...] = ()
    apart: tuple[str, ...] = ()
    fitting: tuple[str, ...] = ()

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Every stage; those beside the order stand before its last."""
        return (*self.order[:-1], *self.beside, self.order[-1])

    def before(self, name: str) -> tuple[Stage, ...]:
        """Return the stages that have to be signed before another."""
        names = [stage.name for stage in self.order]
        if name not in names:
            return self.order[:1]
        earlier = self.order[: names.index(name)]
        return (*earlier, *self.beside) if name == names[-1] else earlier


PRESETS = {
    "机关": Process(
        tuple(map(Stage, ("拟稿", "核稿", "分管领导", "签发"))),
        tuple(map(Stage, ("校对", "保密审查"))),
        fitting=("保密审查", "签发"),
    ),
    "三审三校": Process(
        tuple(map(Stage, ("初审", "复审", "终审", "一校", "二校", "三校", "付印"))),
        tuple(map(Stage, ("保密审查",))),
        apart=("初审", "复审", "终审"),
        fitting=("保密审查", "付印"),
    ),
}
"""What `review:` in site.yaml may name: an office's usual way, and the publishing house's."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A person's approval of exactly what was printed at a moment.

    Attributes:
        time: In ISO form, to the second.
        digest: Of everything printed.
        scan: The signed paper in the bulletin's folder, and its digest; "" where there is none.
    """

    stage: str
    name: str
    time: str
    digest: str
    note: str = ""
    scan: str = ""
    scan_digest: str = ""

    def chained(self, last: str) -> str:
        """Return what ties this signature to the one before, so that none goes unseen."""
        fields = [self.stage, self.name, self.time, self.digest, self.note, self.scan]
        return digest_of([last, *fields, self.scan_digest])[:16]


@dataclass(frozen=True, slots=True)
class Review:
    """Every signature a bulletin ever got, the earliest first, and what each was given for.

    Attributes:
        contents: What was printed, by its digest.
    """

    signatures: tuple[Signature, ...] = ()
    contents: Mapping[str, Printed] = field(default_factory=dict)

    def last(self, stage: str) -> Signature | None:
        """Return a stage's latest signature."""
        return next((s for s in reversed(self.signatures) if s.stage == stage), None)
