"""Numbers that Word counts by itself, written out.

A paragraph of Word may begin with a number that stands nowhere in its text. In a story it is
text like any other, so it is counted here as Word counts it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.styles.style import BaseStyle
from docx.text.paragraph import Paragraph

_DIGITS = "〇一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MOST = 100
_MOST_STYLES = 20
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level is counted: its numerals, its text such as `（%2）`, where it begins."""

    form: str
    text: str
    start: int


@dataclass(slots=True)
class _Counter:
    """How far each list has got, by its abstract numbering."""

    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, list_: str, level: int, levels: dict[int, _Level]) -> str:
        """Return the label of the next paragraph of a list's level."""
        counts = self.counts.setdefault(list_, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [known for known in counts if known > level]:
            del counts[deeper]
        label = levels[level].text
        for known, how in levels.items():
            number = counts.get(known, how.start)
            label = label.replace(f"%{known + 1}", numeral(number, how.form))
        return label


def write_numbers(document: Document) -> None:
    """Put each automatic number into the text of its paragraph; bullets stay what they are."""
    part = document.part.numbering_part if _has_numbering(document) else None
    if part is None:
        return
    lists = dict(_lists(part.element))
    counter = _Counter()
    for paragraph in document.paragraphs:
        number, level = _asked(paragraph)
        abstract, levels = lists.get(number, ("", {}))
        if level not in levels or levels[level].form in ("bullet", "none"):
            continue
        label = counter.next(abstract, level, levels)
        _write(paragraph, label)


def lineage(style: BaseStyle | None) -> Iterator[BaseStyle]:
    """Yield a style and what it is based on, the nearest first; styles based on each other end."""
    for _ in range(_MOST_STYLES):
        if style is None:
            return
        yield style
        style = getattr(style, "base_style", None)


def _has_numbering(document: Document) -> bool:
    return any(rel.reltype.endswith("/numbering") for rel in document.part.rels.values())


def _lists(numbering: BaseOxmlElement) -> Iterator[tuple[str, tuple[str, dict[int, _Level]]]]:
    """Yield each list's number, with its abstract numbering and levels."""
    abstracts = {
        abstract.get(qn("w:abstractNumId")): dict(_levels(abstract))
        for abstract in numbering.iterchildren(qn("w:abstractNum"))
    }
    for number in numbering.iterchildren(qn("w:num")):
        link = number.find(qn("w:abstractNumId"))
        name = link.get(qn("w:val")) if link is not None else None
        restarts = number.find(qn("w:lvlOverride")) is not None
        own = str(number.get(qn("w:numId")))
        yield own, (f"{name}/{own}" if restarts else str(name), abstracts.get(name, {}))


def _levels(abstract: BaseOxmlElement) -> Iterator[tuple[int, _Level]]:
    for level in abstract.iterchildren(qn("w:lvl")):
        said = {
            name: child.get(qn("w:val"), "")
            for name in ("numFmt", "lvlText", "start")
            if (child := level.find(qn(f"w:{name}"))) is not None
        }
        start = said.get("start", "1")
        yield (
            int(level.get(qn("w:ilvl"), "0")),
            _Level(
                said.get("numFmt", "decimal"),
                said.get("lvlText", ""),
                int(start) if start.isdecimal() else 1,
            ),
        )


def _asked(paragraph: Paragraph) -> tuple[str, int]:
    """Return the list and level a paragraph asks for, itself or through its style."""
    elements = [paragraph._p.pPr]
    elements += [style.element.find(qn("w:pPr")) for style in lineage(paragraph.style)]
    number, level = "", 0
    for properties in elements:
        asked = properties.find(qn("w:numPr")) if properties is not None else None
        if asked is None:
            continue
        own, depth = asked.find(qn("w:numId")), asked.find(qn("w:ilvl"))
        if depth is not None and not level:
            level = int(depth.get(qn("w:val"), "0"))
        if own is not None:
            number = str(own.get(qn("w:val")))
            break
    return number, level


def _write(paragraph: Paragraph, label: str) -> None:
    """Put the label before the text, and take the paragraph out of its list."""
    run = paragraph._p.makeelement(qn("w:r"), {})
    text = run.makeelement(qn("w:t"), {})
    text.text = label
    run.append(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.addnext(run)
    asked = properties.get_or_add_numPr()
    for child in list(asked):
        asked.remove(child)
    asked.get_or_add_numId().set(qn("w:val"), "0")


def numeral(number: int, form: str) -> str:
    """Return a number in one of Word's forms; Arabic where the form is not known.

    >>> [numeral(12, form) for form in ("chineseCounting", "decimal", "upperLetter", "lowerRoman")]
    ['十二', '12', 'L', 'xii']
    >>> numeral(3, "decimalEnclosedCircleChinese"), numeral(20, "chineseCountingThousand")
    ('③', '二十')
    """
    if not 0 < number < _MOST:
        return str(number)
    lower = form.casefold()
    if lower.startswith(("chinese", "ideograph", "taiwanese", "japanesecounting")):
        tens, ones = divmod(number, 10)
        ten = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
        return ten + (_DIGITS[ones] if ones or not tens else "")
    if "circle" in lower and number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    if lower.endswith("letter") and number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if lower.startswith("upper") else letter
    if lower.endswith("roman"):
        roman = _roman(number)
        return roman.upper() if lower.startswith("upper") else roman
    return str(number)


def _roman(number: int) -> str:
    signs = ((90, "xc"), (50, "l"), (40, "xl"), *_ROMAN)
    written = ""
    for value, sign in signs:
        while number >= value:
            written, number = written + sign, number - value
    return written
