"""Which characters a page shows in which face: what web.css sets in 宋, 黑 and 楷.

    HTML ──characters──▶ characters by face

A face too many costs a few bytes; one too few leaves a character to the reader's own fonts.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape


@dataclass(frozen=True, slots=True, eq=False)
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
_MUTE, _RAW = frozenset(("script", "style", "title")), frozenset(("script", "style"))
# Pages are ours, and what writers put in is cleaned: html.parser would take four times as long.
_TOKEN = re.compile(
    r"<(?:!--.*?--|[!?][^>]*|(?P<close>/?)(?P<tag>[a-zA-Z][^\s/>]*)"
    r"(?P<inner>[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*))>",
    re.DOTALL,
)
_CLASS = re.compile(r"""\sclass\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
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


def characters(html: str) -> Mapping[Typeface, str]:
    """Return the characters that each face is to show, in order of their codes."""
    texts: dict[Sequence[Typeface], list[str]] = {}
    for faces, text in _texts(html):
        texts.setdefault(faces, []).append(text)
    found: dict[Typeface, set[str]] = {}
    for faces, parts in texts.items():
        shown = set(unescape("\n".join(parts)))
        for face in faces:
            found.setdefault(face, set()).update(shown)
    return {
        face: "".join(sorted(char for char in found[face] if char >= " "))
        for face in TYPEFACES
        if face in found
    }


def _texts(html: str) -> Iterator[tuple[Sequence[Typeface], str]]:
    """Yield each text of a page with the faces that the elements around it ask for."""
    stack: list[tuple[str, Sequence[Typeface]]] = []
    at = 0
    while token := _TOKEN.search(html, at):
        if stack and token.start() > at:
            yield stack[-1][1], html[at : token.start()]
        at = token.end()
        tag = (token["tag"] or "").lower()
        if token["close"]:
            _close(stack, tag)
        elif tag and tag not in _VOID and not token["inner"].endswith("/"):
            above: Sequence[Typeface] = stack[-1][1] if stack else (SONG,)
            stack.append((tag, _faces(tag, token["inner"], above)))
            if tag in _RAW:
                end = html.find(f"</{tag}", at)
                at = len(html) if end < 0 else end


def _faces(tag: str, inner: str, above: Sequence[Typeface]) -> Sequence[Typeface]:
    """Return the faces of an element, which has those of the one around it unless it asks."""
    if tag in _MUTE:
        return ()
    faces = _TAGS.get(tag, above)
    named = _CLASS.search(inner) if inner else None
    for name in (named[1] or named[2] or named[3] or "").split() if named else ():
        faces = _CLASSES.get(name, faces)
    return faces


def _close(stack: list[tuple[str, Sequence[Typeface]]], tag: str) -> None:
    """Close an element, and whatever was left open in it."""
    for at in range(len(stack) - 1, -1, -1):
        if stack[at][0] == tag:
            del stack[at:]
            return
