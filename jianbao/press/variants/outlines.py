"""Letters to shapes (转曲): pages that need no fonts, for printers who ask for it.

Text in them can no longer be searched or read out: only the printer's file is made so.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf, Stream

from jianbao.press.variants.shapes import Font

Matrix = tuple[float, float, float, float, float, float]
Fonts = dict[tuple[int, int], Font]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_UNSEEN = 3
_PAINT = {0: "f", 1: "S", 2: "B"}


def outline(pdf: Pdf) -> None:
    """Replace every letter of the file by its shape and take the fonts out."""
    fonts: Fonts = {}
    holders: list[Object] = []
    for page in pdf.pages:
        page.contents_coalesce()
        resources = page.obj.get("/Resources", Dictionary())
        page.obj["/Contents"] = pdf.make_stream(
            b"\n".join(_drawn(page.obj["/Contents"], _fonts(resources, fonts)))
        )
        holders.append(resources)
    for part in [item for item in pdf.objects if isinstance(item, Stream) and _draws(item)]:
        if "/Font" in part.get("/Resources", Dictionary()):
            part.write(b"\n".join(_drawn(part, _fonts(part["/Resources"], fonts))))
            holders.append(part["/Resources"])
    for resources in holders:
        if "/Font" in resources:
            del resources["/Font"]


def _draws(stream: Stream) -> bool:
    """Say whether a stream is a form or a pattern."""
    return stream.get("/Subtype") == Name.Form or "/PatternType" in stream


def _fonts(resources: Object, known: Fonts) -> Mapping[str, Font]:
    """Return the fonts a page can name; each is read once."""
    found = {}
    for name, font in resources.get("/Font", Dictionary()).as_dict().items():
        if font.get("/Subtype") == Name.Type0:
            if font.objgen not in known:
                known[font.objgen] = Font(font)
            found[name] = known[font.objgen]
    return found


@dataclass(frozen=True, slots=True)
class _State:
    """What a page has said about its text so far (ISO 32000-1, 9.3)."""

    font: Font | None = None
    size: float = 0
    spacing: float = 0
    scale: float = 1
    leading: float = 0
    mode: int = 0
    rise: float = 0
    fonts: Mapping[str, Font] = field(default_factory=dict)


_SETTERS: Mapping[str, Callable[[_State, list[Any]], _State]] = {
    "Tf": lambda state, said: replace(
        state, font=state.fonts.get(str(said[0])), size=float(said[1])
    ),
    "Tc": lambda state, said: replace(state, spacing=float(said[0])),
    "Tz": lambda state, said: replace(state, scale=float(said[0]) / 100),
    "TL": lambda state, said: replace(state, leading=float(said[0])),
    "Tr": lambda state, said: replace(state, mode=int(said[0])),
    "Ts": lambda state, said: replace(state, rise=float(said[0])),
    "Tw": lambda state, _: state,  # word space is for one-byte codes alone (9.3.3)
}


def _drawn(content: Object, fonts: Mapping[str, Font]) -> Iterator[bytes]:
    """Yield a content stream's steps with shapes for letters."""
    state, stack = _State(fonts=fonts), []
    line = here = _IDENTITY
    for step in pikepdf.parse_content_stream(content):
        operator, operands = str(step.operator), list(step.operands)
        if operator in _SETTERS:
            state = _SETTERS[operator](state, operands)
        elif operator in ("Tj", "TJ"):
            items = list(operands[0]) if operator == "TJ" else operands
            shapes, here = _shown(items, state, here)
            yield shapes
        elif operator in ("BT", "ET", "Tm", "Td", "TD", "T*"):
            if operator == "TD":
                state = replace(state, leading=-float(operands[1]))
            line = here = _moved(operator, [float(value) for value in operands], line, state)
        else:
            if operator == "q":
                stack.append(state)
            elif operator == "Q" and stack:
                state = stack.pop()
            yield pikepdf.unparse_content_stream([(operands, step.operator)])


def _moved(operator: str, said: list[float], line: Matrix, state: _State) -> Matrix:
    """Return where a line of text begins (ISO 32000-1, 9.4.2)."""
    if operator in ("BT", "ET"):
        return _IDENTITY
    if operator == "Tm":
        a, b, c, d, e, f = said
        return a, b, c, d, e, f
    x, y = (0.0, -state.leading) if operator == "T*" else said
    return _times((1, 0, 0, 1, x, y), line)


def _shown(items: Sequence[Any], state: _State, here: Matrix) -> tuple[bytes, Matrix]:
    """Return the shapes of a run of letters, and where the next one would stand."""
    font = state.font
    assert font, "only two-byte fonts are written by the engine"
    drawn: list[str] = []
    for item in items:
        if not isinstance(item, pikepdf.String):
            move = -float(item) / 1000 * state.size * state.scale
            here = _times((1, 0, 0, 1, move, 0), here)
            continue
        codes = bytes(item)
        for code in (codes[i] << 8 | codes[i + 1] for i in range(0, len(codes), 2)):
            if state.mode != _UNSEEN:
                size = (state.size * state.scale, 0, 0, state.size, 0, state.rise)
                drawn += _path(font, code, _times(size, here), _PAINT[state.mode % 4])
            move = (font.width(code) / 1000 * state.size + state.spacing) * state.scale
            here = _times((1, 0, 0, 1, move, 0), here)
    return "\n".join(drawn).encode(), here


def _path(font: Font, code: int, matrix: Matrix, paint: str) -> Iterator[str]:
    a, b, c, d, e, f = matrix
    steps = [
        " ".join(f"{a * x + c * y + e:.3f} {b * x + d * y + f:.3f}" for x, y in points)
        + f" {operator}"
        for operator, points in font.shape(code)
    ]
    if steps:
        yield from (*steps, paint)


def _times(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix that does `one`, then `other` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = one
    k, m, n, p, q, r = other
    return (
        a * k + b * n, a * m + b * p,
        c * k + d * n, c * m + d * p,
        e * k + f * n + q, e * m + f * p + r,
    )  # fmt: skip
