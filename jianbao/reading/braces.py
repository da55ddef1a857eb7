"""Find the figures quoted in a story, before Markdown sees them.

    …已完成{{ 实事.已完成 }}…   ──▶   …已完成▮0▮…   and   Quote("实事.已完成", place)

Full-width braces are taken for theirs. A mark is two private-use characters
around a number; such characters are refused in what people write, survive
Markdown and cleaning, and are replaced by the figure's writing at the end.
"""

import re

from jianbao.diagnostics import Checked, Finding, Place, error, msg
from jianbao.model import Quote

OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
BRACES = re.compile(r"[{｛][{｛]([^{}｛｝]*)[}｝][}｝]")
_STRAY = re.compile(r"[{｛]+|[}｝]+")
_HALF = re.compile(r"[{｛]{1,2}\s*(?P<inner>[^{}｛｝]*?[^{}｛｝\s])\s*[}｝]{1,2}")


def take_quotes(
    path: str, lines: tuple[str, ...]
) -> Checked[tuple[tuple[str, ...], tuple[Quote, ...]]]:
    """Return the lines with a mark for each quote, and the quotes in reading order."""
    quotes: list[Quote] = []
    findings: list[Finding] = []
    marked = []
    for number, line in enumerate(lines, 1):
        whole = Place(path, number, 0, 0, line)
        parts, last = [], 0
        for match in BRACES.finditer(line):
            parts += [line[last : match.start()], f"{OPEN}{len(quotes)}{CLOSE}"]
            last = match.end()
            quotes.append(Quote(match[1], _inner(whole, match)))
        # A brace that is left over is no text: one of a pair is missing, or typed once.
        rest = BRACES.sub(lambda match: " " * len(match.group()), line)
        if stray := _HALF.search(rest) or _STRAY.search(rest):
            findings.append(_unpaired(whole, stray))
        marked.append("".join(parts) + line[last:])
    return Checked((tuple(marked), tuple(quotes)), tuple(findings))


def _unpaired(line: Place, stray: re.Match[str]) -> Finding:
    """Return the finding for braces of which some are missing, and what was meant if clear."""
    inner = stray.groupdict().get("inner")
    place = line.words(stray.start() + 1, stray.end() + 1)
    if inner:
        told = msg("A figure stands in two braces on either side.")
        return error(
            "braces-open", place, told, msg("Write {braces}.", braces=f"{{{{ {inner} }}}}")
        )
    told = msg("These braces have no partner in this line.")
    return error("braces-open", place, told, msg("Write a figure as {{{{ dataset.measure }}}}."))


def _inner(line: Place, match: re.Match[str]) -> Place:
    """Return the place of what stands between the braces, without the blanks around it."""
    text = match[1]
    if not text.strip():
        return line.words(match.start() + 1, match.end() + 1)
    start = match.start(1) + len(text) - len(text.lstrip())
    end = match.start(1) + len(text.rstrip())
    return line.words(start + 1, end + 1)
