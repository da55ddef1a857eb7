"""The shapes of the files that people write.

The home of pydantic. A shape knows keys and kinds only; what the values mean
together is decided by the reader of that file.
"""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from jianbao.reading.scalars import NAME, RESERVED
from jianbao.reading.stages import ReviewOrPreset, ReviewShape, Shape


def _name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise ValueError("name")
    if text in RESERVED:
        raise ValueError("reserved")
    return text


def _expression(text: str) -> str:
    parts = re.split(r"[/／]", text)
    if len(parts) != 2 or not all(part.strip() for part in parts):
        raise ValueError("expression")
    return text


Decimals = Annotated[int, Field(ge=0, le=6)]
Name = Annotated[str, AfterValidator(_name)]
BreakdownWord = Literal["exhaustive", "partial", "overlapping"]


class MemberShape(Shape):
    """A member whose printed name is not a legal name: 3～11周岁."""

    name: str = ""


class LedgerShape(Shape):
    """The list a dataset is counted from: its file in ledgers/, and which column is what."""

    file: str = Field(min_length=1)
    sheet: str = ""
    date: str = ""
    key: str = ""
    columns: dict[str, str] = Field(default_factory=dict)
    show: list[str] = Field(default_factory=list)


class MeasureShape(Shape):
    """A measure of a dataset; with a ledger, how it is counted from it."""

    unit: str = Field(min_length=1, max_length=8)
    name: str = ""
    at_most: str = ""
    cumulative: bool = False
    definition: str = ""
    source: str = ""
    sum: str = ""
    where: dict[str, str | list[str]] = Field(default_factory=dict)


class RatioShape(Shape):
    """A ratio of two measures: `of: 已完成 / 项目`."""

    of: Annotated[str, AfterValidator(_expression)]
    decimals: Decimals | dict[str, Decimals] = 1
    rounding: Literal["half_up", "half_even", "down"] = "half_up"
    name: str = ""


MemberNames = Annotated[list[Name], Field(min_length=1)]
Members = Annotated[dict[Name, MemberShape], Field(min_length=1)]


def _day(typed: object) -> object:
    """Return what was typed if it is a day; pydantic would take 20261121 for seconds since 1970."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(typed)):
        raise PydanticCustomError("date_from_datetime_parsing", "day")
    return typed


class DatasetShape(Shape):
    """A dataset of campaign.yaml."""

    name: str = ""
    dimensions: dict[Name, MemberNames | Members] = Field(default_factory=dict, max_length=2)
    breakdown: BreakdownWord | dict[str, BreakdownWord] = "exhaustive"
    measures: dict[Name, MeasureShape] = Field(min_length=1)
    ratios: dict[Name, RatioShape] = Field(default_factory=dict)
    cadence: Literal["", "day", "week", "month", "quarter", "year"] = ""
    source: str = ""
    definition: str = ""
    reporter: str = ""
    since: Annotated[date | None, BeforeValidator(_day)] = None
    ledger: LedgerShape | None = None


class UnitShape(Shape):
    """A reporting unit: what it reports, until when, and whom to ring up."""

    datasets: str | list[str] = Field(default_factory=list)
    cut_off: str = ""
    contact: str = ""


class CampaignShape(Shape):
    """campaign.yaml."""

    title: str = Field(min_length=1)
    organisation: str = Field(min_length=1)
    masthead: str = ""
    publishes: str = ""
    cut_off: str = ""
    units: dict[str, UnitShape] = Field(default_factory=dict)
    datasets: dict[Name, DatasetShape] = Field(default_factory=dict)


class CalendarShape(Shape):
    """calendar.yaml: the office's own days off and days worked, 停刊 and 合刊."""

    holidays: dict[str, str] = Field(default_factory=dict)
    workdays: list[str] = Field(default_factory=list)
    skipped: dict[str, list[str]] = Field(default_factory=dict)
    merged: dict[str, list[str]] = Field(default_factory=dict)


class PageShape(Shape):
    """One page of bulletin.yaml."""

    layout: str
    name: str = ""
    number: int = Field(default=1, ge=1)
    stories: dict[str, str | list[str]] = Field(default_factory=dict)
    continued: dict[str, str | list[str]] = Field(default_factory=dict)
    paper: str | list[str] = Field(default_factory=list)


class WaiverShape(Shape):
    """A finding the office accepts: which, where, why, and who says so."""

    rule: str
    where: str
    reason: str = Field(min_length=4)
    name: str = Field(min_length=1)


EditionWord = Literal["bulletin", "print", "archive", "proof", "office", "word", "paste"]
EditionWords = Annotated[
    list[EditionWord],
    BeforeValidator(
        lambda said: [said] if isinstance(said, str) else said,
        json_schema_input_type=EditionWord | list[EditionWord],
    ),
]
ImpositionWord = Literal["none", "duplex", "booklet"]
Percent = Annotated[float, Field(ge=0, le=100)]


PaperWord = Literal["四开", "A3", "A4"]


class PrintShape(Shape):
    """What the printer asked for: millimetres of bleed, percent of ink."""

    profile: str = ""
    condition: str = ""
    bleed: float = Field(default=3, ge=0, le=10)
    marks: bool = True
    ink: int = Field(default=300, ge=200, le=400)
    red: list[Percent] = Field(default=[0, 100, 100, 0], min_length=4, max_length=4)
    outlines: bool = False
    black: bool = False
    imposition: ImpositionWord = "none"
    papers: list[PaperWord] = Field(default_factory=list)


class CopyShape(Shape):
    """How the office prints on its own machine."""

    paper: Literal["", "四开", "A3", "A4"] = ""
    black: bool = False
    imposition: ImpositionWord = "none"
    papers: list[PaperWord] = Field(default_factory=list)


class ProofShape(Shape):
    """The paper that reviewers get a newspaper's page on."""

    paper: Literal["", "四开", "A3", "A4"] = ""
    papers: list[PaperWord] = Field(default_factory=list)


class BulletinShape(Shape):
    """bulletin.yaml."""

    number: str = Field(pattern=r"^([0-9]{1,6}(-[0-9]{1,6})?|s[0-9]{1,6})$")
    date: str
    total: int = Field(default=0, ge=0)
    as_of: str = ""
    period: str = ""
    paper: str | Annotated[list[str], Field(min_length=1)] = "四开"
    editions: EditionWords = Field(default_factory=list)
    editors: dict[str, str] = Field(default_factory=dict)
    profile: Literal["jianbao", "neibu", "baozhi"] = "jianbao"
    secret: str = ""
    permit: str = ""
    compiler: str = ""
    recipients: str = ""
    printer: str = ""
    printed: str = ""
    run: int = Field(default=0, ge=0)
    send: dict[Literal["报", "送", "发"], dict[str, Annotated[int, Field(ge=1)]]] = Field(
        default_factory=dict
    )
    pages: list[PageShape] = Field(min_length=1, max_length=8)
    waivers: list[WaiverShape] = Field(default_factory=list)


PartWord = Literal["kicker", "deck", "standfirst", "byline", "photos", "strips", "text", "closing"]


class SlotShape(Shape):
    """A slot of layout.yaml: its name for clerks, and its room in characters and in stories."""

    label: str = Field(min_length=1)
    characters: int = Field(default=0, ge=0)
    least: int = Field(default=0, ge=0)
    most: int = Field(default=1, ge=1)
    charts: list[Annotated[float, Field(ge=90, le=680)]] = Field(default_factory=list)
    spans: list[Annotated[float, Field(ge=90, le=681)]] = Field(default_factory=list)
    photos: int = Field(default=0, ge=0)
    pictures: list[tuple[float, float]] = Field(default_factory=list)
    omits: list[PartWord] = Field(default_factory=list)


class LayoutShape(Shape):
    """layout.yaml of a layout's folder."""

    label: str = Field(min_length=1)
    papers: list[str] = Field(default_factory=list)
    profiles: list[Literal["jianbao", "neibu", "baozhi"]] = Field(default_factory=list)
    pages: int = Field(default=1, ge=1)
    column: float = Field(default=126, ge=90, le=680)
    row: float = Field(default=13, ge=9, le=40)
    measures: list[float] = Field(default_factory=list)
    slots: dict[str, SlotShape] = Field(min_length=1)


class DocumentShape(Shape):
    """An official document: its title without 《》, and its number."""

    title: str = Field(min_length=1)
    number: str = ""


Face = Annotated[str, Field(pattern=r"^[\w\u4e00-\u9fff][\w\u4e00-\u9fff \-.]*$")]
Colour = Annotated[str, Field(pattern=r"^(#[0-9A-Fa-f]{6})?$")]


class LookShape(Shape):
    """The office's own colours, faces and masthead picture, in site.yaml."""

    red: Colour = ""
    rule: Colour = ""
    tint: Colour = ""
    title: list[Face] = Field(default_factory=list)
    song: list[Face] = Field(default_factory=list)
    hei: list[Face] = Field(default_factory=list)
    kai: list[Face] = Field(default_factory=list)
    fang: list[Face] = Field(default_factory=list)
    masthead: str = ""

    @property
    def faces(self) -> dict[str, list[str]]:
        """The faces by the part they play, as site.yaml calls it."""
        return {
            "title": self.title,
            "song": self.song,
            "hei": self.hei,
            "kai": self.kai,
            "fang": self.fang,
        }


class TargetShape(Shape):
    """A place for readers in site.yaml."""

    to: str = Field(min_length=1)
    user: str = ""
    password: str = ""
    known_hosts: str = "data/known_hosts"
    identity: str = ""


class SiteShape(Shape):
    """site.yaml."""

    title: str = Field(min_length=1)
    organisation: str = ""
    masthead: str = ""
    address: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = ""
    language: Literal["zh", "en"] = "zh"
    severities: dict[str, Literal["error", "warning", "note"]] = Field(default_factory=dict)
    editions: EditionWords = Field(default_factory=list)
    print: PrintShape = PrintShape()
    office: CopyShape = CopyShape()
    review: ReviewOrPreset = ReviewShape()
    proof: ProofShape = ProofShape()
    look: LookShape = LookShape()
    publish: dict[str, TargetShape] = Field(default_factory=dict)
