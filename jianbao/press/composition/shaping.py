"""Shape a text once and measure its glyphs.

    text, style  ──shape──▶  Shaped (one Pango layout, its clusters and glyphs)

WeasyPrint shapes a text again for every line and again to draw it. Here a text is shaped once,
whole, and every line takes its stretch of it (`drawing`).
"""

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jianbao.press.composition.weasy import FFI, FONTS, FROM_UNITS, LINE_BREAK, PANGO

_SPECIAL = 0x10000000  # Pango's flags: empty glyph, unknown glyph
_APOSTROPHE = re.compile("(?<=[A-Za-zÀ-ɏ])’(?=[A-Za-zÀ-ɏ])")
_DASH = re.compile("–(?=[A-Za-zÀ-ɏ0-9])")
_NOISE = 0.6  # 1/1000 em: below this a shaped width is the font's own, rounded


@dataclass(frozen=True, slots=True)
class Face:
    """A Pango font at a size: `size` in CSS pixels, as the PDF writer reads it."""

    pango: Any
    address: int
    size: float
    level: int


class Glyph(NamedTuple):
    """One shaped glyph: lengths in 1/1000 em.

    Attributes:
        number: Its number in the font, or Pango's flag for none.
        own: Width the font states, as the PDF will state it.
        advance: Width in this text, kerning included.
        x_offset: Shift to the right; y_offset stays in Pango units.
        left, right: White between its box and its ink.
    """

    number: int
    own: int
    advance: float
    x_offset: float
    y_offset: int
    left: float
    right: float


class Cluster(NamedTuple):
    """Characters that are shaped as one: bytes `start` to `stop` of the text, and their glyphs.

    `advance` is their natural width in CSS pixels.
    """

    start: int
    stop: int
    face: Face
    glyphs: tuple[Glyph, ...]
    advance: float


@dataclass(frozen=True, slots=True)
class Shaped:
    """A whole text, shaped. Heights are in CSS pixels, `baseline` from the top of `height`."""

    text: bytes
    layout: Any
    clusters: tuple[Cluster, ...]
    height: float
    baseline: float


@dataclass(slots=True)
class Metrics:
    """What fonts say of their glyphs, remembered for one document.

    A font is known by its address, so a layout that uses it is kept with it: the address of a
    font set free could be another's.
    """

    faces: dict[int, tuple[float, Any]] = field(default_factory=dict)
    halves: dict[int, dict[int, Glyph]] = field(default_factory=dict)
    shapes: dict[tuple[int, ...], Glyph] = field(default_factory=dict)
    ink: Any = field(default_factory=lambda: FFI.new("PangoRectangle *"))
    logical: Any = field(default_factory=lambda: FFI.new("PangoRectangle *"))

    def face(self, font: Any, level: int, layout: Any) -> Face:
        """Return the face of a Pango font of `layout`, with the size the PDF writer will use."""
        key = int(FFI.cast("uintptr_t", font))
        if key not in self.faces:
            self.faces[key] = FONTS.get_pango_font_key(font)[2], layout
        return Face(font, key, self.faces[key][0], level)

    def glyph(self, face: Face, number: int) -> tuple[int, int, int]:
        """Return a glyph's own width and the white left and right of its ink, in 1/1000 em.

        Whole thousandths: lines must break alike on every paper, whatever Pango rounds.
        """
        PANGO.pango_font_get_glyph_extents(face.pango, number, self.ink, self.logical)
        scale = 1000 * FROM_UNITS
        width = round(self.logical.width * scale / face.size)
        left = round(self.ink.x * scale / face.size)
        right = round(width - (self.ink.x + self.ink.width) * scale / face.size)
        return width, left, right


def shape(text: str, style: Any, context: Any, metrics: Metrics) -> Shaped:
    """Return `text` shaped in one piece; line feeds are shaped as spaces."""
    flat = text.replace("\n", " ")
    layout = LINE_BREAK.create_layout(flat, style, context, None, 0)
    _adjust(layout, flat)
    # Drawing sets this mode, which throws lines away unless it is set already.
    PANGO.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    _, height = LINE_BREAK.line_size(line, style)
    baseline = PANGO.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    return Shaped(text.encode(), layout, tuple(clusters_of(layout, metrics)), height, baseline)


def _adjust(layout: Any, text: str) -> None:
    """Have the ’ inside a Latin word set as in Latin text; Chinese faces give it a whole em.

    A dash keeps its own width: where it ends a line, the letter it was kerned with is not there.
    """
    found = [(place, b"pwid") for place in _APOSTROPHE.finditer(text)]
    found += [(place, b"kern=0") for place in _DASH.finditer(text)]
    if not found:
        return
    attributes = PANGO.pango_layout_get_attributes(layout.layout)
    if attributes == FFI.NULL:
        attributes = FFI.gc(PANGO.pango_attr_list_new(), PANGO.pango_attr_list_unref)
    for place, feature in found:
        attribute = PANGO.pango_attr_font_features_new(feature)
        attribute.start_index = len(text[: place.start()].encode())
        attribute.end_index = len(text[: place.end()].encode())
        PANGO.pango_attr_list_insert(attributes, attribute)
    PANGO.pango_layout_set_attributes(layout.layout, attributes)


def clusters_of(layout: Any, metrics: Metrics) -> list[Cluster]:
    """Return the clusters of the one line of a layout, in the order of its runs."""
    line, _ = layout.get_first_line()
    clusters: list[Cluster] = []
    run = line.runs[0] if line.runs != FFI.NULL else FFI.NULL
    while run != FFI.NULL:
        clusters += _clusters(run.data, layout, metrics)
        run = run.next
    return clusters


def _clusters(run: Any, layout: Any, metrics: Metrics) -> list[Cluster]:
    item, string = run.item, run.glyphs
    face = metrics.face(item.analysis.font, item.analysis.level, layout)
    starts = string.log_clusters[0 : string.num_glyphs]
    infos = string.glyphs[0 : string.num_glyphs]
    found: list[Cluster] = []
    first = 0
    for index in range(1, len(starts) + 1):
        if index < len(starts) and starts[index] == starts[first]:
            continue
        stop = starts[index] if index < len(starts) else item.length
        if index == first + 1:
            glyphs: tuple[Glyph, ...] = (_glyph(infos[first], face, metrics),)
            advance = glyphs[0].advance * face.size / 1000
        else:
            glyphs = tuple(_glyph(info, face, metrics) for info in infos[first:index])
            advance = sum(glyph.advance for glyph in glyphs) * face.size / 1000
        found.append(
            Cluster(item.offset + starts[first], item.offset + stop, face, glyphs, advance)
        )
        first = index
    return found


def _glyph(info: Any, face: Face, metrics: Metrics) -> Glyph:
    geometry = info.geometry
    key = face.address, info.glyph, geometry.width, geometry.x_offset, geometry.y_offset
    if key not in metrics.shapes:
        metrics.shapes[key] = _measured(info.glyph, geometry, face, metrics)
    return metrics.shapes[key]


def _measured(number: int, geometry: Any, face: Face, metrics: Metrics) -> Glyph:
    scale = 1000 * FROM_UNITS / face.size
    advance = geometry.width * scale
    if number & _SPECIAL:
        own, left, right = round(advance), 0.0, 0.0
    else:
        own, left, right = metrics.glyph(face, number)
        if abs(advance - own) < _NOISE:
            advance = float(own)
    return Glyph(number, own, advance, geometry.x_offset * scale, geometry.y_offset, left, right)
