"""Read an engine's line box, a paragraph not yet broken, as atoms that know where they stand.

    LineBox (text, inline boxes, pictures)  ──read──▶  Flow

Says no (None) to what composition does not set: floats and positioned boxes inside the text,
preserved white space, right-to-left text, leaders, soft hyphens. The engine then sets the
paragraph as it always did.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jianbao.press.composition.breaks import FORBIDDEN
from jianbao.press.composition.characters import MARKS, Kind, kinds_of
from jianbao.press.composition.digits import halved
from jianbao.press.composition.paragraph import Paragraph, measured
from jianbao.press.composition.planning import Measures
from jianbao.press.composition.shaping import Metrics, Shaped, shape
from jianbao.press.composition.spacing import Atom
from jianbao.press.composition.weasy import BOXES, INLINE, PERCENT

MARKS_PROPERTY = "--jianbao-marks"
_KEY = "__jianbao_marks"

NAMES_PROPERTY = "--jianbao-names"
_NAMES = "__jianbao_names"
NAME_LENGTH = 2  # Han: longer names may be broken
_FULL = 0.9  # em: a mark narrower than this has no white to give
_REFUSED = frozenset("\t\f\r\xad\u0085\u2028\u2029\u202a\u202b\u202c\u202d\u202e")


class Place(NamedTuple):
    """Where an atom comes from.

    Attributes:
        path: Index of the child to take at each level below the line box.
        box: Its text box or picture.
        cluster: Index into the text's clusters; -1 for a picture.
        byte: Offset in the text; 0 for a picture.
        lead: Edges of inline boxes that open right before it, in pixels.
    """

    path: tuple[int, ...]
    box: Any
    cluster: int
    byte: int
    lead: float


@dataclass(slots=True)
class Flow:
    """A paragraph: its atoms, where each stands, and the plans made for it so far."""

    children: Any
    texts: tuple[str, ...]
    places: list[Place]
    shaped: dict[int, Shaped]
    ranges: dict[int, tuple[int, int]]
    paragraph: Paragraph
    newlines: tuple[int, ...]
    plans: dict[tuple[int, Measures], dict[int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class _Raw:
    """An atom whose kind is not known before its neighbours are; see `Atom`."""

    text: str
    advance: float
    em: float
    before: float = 0.0
    after: float = 0.0
    held: float = 0.0
    raised: bool = False

    def atom(self, kind: Kind) -> Atom:
        before, after = (self.before, self.after) if kind in MARKS else (0.0, 0.0)
        return Atom(self.text, kind, self.advance, self.em, before, after, self.held, self.raised)


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    context: Any
    metrics: Metrics
    containing_block: Any
    tucked: bool = False
    places: list[Place] = field(default_factory=list)
    atoms: list[_Raw] = field(default_factory=list)
    shaped: dict[int, Shaped] = field(default_factory=dict)
    ranges: dict[int, tuple[int, int]] = field(default_factory=dict)
    lead: float = 0.0


def read(line: Any, context: Any, containing_block: Any, metrics: Metrics) -> Flow | None:
    """Return the paragraph in an unbroken line box, or None if composition does not set it."""
    reading = _Reading(context, metrics, containing_block, is_tucked(line))
    if not _children(line, (), reading) or not reading.atoms:
        return None
    kinds = kinds_of([raw.text for raw in reading.atoms])
    atoms = [raw.atom(kind) for raw, kind in zip(reading.atoms, kinds, strict=True)]
    newlines = tuple(k for k, kind in enumerate(kinds) if kind is Kind.NEWLINE)
    return Flow(
        line.children,
        texts_of(line),
        reading.places,
        reading.shaped,
        reading.ranges,
        measured(atoms, is_tucked(line), _names(line)),
        newlines,
    )


def is_tucked(box: Any) -> bool:
    """Return whether a page wants a line box set as a head: `--jianbao-marks: tucked`."""
    return any(getattr(token, "value", "") == "tucked" for token in box.style[_KEY] or ())


def _names(box: Any) -> list[str]:
    """Return the people a page names: `--jianbao-names: "钱塘" "李雪"`, those that stay whole."""
    said = (getattr(token, "value", "") for token in box.style[_NAMES] or ())
    return [name for name in said if isinstance(name, str) and len(name) == NAME_LENGTH]


def texts_of(line: Any) -> tuple[str, ...]:
    """Return the texts below a box, to notice that one was changed (a page counter, a target)."""
    found: list[str] = []
    for child in line.children:
        if isinstance(child, BOXES.TextBox):
            found.append(child.text)
        elif isinstance(child, BOXES.InlineBox):
            found += texts_of(child)
    return tuple(found)


def likeness_of(line: Any) -> tuple[Any, ...] | None:
    """Return what two line boxes share that are the same paragraph of two layouts, alike in all.

    None where something stands in it that is no text.
    """
    found: list[Any] = [line.element, id(line.style)]
    return tuple(found) if _alike(line, found) else None


def _alike(box: Any, found: list[Any]) -> bool:
    for child in box.children:
        found += (type(child), child.element, id(child.style))
        if isinstance(child, BOXES.TextBox):
            found.append(child.text)
        elif not isinstance(child, BOXES.InlineBox) or not _alike(child, found):
            return False
    found.append(None)
    return True


def _children(box: Any, path: tuple[int, ...], reading: _Reading) -> bool:
    for index, child in enumerate(box.children):
        first = len(reading.atoms)
        if not child.is_in_normal_flow() or box.is_leader:
            return False
        PERCENT.resolve_percentages(child, reading.containing_block)
        if isinstance(child, BOXES.TextBox):
            good = _text(child, (*path, index), reading)
        elif isinstance(child, BOXES.InlineBox):
            good = _inline(child, (*path, index), reading)
        else:
            good = _object(child, (*path, index), reading)
        if not good:
            return False
        reading.ranges[id(child)] = (first, len(reading.atoms))
    return True


def _inline(box: Any, path: tuple[int, ...], reading: _Reading) -> bool:
    for side in ("left", "right"):
        if getattr(box, f"margin_{side}") == "auto":
            setattr(box, f"margin_{side}", 0)
    first = len(reading.atoms)
    reading.lead += box.margin_left + box.border_left_width + box.padding_left
    if not _children(box, path, reading):
        return False
    _mark(box, reading.atoms[first:])
    trail = box.margin_right + box.border_right_width + box.padding_right
    if len(reading.atoms) > first:
        reading.atoms[-1].advance += trail
    else:
        reading.lead += trail
    return True


def _mark(box: Any, atoms: list[_Raw]) -> None:
    """Note that the atoms of an inline box are raised, as a footnote's mark is."""
    if isinstance(box.style["vertical_align"], int | float) and box.style["vertical_align"] > 0:
        for index, atom in enumerate(atoms):
            atom.raised = True
            atom.held = atom.held if index else FORBIDDEN


def _object(box: Any, path: tuple[int, ...], reading: _Reading) -> bool:
    if not isinstance(box, BOXES.AtomicInlineLevelBox):
        return False
    laid = INLINE.atomic_box(reading.context, box, 0, None, reading.containing_block, [], [])
    _add(
        reading,
        Place(path, box, -1, 0, reading.lead),
        _Raw("\ufffc", laid.margin_width(), box.style["font_size"]),
    )
    return True


def _text(box: Any, path: tuple[int, ...], reading: _Reading) -> bool:
    style = box.style
    if not box.text:
        return True
    if (
        style["white_space"] not in ("normal", "nowrap", "pre-line")
        or not style["font_size"]
        or not _REFUSED.isdisjoint(box.text)
    ):
        return False
    shaped = shape(box.text, style, reading.context, reading.metrics)
    if not reading.tucked:
        shaped = halved(shaped, style, reading.context, reading.metrics)
    reading.shaped[id(box)] = shaped
    nowrap = style["white_space"] == "nowrap"
    em = style["font_size"]
    least = _FULL * em
    for index, (start, stop, face, glyphs, natural) in enumerate(shaped.clusters):
        if face.level % 2:
            return False
        text = shaped.text[start:stop].decode()
        advance, before, after = natural, 0.0, 0.0
        if natural >= least and len(glyphs) == 1:
            before = max(0.0, glyphs[0].left) * face.size / 1000
            after = max(0.0, glyphs[0].right) * face.size / 1000
        elif text in ("\n", "\u200b"):
            advance = 0.0
        held = FORBIDDEN if nowrap and index else 0.0
        _add(
            reading,
            Place(path, box, index, start, reading.lead),
            _Raw(text, advance, em, before, after, held),
        )
    return True


def _add(reading: _Reading, place: Place, raw: _Raw) -> None:
    raw.advance += reading.lead
    reading.atoms.append(raw)
    reading.places.append(place)
    reading.lead = 0.0
