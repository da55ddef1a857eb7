"""The papers of review, to print and to sign by pen: 审签单 and 保密审查单.

Material, Process, Review, counts ──slips──▶ Slip ──slip_html──▶ HTML for the press

Each says which content it was printed for, by the first digits of its digest: a
paper that was signed for other words is told from one for these.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jianbao.diagnostics import Finding
from jianbao.model.reviewed import Printed, Process, Review
from jianbao.pages.imprints import day_text
from jianbao.pages.templates import environment, fill
from jianbao.pages.viewing import view
from jianbao.pages.views import BulletinView, Material
from jianbao.pages.weave import plain
from jianbao.reading.looks import Template

_HEIGHT, _PADDING = 250, 3
_LEAST, _MOST = 12, 32
_LINE = 5.4
QUESTIONS = (
    "国家秘密（含密级文件的内容、摘录）",
    "工作秘密、内部敏感事项（未公开的人事、会议、执法、应急情况）",
    "商业秘密",
    "个人信息（身份证号、电话、住址、病情，未成年人、当事人姓名）",
    "未经核准公开的统计数据、测绘地理信息、涉军信息",
)


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage on paper: what was signed already, else empty.

    Attributes:
        choices: What the signer ticks instead of writing.
    """

    name: str
    signer: str = ""
    day_text: str = ""
    note: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """One paper as its template sees it.

    Attributes:
        kind: review or secrecy.
        room: How high each row to sign is, in millimetres.
    """

    kind: str
    title: str
    office: str
    name: str
    number: str
    day_text: str
    run: str
    stories: tuple[str, ...]
    stages: tuple[StageRow, ...]
    room: int
    foot: str
    notes: str
    figures: str = ""
    findings: str = ""
    recipients: str = ""
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many figures a bulletin prints, how many to look at, and findings by severity."""

    figures: int
    odd: int
    errors: int
    warnings: int


def review_slip(
    material: Material, process: Process, review: Review, printed: Printed, counts: Counts
) -> Slip:
    """Return the 审签单: a row each stage, with who has signed it for exactly this content."""
    seen = view(material, web=False)
    stories = _stories(seen)
    rows = tuple(_row(stage.name, review, printed) for stage in process.stages)
    return Slip(
        kind="review",
        title="审　签　单",
        office=_office(seen, material),
        name=seen.imprint.masthead,
        number=seen.imprint.number + (f"（{seen.imprint.total}）" if seen.imprint.total else ""),
        day_text=seen.day_text,
        run=f"{seen.imprint.run}份" if seen.imprint.run else "",
        stories=stories,
        stages=rows,
        room=_room(len(stories), len(rows), 86),
        foot=_foot(seen, printed),
        notes=_notes(process),
        figures=f"全期{counts.figures}个数字都出自数据表；与上期比，{counts.odd}个要看一看（见送审稿）。",
        findings=f"差错{counts.errors}处，疑似{counts.warnings}处。",
    )


def secrecy_slip(material: Material, printed: Printed) -> Slip:
    """Return the 保密审查单: what to ask, and room for each to sign."""
    seen = view(material, web=False)
    stories = _stories(seen)
    rows = (
        StageRow("承 办 人"),
        StageRow("部门负责人"),
        StageRow("保密审查", choices=("可以发布", "删改后可以发布（删改处另附）", "不能发布")),
        StageRow("分管领导"),
    )
    lists = "；".join(f"{one.name}：{one.receivers.rstrip('。')}" for one in seen.imprint.lists)
    return Slip(
        kind="secrecy",
        title="信息发布保密审查单",
        office=_office(seen, material),
        name=seen.imprint.masthead,
        number=seen.imprint.number,
        day_text=seen.day_text,
        run="",
        stories=stories,
        stages=rows,
        room=_room(len(stories), len(rows), 112),
        foot=_foot(seen, printed),
        notes="先审查、后发布，一期一审。涉及前列任何一项的，在方框内打“√”并写明处理意见。"
        "内容改动以后要重新审查。",
        recipients=lists or material.bulletin.imprint.recipients,
        questions=QUESTIONS,
    )


def slip_html(slip: Slip, templates: Mapping[str, Template]) -> str | Finding:
    """Return a paper as HTML for the press."""
    html = fill(environment(templates), "slips.html", {"slip": slip})
    return html if isinstance(html, Finding) else str(html)


def _stories(seen: BulletinView) -> tuple[str, ...]:
    several = len(seen.pages) > 1
    return tuple(
        (f"第{page.number}版　" if several else "")
        + f"《{'　'.join(plain(line) for line in story.headline)}》"
        for page in seen.pages
        for stories in page.stories.values()
        for story in stories
    )


def _row(name: str, review: Review, printed: Printed) -> StageRow:
    """Return a stage's row; a signature for other words than these is not shown."""
    last = review.last(name)
    if last is None or last.digest != printed.digest:
        return StageRow(name)
    return StageRow(name, last.name, day_text(date.fromisoformat(last.time[:10])), last.note)


def _office(seen: BulletinView, material: Material) -> str:
    return f"编发单位：{seen.imprint.compiler or material.campaign.organisation}"


def _foot(seen: BulletinView, printed: Printed) -> str:
    code = printed.digest[:16].upper()
    groups = " ".join(code[i : i + 4] for i in range(0, 16, 4))
    return f"{seen.imprint.masthead}　{seen.imprint.number}　内容校验码 {groups}"


def _notes(process: Process) -> str:
    order = "→".join(stage.name for stage in process.order)
    beside = "、".join(stage.name for stage in process.beside)
    parts = [f"顺序：{order}"]
    if beside:
        parts.append(f"{beside}在{process.order[-1].name}以前办完")
    if process.apart:
        parts.append(f"{'、'.join(process.apart)}不能由一个人签两个")
    return "；".join(parts) + "。内容改动后，下方校验码会变，请换新单。"


def _room(stories: int, rows: int, taken: int) -> int:
    """Return how high each row to sign may be, so that the paper is one page and well filled."""
    free = _HEIGHT - taken - stories * _LINE
    return int(max(_LEAST, min(_MOST, free / rows - _PADDING)))
