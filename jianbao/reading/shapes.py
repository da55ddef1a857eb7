"""The shapes of the files that people write, and how a wrong shape is told to them.

    Table ──checked_shape──▶ Checked[shape | None]

The home of pydantic. A shape knows keys and kinds only; what the values mean
together is decided by the reader of that file.
"""

import re
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_core import ErrorDetails

from jianbao.diagnostics import NOTHING, Checked, Finding, Message, Place, error, msg
from jianbao.reading.stages import ReviewOrPreset, ReviewShape, Shape, StageShape
from jianbao.reading.tree import Entry, Row, Table, Text

NAME = re.compile(r"[^\W\d_][^\W_]*")
RESERVED = frozenset({"all", "as_of", "截至", "截止", "文件", "全部"})


def _name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise ValueError("name")
    if text in RESERVED:
        raise ValueError("reserved")
    return text


def _expression(text: str) -> str:
    if len([part for part in re.split(r"[/／]", text) if part.strip()]) != 2:
        raise ValueError("expression")
    return text


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
    decimals: int | dict[str, int] = 1
    rounding: Literal["half_up", "half_even", "down"] = "half_up"
    name: str = ""


class DatasetShape(Shape):
    """A dataset of campaign.yaml."""

    name: str = ""
    dimensions: dict[Name, list[Name] | dict[Name, MemberShape]] = Field(
        default_factory=dict, max_length=2
    )
    breakdown: BreakdownWord | dict[str, BreakdownWord] = "exhaustive"
    measures: dict[Name, MeasureShape] = Field(min_length=1)
    ratios: dict[Name, RatioShape] = Field(default_factory=dict)
    cadence: Literal["", "day", "week", "month", "quarter", "year"] = ""
    source: str = ""
    definition: str = ""
    reporter: str = ""
    since: date | None = None
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
    stories: dict[str, str | list[str]]
    continued: dict[str, str | list[str]] = Field(default_factory=dict)
    paper: str | list[str] = Field(default_factory=list)


class WaiverShape(Shape):
    """A finding the office accepts: which, where, why, and who says so."""

    rule: str
    where: str
    reason: str = Field(min_length=4)
    name: str = Field(min_length=1)


EditionWord = Literal["bulletin", "print", "archive", "proof", "office"]
EditionWords = Annotated[
    list[EditionWord],
    BeforeValidator(
        lambda said: [said] if isinstance(said, str) else said,
        json_schema_input_type=EditionWord | list[EditionWord],
    ),
]
ImpositionWord = Literal["none", "duplex", "booklet"]
Percent = Annotated[float, Field(ge=0, le=100)]


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


class CopyShape(Shape):
    """How the office prints on its own machine."""

    paper: Literal["", "四开", "A3", "A4"] = ""
    black: bool = False
    imposition: ImpositionWord = "none"


class ProofShape(Shape):
    """The paper that reviewers get a newspaper's page on."""

    paper: Literal["", "四开", "A3", "A4"] = ""


class BulletinShape(Shape):
    """bulletin.yaml."""

    number: str = Field(pattern=r"^(\d+(-\d+)?|s\d+)$")
    date: str
    total: int = Field(default=0, ge=0)
    as_of: str = ""
    period: str = ""
    paper: str | list[str] = "四开"
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


class SlotShape(Shape):
    """A slot of layout.yaml: its name for clerks, and its room in characters and in stories."""

    label: str = Field(min_length=1)
    characters: int = Field(default=0, ge=0)
    least: int = Field(default=0, ge=0)
    most: int = Field(default=1, ge=1)
    charts: list[Annotated[float, Field(ge=90, le=680)]] = Field(default_factory=list)
    photos: int = Field(default=0, ge=0)
    pictures: list[tuple[float, float]] = Field(default_factory=list)


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


AnyShape = TypeVar("AnyShape", bound=Shape)


def checked_shape(shape: type[AnyShape], table: Table) -> Checked[AnyShape | None]:
    """Return the file's table in its shape, or None and a finding for each wrong place."""
    try:
        return Checked(shape.model_validate(plain(table)))
    except ValidationError as fault:
        findings = tuple(_finding(shape, table, item) for item in fault.errors())
        return Checked(None, findings)


def plain(entry: Entry) -> object:
    """Return the tree as the dicts, lists and texts that pydantic takes."""
    if isinstance(entry, Table):
        return {name: plain(value) for name, (_, value) in entry.items.items()}
    if isinstance(entry, Row):
        return [plain(item) for item in entry.items]
    return entry.value


def value_place(table: Table, *path: str | int) -> Place:
    """Return where the text at `path` itself stands; its key where it is no text."""
    entry: Entry = table
    for step in path:
        if isinstance(entry, Table) and str(step) in entry.items:
            entry = entry.items[str(step)][1]
        elif isinstance(entry, Row) and isinstance(step, int) and step < len(entry.items):
            entry = entry.items[step]
    return entry.place if isinstance(entry, Text) and entry.value else place_of(table, *path)


def place_of(table: Table, *path: str | int) -> Place:
    """Return where the value at `path` stands, or the deepest key of it that is there."""
    entry: Entry = table
    place = table.place
    for step in path:
        if isinstance(entry, Table) and str(step) in entry.items:
            key, entry = entry.items[str(step)]
            place = key.place
        elif isinstance(entry, Row) and isinstance(step, int) and step < len(entry.items):
            entry = entry.items[step]
            place = entry.place
    return place


_KINDS = {
    "missing": msg("{name} is missing here."),
    "dict_type": msg("Lines of the form name: value belong under this."),
    "list_type": msg("A list belongs here."),
    "string_type": msg("A single text belongs here, not a group of lines."),
    "string_too_short": msg("Nothing is written here."),
    "too_short": msg("Nothing is listed here."),
    "too_long": msg("More is listed here than there is room for."),
    "int_parsing": msg("A whole number belongs here."),
    "float_parsing": msg("A number belongs here."),
    "less_than_equal": msg("This number is too large."),
    "greater_than_equal": msg("This number is too small."),
    "date_from_datetime_parsing": msg("A day is wanted here, such as 2021-12-23."),
    "bool_parsing": msg("true or false belongs here."),
    "literal_error": msg("This word is not known here."),
    "string_pattern_mismatch": msg(
        "Only the number belongs here: 47; 7-8 for two in one, s1 for a supplement."
    ),
}


def _finding(shape: type[Shape], table: Table, fault: ErrorDetails) -> Finding:
    steps = tuple(step for step in fault["loc"] if isinstance(step, int) or not _is_type(step))
    place = place_of(table, *steps)
    name = str(steps[-1]) if steps else ""
    if fault["type"] == "missing":
        place = place_of(table, *steps[:-1]) if steps[1:] else Place(place.path)
    if fault["type"] == "extra_forbidden":
        near = nearest(name, _keys_at(shape, steps[:-1]))
        return error("key-unknown", place, msg("{name} is not known here.", name=name), near)
    if fault["type"] == "value_error":
        return error("name-refused", place, *_name_fault(name, str(fault["msg"])))
    if fault["type"] != "missing":
        place = value_place(table, *steps)
    kind = _KINDS.get(fault["type"], msg("This is not written as it should be."))
    message = msg(kind.text, name=name)
    expected = fault.get("ctx", {}).get("expected")
    hint = (
        msg("Write one of: {words}.", words="、".join(filter(None, _words(str(expected)))))
        if expected
        else NOTHING
    )
    return error(
        "value-missing" if fault["type"] == "missing" else "value-refused", place, message, hint
    )


def _words(expected: str) -> list[str]:
    """Return the words pydantic expects: `'', 'day' or 'week'`."""
    return re.split(" or |, ", expected.replace("'", ""))


def _is_type(step: str) -> bool:
    """Say whether a step of pydantic's loc names a branch of a union, not a key."""
    return step in ("str", "int", "[key]") or step.startswith(
        ("list[", "dict[", "literal[", "function")
    )


def _name_fault(name: str, why: str) -> tuple[Message, Message]:
    if "expression" in why:
        return msg("A ratio is one measure divided by another."), msg("Write it as part / whole.")
    if "reserved" in why:
        return msg("{name} has a meaning of its own.", name=name), msg("Choose another name.")
    return (
        msg("{name} cannot be a name.", name=name),
        msg(
            "A name begins with a letter or a Chinese character and has no blanks "
            "or marks in it; a longer printed name goes under name:."
        ),
    )


def _keys_at(shape: type[Shape], steps: Sequence[str | int]) -> list[str]:
    """Return the keys that the shape knows at this depth of the file."""
    depth = [step for step in steps if isinstance(step, str)]
    homes: dict[str, type[Shape]] = {
        "datasets": DatasetShape,
        "measures": MeasureShape,
        "ratios": RatioShape,
        "dimensions": MemberShape,
        "pages": PageShape,
        "waivers": WaiverShape,
        "ledger": LedgerShape,
        "print": PrintShape,
        "office": CopyShape,
        "proof": ProofShape,
        "slots": SlotShape,
        "review": ReviewShape,
        "order": StageShape,
        "beside": StageShape,
        "units": UnitShape,
    }
    home = next((homes[step] for step in reversed(depth) if step in homes), shape)
    return list(home.model_fields)


def nearest(name: str, known: Sequence[str]) -> Message:
    """Return the hint that names the nearest of `known`, or all of them where few are near."""
    match = get_close_matches(name, known, n=1, cutoff=0.5)
    if match:
        return msg("Write {name}.", name=match[0])
    return msg("Known here: {names}.", names="、".join(known[:12])) if known else NOTHING
