"""The office's own look on the web: what is added to web.css for it.

Look, web.css ──dressed──▶ web.css with the office's colours, and its faces before ours
Look, icon.svg ──coloured──▶ icon.svg in the office's colour

A face is one that the reader's computer has; where it has none of them, ours stand.
"""

import re
from collections.abc import Iterator

from jianbao.model import Look
from jianbao.model.colours import readable

_OURS = "#a8101a"
_NAMES = {"red": ("red",), "rule": ("line", "rule"), "tint": ("tint",)}
_TITLES = "body .headline, body .site-title, body .newest h2, body h1.mast-name"


def dressed(css: str, look: Look) -> str:
    """Return the style sheet for the office's look; as it was where there is none."""
    own = "".join(f"  {line}\n" for line in _own(css, look))
    titles = _titles(look.faces.get("title", ()))
    if not own and not titles:
        return css
    root = f":root {{\n{own}}}\n" if own else ""
    return f"{css}\n/* The office's own look: data/site.yaml, look. */\n{root}{titles}"


def coloured(icon: str, look: Look) -> str:
    """Return the icon with the office's colour in place of ours."""
    return icon.replace(_OURS, readable(look.colours).get("red", _OURS))


def _own(css: str, look: Look) -> Iterator[str]:
    for name, colour in readable(look.colours).items():
        yield from (f"--{each}: {colour};" for each in _NAMES[name])
    for part, fonts in look.faces.items():
        ours = re.search(rf"--{part}:\s*([^;]+);", css)
        if ours:  # a web page has no 仿宋 of its own, and its titles are 宋
            yield f"--{part}: {', '.join((*map(_quoted, fonts), ours[1]))};"


def _titles(fonts: tuple[str, ...]) -> str:
    """Return the rules for a title's face, which is bold as it is and not made bolder."""
    if not fonts:
        return ""
    local = ", ".join(f"local({_quoted(font)})" for font in fonts)
    return (
        f'@font-face {{ font-family: "Office Title"; font-weight: 900; src: {local} }}\n'
        f'{_TITLES} {{ font-family: "Office Title", var(--song) }}\n'
    )


def _quoted(font: str) -> str:
    return f'"{font}"'
