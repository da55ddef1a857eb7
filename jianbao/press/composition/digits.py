"""Digits half an em wide, where their face has such glyphs.

    Shaped, style  ──halved──▶  Shaped, its digits in half-em glyphs

GB/T 15835 5.1.7.1 asks for it, and a line of Han and figures comes out even: Noto's proportional
digits are 0.56 em, so every figure leaves a rest that ends up between Han. A page that says
anything itself in `font-variant-numeric` or `font-feature-settings` has its way.
"""

from dataclasses import replace
from typing import Any

from jianbao.press.composition.shaping import Cluster, Glyph, Metrics, Shaped, clusters_of
from jianbao.press.composition.weasy import LINE_BREAK

_DIGITS = "0123456789"
_BYTES = frozenset(_DIGITS.encode())
_HALF = 500  # 1/1000 em


def halved(shaped: Shaped, style: Any, context: Any, metrics: Metrics) -> Shaped:
    """Return `shaped` with each digit drawn and measured as half an em, kerned no longer."""
    if (
        _BYTES.isdisjoint(shaped.text)
        or style["font_variant_numeric"] != "normal"
        or style["font_feature_settings"] != "normal"
    ):
        return shaped
    clusters = list(shaped.clusters)
    for index, (start, stop, face, _, _) in enumerate(clusters):
        if stop - start == 1 and shaped.text[start] in _BYTES:
            if face.address not in metrics.halves:
                metrics.halves[face.address] = _glyphs(face.address, style, context, metrics)
            glyph = metrics.halves[face.address].get(shaped.text[start])
            if glyph is not None:
                width = glyph.advance * face.size / 1000
                clusters[index] = Cluster(start, stop, face, (glyph,), width)
    return replace(shaped, clusters=tuple(clusters))


def _glyphs(address: int, style: Any, context: Any, metrics: Metrics) -> dict[int, Glyph]:
    """Return the half-em glyphs of the face at `address`, by their digits; none if it has none."""
    half = style.copy()
    half["font_feature_settings"] = (("hwid", 1),)
    layout = LINE_BREAK.create_layout(_DIGITS, half, context, None, 0)
    clusters = clusters_of(layout, metrics)
    return {
        ord(digit): cluster.glyphs[0]
        for digit, cluster in zip(_DIGITS, clusters, strict=False)
        if cluster.face.address == address and cluster.glyphs[0].own == _HALF
    }
