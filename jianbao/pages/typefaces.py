"""Which characters a page shows in which face: what web.css sets in 宋, 黑 and 楷.

    HTML ──characters──▶ characters by face

A face too many costs a few bytes; one too few leaves a character to the reader's own fonts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser


@dataclass(frozen=True, slots=True)
class Typeface:
    """A face of web.css: its name there, where it is from, and its name on a reader's machine."""

    key: str
    name: str
    family: str
    weight: int
    local: str


SONG = Typeface("song", "Jianbao Song", "Noto Serif CJK SC", 400, "NotoSerifCJKsc-Regular")
BLACK = Typeface("song-black", "Jianbao Song", "Noto Serif CJK SC", 900, "NotoSerifCJKsc-Black")
HEI = Typeface("hei", "Jianbao Hei", "Noto Sans CJK SC", 400, "NotoSansCJKsc-Regular")
BOLD = Typeface("hei-bold", "Jianbao Hei", "Noto Sans CJK SC", 700, "NotoSansCJKsc-Bold")
KAI = Typeface("kai", "Jianbao Kai", "FandolKai", 400, "FandolKai-Regular")
TYPEFACES = (SONG, BLACK, HEI, BOLD, KAI)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_MUTE = frozenset(("script", "style", "title"))
_CLASSES: Mapping[str, Sequence[Typeface]] = {
    "kicker": (KAI,), "deck": (KAI,), "byline": (KAI,), "standfirst": (KAI,),
    "photo": (KAI,), "level-2": (KAI,), "headline": (BLACK, BOLD), "crosshead": (BLACK, BOLD),
    "run-in": (BOLD, HEI), "level-1": (BOLD, HEI), "mast-name": (BOLD,), "mast-links": (HEI,),
    "mast-note": (HEI,), "sheet-name": (BOLD,), "chart": (HEI, BOLD), "strip": (SONG, BOLD),
    "briefs-title": (BOLD,), "steps": (HEI,), "skip": (HEI,),
}  # fmt: skip
_TAGS: Mapping[str, Sequence[Typeface]] = {
    "h1": (BLACK, BOLD), "h2": (BLACK, BOLD), "h3": (BOLD,), "h4": (BOLD,), "caption": (BOLD, SONG),
    "thead": (HEI,), "summary": (HEI,), "dt": (BOLD, SONG), "b": (BOLD, SONG),
    "strong": (BLACK, HEI, BOLD),
}  # fmt: skip


class _Reader(HTMLParser):
    """Collects the characters of each text under the faces that its elements ask for."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[Typeface, set[str]] = {}
        self.stack: list[tuple[str, Sequence[Typeface]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        faces: Sequence[Typeface] = self.stack[-1][1] if self.stack else (SONG,)
        faces = _TAGS.get(tag, faces)
        for name in (dict(attrs).get("class") or "").split():
            faces = _CLASSES.get(name, faces)
        self.stack.append((tag, () if tag in _MUTE else faces))

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self.stack) - 1, -1, -1):
            if self.stack[at][0] == tag:
                del self.stack[at:]
                return

    def handle_data(self, data: str) -> None:
        for face in self.stack[-1][1] if self.stack else ():
            self.found.setdefault(face, set()).update(data)


def characters(html: str) -> Mapping[Typeface, str]:
    """Return the characters that each face is to show, in order of their codes."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return {
        face: "".join(sorted(char for char in reader.found[face] if char >= " "))
        for face in TYPEFACES
        if face in reader.found
    }
