"""The office's colours on a screen: kept where they can be read, else darkened or lightened.

Look.colours ──readable──▶ the same by name, as pages can use them

What can be read is WCAG 2's word, level AA: 4.5 to 1 between text and its ground.
"""

from collections.abc import Callable, Mapping

LEAST = 4.5
TINT, SOFT = "#f1f0ec", "#555555"  # templates/web.css: boxes' ground, and the palest text on it
GROUNDS = ("#ffffff", "#fffdf5", "#fdf1f1", "#f6efd9")
"""What else templates/web.css and site.css set text in the accent colour on."""
_STEPS = 100


def readable(colours: Mapping[str, str]) -> Mapping[str, str]:
    """Return the colours for a screen: tint light enough for text, red dark enough as text.

    >>> readable({"red": "#00643c", "rule": "#cccccc"})
    {'red': '#00643c', 'rule': '#cccccc'}
    """
    fit = dict(colours)
    if "tint" in fit:
        fit["tint"] = _moved(fit["tint"], 255, lambda tint: contrast(SOFT, tint) >= LEAST)
    if "red" in fit:
        grounds = (*GROUNDS, fit.get("tint", TINT))
        fit["red"] = _moved(
            fit["red"], 0, lambda red: min(contrast(red, ground) for ground in grounds) >= LEAST
        )
    return fit


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG counts it, from 1 to 21.

    >>> contrast("#000000", "#ffffff"), round(contrast("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _moved(colour: str, end: int, fits: Callable[[str], bool]) -> str:
    """Return the colour as near as it fits on its way to black (0) or white (255)."""
    for step in range(_STEPS):
        moved = "#" + "".join(f"{c + (end - c) * step // _STEPS:02x}" for c in _channels(colour))
        if fits(moved):
            return colour if step == 0 else moved
    return f"#{end:02x}{end:02x}{end:02x}"


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
