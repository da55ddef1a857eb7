"""The shapes of the files that only Jianbao writes: review.yaml and sealed.yaml."""

from pydantic import Field

from jianbao.reading.stages import Shape


class FigureShape(Shape):
    """A printed figure as it is kept."""

    asked: str
    path: str
    label: str
    text: str
    value: str
    unit: str
    as_of: str
    story: str
    line: int = 0


class PrintedShape(Shape):
    """Everything printed, as it is kept: a part's passages are one role and its words each."""

    texts: dict[str, list[dict[str, str]]]
    figures: list[FigureShape] = Field(default_factory=list)
    pictures: dict[str, str] = Field(default_factory=dict)
    looks: dict[str, str] = Field(default_factory=dict)


class SignatureShape(Shape):
    """A signature as it is kept; `chain` ties it to the one before."""

    stage: str
    name: str
    time: str
    digest: str
    note: str = ""
    scan: str = ""
    scan_digest: str = ""
    chain: str


class ReviewFileShape(Shape):
    """review.yaml."""

    signatures: list[SignatureShape] = Field(default_factory=list)
    contents: dict[str, PrintedShape] = Field(default_factory=dict)


class MakerShape(Shape):
    """What a bulletin was made with, as it is kept."""

    program: str
    code: str
    looks: str
    packages: dict[str, str] = Field(default_factory=dict)
    fonts: str = ""


class SealShape(Shape):
    """A seal as it is kept."""

    number: str
    total: int
    time: str
    name: str
    maker: MakerShape
    digest: str
    sources: dict[str, str]
    article: str
    files: dict[str, str]
    kept: str
    emergency: str = ""
    chain: str


class WrongFigureShape(Shape):
    """A wrong figure as it is kept."""

    path: str
    as_of: str
    value: str
    old: str
    new: str


class CorrectionShape(Shape):
    """A correction as it is kept."""

    day: str
    name: str
    seal: int
    digest: str
    notice: str
    figures: list[WrongFigureShape] = Field(default_factory=list)
    chain: str


class SealedFileShape(Shape):
    """sealed.yaml."""

    seals: list[SealShape]
    corrections: list[CorrectionShape] = Field(default_factory=list)
    contents: dict[str, PrintedShape]
