"""What a reader copies: no blank where only a gap stands, no new line where marks are squeezed.

    a line being drawn  ──spoken──▶  the same line, each such pair inside a span that says its text

Readers of PDF (poppler and PDFium alike) take more than 0.1 em between two characters for a blank,
and clreq wants ⅛ em at least between Han and Latin. Where a mark is squeezed to half of its width,
the next character begins inside it; poppler takes that for another line. Such a pair is drawn
inside marked content that says what it is (ActualText, ISO 32000-1, 14.9.4); the pair alone, for
what is selected or found is shown by the span as a whole.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from jianbao.press.composition.drawing import Piece
from jianbao.press.composition.weasy import PDF

TAKEN = 95  # 1/1000 em: beyond a tenth a reader sees a blank; a little less, for it rounds
LAPPED = 240  # beyond a quarter, one over the other, a reader begins another line
_EMPTY = 0x0FFFFFFF  # Pango's glyph for nothing
_TOKEN = re.compile("<([0-9a-f]*)>|(-?[0-9.]+(?:e-?[0-9]+)?)")


def spoken(draw: Callable[..., Any], stream: Any, textbox: Any, *rest: Any) -> Any:
    """Return what the engine's `draw_first_line`, given as `draw`, returns; draw as it does."""
    piece = textbox.pango_layout
    if not isinstance(piece, Piece) or "show_text" in vars(stream):
        return draw(stream, textbox, *rest)
    texts = iter(list(_texts(piece)))
    plain = stream.show_text

    def show_text(string: str) -> None:
        glyphs = _glyphs(string)
        words = [next(texts, "") for _ in glyphs[1:]]
        for start, stop, gap in _parts(glyphs[1:], words):
            lead = [glyphs[0][1]] if start == 0 else []
            array = "".join([*lead, *(f"<{code}>{kern}" for code, kern in glyphs[1:][start:stop])])
            if gap:
                said = PDF.Dictionary({"ActualText": PDF.String("".join(words[start:stop]))})
                stream.begin_marked_content("Span", said)
            plain(array)
            if gap:
                stream.end_marked_content()

    stream.show_text = show_text
    try:
        return draw(stream, textbox, *rest)
    finally:
        del stream.show_text


def _texts(piece: Piece) -> Iterator[str]:
    """Yield what each glyph says; of several that are one character, the first says it."""
    for cluster in piece.shaped.clusters[piece.first : piece.stop]:
        text = piece.shaped.text[cluster.start : cluster.stop].decode()
        for glyph in cluster.glyphs:
            if glyph.number != _EMPTY:
                yield text
                text = ""


def _glyphs(string: str) -> list[tuple[str, str]]:
    """Return the glyphs of an array to show, each with the number after it; the first is none."""
    found = [("", "")]
    for codes, number in _TOKEN.findall(string):
        found += [(codes[at : at + 4], "") for at in range(0, len(codes), 4)]
        if number:
            code, before = found[-1]
            found[-1] = code, f"{before} {number} "
    return found


def _parts(glyphs: list[tuple[str, str]], words: list[str]) -> Iterator[tuple[int, int, bool]]:
    """Yield stretches of a line from its start to its end, and whether each is such a pair."""
    start = at = 0
    while at < len(glyphs):
        stop = at
        while stop + 1 < len(glyphs) and _misleads(glyphs[stop], words[stop : stop + 2]):
            stop += 1
        if stop > at:
            if at > start:
                yield start, at, False
            yield at, stop + 1, True
            start = stop + 1
        at = stop + 1
    if start < len(glyphs):
        yield start, len(glyphs), False


def _misleads(glyph: tuple[str, str], pair: list[str]) -> bool:
    kern = sum(map(float, glyph[1].split()))
    return (kern < -TAKEN or kern > LAPPED) and all(text.strip() for text in pair)
