"""Correct: say in the open what was wrong, sentence by sentence, from the difference itself.

sealed Printed, Printed now ──sentences──▶ notice ──with_correction──▶ Sealed

The sentences are a draft that people may edit; what is right is in the sources already.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from jianbao.model import Bulletin
from jianbao.model.reviewed import IMPRINT, PLAN, TABLES, Printed
from jianbao.model.sealed import CorrectionRecord, Sealed, WrongFigure, notice_name
from jianbao.newsroom.reviewing.differing import Difference, WordChange, differences

_HEADS = ("引题", "主题", "副题", "小标题", "署名", "图片说明", "图源", "导语", "图表", "数字条")
_SILENT = ("图片", "图片描述")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Another bulletin that printed a wrong figure: as printed there, as it is, and where."""

    address: str
    figure: str
    old: str
    new: str
    spots: tuple[str, ...]


def sentences(then: Printed, now: Printed, bulletin: Bulletin) -> tuple[str, ...]:
    """Return what has to be said: a sentence for each story, with all its words that are others.

    第1版《近八成实事办到群众家门口》一文中，“已完成586件”应为“已完成587件”。
    """
    found = differences(then, now)
    said: dict[str, list[str]] = {}
    for word in _told_to_readers(found):
        right = said.setdefault(_where(word, then, now, bulletin), [])
        if _right(word) not in right:
            right.append(_right(word))
    lines = [f"{where}，{'；'.join(parts)}。" for where, parts in said.items()]
    return (*lines, *(f"所配图片（{name}）有误，已更换。" for name in found.pictures))


def _told_to_readers(found: Difference) -> Iterator[WordChange]:
    """Yield the words to be told; those of the web page's tables only where there are no others."""
    silent = [word for word in found.words if word.part == PLAN or word.role in _SILENT]
    printed = [word for word in found.words if word not in silent]
    stories = [word for word in printed if word.part != TABLES]
    yield from stories or printed


def _where(word: WordChange, then: Printed, now: Printed, bulletin: Bulletin) -> str:
    """Return which page, which story, which part of it."""
    if word.part == IMPRINT:
        return f"刊头{word.role}"
    if word.part == TABLES:
        return f"网页所附数据表（{word.role}）中"
    path = f"content/{bulletin.address}/{word.part}"
    page = next((page for page in bulletin.pages if path in page.paths), None)
    title = _title(word.part, then) or _title(word.part, now)
    told = f"《{title}》一文" if title else word.part
    if page and not (page.layout == "brief" and len(bulletin.pages) == 1):
        told = f"第{page.number}版{told}"
    head = next((name for name in _HEADS if word.role.startswith(name)), "")
    return f"{told}{head}中" if head not in ("", "主题") else f"{told}{'标题' * bool(head)}中"


def _title(part: str, printed: Printed) -> str:
    texts = printed.texts.get(part, ())
    title = next((passage.text for passage in texts if passage.role == "主题"), "")
    return title.replace("／", "　").replace("**", "")


def _right(word: WordChange) -> str:
    row = f"“{word.row}”一行" if word.row and word.row not in (word.old, word.new) else ""
    if not word.old:
        return f"{row}漏印“{_inner(word.new)}”"
    if not word.new:
        return f"{row}“{_inner(word.old)}”应删去"
    return f"{row}“{_inner(word.old)}”应为“{_inner(word.new)}”"


def _inner(text: str) -> str:
    """Return words as they stand within quotation marks (GB/T 15834 4.8)."""
    return text.translate(str.maketrans("“”", "‘’"))


def notice(text: str, lines: Iterable[str]) -> str:
    """Return a notice with further sentences; what people have edited in it stays.

    >>> notice("第一句，改过了。\\n", ["第二句。"])
    '第一句，改过了。\\n第二句。\\n'
    """
    known = text.splitlines()
    return "\n".join([*known, *(line for line in lines if line not in known), ""])


def with_correction(
    sealed: Sealed, printed: Printed, day: date, name: str, found: Difference
) -> Sealed:
    """Return the record with the correction of its last seal."""
    number = len(sealed.seals)
    wrong = tuple(
        WrongFigure(figure.path, figure.as_of, figure.value, figure.old, figure.new)
        for figure in found.figures
        if figure.old
    )
    earlier = [one for one in sealed.corrections if one.seal == number]
    known = {figure.path: figure for one in earlier for figure in one.figures}
    known |= {figure.path: figure for figure in wrong if figure.path not in known}
    correction = CorrectionRecord(
        day=day.isoformat(),
        name=name,
        seal=number,
        digest=printed.digest,
        notice=notice_name(len(sealed.seals)),
        figures=tuple(known.values()),
    )
    return replace(
        sealed,
        corrections=(*sealed.corrections, correction),
        contents={**sealed.contents, printed.digest: printed},
    )


def quoted_by(wrong: Iterable[WrongFigure], others: Mapping[str, Difference]) -> tuple[Quoted, ...]:
    """Return where other bulletins printed a wrong figure, or said how it changed.

    `others` has, by address, what was signed or sealed there beside what it would print now.
    """
    paths = {figure.path for figure in wrong}
    return tuple(
        Quoted(
            address,
            figure.asked,
            figure.old,
            figure.new,
            tuple(f"{story}:{line}" for story, line in figure.spots),
        )
        for address, found in others.items()
        for figure in found.figures
        if figure.path in paths and figure.old
    )
