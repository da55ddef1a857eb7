"""Read where a picture's focus is: `右上`, `left`, `30% 40%`.

A frame of the page cuts a picture to its own shape; what is at the focus stays in it.
"""

import re
from collections.abc import Sequence

from jianbao.diagnostics import Checked, Place, error, msg

MIDDLE = (0.5, 0.5)
_ACROSS = {"左": 0.0, "left": 0.0, "右": 1.0, "right": 1.0}
_DOWN = {"上": 0.0, "top": 0.0, "下": 1.0, "bottom": 1.0}
_NEUTRAL = {"中", "正", "center", "centre", "middle"}
_WORD = re.compile("|".join((*_ACROSS, *_DOWN, *_NEUTRAL)), re.IGNORECASE)
_LOOSE = re.compile(r"[\s,，、/边方侧部间]+")
_SHARES = re.compile(r"(\d{1,3})\s*[%％]?[\s,，、]+(\d{1,3})\s*[%％]?")


def read_focus(text: str, lines: Sequence[str], photo: Place) -> Checked[tuple[float, float]]:
    """Return how far the focus is from the left and from the top, 0 to 1.

    Finding: photo-focus where it is not understood; the middle is taken then.
    """
    if not text.strip():
        return Checked(MIDDLE)
    shares = _SHARES.fullmatch(text.strip())
    if shares and all(int(share) <= 100 for share in shares.groups()):
        return Checked((int(shares[1]) / 100, int(shares[2]) / 100))
    words = [word.casefold() for word in _WORD.findall(text)]
    if words and not _LOOSE.sub("", _WORD.sub("", text)):
        across = {_ACROSS[word] for word in words if word in _ACROSS}
        down = {_DOWN[word] for word in words if word in _DOWN}
        if len(across) <= 1 and len(down) <= 1:
            return Checked((across.pop() if across else 0.5, down.pop() if down else 0.5))
    wrong = error(
        "photo-focus",
        _place(text, lines, photo),
        msg("{text} says no place in a picture.", text=text.strip()),
        msg(
            "Write {words}, or how far from the left and from the top: {shares}.",
            words="左上、右",
            shares="30% 40%",
        ),
    )
    return Checked(MIDDLE, (wrong,))


def _place(text: str, lines: Sequence[str], photo: Place) -> Place:
    """Return where the words stand below the line that begins the photo's block."""
    for number in range(photo.line, min(photo.line + 6, len(lines))):
        column = lines[number].find(text.strip()) + 1
        if column:
            end = column + len(text.strip())
            return Place(photo.path, number + 1, column, end, lines[number])
    return photo
