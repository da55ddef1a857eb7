"""What a layout allows to be fitted, read from the custom properties of its page.

    style of a page ──declared──▶ Means;  data-fit of a frame ──gains──▶ rows a step

See `copyfitting` for how a layout declares them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_RANGE = re.compile(r"__fit_(\w+)_range")
_SET = re.compile(r";?\s*(--fit-[\w-]+):\s*(-?\d+)")
_GAIN = re.compile(r"\s*([\w-]+)\s+(-?[0-9.]+)\s*")


class FitDeclarationError(ValueError):
    """A template's `--fit-…-range` or `data-fit` does not say what it should."""


@dataclass(frozen=True, slots=True)
class Means:
    """Something on a page that may take rows or give them.

    Attributes:
        name: As in `--fit-name` and in `data-fit`.
        label: A clerk's word for it.
        least, most: How many rows it may change by; 0 lies between.
    """

    name: str
    label: str
    least: int
    most: int


def declared(style: Any) -> tuple[Means, ...]:
    """Return the means that an element itself declares, the readiest first."""
    found = []
    for key in getattr(style, "cascaded", ()):
        if key.startswith("__fit_") and (name := _RANGE.fullmatch(key)):
            tokens = [token for token in style[key] if token.type != "whitespace"]
            if [token.type for token in tokens] != ["number", "number", "string"]:
                raise FitDeclarationError(f"--fit-{name[1]}-range: two numbers and a word, please")
            least, most, label = (token.value for token in tokens)
            if not least <= 0 <= most:
                raise FitDeclarationError(f"--fit-{name[1]}-range: 0 must lie in it")
            found.append(Means(name[1].replace("_", "-"), label, int(least), int(most)))
    return tuple(found)


def current(style: Any) -> dict[str, int]:
    """Return how many rows each means of a page is changed by as it is laid out."""
    steps = {}
    for each in declared(style):
        tokens = style["__fit_" + each.name.replace("-", "_")]
        numbers = [token.value for token in tokens if token.type == "number"]
        steps[each.name] = int(numbers[0]) if numbers else 0
    return steps


def gains(text: str) -> dict[str, float]:
    """Return how many rows a step of each means gives a frame, from its `data-fit`."""
    found: dict[str, float] = {}
    for part in filter(None, text.split(",")):
        gain = _GAIN.fullmatch(part)
        if not gain:
            raise FitDeclarationError(f"data-fit: {part.strip()} is not a name and a number")
        found[gain[1]] = float(gain[2])
    return found


def put(element: Any, steps: Mapping[str, int]) -> None:
    """Set the variables of a page's element; those that are 0 go back to what the CSS says."""
    kept, _ = parted(element.get("style", ""))
    parts = [kept, *(f"--fit-{name}: {step}" for name, step in steps.items() if step)]
    style = "; ".join(filter(None, parts))
    if style:
        element.set("style", style)
    elif "style" in element.attrib:
        del element.attrib["style"]


def parted(style: str) -> tuple[str, dict[str, int]]:
    """Return an element's `style` without the variables that are set, and these.

    >>> parted("color: red; --fit-head: -1")
    ('color: red', {'--fit-head': -1})
    """
    if "--fit-" not in style:
        return style, {}
    return _SET.sub("", style), {name: int(number) for name, number in _SET.findall(style)}
