"""What is said beside a chart: its title, its source, and the sentence for those who listen."""

from collections.abc import Iterator, Sequence

from jianbao.model import ChartKind, Dataset, Members
from jianbao.pages.charts.listing import Listing
from jianbao.pages.charts.panels import Panel, Row, Value

KINDS = {
    ChartKind.BARS: "条形图",
    ChartKind.PROGRESS: "进度图",
    ChartKind.STACK: "堆叠图",
    ChartKind.LINE: "折线图",
    ChartKind.NUMBERS: "数字",
    ChartKind.TABLE: "表",
}


def subject(dataset: Dataset, members: Members) -> str:
    """Return what a panel is about: the dataset, and the members its path names."""
    chosen = [
        dimension.members[member].printed
        for dimension, member in zip(dataset.dimensions, members, strict=True)
        if member
    ]
    return dataset.printed + (f"（{'、'.join(chosen)}）" if chosen else "")


def title(kind: ChartKind, about: str, columns: Sequence[str]) -> str:
    """Return a panel's title where the writer gives none.

    >>> title(ChartKind.BARS, "灾后重建项目", ("已开工", "已竣工"))
    '灾后重建项目：已开工、已竣工'
    """
    if kind in (ChartKind.TABLE, ChartKind.NUMBERS) or not 1 <= len(columns) <= 3:
        return about
    if len(columns) == 1 and not about.endswith("）"):
        return about if about.endswith(columns[0]) else about + columns[0]
    return f"{about}：{'、'.join(columns)}"


def source(dataset: Dataset, names: Sequence[str]) -> str:
    """Return who stands for the numbers: a measure's source, else the dataset's or its reporter."""
    of_dataset = dataset.source or dataset.reporter
    measures = [dataset.measures.get(name) for name in names]
    known = (((m.source if m else "") or of_dataset) for m in measures)
    return "、".join(dict.fromkeys(text for text in known if text))


def foot(panel: Panel | Listing) -> tuple[str, ...]:
    """Return what stands under a panel: source and as-of."""
    return (*((f"来源：{panel.source}",) if panel.source else ()), f"截至{panel.as_of}")


def spoken(panel: Panel) -> str:
    """Return the sentence that says what a chart shows to a reader who cannot see it."""
    by = f"按{panel.by}分列的" if panel.by else ""
    if panel.kind is ChartKind.LINE:
        return f"{panel.subject}随时间变化的折线图。{'；'.join(_courses(panel))}。"
    facts = "；".join(f"{row.label}{_said(panel, row)}" for row in panel.lined_up)
    return f"{panel.subject}{by}{KINDS[panel.kind]}。{facts}。数字截至{panel.as_of}。"


def _courses(panel: Panel) -> Iterator[str]:
    for index, column in enumerate(panel.columns):
        said = (row.label + _number(row.values[index]) for row in panel.rows)
        yield f"{column}{'，'.join(said)}"


def _said(panel: Panel, row: Row) -> str:
    named = len(panel.columns) > 1 or panel.kind is ChartKind.PROGRESS
    return "，".join(
        (column if named else "") + _number(value)
        for column, value in zip(panel.columns, row.values, strict=True)
    )


def _number(value: Value) -> str:
    """Return a number as it is read out, in words and not as 9/16."""
    if value.figure is None:
        return value.text
    part, slash, whole = value.beside.partition("/")
    if slash:
        return f"为{value.text}，即{whole}中的{part}"
    return f"为{value.text}，{value.beside}" if value.beside else f"为{value.text}"
