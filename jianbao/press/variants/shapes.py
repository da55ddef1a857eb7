"""The shapes and widths of a font's letters, as an embedded font program has them.

font of a page ──Font──▶ width and outline by the two-byte codes of the page
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from fontTools.cffLib import CFFFontSet  # type: ignore[import-untyped]
from fontTools.pens.basePen import BasePen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from pikepdf import Object

Shape = tuple[tuple[str, tuple[tuple[float, float], ...]], ...]
"""A letter's lines and curves: PDF operators with their points, in units of its size."""

_OPENTYPE = (b"OTTO", b"\0\1\0\0", b"true")


class Font:
    """The letters of one font that goes by two-byte codes (ISO 32000-1, 9.7)."""

    def __init__(self, font: Object) -> None:
        whole = font["/DescendantFonts"].as_list()[0]
        self._default = float(whole.get("/DW", 1000))
        self._widths: dict[int, float] = {}
        items = list(whole.get("/W", ()))
        for first, run in zip(items[::2], items[1::2], strict=True):
            self._widths |= {int(first) + i: float(width) for i, width in enumerate(run)}
        descriptor = whole["/FontDescriptor"]
        name = "/FontFile3" if "/FontFile3" in descriptor else "/FontFile2"
        self._glyphs, self._order, units = _opened(bytes(descriptor[name].get_stream_buffer()))
        self._scale = 1 / units
        self._shapes: dict[int, Shape] = {}

    def width(self, code: int) -> float:
        """Return how far a letter moves on, in thousandths of its size."""
        return self._widths.get(code, self._default)

    def shape(self, code: int) -> Shape:
        """Return a letter's outline; that of a missing letter where the font has none."""
        if code not in self._shapes:
            name = f"cid{code:05d}" if self._order is None else self._order[code]
            pen = _Cubic(self._glyphs)
            self._glyphs[name if name in self._glyphs else ".notdef"].draw(pen)
            self._shapes[code] = tuple(
                (operator, tuple((x * self._scale, y * self._scale) for x, y in points))
                for operator, points in pen.steps
            )
        return self._shapes[code]


def _opened(file: bytes) -> tuple[Any, Sequence[str] | None, float]:
    """Return a font's glyphs by name, their names by number, and the units of an em.

    Names by number are None where glyphs go by CIDs.
    """
    if file[:4] in _OPENTYPE:
        font = TTFont(BytesIO(file))
        units = float(font["head"].unitsPerEm)
        if "CFF " in font and hasattr(font["CFF "].cff[0], "ROS"):
            return font["CFF "].cff[0].CharStrings, None, units
        return font.getGlyphSet(), font.getGlyphOrder(), units
    fonts = CFFFontSet()
    fonts.decompile(BytesIO(file), None)
    matrix = getattr(fonts[0], "FontMatrix", (0.001,))
    return fonts[0].CharStrings, None, 1 / matrix[0]


class _Cubic(BasePen):  # type: ignore[misc]
    """Keeps a shape as PDF draws it; quadratic curves become cubic, parts become whole."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.steps: list[tuple[str, tuple[tuple[float, float], ...]]] = []

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.steps.append(("m", (point,)))

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.steps.append(("l", (point,)))

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self.steps.append(("c", points))

    def _closePath(self) -> None:  # noqa: N802
        self.steps.append(("h", ()))
