"""What a character is to a compositor: its kind decides where lines break and what may shrink.

    text  ──kinds_of──▶  one Kind for each character

Knows no font, no width and no page. The lists follow GB/T 15834-2011 (clause 5.1) and clreq;
a character that is in none of them is Han if it is wide, Latin if it is not.
"""

from collections.abc import Sequence
from enum import IntEnum, auto
from unicodedata import category, east_asian_width


class Kind(IntEnum):
    """The part a character plays in a line (numbered, for sets of them are asked often)."""

    HAN = auto()  # and kana, hangul, ①, ㎡: whatever may stand anywhere
    OPEN = auto()
    CLOSE = auto()
    STOP = auto()  # 点号
    DOT = auto()  # 间隔号
    DASH = auto()  # one half of ——, or a single — as connector
    ELLIPSIS = auto()  # one half of ……
    LINK = auto()  # 连接号: ～ - –
    SLASH = auto()  # 分隔号
    DIGIT = auto()
    LATIN = auto()
    PREFIX = auto()  # ￥, №
    POSTFIX = auto()  # %, ‰, ℃
    SPACE = auto()
    WIDE_SPACE = auto()  # U+3000, after a run-in head
    GLUE = auto()  # no-break space, word joiner
    ZERO = auto()  # zero width space: a place to break
    OTHER = auto()
    OBJECT = auto()  # a picture in the line
    NEWLINE = auto()


_LISTS = {
    Kind.OPEN: "“‘（《〈【〔「『［｛〖〘〝([{",
    Kind.CLOSE: "”’）》〉】〕」』］｝〗〙〟)]}",
    Kind.STOP: "。，、．；：？！｡､.,;:?!",
    Kind.DOT: "·・•‧",
    Kind.DASH: "—―⸺",
    Kind.ELLIPSIS: "…⋯",
    Kind.LINK: "～〜~-‐‑–－",
    Kind.SLASH: "/／",
    Kind.PREFIX: "¥￥$＄€£#＃№@＠",
    Kind.POSTFIX: "%％‰℃℉°′″",
    Kind.SPACE: " ",
    Kind.WIDE_SPACE: "\u3000",
    Kind.GLUE: "\u00a0\u202f\u2060\ufeff",
    Kind.ZERO: "\u200b",
    Kind.OTHER: "\"'",
    Kind.OBJECT: "\ufffc",
    Kind.NEWLINE: "\n",
}
_KINDS = {char: kind for kind, chars in _LISTS.items() for char in chars}
_INSIDE_WORDS = frozenset(".,:;?!'’()[]-_~#$@&")
WORD = frozenset({Kind.DIGIT, Kind.LATIN})
MARKS = frozenset({Kind.OPEN, Kind.CLOSE, Kind.STOP})


def kinds_of(chars: Sequence[str]) -> list[Kind]:
    """Return the kind of each of `chars` (a character, or a cluster judged by its first).

    A mark inside a numeral or a Latin word (3.6, 12:30, don’t, a URL) belongs to it, so that
    GB/T 15835 5.1.7.2, no Arabic value over two lines, needs no rule of its own.
    """
    plain = [_alone(text[0]) for text in chars]
    kinds = list(plain)
    for index in range(1, len(chars) - 1):
        if chars[index][0] in _INSIDE_WORDS:
            before, after = kinds[index - 1], plain[index + 1]
            if before is Kind.DIGIT and after is Kind.DIGIT and chars[index][0] in ".,:":
                kinds[index] = Kind.DIGIT
            elif before in WORD and after in WORD and not _is_range(chars[index][0], before, after):
                kinds[index] = Kind.LATIN
    return kinds


def _is_range(char: str, before: Kind, after: Kind) -> bool:
    return char == "~" or (char == "-" and before is after is Kind.DIGIT)


def _alone(char: str) -> Kind:
    known = _KINDS.get(char)
    if known is not None:
        return known
    if char.isdigit() and category(char) == "Nd":
        return Kind.DIGIT
    if is_wide(char) or category(char) in {"No", "So", "Nl"}:
        return Kind.HAN
    return Kind.LATIN


def is_wide(char: str) -> bool:
    """Return whether a Chinese face draws `char` a full em wide whatever stands beside it."""
    return east_asian_width(char) in "WF"


def is_han(char: str) -> bool:
    """Return whether `char` is a Han character proper, one that counts in a last line."""
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff" or char == "〇"
