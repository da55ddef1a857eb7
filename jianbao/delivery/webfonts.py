"""The fonts that a bulletin's page brings along: just its characters, made once.

    HTML ──▶ fonts.css and fonts/….woff2 in the bulletin's folder

A file's name says all that it is made from: the font, the characters, this
version. One that lies in the bulletin's old folder under that name is taken from there.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2s
from pathlib import Path

from jianbao import __version__
from jianbao.pages.typefaces import Typeface, characters
from jianbao.press.subsets import made_by, subset
from jianbao.reading.faces import Face, find_face

STYLE = "fonts.css"
_LANGUAGE = re.compile(r"""\slang\s*=\s*["']?([^\s"'>]*)""", re.IGNORECASE)
_OURS = {"zh-CN", "zh-Hans", "zh"}


def web_fonts(html: str, old: Path, *, wanted: bool = True) -> Mapping[str, bytes]:
    """Return the files that set a page in its own faces; of faces not installed here, none.

    `old` is the folder in which the bulletin lay before. A page whose template does not ask for
    them gets none; where they are not `wanted` its style sheet is empty.
    """
    if f'href="{STYLE}"' not in html:
        return {}
    if not wanted:
        return {STYLE: b""}
    files: dict[str, bytes] = {}
    rules = []
    abroad = _is_abroad(html)
    for typeface, text in characters(html).items():
        face = find_face(typeface.family, typeface.weight)
        if face:
            name = _name(typeface, face, text, abroad)
            files[name] = _remembered(old / name) or _cut(face, text, abroad)
            rules.append(_rule(typeface, name))
    return {**files, STYLE: "\n".join(rules).encode() + b"\n"}


def _is_abroad(html: str) -> bool:
    """Return whether a page may show the forms of other languages than simplified Chinese.

    One that names no language is read in the reader's own.
    """
    named = set(_LANGUAGE.findall(html))
    return not named or not named <= _OURS


def _name(typeface: Typeface, face: Face, text: str, abroad: bool) -> str:
    made_of = "\n".join((__version__, made_by(), face.digest, str(face.number), str(abroad), text))
    return f"fonts/{typeface.key}.{blake2s(made_of.encode(), digest_size=6).hexdigest()}.woff2"


@lru_cache(maxsize=64)
def _cut(face: Face, text: str, abroad: bool) -> bytes:
    """Cut a font; bulletins have their newspaper's name and the words around them in common."""
    return subset(face.path, face.number, text, abroad)


def _remembered(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def _rule(typeface: Typeface, name: str) -> str:
    return (
        f'@font-face {{ font-family: "{typeface.name}"; font-weight: {typeface.weight}; '
        f'font-display: swap; src: local("{typeface.local}"), url("{name}") format("woff2") }}'
    )
