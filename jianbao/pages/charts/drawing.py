"""Draw a scene: Altair says what stands where, vl-convert makes the SVG of it.

    Scene ──vega──▶ Vega-Lite ──▶ SVG ──cleaned──▶ Drawn

No axis, legend or format of Vega's is used, so nothing depends on how wide it
takes a text to be, and no number is formatted here. Texts stay texts.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element, fromstring, tostring

from jianbao.pages.charts.scenes import Bars, Layer, Scale, Scene, Strokes, Words, merged

FACE = "Noto Sans CJK SC"
_SVG = "{http://www.w3.org/2000/svg}"
_KEPT = ("d", "transform", "fill", "stroke", "stroke-width", "stroke-dasharray", "text-anchor",
         "font-family", "font-size", "font-weight")  # fmt: skip

_REMEMBERED = 64  # those of a bulletin or two, for the preview, which draws them again and again


@dataclass(frozen=True, slots=True)
class Drawn:
    """What stands inside an <svg> element, and its size in points of 四开."""

    inner: str
    width: float
    height: float


Draw = Callable[[Scene], Drawn]
"""Gives the drawing of a scene, perhaps without drawing it."""


@lru_cache(maxsize=_REMEMBERED)
def draw(scene: Scene) -> Drawn:
    """Return a scene as SVG; the same scene gives the same bytes."""
    import vl_convert

    svg = vl_convert.vegalite_to_svg(vega(scene))
    return Drawn(cleaned(svg), scene.width, scene.height)


def vega(scene: Scene, checked: bool = False) -> dict[str, Any]:
    """Return the Vega-Lite specification of a scene.

    Altair would check each part of it against Vega-Lite's schema, for ten times as long as
    the drawing takes; a test does that once for each kind (`checked`).
    """
    import altair as alt
    from altair.utils.schemapi import debug_mode

    with debug_mode(checked):
        return _specified(alt, scene, checked)


def _specified(alt: Any, scene: Scene, checked: bool) -> dict[str, Any]:
    layers = [_layer(alt, scene, layer) for layer in merged(scene.layers) if layer.rows]
    chart = (
        alt.layer(*layers)
        .resolve_scale(x="independent", y="independent")
        .properties(
            width=scene.width,
            height=scene.height,
            padding=0,
            autosize=alt.AutoSizeParams(type="none"),
            background="transparent",
        )
        .configure_view(stroke=None)
        .configure(aria=False, font=FACE)
    )
    return dict(chart.to_dict(validate=checked))


def _rows(layer: Layer) -> Sequence[Mapping[str, object]]:
    """Return a layer's data."""
    if isinstance(layer, Bars):
        return [
            {"x": start, "end": end, "y": top, "foot": top + layer.height}
            for start, end, top in layer.rows
        ]
    if isinstance(layer, Words):
        return [{"x": x, "y": y, "text": text} for x, y, text in layer.rows]
    return [
        {"x": x, "y": y, "i": i, "line": number}
        for number, line in enumerate(layer.rows)
        for i, (x, y) in enumerate(line)
    ]


def _layer(alt: Any, scene: Scene, layer: Layer) -> Any:
    scaled = not isinstance(layer, Strokes) and layer.scaled
    scale = scene.scale if scaled else Scale(0, scene.width, 0, scene.width)
    sideways = alt.Scale(
        domain=[scale.low, scale.high or 1], range=[scale.start, scale.end], nice=False, zero=False
    )
    down = alt.Scale(domain=[0, scene.height], range=[0, scene.height], nice=False, zero=False)
    x = alt.X("x:Q", scale=sideways, axis=None)
    y = alt.Y("y:Q", scale=down, axis=None)
    base = alt.Chart(alt.Data(values=_rows(layer)))
    if isinstance(layer, Bars):
        mark = base.mark_rect(fill=layer.fill, stroke=layer.outline, strokeWidth=0.4)
        return mark.encode(x=x, y=y, x2=alt.X2("end"), y2=alt.Y2("foot"))
    if isinstance(layer, Words):
        mark = base.mark_text(
            align=layer.align,
            baseline="alphabetic",
            dx=layer.shift,
            fill=layer.fill,
            font=FACE,
            fontSize=layer.size,
            fontWeight="bold" if layer.bold else "normal",
        )
        return mark.encode(x=x, y=y, text=alt.Text("text:N"))
    mark = base.mark_line(
        stroke=layer.fill,
        strokeWidth=layer.width,
        strokeDash=list(layer.dash),
        interpolate="linear",
    )
    return mark.encode(x=x, y=y, order=alt.Order("i:Q"), detail=alt.Detail("line:N"))


def cleaned(svg: str) -> str:
    """Return what is drawn, without what Vega adds for its own use."""
    root = fromstring(svg)
    marks = [element for element in root.iter() if _is_drawn(element)]
    return "".join(_plain(mark) for mark in marks)


def _is_drawn(element: Element) -> bool:
    if element.tag == f"{_SVG}text":
        return bool(element.text)
    return (
        element.tag == f"{_SVG}path"
        and element.get("class") not in ("background", "foreground")
        and bool(element.get("d"))
    )


def _plain(mark: Element) -> str:
    """Return a path or text with only what its look needs; sizes without px, places shortened."""
    plain = Element(mark.tag.removeprefix(_SVG))
    plain.text = mark.text
    for name in _KEPT:
        value = mark.get(name)
        if value:
            plain.set(name, _short(value.removesuffix("px") if name == "font-size" else value))
    if plain.tag == "path" and "fill" not in plain.attrib:
        plain.set("fill", "none")
    return tostring(plain, encoding="unicode")


def _short(value: str) -> str:
    """Return a value with its numbers cut to two decimals."""
    return re.sub(r"\d+\.\d{3,}", lambda match: f"{float(match[0]):.2f}", value)
