"""Draw any stretch of a shaped text, with the advances that composition gave it.

    Shaped, clusters from … to, extra pixels  ──Piece──▶  glyph runs as the engine draws them

A `Piece` stands in for the engine's layout object, so the engine draws it as its own. Widths are
rounded to 1/1000 em, as a PDF writes them, and the rest is carried on from glyph to glyph: a line
ends within 0.01 pt of where it should, however many glyphs it has.
"""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from jianbao.press.composition.shaping import Cluster, Shaped
from jianbao.press.composition.weasy import FFI, FROM_UNITS


class Piece:
    """A stretch of a shaped text on one line, in the shape of the engine's `Layout`.

    Drawing asks it for `get_first_line().runs`; the rest are names that other parts of the engine
    read. It needs no reshaping, so activating and deactivating it does nothing.
    """

    def __init__(self, shaped: Shaped, first: int, stop: int, extras: list[float]) -> None:
        """Take clusters `first` to `stop`; `extras` pixels follow each of them but the last."""
        self.shaped, self.first, self.stop, self.extras = shaped, first, stop, extras
        self.layout = shaped.layout.layout
        self.text = shaped.text[self._byte(first) : shaped.clusters[stop - 1].stop].decode()
        self.max_width = None
        self.justification_spacing = 0
        self.first_line_direction = 0

    def _byte(self, cluster: int) -> int:
        return self.shaped.clusters[cluster].start

    def __getattr__(self, name: str) -> Any:
        if name in (
            "ascent",
            "underline_position",
            "underline_thickness",
            "strikethrough_position",
            "strikethrough_thickness",
        ):
            return getattr(self.shaped.layout, name)
        raise AttributeError(name)

    def reactivate(self, style: Any) -> None:
        """Do nothing: the glyphs are kept."""

    def deactivate(self) -> None:
        """Do nothing: the glyphs are kept."""

    def get_first_line(self) -> tuple["_Line", None]:
        """Return the line to draw, and None: there is no second one."""
        clusters = self.shaped.clusters[self.first : self.stop]
        base = self._byte(self.first)
        extras = [*self.extras, 0.0]
        runs: list[_Run] = []
        carried = 0.0
        begin = 0
        for index in range(1, len(clusters) + 1):
            if index < len(clusters) and clusters[index].face is clusters[begin].face:
                continue
            run, carried = _run(clusters[begin:index], extras[begin:index], base, carried)
            runs.append(run)
            begin = index
        for run, following in pairwise(runs):
            run.next = following
        return _Line(runs), None


@dataclass(slots=True)
class _Geometry:
    width: float
    x_offset: float
    y_offset: int


@dataclass(slots=True)
class _Info:
    glyph: int
    geometry: _Geometry


@dataclass(slots=True)
class _Item:
    analysis: "_Analysis"
    offset: int
    length: int


@dataclass(slots=True)
class _Analysis:
    font: Any
    level: int


@dataclass(slots=True)
class _Glyphs:
    glyphs: list[_Info]
    log_clusters: list[int]
    num_glyphs: int


@dataclass(slots=True)
class _GlyphItem:
    item: _Item
    glyphs: _Glyphs


@dataclass(slots=True)
class _Run:
    data: _GlyphItem
    next: Any


@dataclass(slots=True)
class _Line:
    runs: list[_Run]


def _run(
    clusters: tuple[Cluster, ...], extras: list[float], base: int, carried: float
) -> tuple[_Run, float]:
    """Return the clusters of one face as the engine reads them, and the rounding carried on.

    What is carried is in 1/1000 em of the run's own size inside, in 1/1000 pixel between runs.
    """
    face, offset = clusters[0].face, clusters[0].start
    carried /= face.size
    infos: list[_Info] = []
    starts: list[int] = []
    for cluster, extra in zip(clusters, extras, strict=True):
        for glyph in cluster.glyphs:
            ends = glyph is cluster.glyphs[-1]
            wanted = glyph.advance + (extra * 1000 / face.size if ends else 0.0) + carried
            shift = round(glyph.x_offset)
            kern = round(glyph.own + shift - wanted)
            carried = wanted - (glyph.own + shift - kern)
            width = _written(glyph.own + shift, kern, face.size)
            infos.append(_Info(glyph.number, _Geometry(width, shift * face.size, glyph.y_offset)))
            starts.append(cluster.start - offset)
    item = _Item(_Analysis(face.pango, face.level), offset - base, clusters[-1].stop - offset)
    return _Run(_GlyphItem(item, _Glyphs(infos, starts, len(infos))), FFI.NULL), carried * face.size


def _written(own: int, kern: int, size: float) -> float:
    """Return the width in Pango units for which the PDF writer writes just `kern` / 1000 em.

    It cuts off what follows the point, so aim beyond it; where it should write nothing at all,
    its sum must come out as 0.0 exactly.
    """
    aim = own - kern - math.copysign(0.25, kern) if kern else own
    width = aim * size / (1000 * FROM_UNITS)
    for nearby in (width, math.nextafter(width, math.inf), math.nextafter(width, -math.inf)):
        if kern or nearby * 1000 * FROM_UNITS / size == own:
            return nearby
    return width
