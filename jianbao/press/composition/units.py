"""What belongs together though it is more than a word: 文号, short quotations, numbering.

    a paragraph's text and atoms  ──kept, solid, numbered──▶  prices, joints, atoms

Known by how they look, in the paragraph as a whole; a clerk marks nothing. Prices, not force: a
line that would have a hole otherwise breaks them all the same.
"""

import re
from collections.abc import Sequence

from jianbao.press.composition.characters import Kind
from jianbao.press.composition.spacing import HALF, Atom, Joint

DOCUMENT = 3_000.0  # inside 〔2021〕12号
NAME = 5_500.0  # a personal name of two characters: worth 0.1 em between the Han of a line
QUOTED = 500.0  # inside “急难愁盼”
_DOCUMENT = re.compile(r"[〔［\[][0-9]{4}[〕］\]]第?[0-9]+号")
_QUOTED = re.compile("“[^“”]{2,4}”|‘[^‘’]{2,4}’|《[^《》]{2,4}》")
_NUMBERING = re.compile("（[一二三四五六七八九十]+）")


def kept(text: str, names: Sequence[str] = ()) -> dict[int, float]:
    """Return what a break before some characters of a paragraph costs at least.

    `names` are personal names that stay whole where the line allows.
    """
    prices: dict[int, float] = {}
    if "”" in text or "》" in text or "’" in text:
        for found in _QUOTED.finditer(text):
            prices |= dict.fromkeys(range(found.start() + 1, found.end()), QUOTED)
    if "号" in text:
        for found in _DOCUMENT.finditer(text):
            prices |= dict.fromkeys(range(found.start() + 1, found.end()), DOCUMENT)
    for name in names:
        for found in re.finditer(re.escape(name), text) if name in text else ():
            prices |= dict.fromkeys(range(found.start() + 1, found.end()), NAME)
    return prices


def solid(joints: list[Joint], atoms: Sequence[Atom], text: str) -> list[Joint]:
    """Return `joints` with those of a document's number as narrow as they go, and rigid.

    The white of its brackets goes, and there is no Han-Latin gap before its 号.
    """
    if "号" not in text:
        return joints
    for found in _DOCUMENT.finditer(text):
        for k in range(max(1, found.start()), found.end()):
            left, right = atoms[k - 1], atoms[k]
            white = right.before if right.kind is Kind.OPEN else 0.0
            white += left.after if left.kind is Kind.CLOSE else 0.0
            joints[k] = Joint(-min(HALF * right.em, white))
    return joints


def numbered(atoms: Sequence[Atom], text: str) -> Sequence[Atom]:
    """Return `atoms` with the brackets of a leading （一） kept whole, alike on every page."""
    found = _NUMBERING.match(text)
    if not found:
        return atoms
    fixed = list(atoms)
    for k in (0, found.end() - 1):
        fixed[k] = fixed[k]._replace(before=0.0, after=0.0)
    return fixed
